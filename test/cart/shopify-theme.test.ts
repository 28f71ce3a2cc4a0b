import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { bundle } from '../support/bundle.ts'
import { describeInChromium } from '../support/chromium.ts'
import { fakeShopifyStore } from '../support/fake-shopify-store.ts'
import type { ShopPage } from './theme-page.ts'

declare global {
  interface Window {
    shop: ShopPage
    theme: { published: unknown[][]; scriptsRun: number; sent: unknown[]; opened: number }
  }
}

/** Playwright's own `waitForFunction` needs `unsafe-eval`. */
const until = (page: Page, isSo: () => boolean) =>
  expect.poll(() => page.evaluate(isSo), { timeout: 10_000 }).toBe(true)

const CSP =
  "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; require-trusted-types-for 'script'; trusted-types 'none'"
const HTML = `<!doctype html><link rel="icon" href="data:,"><a href="/cart" id="cart-icon-bubble"></a><b data-castcart-count>0</b>
<cart-drawer class="drawer is-empty"></cart-drawer><cart-drawer-component auto-open></cart-drawer-component>
<script src="/theme.js"></script><script type="module" src="/entry.js"></script>`
/** As much of Dawn's globals as is needed; `?actions` takes the standard action over. */
const THEME = `window.theme = { published: [], scriptsRun: 0, sent: [], opened: 0 }
const drawerOpens = () => document.querySelector('cart-drawer-component').hasAttribute('auto-open') && theme.opened++
document.addEventListener('cart:update', drawerOpens)
window.Shopify = { routes: { root: '/' }, currency: { active: 'EUR' } }
function publish(name, data) { theme.published.push([name, data.source, data.cartData.item_count]) }
function subscribe() { return () => {} }
const how = new URLSearchParams(location.search).get('action')
if (how) {
  const gid = (id) => 'gid://shopify/ProductVariant/' + id
  const post = (path, body) => fetch(path, { method: 'POST', headers: { 'content-type': 'application/json', 'x-by': 'theme' }, body: JSON.stringify(body) })
  const read = async () => (await fetch('/cart.js')).json()
  const getCart = async () => ({ cart: { lines: { nodes: (await read()).items.map((item) => ({ id: 'gid://shopify/CartLine/' + item.key, merchandise: { id: gid(item.variant_id) } })) } } })
  const updateCart = async (payload) => {
    theme.sent.push(payload)
    drawerOpens()
    await null
    drawerOpens()
    if (payload.discountCodes) await post('/cart/update.js', { discount: payload.discountCodes.join() })
    for (const { id, merchandiseId, quantity } of payload.lines || []) {
      if (id) await post('/cart/change.js', { id: id.split('CartLine/')[1], quantity })
      else await post('/cart/add.js', { items: [{ id: Number(merchandiseId.split('/').pop()), quantity }] })
    }
    return { userErrors: [] }
  }
  updateCart.isDefault = () => how === 'default'
  Shopify.actions = { updateCart, getCart }
}`

vi.setConfig({ testTimeout: 30_000 })

describeInChromium('a Shopify theme', (browser) => {
  const pages = new Map<string, { body: string; headers: Record<string, string> }>()
  let store: Awaited<ReturnType<typeof fakeShopifyStore>>
  let context: BrowserContext

  beforeAll(async () => {
    const script = { 'content-type': 'text/javascript' }
    for (const [name, body] of await bundle(fileURLToPath(new URL('theme-page.ts', import.meta.url)))) {
      pages.set(`/${name}`, { body, headers: script })
    }
    pages.set('/theme.js', { body: THEME, headers: script })
    pages.set('/', { body: HTML, headers: { 'content-type': 'text/html', 'content-security-policy': CSP } })
  }, 60_000)
  beforeEach(async () => {
    const sections = {
      'cart-icon-bubble': ({ item_count }: { item_count: number }) =>
        `<div class="shopify-section"><i class="count">${item_count}</i><script>theme.scriptsRun++</script></div>`,
    }
    store = await fakeShopifyStore({ pages, sections })
    context = await browser().newContext()
  })
  afterEach(async () => {
    await context.close()
    await store.close()
  })
  const open = async (query = ''): Promise<Page> => {
    const page = await context.newPage()
    await page.goto(store.root + query)
    await until(page, () => 'shop' in window)
    return page
  }

  it('is told in silence under a strict policy with Trusted Types', async () => {
    const page = await open()
    expect(await page.evaluate(() => window.shop.add('mug', '11'))).toMatchObject({ outcome: 'added' })
    await until(page, () => document.querySelector('#cart-icon-bubble .count')?.textContent === '1')
    expect(await page.textContent('[data-castcart-count]')).toBe('1')
    const { published, scriptsRun } = await page.evaluate(() => window.theme)
    expect(published).toEqual([['cart-update', 'castcart', 1]])
    expect(scriptsRun).toBe(0)
    expect(await page.evaluate(() => window.shop.log)).toEqual([])
  })

  it.for(['', '?action=own'])('keeps its drawer shut over the player, and as it was after that: %s', async (how) => {
    const page = await open(how)
    expect(await page.evaluate(() => window.shop.add('mug', '11'))).toMatchObject({ outcome: 'added' })
    await until(
      page,
      () => document.querySelector('[data-castcart-count]')?.textContent !== '0' || !!window.theme.sent[0],
    )
    expect(await page.evaluate(() => window.theme.opened)).toBe(0)
    expect(await page.getAttribute('cart-drawer-component', 'auto-open')).toBe('')
  })

  it('has its drawer show what is in it after a first add, and that nothing is after the last is gone', async () => {
    const page = await open()
    const added = await page.evaluate(() => window.shop.add('mug', '11'))
    await until(page, () => !document.querySelector('cart-drawer')?.matches('.is-empty'))
    const id = 'cart' in added ? (added.cart?.items[0]?.id ?? '') : ''
    await page.evaluate((lineId) => window.shop.update(lineId, 0), id)
    await until(page, () => !!document.querySelector('cart-drawer')?.matches('.is-empty'))
  })

  it('adds by its own action where it has one, and not by the default that may reload', async () => {
    const own = await open('?action=own')
    expect(await own.evaluate(() => window.shop.add('mug', '11'))).toMatchObject({
      outcome: 'added',
      cart: { quantity: 1 },
    })
    expect(await own.evaluate(() => window.theme.sent)).toEqual([
      { lines: [{ merchandiseId: 'gid://shopify/ProductVariant/11', quantity: 1 }] },
    ])
    const other = await open('?action=default')
    expect(await other.evaluate(() => window.shop.add('mug', '11'))).toMatchObject({
      outcome: 'added',
      cart: { quantity: 2 },
    })
    expect(await other.evaluate(() => window.theme.sent)).toEqual([])
  })

  it('changes lines and codes by its own action too, under its own ids of lines', async () => {
    const page = await open('?action=own')
    const added = await page.evaluate(() => window.shop.add('mug', '11'))
    const id = 'cart' in added ? (added.cart?.items[0]?.id ?? '') : ''
    expect(await page.evaluate((lineId) => window.shop.update(lineId, 3), id)).toMatchObject({
      ...{ outcome: 'added', quantity: 3, cart: { quantity: 3 } },
    })
    expect(await page.evaluate(() => window.shop.applyVoucher('TEN'))).toMatchObject({ outcome: 'added' })
    expect(await page.evaluate((lineId) => window.shop.update(lineId, 0), id)).toMatchObject({ cart: { quantity: 0 } })
    const line = `gid://shopify/CartLine/${id}`
    expect((await page.evaluate(() => window.theme.sent)).slice(1)).toEqual([
      { lines: [{ id: line, quantity: 3 }] },
      { discountCodes: ['TEN'] },
      { lines: [{ id: line, quantity: 0 }] },
    ])
  })

  it('is heard when it changes the cart itself, once the change is through', async () => {
    const page = await open()
    await page.evaluate(async () => {
      await window.shop.refresh()
      const promise = fetch('/cart/add.js', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ items: [{ id: 11, quantity: 3 }] }),
      })
      document.dispatchEvent(Object.assign(new Event('shopify:cart:lines-update'), { promise }))
    })
    await until(page, () => window.shop.seen.at(-1) === 3)
  })

  it('has one cart in two tabs', async () => {
    const [here, there] = [await open(), await open()]
    await there.evaluate(() => window.shop.refresh())
    await here.evaluate(() => window.shop.add('mug', '11'))
    await until(there, () => window.shop.seen.at(-1) === 1)
  })
})
