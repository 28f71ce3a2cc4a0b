import { mkdirSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { SIZES, STATES, settled, startTalkedDemo } from '../support/show-states.mjs'

/**
 * Pictures of the real demo, viewer and all, in `shots/`. `npm run shots -- live,mini phone,desk en,ru` narrows what is taken;
 * `theme=dark` is how the browser prefers its pages.
 */
const words = process.argv.slice(2)
const isDark = words.includes('theme=dark')
const [states = Object.keys(STATES).join(), sizes = Object.keys(SIZES).join(), locales] = words.filter(
  (word) => !word.includes('='),
)

/** Every state in English at every size, in Russian on the phones. */
const localesAt = (size) => locales?.split(',') ?? (/small|phone/.test(size) ? ['en', 'ru'] : ['en'])

async function shoot(browser, demo, { state, size, locale }) {
  const context = await browser.newContext({
    viewport: SIZES[size],
    locale: locale === 'ru' ? 'ru-RU' : 'en-GB',
    reducedMotion: 'reduce',
    colorScheme: isDark ? 'dark' : 'light',
  })
  const page = await context.newPage()
  const name = [state, size, locale, ...(isDark ? ['dark'] : [])].join('-')
  page.on('pageerror', (error) => console.error(name, error.stack))
  try {
    await STATES[state](page, demo, locale)
    await settled(page)
    await page.screenshot({ path: `shots/${name}.png` })
  } catch (error) {
    console.error(`${name}: ${error.message}`)
    process.exitCode = 1
    await page.screenshot({ path: `shots/${name}.png` })
  } finally {
    await context.close()
  }
}

const demo = await startTalkedDemo()
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
})
mkdirSync('shots', { recursive: true })
try {
  for (const state of states.split(','))
    for (const size of sizes.split(','))
      for (const locale of localesAt(size)) await shoot(browser, demo, { state, size, locale })
} finally {
  await browser.close()
  await demo.stop()
}
