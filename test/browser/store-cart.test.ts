import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Demo } from '../../examples/live-shop/server/start-demo.mjs'
import { describeInChromium } from '../support/chromium.ts'
import { host, startWholeDemo } from '../support/demo.ts'
import {
  newViewer,
  openPlayer,
  openSheet,
  PATIENCE,
  playerOf,
  read,
  type Viewer,
  whenConnected,
  whenStore,
} from '../support/viewer.ts'

describeInChromium('the cart of the store', (browser) => {
  let demo: Demo
  let viewer: Viewer
  let page: Page
  beforeAll(async () => {
    demo = await startWholeDemo()
    await host(demo, 'pin', { ids: ['mug'] })
  })
  afterAll(() => demo?.stop())
  beforeEach(async () => {
    for (const { id } of variants()) demo.shop.setStock('mug', id, 9)
    viewer = await newViewer(browser())
    page = viewer.page
    await page.goto(demo.store)
    await openPlayer(page)
    await whenConnected(page)
    await whenStore(page, '$cart', (cart) => cart !== null)
    await playerOf(page).locator('[part=card][data-product=mug]').waitFor(PATIENCE)
  })
  afterEach(async () => {
    await viewer.close()
    expect(viewer.errors).toEqual([])
  })

  const badge = () => page.locator('#cart-badge')
  const variants = () => demo.shop.catalogue.find(({ id }) => id === 'mug')?.variants ?? []

  it('is changed by the player: its badge, its page and its own answer agree', async () => {
    const sheet = await openSheet(page, 'mug')
    await sheet.getByRole('button', { name: /^Add/ }).click()
    const cart = await whenStore(page, '$cart', (value) => value?.quantity === 1)
    expect(cart?.items.map(({ productId }) => productId)).toEqual(['mug'])
    await expect.poll(() => badge().textContent(), PATIENCE).toBe('1')
    expect(await badge().isHidden()).toBe(false)
    const truth = await page.evaluate(async () => (await fetch('/cart.js')).json())
    expect(truth.item_count).toBe(1)
    await page.goto(new URL('/cart', demo.store).href)
    await page.locator('[data-line]').waitFor()
    expect(await page.locator('[data-line]').count()).toBe(1)
    expect(await page.locator('[data-line]').textContent()).toContain('Two-glaze mug')
  })

  it('says in words why a sold-out version was not added, and stays as it was', async () => {
    const told: string[] = []
    page.on('console', (message) => message.text().startsWith('[castcart]') && told.push(message.text()))
    const sheet = await openSheet(page, 'mug')
    const before = await page.evaluate(async () => (await (await fetch('/cart.js')).json()).item_count)
    for (const { id } of variants()) demo.shop.setStock('mug', id, 0)
    await sheet.getByRole('button', { name: /^Add/ }).click()
    const notice = await whenStore(page, '$notice', (value) => value !== null)
    expect(notice).toMatchObject({ kind: 'refused', reason: 'sold-out' })
    await expect.poll(() => playerOf(page).textContent(), PATIENCE).toMatch(/sold out/i)
    await expect.poll(() => playerOf(page).locator('> [role=alert]').textContent(), PATIENCE).toMatch(/sold out/i)
    expect(await page.evaluate(async () => (await (await fetch('/cart.js')).json()).item_count)).toBe(before)
    expect((await read(page, '$cart'))?.quantity).toBe(before)
    expect(told).toEqual([
      expect.stringMatching(/^\[castcart\] refused: the store did not take mug\/[\w-]+: sold-out$/),
    ])
    expect(viewer.said).toEqual([])
  })

  it('takes one of a fast double click', async () => {
    const sheet = await openSheet(page, 'mug')
    const writes: string[] = []
    page.on('request', (request) => request.url().includes('/cart/add.js') && writes.push(request.url()))
    await sheet.getByRole('button', { name: /^Add/ }).dblclick()
    await whenStore(page, '$cart', (cart) => cart?.quantity === 1)
    await expect.poll(() => read(page, '$cartBusy'), PATIENCE).toEqual([])
    expect(writes).toHaveLength(1)
  })
})
