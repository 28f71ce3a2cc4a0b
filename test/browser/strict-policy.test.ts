import { expect, it } from 'vitest'
import { describeInChromium } from '../support/chromium.ts'
import { host } from '../support/demo.ts'
import { page, tag, withHeaders } from '../support/store-page.ts'
import { useStorePages } from '../support/use-store-pages.ts'
import { newViewer, openPlayer, PATIENCE, playerOf, say, whenConnected, whenPlaying } from '../support/viewer.ts'

const policy = (styles: string) =>
  `default-src 'none'; script-src 'self'; style-src ${styles}; connect-src 'self'; media-src blob: 'self'; img-src 'self' data:; require-trusted-types-for 'script'; trusted-types 'none'`

describeInChromium('a page with a strict content security policy and Trusted Types', (browser) => {
  const store = useStorePages()

  it.each([
    ["'none'", '/castcart/castcart.js', '/shows/live.json'],
    ["'self'", '/castcart/castcart.js', '/shows/replay.json'],
    ["'none'", '/castcart/castcart.all.js', '/shows/live.json'],
  ])('has a whole show without one violation: style-src %s, %s, %s', async (styles, file, show) => {
    store.pages.answers = {
      '/': withHeaders(page(tag({ 'data-show': show }, file)), { 'content-security-policy': policy(styles) }),
    }
    const viewer = await newViewer(browser())
    await viewer.page.goto(store.pages.origin)
    await openPlayer(viewer.page)
    await whenPlaying(viewer.page)
    if (show.includes('live')) {
      await whenConnected(viewer.page)
      await host(store.demo, 'pin', { ids: ['mug'] })
      await say(viewer.page, 'Hello')
      await playerOf(viewer.page).locator('[part=chat]').getByText('Hello').first().waitFor(PATIENCE)
    }
    const card = playerOf(viewer.page).locator('[part=card]').first()
    await card.waitFor(PATIENCE)
    expect(await card.evaluate((element) => getComputedStyle(element).borderRadius)).not.toBe('0px')
    expect([await viewer.violations(), viewer.errors, viewer.said]).toEqual([[], [], []])
    await viewer.close()
  })
})
