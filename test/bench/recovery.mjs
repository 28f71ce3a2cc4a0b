/** How long after a cut a viewer has what was published meanwhile, over real servers. */
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'
import { WebSocket } from 'ws'
import { median, ms, table } from './figures.mjs'

const CUTS = 7
/** Ms, a first wait that shows the engine and not the jitter. */
const FLOOR = 20

/** Prints the time per engine; one that is not installed says how to install it. */
export async function recovery() {
  globalThis.WebSocket ??= WebSocket
  // The adapters load parts of themselves on demand, so the compiler stays until the end.
  const compiler = await createServer({
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  })
  try {
    return await measure(await compiler.ssrLoadModule(fileURLToPath(new URL('recovery-entry.ts', import.meta.url))))
  } finally {
    await compiler.close()
  }
}

async function measure({ ENGINES, measureRecovery }) {
  const figures = (times) => (times ? `${ms(median(times))}, ${ms(Math.max(...times))}` : '')
  const rows = []
  for (const { name, start, missing, dials } of ENGINES) {
    if (missing) {
      rows.push([name, `not here: ${missing}`, '', ''])
      continue
    }
    const quick = await measureRecovery(start, CUTS, FLOOR)
    const shipped = dials === 'link' ? await measureRecovery(start, CUTS) : undefined
    rows.push([name, figures(shipped), figures(quick), dials])
  }
  const head = ['engine', 'as shipped: median, slowest', `first wait ${FLOOR} ms: median, slowest`, 'dials']
  return {
    method: `${CUTS} cuts without a close frame on loopback, an event published right after each; until it reaches the page. As shipped the first wait is anything up to 1 s (full jitter). A client that dials by itself was told to wait ${FLOOR} ms.`,
    table: table([head, ...rows]),
    missed: [],
  }
}
