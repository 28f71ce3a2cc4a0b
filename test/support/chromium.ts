import { accessSync, constants } from 'node:fs'
import { type Browser, chromium, type LaunchOptions } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'

/** Where a Chromium usually is; `CHROMIUM` in the environment goes first. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium']

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The line for a machine without a browser. */
export const INSTALL_CHROMIUM = 'No Chromium found, browser tests are skipped. To run them: apt-get install -y chromium'

/** Path of a Chromium that may be executed, or `undefined`. */
export function findChromium(): string | undefined {
  return [process.env.CHROMIUM, ...PLACES].find((path): path is string => {
    if (!path) return false
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** `findChromium()` once per process. */
export const chromiumPath: string | undefined = findChromium()

/** A headless Chromium. `args` are added to ours; the caller closes it. Rejects where there is none. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  if (!chromiumPath) throw new Error(INSTALL_CHROMIUM)
  const { args = [], ...rest } = options
  return chromium.launch({ executablePath: chromiumPath, headless: true, args: [...ARGUMENTS, ...args], ...rest })
}

/**
 * A suite that needs Chromium: one browser for all its tests, asked for by `browser()` inside a test or hook. Without
 * a Chromium the suite counts as skipped and one line says how to get one.
 */
export function describeInChromium(
  name: string,
  define: (browser: () => Browser) => void,
  options: LaunchOptions = {},
): void {
  if (!chromiumPath) console.warn(`${name}: ${INSTALL_CHROMIUM}`)
  describe.skipIf(!chromiumPath)(name, () => {
    let browser: Browser | undefined
    beforeAll(async () => {
      browser = await launchChromium(options)
    }, 60_000)
    afterAll(() => browser?.close())
    define(() => {
      if (!browser) throw new Error('The browser is ready in tests and hooks only')
      return browser
    })
  })
}
