import { mkdirSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { serveHarness } from '../support/serve-ui.mjs'

const SIZES = { phone: [390, 844], small: [320, 640], wide: [844, 390], laptop: [1280, 800], desk: [1440, 900] }
const ALL =
  'launcher live sound quiet busy added refused partial price mini loading blocked away behind scheduled paused ended error opening closed replay product variants products cart empty'

/** `npm run shots -- live,mini phone,desk en,ru` narrows what is drawn; `theme=dark`, `picture=white` and `dir=rtl` change it. */
const words = process.argv.slice(2)
const extra = words.filter((word) => word.includes('='))
const [scenes = ALL.replaceAll(' ', ','), sizes = Object.keys(SIZES).join(), locales = 'en,ru'] = words.filter(
  (word) => !word.includes('='),
)

const harness = await serveHarness()
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
})
mkdirSync('shots', { recursive: true })
try {
  for (const size of sizes.split(',')) {
    const [width, height] = SIZES[size]
    const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' })
    page.on('pageerror', (error) => console.error(error.stack))
    page.on('console', (message) => message.type() === 'error' && console.error(message.text()))
    for (const locale of locales.split(',')) {
      for (const scene of scenes.split(',')) {
        await page.goto(`${harness.url}?${new URLSearchParams({ scene, locale })}&${extra.join('&')}`)
        await page.waitForLoadState('networkidle')
        if (/loading|opening/.test(scene)) await page.waitForSelector('.spinner')
        await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
        await page.screenshot({ path: `shots/${[scene, size, locale, ...extra].join('-')}.png` })
      }
    }
    await page.close()
  }
} finally {
  await browser.close()
  harness.close()
}
