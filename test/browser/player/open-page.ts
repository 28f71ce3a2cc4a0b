import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { bundle } from '../../support/bundle.ts'
import { type LiveServer, startLiveServer } from './live-server.ts'

const HTML = `<!doctype html><link rel="icon" href="data:,"><video width="360" height="640"></video>
<script>
window.failures = []
addEventListener('error', (event) => failures.push(event.message))
addEventListener('unhandledrejection', (event) => failures.push(String(event.reason)))
addEventListener('securitypolicyviolation', (event) => failures.push(event.violatedDirective + ' ' + event.blockedURI))
</script>
<script type="module" src="/entry.js"></script>`

/** A live server that also serves the test page. */
export async function startPlayerServer(): Promise<LiveServer> {
  const files = new Map(await bundle(fileURLToPath(new URL('page.ts', import.meta.url))))
  files.set('index.html', HTML)
  return startLiveServer(files)
}

/**
 * The test page in a fresh context, ready for `window.page.start`; `?src=/plain/live.m3u8` as `path` starts it without a viewer's
 * gesture, and with `&quiet` nothing is evaluated, which would count as one. `init` runs before the page's own scripts. The caller closes its context.
 */
export async function openPage(
  browser: Browser,
  server: LiveServer,
  { path = '/', init, ...options }: BrowserContextOptions & { path?: string; init?: () => void } = {},
): Promise<Page> {
  const context = await browser.newContext(options)
  if (init) await context.addInitScript(init)
  const page = await context.newPage()
  await page.goto(server.origin + path)
  if (!path.includes('quiet')) await page.waitForFunction(() => 'page' in window)
  return page
}

/** Resolves once the page's picture has been in a phase; rejects after 20 s. */
export async function waitForPhase(page: Page, phase: string, timeout = 20_000): Promise<void> {
  await page.waitForFunction((wanted) => window.page.playback.phase === wanted, phase, { timeout })
}
