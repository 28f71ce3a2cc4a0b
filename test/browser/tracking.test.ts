import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { describeInChromium } from '../support/chromium.ts'
import { host } from '../support/demo.ts'
import { page as pageOf, tag } from '../support/store-page.ts'
import { useStorePages } from '../support/use-store-pages.ts'
import { newViewer, openPlayer, openSheet, PATIENCE, playerOf, whenStore } from '../support/viewer.ts'

type Pushed = Record<string, unknown> & { event?: string; ecommerce?: { items?: { item_id: string }[] } | null }

/** A page that is a Shopify page as far as the widget can see, with a banner that was not answered yet. */
const STORE = `<script>window.Shopify = { routes: { root: '/' }, customerPrivacy: { analyticsProcessingAllowed: () => window.agreed === true } }</script>`

describeInChromium('what analytics are told', (browser) => {
  const store = useStorePages()
  beforeAll(async () => {
    await host(store.demo, 'pin', { ids: ['mug'] })
  })

  const layer = (page: Page) => page.evaluate(() => (window as unknown as { dataLayer?: Pushed[] }).dataLayer ?? [])
  const named = async (page: Page, name: string) => (await layer(page)).filter(({ event }) => event === name)
  const visit = async (attributes: Record<string, string>) => {
    store.pages.answers['/'] = pageOf(STORE + tag(attributes))
    const viewer = await newViewer(browser())
    await viewer.page.goto(store.pages.origin)
    await openPlayer(viewer.page)
    await playerOf(viewer.page).locator('[part=card][data-product=mug]').waitFor(PATIENCE)
    return viewer
  }

  it('is what was seen, opened and added, each once, with the ids that the server event can share', async () => {
    const viewer = await visit({ 'data-track': 'ga4', 'data-consent': 'granted', 'data-partner': 'anna' })
    const { page } = viewer
    await expect.poll(async () => (await named(page, 'view_promotion')).length, PATIENCE).toBeGreaterThan(0)
    const sheet = await openSheet(page, 'mug')
    await sheet.getByRole('button', { name: /^Add/ }).click()
    await whenStore(page, '$cart', (cart) => cart?.quantity === 1)
    await expect.poll(async () => (await named(page, 'add_to_cart')).length, PATIENCE).toBe(1)
    expect((await named(page, 'view_item')).length).toBe(1)
    const [added] = await named(page, 'add_to_cart')
    expect(added).toMatchObject({
      castcart_partner: 'anna',
      castcart_mode: 'live',
      castcart_preview: false,
      ecommerce: { currency: 'EUR', items: [{ item_name: 'Two-glaze mug', quantity: 1 }] },
    })
    const all = await layer(page)
    const at = all.findIndex(({ event }) => event === 'add_to_cart')
    expect(all[at - 1]).toEqual({ ecommerce: null })
    const seen = (await named(page, 'view_promotion')).flatMap(({ ecommerce }) => ecommerce?.items ?? [])
    expect(new Set(seen.map(({ item_id }) => item_id)).size).toBe(seen.length)
    const ids = all.flatMap(({ castcart_event_id: id }) => (id === undefined ? [] : [id]))
    expect(new Set(ids).size).toBe(ids.length)
    expect(viewer.errors).toEqual([])
    await viewer.close()
  })

  it("is nothing before Shopify's banner was answered, and nothing of before", async () => {
    const viewer = await visit({ 'data-track': 'ga4', 'data-consent': 'shopify' })
    const { page } = viewer
    await openSheet(page, 'mug')
    await whenStore(page, '$sheet', (sheet) => sheet?.name === 'product')
    expect(await layer(page)).toEqual([])
    await page.evaluate(() => {
      Object.assign(window, { agreed: true })
      document.dispatchEvent(new Event('visitorConsentCollected'))
    })
    await playerOf(page).locator('[part=sheet]').getByRole('button', { name: /^Add/ }).click()
    await expect.poll(async () => (await named(page, 'add_to_cart')).length, PATIENCE).toBe(1)
    expect(await named(page, 'view_item')).toEqual([])
    expect(await page.evaluate(() => localStorage.length)).toBe(0)
    expect(viewer.errors).toEqual([])
    await viewer.close()
  })
})
