import { existsSync } from 'node:fs'
import { firefox } from 'playwright-core-bidi'
import type { Tab } from './tab.ts'

const PLACE = process.env.FIREFOX ?? '/usr/bin/firefox-esr'

/** Whether a Firefox is here (`FIREFOX` in the environment, else Debian's). */
export const hasFirefox: boolean = existsSync(PLACE)

/**
 * A tab of the system's own Firefox, over WebDriver BiDi. Playwright 1.65 asks Firefox for what it does not know, so this lane has 1.64
 * (https://github.com/microsoft/playwright/issues/41126 on stock Firefox).
 */
export async function openFirefox(): Promise<Tab> {
  const browser = await firefox.launch({ channel: 'moz-firefox', executablePath: PLACE, timeout: 60_000 })
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  const inside = (selector: string) => page.locator('castcart-widget').locator(selector).first()
  return {
    browser: `Firefox ${browser.version()}`,
    goto: async (address) => void (await page.goto(address)),
    run: (body, ...args) =>
      page.evaluate(
        ([code, given]) => new Function(`return (async (...args) => { ${code} })(...arguments)`)(...given),
        [body, args] as const,
      ),
    click: (selector) => inside(selector).click(),
    type: (selector, text) => inside(selector).fill(text),
    shot: () => page.screenshot(),
    close: () => browser.close(),
  }
}
