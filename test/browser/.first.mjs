import { chromium } from 'playwright-core'
import { withBrowser, withDemo } from '../bench/browser.mjs'
await withDemo(async (demo) => {
  const address = typeof demo === 'string' ? demo : (demo.store ?? demo.origin ?? demo.address ?? JSON.stringify(demo))
  console.log(address, Object.keys(demo))
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  for (const [name, viewport] of [['phone', { width: 390, height: 844 }], ['desk', { width: 1280, height: 800 }]]) {
    const page = await browser.newPage({ viewport })
    let open; const gate = new Promise((r) => { open = r })
    await page.route(/inside-.*\.js/, async (r) => { await gate; await r.continue() })
    await page.goto(address)
    await page.locator('castcart-widget').waitFor({ state: 'attached' })
    await page.locator('castcart-widget button').first().click()
    await page.locator('castcart-widget dialog[open]').waitFor()
    await page.waitForTimeout(900)
    await page.screenshot({ path: `/tmp/dd/${name}-shell.png` })
    open()
    await page.locator('castcart-widget .hints').waitFor({ state: 'attached' })
    await page.waitForTimeout(1500)
    await page.screenshot({ path: `/tmp/dd/${name}-full.png` })
    await page.close()
  }
  await browser.close()
})
