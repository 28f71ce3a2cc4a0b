import { beforeAll, expect, it } from 'vitest'
import { describeInChromium } from '../support/chromium.ts'
import { page as pageOf, tag } from '../support/store-page.ts'
import { useStorePages } from '../support/use-store-pages.ts'
import { newViewer, openPlayer, PATIENCE, playerOf, whenPlaying, whenStore } from '../support/viewer.ts'

const COUNT = 200

/** The recorded show with two hundred products of its own: pictures, groups, numbers to say aloud. */
async function manyProducts(store: string): Promise<string> {
  const show = await (await fetch(new URL('/shows/replay.json', store))).json()
  const products = Array.from({ length: COUNT }, (_, place) => ({
    ...show.products[place % show.products.length],
    id: `p${place}`,
    title: `Thing ${place} ${place % 7 ? 'in clay' : 'in wool'}`,
    code: `${place + 1}`,
    group: `Shelf ${place % 5}`,
  }))
  const { events: _, ...rest } = show
  return JSON.stringify({ ...rest, products })
}

describeInChromium('a show of two hundred products', (browser) => {
  const store = useStorePages({ '/': pageOf(tag({ 'data-show': '/many.json', 'data-cart': 'links' })) })
  beforeAll(async () => {
    const body = await manyProducts(store.demo.store)
    store.pages.answers['/many.json'] = { headers: { 'content-type': 'application/json' }, body }
  })

  it('has all of them in its list and draws those in view, found by words, shelf and number', async () => {
    const viewer = await newViewer(browser(), { viewport: { width: 390, height: 844 } })
    const { page } = viewer
    await page.goto(store.pages.origin)
    await openPlayer(page)
    await whenPlaying(page)
    await whenStore(page, '$products', (products) => products.length === COUNT)
    await playerOf(page).locator('.bag button').first().click()
    const items = playerOf(page).locator('[part=item]')
    // All are there for who counts, searches or tabs through them; what comes near is drawn whole, and keeps the focus that it came with.
    await expect.poll(() => items.count(), PATIENCE).toBe(COUNT)
    expect(await playerOf(page).locator('.list .price').count()).toBeLessThan(40)
    const far = items.locator('xpath=self::*[@data-brief]').nth(50).getByRole('button')
    const name = (await far.getAttribute('aria-label')) ?? ''
    await far.focus()
    const row = items.filter({ has: page.getByRole('button', { name, exact: true }) })
    await expect.poll(() => row.locator('.price').count(), PATIENCE).toBe(1)
    expect(await row.locator('.item-title').evaluate((own) => own.matches(':focus'))).toBe(true)
    expect(await playerOf(page).locator('.item-group').allTextContents()).toEqual(
      [0, 1, 2, 3, 4].map((n) => `Shelf ${n}`),
    )
    const search = playerOf(page).getByRole('searchbox')
    await search.fill('wool shelf 3')
    await expect.poll(() => items.count(), PATIENCE).toBe(9)
    await search.fill('117')
    await expect.poll(() => items.count(), PATIENCE).toBe(1)
    expect(await items.first().textContent()).toContain('Thing 116')
    expect(viewer.errors).toEqual([])
    await viewer.close()
  })
})
