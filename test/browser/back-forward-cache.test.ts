import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Demo } from '../../examples/live-shop/server/start-demo.mjs'
import { describeInChromium } from '../support/chromium.ts'
import { host, startWholeDemo } from '../support/demo.ts'
import { page as pageOf, type StorePages, startStorePages, tag } from '../support/store-page.ts'
import {
  newViewer,
  openPlayer,
  openSheet,
  PATIENCE,
  playerOf,
  read,
  whenConnected,
  whenPlaying,
  whenStore,
} from '../support/viewer.ts'

describeInChromium(
  'the back-forward cache',
  (browser) => {
    let demo: Demo
    let pages: StorePages
    beforeEach(async () => {
      demo = await startWholeDemo()
      pages = await startStorePages(demo.store, { '/': pageOf(tag()), '/other': pageOf('<p>Elsewhere</p>') })
    })
    afterEach(async () => {
      await pages?.close()
      await demo?.stop()
    })

    it('keeps the page while a show plays, closes its socket meanwhile, and goes on without anything doubled', async () => {
      const viewer = await newViewer(browser())
      const { page } = viewer
      await page.addInitScript(() =>
        addEventListener('pageshow', (event) => Object.assign(window, { persisted: event.persisted })),
      )
      await page.goto(pages.origin)
      await openPlayer(page)
      await whenConnected(page)
      await whenPlaying(page)
      await host(demo, 'say', { text: 'Before' })
      await whenStore(page, '$chat', (chat) => chat.length === 1)
      await page.evaluate(() => {
        location.href = '/other'
      })
      await page.getByText('Elsewhere').waitFor()
      await expect.poll(() => pages.standing, PATIENCE).toBe(0)
      await host(demo, 'say', { text: 'Meanwhile' })
      await page.evaluate(() => history.back())
      await expect.poll(() => page.evaluate('window.persisted').catch(() => undefined), PATIENCE).toBe(true)
      await whenConnected(page)
      await expect.poll(() => pages.standing, PATIENCE).toBe(1)
      await host(demo, 'say', { text: 'After' })
      const chat = await whenStore(page, '$chat', (lines) => lines.some(({ text }) => text === 'After'))
      expect(chat.map(({ text }) => text)).toEqual(['Before', 'Meanwhile', 'After'])
      expect(await playerOf(page).locator('[part=chat]').getByText('Meanwhile').count()).toBe(1)
      const { position } = await whenPlaying(page)
      await whenStore(page, '$playback', (playback) => playback.position > position)
      expect(await read(page, '$view')).toBe('full')
      expect([viewer.errors, viewer.said]).toEqual([[], []])
      await viewer.close()
    })

    it('gives back a closed player to who closed it on the next page', async () => {
      pages.answers['/next'] = pageOf(tag())
      const viewer = await newViewer(browser())
      const { page } = viewer
      await page.addInitScript(() =>
        addEventListener('pageshow', (event) => Object.assign(window, { persisted: event.persisted })),
      )
      await page.goto(pages.origin)
      await openPlayer(page)
      await whenPlaying(page)
      await page.keyboard.press('Escape')
      await whenStore(page, '$view', (view) => view === 'mini')
      await page.evaluate(() => {
        location.href = '/next'
      })
      await page.waitForURL('**/next')
      await whenStore(page, '$view', (view) => view === 'mini')
      await playerOf(page).getByRole('button', { name: 'Close' }).click()
      await whenStore(page, '$view', (view) => view === 'closed')
      await page.evaluate(() => history.back())
      await expect.poll(() => page.evaluate('window.persisted').catch(() => undefined), PATIENCE).toBe(true)
      await whenStore(page, '$view', (view) => view === 'closed')
      expect((await read(page, '$playback'))?.phase).toBe('idle')
      expect(await page.evaluate(() => sessionStorage.length)).toBe(0)
      expect([viewer.errors, viewer.said]).toEqual([[], []])
      await viewer.close()
    })

    it.each([
      ['while the page is away', true],
      ['after the viewer is back', false],
    ])('adds once and says so where the answer comes %s', async (_, comesAway) => {
      let release = () => {}
      pages.answers['/'] = pageOf(tag({ 'data-cart': 'shopify' }))
      pages.held['/cart/add.js'] = new Promise<void>((resolve) => {
        release = resolve
      })
      await host(demo, 'pin', { ids: ['mug'] })
      const viewer = await newViewer(browser())
      const { page } = viewer
      await page.addInitScript(() =>
        addEventListener('pageshow', (event) => Object.assign(window, { persisted: event.persisted })),
      )
      await page.goto(pages.origin)
      await openPlayer(page)
      await whenPlaying(page)
      const sheet = await openSheet(page, 'mug')
      await sheet.getByRole('button', { name: /^Add/ }).click()
      await whenStore(page, '$cartBusy', (busy) => busy.length > 0)
      const adds = () => viewer.asked.filter((address) => address.includes('/cart/add.js')).length
      await expect.poll(adds, PATIENCE).toBe(1)
      await page.evaluate(() => {
        location.href = '/other'
      })
      await page.getByText('Elsewhere').waitFor()
      if (comesAway) release()
      await page.evaluate(() => history.back())
      await expect.poll(() => page.evaluate('window.persisted').catch(() => undefined), PATIENCE).toBe(true)
      release()
      await playerOf(page).getByText('In your cart').first().waitFor(PATIENCE)
      expect((await whenStore(page, '$cart', (cart) => (cart?.quantity ?? 0) > 0))?.quantity).toBe(1)
      await whenStore(page, '$cartBusy', (busy) => busy.length === 0)
      expect(adds()).toBe(1)
      expect([viewer.errors, viewer.said]).toEqual([[], []])
      await viewer.close()
    })
  },
  { ignoreDefaultArgs: ['--disable-back-forward-cache'] },
)
