/**
 * `npm run bench` prints every table, `npm run bench -- host-page pin` those named. It needs a build (`npm run build`) and a quiet machine:
 * figures are medians and ratios, but a busy machine makes all of them worse. Ends with 1 where a bar is missed.
 */
import { cpus, loadavg } from 'node:os'

/** Each gives `{ method, table, missed }`; `latency` takes ten minutes and is run by name only. */
const BENCHES = {
  'host-page': async () => (await import('./host-page.mjs')).hostPage(),
  open: async () => (await import('./open.mjs')).open(),
  'first-frame': async () => (await import('./first-frame.mjs')).firstFrame(),
  pin: async () => (await import('./pin.mjs')).pin(),
  chat: async () => (await import('./chat.mjs')).chat(),
  products: async () => (await import('./products.mjs')).products(),
  timeline: async () => (await import('./timeline.mjs')).timeline(),
  events: async () => (await import('./events.mjs')).benchEvents(),
  feed: async () => (await import('./feed.mjs')).benchFeed(),
  recovery: async () => (await import('./recovery.mjs')).recovery(),
  fold: async () => (await import('./fold.mjs')).fold(),
  latency: async () => (await import('./latency.mjs')).latency(),
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in BENCHES))
if (unknown.length) {
  console.error(`No such bench: ${unknown.join(', ')}. There are ${Object.keys(BENCHES).join(', ')}`)
  process.exit(2)
}

const load = () => loadavg()[0].toFixed(1)
const [{ model }] = cpus()
console.log(`${cpus().length} × ${model.trim()}, Node ${process.version}, load ${load()}\n`)
for (const name of asked.length ? asked : Object.keys(BENCHES).filter((one) => one !== 'latency')) {
  const { method, table, missed } = await BENCHES[name]()
  console.log(`### ${name}\n\n${table}\n\n${method} Load ${load()}.\n`)
  if (!missed.length) continue
  console.log(`Missed: ${missed.join(', ')}\n`)
  process.exitCode = 1
}
