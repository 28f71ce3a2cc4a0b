import { describe, expect, it, onTestFinished } from 'vitest'
import { shopify } from '../../src/cart/shopify.ts'
import type { CartContext, CartLine } from '../../src/model/cart.ts'
import type { ProductInput } from '../../src/model/product.ts'
import { type CartHarness, testCartBridge } from '../contracts/cart-bridge.ts'
import { catalogue, fakeShopifyStore } from '../support/fake-shopify-store.ts'

const line = (handle: string): CartLine => ({ productId: `show-${handle}`, ref: { handle }, quantity: 1 })
const entry = (handle: string): ProductInput => ({ id: `show-${handle}`, title: handle, ref: { handle } })

testCartBridge('shopify', async (): Promise<CartHarness> => {
  const store = await fakeShopifyStore()
  return {
    bridge: shopify({ root: store.root }),
    fetch: store.fetch,
    lines: { plenty: line('mug'), few: line('vase'), soldOut: line('bowl'), unknown: line('ghost') },
    products: ['mug', 'vase', 'bowl', 'ghost'].map(entry),
    voucher: 'TEN',
    most: store.letIn,
    oddPrice() {
      for (const one of store.products[0]?.variants ?? []) one.price = 1e21
    },
    fault: store.fault,
    pieces: async () => (await store.cart()).item_count,
    adds: () => store.asked.filter((one) => one === 'POST /cart/add.js').length,
    empty: store.empty,
    close: store.close,
  }
})

async function open(options?: Parameters<typeof fakeShopifyStore>[0]) {
  const store = await fakeShopifyStore(options)
  onTestFinished(store.close)
  const context: CartContext = { fetch: store.fetch, locale: 'en', signal: new AbortController().signal }
  return { store, context, bridge: shopify({ root: store.root }) }
}

describe('shopify', () => {
  it('takes the axes and variants of the store where the show lists none', async () => {
    const { bridge, context } = await open()
    const [coat] = (await bridge.products?.([entry('coat')], context)) ?? []
    expect(coat?.options).toEqual([
      {
        id: 'Size',
        name: 'Size',
        values: [
          { id: 'S', label: 'S' },
          { id: 'M', label: 'M' },
        ],
      },
      {
        id: 'Colour',
        name: 'Colour',
        values: [
          { id: 'Ink', label: 'Ink' },
          { id: 'Sand', label: 'Sand' },
        ],
      },
    ])
    expect(coat?.variants?.map(({ id, available, price }) => [id, available, price?.amount])).toEqual([
      ['41', true, 19900],
      ['42', false, 21900],
      ['43', true, 19900],
    ])
    expect(coat?.variants?.[0]).toMatchObject({
      options: { Size: 'S', Colour: 'Ink' },
      ref: { platformId: 'gid://shopify/ProductVariant/41' },
    })
  })

  it('finds the show’s variants by platform id, by SKU and by option values in any language', async () => {
    const { bridge, context } = await open()
    const show: ProductInput = {
      ...entry('coat'),
      options: [
        {
          id: 'farbe',
          name: 'Farbe',
          values: [
            { id: 'a', label: { de: 'Tinte', en: 'Ink' } },
            { id: 'sand', label: 'Sand' },
          ],
        },
        {
          id: 'gr',
          name: 'Größe',
          values: [
            { id: 's', label: 'S' },
            { id: 'm', label: 'M' },
          ],
        },
      ],
      variants: [
        { id: 'by-id', ref: { platformId: 'gid://shopify/ProductVariant/41' }, stock: 99 },
        { id: 'by-sku', sku: 'COAT-M-INK' },
        { id: 'by-values', options: { farbe: 'sand', gr: 's' } },
        { id: 'not-in-store', options: { farbe: 'sand', gr: 'm' } },
      ],
    }
    const [coat] = (await bridge.products?.([show], context)) ?? []
    expect(coat?.variants?.map(({ id, ref }) => [id, ref?.platformId?.split('/').at(-1)])).toEqual([
      ['by-id', '41'],
      ['by-sku', '42'],
      ['by-values', '43'],
    ])
    expect(coat?.variants?.[0]?.stock).toBeUndefined()
    const added = await bridge.add(
      { productId: 'show-coat', variantId: 'by-values', ref: coat?.variants?.[2]?.ref ?? {}, quantity: 1 },
      context,
    )
    expect(added).toMatchObject({
      cart: { items: [{ productId: 'show-coat', variantId: 'by-values', variantTitle: 'S / Sand' }] },
    })
  })

  it('asks for a variant where the line does not tell which', async () => {
    const { bridge, context } = await open()
    expect(await bridge.add(line('coat'), context)).toEqual({ outcome: 'rejected', reason: 'needs-variant' })
  })

  it('adds what the catalogue has told of in two requests, the product read no more', async () => {
    const { store, bridge, context } = await open()
    const [mug] = (await bridge.products?.([entry('mug')], context)) ?? []
    const before = store.asked.length
    await bridge.add({ ...line('mug'), ref: mug?.ref ?? {} }, context)
    expect(store.asked.slice(before)).toEqual(['POST /cart/add.js', 'GET /cart.js'])
  })

  it('finds the product by the address of its page', async () => {
    const { bridge, context } = await open()
    const wish = { productId: 'm', ref: {}, url: 'https://shop.example/de/products/mug?ref=live', quantity: 1 }
    expect(await bridge.add(wish, context)).toMatchObject({ outcome: 'added' })
  })

  it('keeps a product that is requested, not bought, though the store has none', async () => {
    const { bridge, context } = await open()
    const car: ProductInput = { ...entry('car'), action: 'request', price: { amount: 1, currency: 'EUR' } }
    expect(await bridge.products?.([car], context)).toEqual([car])
  })

  it('reads hundredths of a currency that has none', async () => {
    const { bridge, context } = await open({ currency: 'JPY' })
    const [mug] = (await bridge.products?.([entry('mug')], context)) ?? []
    expect(mug?.price).toEqual({ amount: 24, currency: 'JPY' })
    expect(await bridge.add(line('mug'), context)).toMatchObject({ cart: { total: { amount: 24, currency: 'JPY' } } })
  })

  it('hides a price of 1e21 and what costs it', async () => {
    const products = catalogue()
    for (const { variants } of products) for (const variant of variants) variant.price = 1e21
    const { bridge, context } = await open({ products })
    const [mug, coat] = (await bridge.products?.([entry('mug'), entry('coat')], context)) ?? []
    expect(mug?.price).toBeUndefined()
    expect(coat?.variants?.every(({ price, available }) => price === undefined && available === false)).toBe(true)
  })

  it('brings compare-at, unit price and absolute pictures', async () => {
    const { bridge, context } = await open()
    const [mug, coffee] = (await bridge.products?.([entry('mug'), entry('coffee')], context)) ?? []
    expect(mug).toMatchObject({ compareAt: { amount: 2900 }, images: ['http://cdn.example/mug.webp'] })
    expect(coffee?.unitPrice).toEqual({ price: { amount: 480, currency: 'EUR' }, per: '100 g' })
  })

  it('carries the partner and the host on the line', async () => {
    const { bridge, context, store } = await open()
    await bridge.add({ ...line('mug'), partner: 'mira', host: 'ada' }, context)
    expect((await store.cart()).items[0]?.properties).toEqual({ _castcart_partner: 'mira', _castcart_host: 'ada' })
  })

  it('sends lists as lists on a page where Prototype.js gives them a toJSON', async () => {
    const sent: unknown[] = []
    const deaf: typeof fetch = async (_input, init) => {
      sent.push(init?.body)
      throw new TypeError('offline')
    }
    Object.defineProperty(Array.prototype, 'toJSON', { value: () => 'broken', configurable: true })
    onTestFinished(() => void Reflect.deleteProperty(Array.prototype, 'toJSON'))
    const context = { fetch: deaf, locale: 'en', signal: new AbortController().signal }
    const wish = { ...line('mug'), ref: { platformId: '11' } }
    await expect(shopify({ root: 'https://shop.example/' }).add(wish, context)).rejects.toThrow('offline')
    expect(sent).toEqual(['{"items":[{"id":11,"quantity":1}]}'])
  })

  it('goes to the checkout of the locale', async () => {
    const went: string[] = []
    const bridge = shopify({ root: 'https://shop.example/ru/', navigate: (url) => went.push(url) })
    await bridge.checkout?.({ items: [], quantity: 0, total: { amount: 0, currency: 'EUR' } })
    expect(went).toEqual(['https://shop.example/ru/checkout'])
  })

  it('takes a page behind a login for signed out', async () => {
    const { bridge, context } = await open()
    const wall: typeof fetch = async () => {
      const page = new Response('<form>password</form>', { headers: { 'content-type': 'text/html' } })
      return Object.defineProperty(page, 'redirected', { value: true })
    }
    const wish = { ...line('mug'), ref: { platformId: '11' } }
    await expect(bridge.add(wish, { ...context, fetch: wall })).rejects.toThrow('signed-out')
  })
})
