import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createBasket } from '../../src/cart/basket.ts'
import { type FormOptions, form } from '../../src/cart/form.ts'
import type { CartBridge, CartLine } from '../../src/model/cart.ts'
import type { ProductInput } from '../../src/model/product.ts'
import { type CartHarness, testCartBridge } from '../contracts/cart-bridge.ts'
import { bundle } from '../support/bundle.ts'
import { describeInChromium } from '../support/chromium.ts'
import { fakeFormShop } from '../support/fake-form-shop.ts'
import type { FormPage } from './form-page.ts'

declare global {
  interface Window {
    formPage: FormPage
  }
}

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const options: FormOptions = {
  form: 'form.buy',
  fields: { quantity: 'qty' },
  message: '.alert',
  events: ['basket:refresh'],
  cart: { url: '/basket', currency: 'EUR', line: '.line', quantity: '.qty@value', price: '.price' },
}
const line = (slug: string): CartLine => ({ productId: `show-${slug}`, ref: {}, url: `/p/${slug}`, quantity: 1 })
const entry = (slug: string): ProductInput => ({ id: `show-${slug}`, title: slug, url: `/p/${slug}` })
const CSP =
  "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'"

let script = ''
beforeAll(async () => {
  script = (await bundle(fileURLToPath(new URL('form-page.ts', import.meta.url)))).get('entry.js') ?? ''
})

/** A page of the fake shop with the bridge in it, under a strict policy; the bridge as it is seen from here. */
async function openShop(context: BrowserContext, settings: FormOptions = options) {
  const shop = await fakeFormShop()
  shop.serve('/entry.js', { body: script, headers: { 'content-type': 'text/javascript' } })
  shop.serve('/page', {
    body: '<!doctype html><link rel="icon" href="data:,"><b data-castcart-count>0</b><script type="module" src="/entry.js"></script>',
    headers: { 'content-type': 'text/html', 'content-security-policy': CSP },
  })
  const page = await context.newPage()
  await page.goto(`${shop.root}page`)
  await expect.poll(() => page.evaluate(() => 'formPage' in window)).toBe(true)
  await page.evaluate((given) => window.formPage.open(given), settings)
  const bridge: CartBridge = {
    name: 'form',
    add: (wish) => page.evaluate((given) => window.formPage.add(given), wish),
    async read() {
      const cart = await page.evaluate(() => window.formPage.read())
      if (!cart) throw new TypeError('no cart')
      return cart
    },
    products: async (list) => (await page.evaluate((given) => window.formPage.products(given), list)) ?? [],
  }
  const close = async () => {
    await page.close()
    await shop.close()
  }
  return { shop, page, bridge, close }
}

/** What a page posts from here on. */
function postsOf(page: Page) {
  const sent: { path: string; type: string; body: string }[] = []
  page.on('request', (request) => {
    if (request.method() !== 'POST') return
    const { pathname: path } = new URL(request.url())
    sent.push({ path, type: request.headers()['content-type'] ?? '', body: request.postData() ?? '' })
  })
  return sent
}

describeInChromium('form in a page', (browser) => {
  testCartBridge('form', async (): Promise<CartHarness> => {
    const context = await browser().newContext()
    const { shop, bridge, close } = await openShop(context)
    return {
      ...{ bridge, fetch, fault: shop.fault, pieces: shop.pieces, adds: shop.adds, empty: shop.empty },
      lines: { plenty: line('mug'), few: line('vase'), soldOut: line('bowl'), unknown: line('ghost') },
      products: ['mug', 'vase', 'bowl', 'ghost'].map(entry),
      most: (pieces) => {
        for (const one of shop.products) one.most = pieces
      },
      oddPrice() {
        for (const one of shop.products.slice(0, 1)) one.price = '1e21'
      },
      // A page that is not the expected one is like any other: the cart alone tells.
      cannot: ['html', 'cut-short'],
      async close() {
        await close()
        await context.close()
      },
    }
  })

  async function open(more: Partial<FormOptions> = {}): Promise<{
    shop: Awaited<ReturnType<typeof fakeFormShop>>
    page: Page
    basket: ReturnType<typeof createBasket>
  }> {
    const context = await browser().newContext()
    const { shop, page, bridge, close } = await openShop(context, { ...options, ...more })
    onTestFinished(async () => {
      await close()
      await context.close()
    })
    const signal = new AbortController().signal
    const basket = createBasket({
      ...{ bridge, signal, onChange() {}, onBusy() {}, channel: () => undefined },
      context: { fetch, locale: 'en' },
    })
    return { shop, page, basket }
  }

  it('sends the form of the product’s own page, with its fresh token, and breaks no policy', async () => {
    const { shop, page, basket } = await open()
    expect(await basket.add(line('mug'))).toMatchObject({
      outcome: 'added',
      cart: { items: [{ productId: 'show-mug', title: 'The mug', price: { amount: 2400 }, url: `${shop.root}p/mug` }] },
    })
    expect(await basket.add(line('mug'))).toMatchObject({ outcome: 'added', cart: { quantity: 2 } })
    expect(await page.textContent('[data-castcart-count]')).toBe('2')
    expect(await page.evaluate(() => window.formPage.log)).toEqual(['basket:refresh', 'basket:refresh'])
  })

  it('puts partner and host into the fields that it is set to', async () => {
    const fields = { quantity: 'qty', partner: 'properties[_partner]', host: 'properties[_host]' }
    const { page, basket } = await open({ fields })
    const sent = postsOf(page)
    await basket.add({ ...line('mug'), partner: 'anna', host: 'mira' })
    const fieldsOf = (at: number) => Object.fromEntries(new URLSearchParams(sent[at]?.body))
    expect(fieldsOf(0)).toMatchObject({ 'properties[_partner]': 'anna', 'properties[_host]': 'mira' })
    await basket.add(line('mug'))
    expect(Object.keys(fieldsOf(1))).toEqual(['csrf', 'product', 'qty'])
  })

  it('is sent as a browser sends it: by its first button, to that button’s address, in the form’s own encoding', async () => {
    const { shop, page, basket } = await open()
    const sent = postsOf(page)
    const product = (form: string) => ({ body: `<!doctype html><body>${form}</body>` })
    const buttons =
      '<button type="button" name="less">-</button><button name="off" disabled>Off</button><button name="add-to-cart" value="10" formaction="/plain">Add</button><button name="wish" value="10">Wish</button>'
    shop.serve(
      '/p/plain',
      product(`<form class="buy" method="post" action="/other"><input name="qty" value="1">${buttons}</form>`),
    )
    shop.serve('/plain', product(''))
    await basket.add({ ...line('plain'), quantity: 2 })
    expect(sent[0]).toMatchObject({ path: '/plain', body: 'qty=2&add-to-cart=10' })
    expect(sent[0]?.type).toContain('application/x-www-form-urlencoded')
    shop.serve(
      '/p/parts',
      product(
        '<form class="buy" method="post" action="/plain" enctype="multipart/form-data"><input name="qty"></form>',
      ),
    )
    await basket.add(line('parts'))
    expect(sent[1]?.type).toContain('multipart/form-data')
    expect(sent[1]?.body).toMatch(/name="qty"\s+1/)
  })

  it('sends what belongs to the form without standing in it, and a form that asks by its address', async () => {
    const { shop, page, basket } = await open()
    const sent = postsOf(page)
    const outside =
      '<select name="size" form="buy"><option>S</option><option selected>M</option></select><button form="buy" name="add-to-cart" value="10">Add</button>'
    shop.serve('/p/apart', {
      body: `<!doctype html><body><form id="buy" class="buy" method="post" action="/plain"><input name="qty" value="1"></form>${outside}</body>`,
    })
    shop.serve('/plain', { body: '<!doctype html><p>Thanks' })
    await basket.add({ ...line('apart'), quantity: 2 })
    expect(sent[0]).toMatchObject({ path: '/plain', body: 'qty=2&size=M&add-to-cart=10' })
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).search))
    const colours = ['ink', 'sand'].map((name) => `<input type="radio" name="colour" value="${name}" checked>`)
    const gifts = ['box', 'card'].map((name) => `<input type="checkbox" name="with[]" value="${name}" checked>`)
    shop.serve('/p/asking', {
      body: `<!doctype html><body><form class="buy" action="/plain?old=1">${[...colours, ...gifts].join('')}</form></body>`,
    })
    await basket.add(line('asking'))
    expect(asked).toContain('?colour=sand&with%5B%5D=box&with%5B%5D=card&qty=1')
  })

  it('counts a currency without cents', async () => {
    const cart = { url: '/yen', currency: 'JPY', line: 'tr', price: 'b' }
    const { shop, basket } = await open({ cart })
    shop.serve('/yen', { body: '<!doctype html><table><tr><td><a href="/p/mug">Mug</a><b>¥2,400</b></table>' })
    expect(await basket.refresh()).toMatchObject({ total: { amount: 2400, currency: 'JPY' } })
  })

  it('reads a quantity that stands in a list', async () => {
    const cart = { url: '/list', currency: 'EUR', line: 'tr', quantity: 'select@value', price: 'b' }
    const { shop, basket } = await open({ cart })
    const list = '<select><option>1</option><option selected>3</option></select>'
    shop.serve('/list', { body: `<!doctype html><table><tr><td><a href="/p/mug">Mug</a>${list}<b>2.50</b></table>` })
    expect(await basket.refresh()).toMatchObject({ quantity: 3, total: { amount: 750 } })
  })

  it('reads what stands on the line itself, and says which part of a line is not there', async () => {
    const cart = { url: '/own', currency: 'EUR', line: 'tr', quantity: '@data-pieces', price: 'b' }
    const own = { body: '<!doctype html><table><tr data-pieces="3"><td><a href="/p/mug">Mug</a><b>2.50</b></table>' }
    const { shop, basket } = await open({ cart })
    shop.serve('/own', own)
    expect(await basket.refresh()).toMatchObject({ quantity: 3, total: { amount: 750 } })
    const other = await open({ cart: { ...cart, quantity: '.pieces' } })
    other.shop.serve('/own', own)
    expect(await other.basket.refresh()).toBe(null)
    await expect(other.page.evaluate(() => window.formPage.read())).rejects.toThrow('has no quantity: .pieces')
  })

  it('says what the shop says, as text', async () => {
    const { basket } = await open()
    expect(await basket.add({ ...line('vase'), quantity: 5 })).toMatchObject({
      ...{ outcome: 'partial', quantity: 2, message: 'Only 2 of "vase" left' },
    })
  })

  it('does not call it a limit where the form has no field for several pieces', async () => {
    const { basket } = await open({ fields: {} })
    expect(await basket.add({ ...line('mug'), quantity: 3 })).toMatchObject({
      ...{ outcome: 'partial', quantity: 1, reason: 'refused', cart: { quantity: 1 } },
    })
    expect(await basket.add(line('mug'))).toMatchObject({ outcome: 'added', cart: { quantity: 2 } })
  })

  it('claims nothing of a piece more where the cart page tells no quantities', async () => {
    const { basket } = await open({ cart: { url: '/basket', currency: 'EUR', line: '.line', price: '.price' } })
    expect(await basket.add(line('mug'))).toMatchObject({ outcome: 'added', quantity: 1 })
    expect(await basket.add(line('mug'))).toMatchObject({ outcome: 'rejected', reason: 'unreachable' })
    expect(await basket.add(line('bowl'))).toMatchObject({ outcome: 'rejected', reason: 'sold-out' })
  })

  it('says signed out where the shop sends to a login', async () => {
    const { shop, basket } = await open()
    await basket.refresh()
    shop.lock()
    expect(await basket.add(line('mug'))).toMatchObject({ outcome: 'rejected', reason: 'signed-out' })
  })

  it('does not blame the stock for a wrong selector', async () => {
    const { basket } = await open({ form: 'form.nope' })
    expect(await basket.add(line('mug'))).toMatchObject({ outcome: 'rejected', reason: 'refused' })
    expect(await basket.add(line('bowl'))).toMatchObject({ outcome: 'rejected', reason: 'sold-out' })
  })

  it('sends nothing to another site', async () => {
    const { shop, basket } = await open()
    const away = '<form class="buy" method="post" action="https://elsewhere.example/add"></form>'
    shop.serve('/p/away', { body: `<!doctype html><body>${away}</body>` })
    expect(await basket.add(line('away'))).toMatchObject({ outcome: 'rejected', reason: 'refused' })
    expect(shop.adds()).toBe(0)
  })
})

describe('form', () => {
  it('says which settings it lacks', () => {
    expect(() => form({ ...options, form: '' })).toThrow('cart: form needs "form"')
    expect(() => form({ ...options, cart: undefined })).toThrow('cart: form needs "cart" or "read"')
  })
})
