import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import type { Readable } from 'node:stream'
import { SLOW, type Tab } from './tab.ts'

const DRIVER = '/usr/bin/WebKitWebDriver'
const SCREEN = '/usr/bin/Xvfb'
const BROWSER = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/webkit2gtk-4.1/MiniBrowser`

/** Whether WebKitGTK, its driver and a screen for it are here. */
export const hasWebKit: boolean = [DRIVER, SCREEN, BROWSER].every((path) => existsSync(path))

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'

/** A tab of WebKitGTK's MiniBrowser on a screen of its own, over the half dozen calls of W3C WebDriver that it takes. */
export async function openWebKit(): Promise<Tab> {
  const started: ChildProcess[] = []
  const stop = () => {
    for (const child of started.reverse()) child.kill()
  }
  try {
    const display = await startScreen(started)
    const driver = await startDriver(started, display)
    const session = await driver('POST', '/session', {
      capabilities: {
        alwaysMatch: {
          browserName: 'MiniBrowser',
          'webkitgtk:browserOptions': { binary: BROWSER, args: ['--automation'] },
        },
      },
    })
    const { sessionId, capabilities } = session as { sessionId: string; capabilities: { browserVersion: string } }
    const call = (method: string, path: string, body?: object) => driver(method, `/session/${sessionId}${path}`, body)
    await call('POST', '/window/rect', { width: 1280, height: 860 })
    return tabOver(call, `WebKitGTK ${capabilities.browserVersion}`, async () => {
      await call('DELETE', '').catch(() => {})
      stop()
    })
  } catch (error) {
    stop()
    throw error
  }
}

type Call = (method: string, path: string, body?: object) => Promise<unknown>

function tabOver(call: Call, browser: string, close: () => Promise<void>): Tab {
  const run = async (body: string, ...args: readonly unknown[]) => {
    const script = `const [given, done] = arguments; (async (...args) => { ${body} })(...given).then((value) => done({ value }), (error) => done({ error: String(error) }))`
    const answer = (await call('POST', '/execute/async', { script, args: [args] })) as { value: never; error?: string }
    if (answer.error) throw new Error(answer.error)
    return answer.value
  }
  const element = async (selector: string) => {
    const script = `const { shadowRoot } = document.querySelector('castcart-widget'); const found = [...shadowRoot.querySelectorAll(arguments[0])].find((one) => one.checkVisibility()); found?.scrollIntoView({ block: 'nearest' }); return found`
    for (const end = Date.now() + SLOW.timeout; ; ) {
      const found = (await call('POST', '/execute/sync', { script, args: [selector] })) as Record<string, string> | null
      if (found) return `/element/${found[ELEMENT]}`
      if (Date.now() > end) throw new Error(`no ${selector}`)
    }
  }
  return {
    browser,
    goto: async (url) => void (await call('POST', '/url', { url })),
    run,
    click: async (selector) => void (await call('POST', `${await element(selector)}/click`, {})),
    type: async (selector, text) => void (await call('POST', `${await element(selector)}/value`, { text })),
    shot: async () => Buffer.from(String(await call('GET', '/screenshot')), 'base64'),
    close,
  }
}

/** A screen that nobody sees, at a number that is free. */
async function startScreen(started: ChildProcess[]): Promise<string> {
  const screen = spawn(SCREEN, ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  started.push(screen)
  const number = await new Promise<string>((resolve, reject) => {
    screen.once('exit', () => reject(new Error('Xvfb ended')))
    ;(screen.stdio[3] as Readable).once('data', (data: Buffer) => resolve(data.toString().trim()))
  })
  return `:${number}`
}

/** A machine without a sound device still has sound that keeps time. */
const SILENT = 'fakeaudiosink:MAX,alsasink:NONE,openalsink:NONE'

/** Drawn by the processor: without that a frame takes a tenth of a second, and other ways to say so hang screenshots. */
async function startDriver(started: ChildProcess[], display: string): Promise<Call> {
  const port = await freePort()
  const env = {
    ...process.env,
    DISPLAY: display,
    WEBKIT_SKIA_ENABLE_CPU_RENDERING: '1',
    GST_PLUGIN_FEATURE_RANK: SILENT,
  }
  started.push(spawn(DRIVER, [`--port=${port}`, '--host=127.0.0.1'], { env, stdio: 'ignore' }))
  const call: Call = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(SLOW.timeout),
    })
    const { value } = (await response.json()) as { value: unknown }
    const { error, message } = Object(value) as { error?: string; message?: string }
    if (!response.ok) throw new Error(`${path}: ${error} ${message}`)
    return value
  }
  for (const end = Date.now() + SLOW.timeout; ; ) {
    const isUp = await call('GET', '/status').catch(() => Date.now() > end && Promise.reject(new Error('no driver')))
    if (isUp) return call
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
