/** A browser and servers for benches, closed whatever happens. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { startDemo } from '../../examples/live-shop/server/start-demo.mjs'

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Runs `work` with a headless Chromium (`CHROMIUM` in the environment, else the system's). */
export async function withBrowser(work, args = []) {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
  const browser = await chromium.launch({ executablePath, args: [...ARGUMENTS, ...args] })
  try {
    return await work(browser)
  } finally {
    await browser.close()
  }
}

/** Runs `work` with a demo of its own, without its scripted host. */
export async function withDemo(work, options = {}) {
  const dataFolder = await mkdtemp(join(tmpdir(), 'castcart-bench-'))
  const demo = await startDemo({ autopilot: false, dataFolder, ...options })
  try {
    return await work(demo)
  } finally {
    await demo.stop()
    await rm(dataFolder, { recursive: true, force: true })
  }
}

/** Runs `work` with the origin of a server that answers with `handle`. */
export async function withServer(handle, work) {
  const server = createServer(handle)
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    return await work(`http://127.0.0.1:${server.address().port}`)
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

/** Runs `work` with a page in a fresh context. */
export async function withPage(browser, work, { width = 1280, height = 800 } = {}) {
  const context = await browser.newContext({ viewport: { width, height } })
  try {
    return await work(await context.newPage())
  } finally {
    await context.close()
  }
}

/** Resolves `duration` ms later by the page's clock. */
export function idle(page, duration) {
  return page.waitForFunction((then) => Date.now() >= then, Date.now() + duration, { polling: 100, timeout: 0 })
}
