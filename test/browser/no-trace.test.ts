import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { describeInChromium } from '../support/chromium.ts'
import { page as pageOf, tag } from '../support/store-page.ts'
import { useStorePages } from '../support/use-store-pages.ts'
import { launcherOf, newViewer, openPlayer, PATIENCE, playerOf, whenPlaying, whenStore } from '../support/viewer.ts'

/** Keys of everything a page can keep, and every write that was tried. */
const kept = async (page: Page) => ({
  local: await page.evaluate(() => Object.keys(localStorage)),
  session: await page.evaluate(() => Object.keys(sessionStorage)),
  databases: await page.evaluate(async () => (await indexedDB.databases()).length + (await caches.keys()).length),
  cookies: (await page.context().cookies()).map(({ name }) => name),
  workers: await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length),
})
const NOTHING = { local: [], session: [], databases: 0, cookies: [], workers: 0 }

describeInChromium('what is left in a visitor’s browser', (browser) => {
  const store = useStorePages({ '/': pageOf(tag({ 'data-cart': 'links' })) })
  beforeAll(async () => {
    // Without the store's cart, whose own cookie is the store's.
  })

  it('is nothing, and nothing but the tag is asked for, before the viewer acts', async () => {
    const viewer = await newViewer(browser())
    await viewer.page.goto(store.pages.origin, { waitUntil: 'networkidle' })
    await launcherOf(viewer.page).waitFor()
    expect(await kept(viewer.page)).toEqual(NOTHING)
    const paths = viewer.asked.map((address) => new URL(address).pathname).filter((path) => path !== '/favicon.ico')
    expect(paths).toEqual(['/', '/castcart/castcart.js'])
    await viewer.close()
  })

  it('is one key for the visit after play, and nothing again after close', async () => {
    const viewer = await newViewer(browser())
    const { page } = viewer
    await page.goto(store.pages.origin)
    await openPlayer(page)
    await whenPlaying(page)
    await expect.poll(() => kept(page), PATIENCE).toEqual({ ...NOTHING, session: ['castcart'] })
    await playerOf(page).getByRole('button', { name: 'Close', exact: true }).first().click()
    await whenStore(page, '$view', (view) => view === 'closed')
    expect(await kept(page)).toEqual(NOTHING)
    const own = new URL(store.pages.origin).host
    expect(
      viewer.asked
        .map((address) => new URL(address))
        .filter(({ host, protocol }) => host !== own && protocol !== 'blob:'),
    ).toEqual([])
    await viewer.close()
  })
})
