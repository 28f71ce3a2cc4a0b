import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createBasket } from '../../src/cart/basket.ts'
import { woocommerce } from '../../src/cart/woocommerce.ts'
import { addressOf } from '../../src/cart/woocommerce-store.ts'
import type { CartContext, CartLine } from '../../src/model/cart.ts'
import type { ProductInput } from '../../src/model/product.ts'
import { type CartHarness, testCartBridge } from '../contracts/cart-bridge.ts'
import { fakeWoocommerceStore, products } from '../support/fake-woocommerce-store.ts'

const line = (handle: string): CartLine => ({ productId: `show-${handle}`, ref: { handle }, quantity: 1 })
const entry = (handle: string): ProductInput => ({ id: `show-${handle}`, title: handle, ref: { handle } })
const bridgeOf = (root: string) => woocommerce({ api: `${root}wp-json/` })

testCartBridge('woocommerce', async (): Promise<CartHarness> => {
  const all = products()
  const store = await fakeWoocommerceStore({ products: all })
  return {
    bridge: bridgeOf(store.root),
    fetch: store.fetch,
    lines: { plenty: line('mug'), few: line('vase'), soldOut: line('bowl'), unknown: line('ghost') },
    products: ['mug', 'vase', 'bowl', 'ghost'].map(entry),
    voucher: 'TEN',
    tellsCodes: true,
    cannot: ['partial'],
    most: (pieces) => {
      for (const one of all) one.most = pieces
    },
    oddPrice() {
      for (const one of all.slice(0, 1)) one.price = '1e21'
    },
    fault: store.fault,
    pieces: store.pieces,
    adds: store.adds,
    empty: store.empty,
    close: store.close,
  }
})

async function open(options?: Parameters<typeof fakeWoocommerceStore>[0]) {
  const store = await fakeWoocommerceStore(options)
  onTestFinished(store.close)
  const context: CartContext = { fetch: store.fetch, locale: 'en', signal: new AbortController().signal }
  return { store, context, bridge: bridgeOf(store.root) }
}

describe('woocommerce', () => {
  it('adds once with a fresh nonce after the old one went stale', async () => {
    const { store, bridge } = await open()
    const signal = new AbortController().signal
    const nothing = () => {}
    const basket = createBasket({
      ...{ bridge, signal, onChange: nothing, onBusy: nothing, channel: () => undefined },
      context: { fetch: store.fetch, locale: 'en' },
    })
    await basket.refresh()
    store.expireNonces()
    expect(await basket.add(line('mug'))).toMatchObject({ outcome: 'added', cart: { quantity: 1 } })
    expect(store.adds()).toBe(2)
    expect(await store.pieces()).toBe(1)
  })

  it('wakes the theme before it adds, and speaks of a choice only where there is one', async () => {
    const { store, bridge, context } = await open()
    const done: string[] = []
    const body = new EventTarget()
    body.addEventListener('wc-blocks_adding_to_cart', () => done.push('woken'))
    vi.stubGlobal('document', { body, querySelectorAll: () => [], querySelector: () => null })
    vi.stubGlobal('dispatchEvent', () => true)
    onTestFinished(() => void vi.unstubAllGlobals())
    const listening: typeof fetch = (input, init) => {
      if (`${input}`.endsWith('add-item')) done.push(`${init?.body}`)
      return store.fetch(input, init)
    }
    await bridge.add({ ...line('mug'), ref: { platformId: '10' } }, { ...context, fetch: listening })
    expect(done).toEqual(['woken', '{"id":10,"quantity":1}'])
  })

  it('asks for a nonce before its first write, and for none after', async () => {
    const { store, bridge, context } = await open()
    const known = { ...line('mug'), ref: { platformId: '10' } }
    await bridge.add(known, context)
    await bridge.add(known, context)
    const cart = '/wp-json/wc/store/v1/cart'
    expect(store.asked).toEqual([`GET ${cart}`, `POST ${cart}/add-item`, `POST ${cart}/add-item`])
  })

  it('brings price, compare-at, stock and pictures in three requests, however many products', async () => {
    const { store, bridge, context } = await open()
    const list = [
      entry('mug'),
      { ...entry('vase'), ref: { platformId: '11' } },
      { ...entry('coat'), ref: { sku: 'COAT-20' } },
    ]
    const [mug, vase, coat] = (await bridge.products?.(list, context)) ?? []
    expect(mug).toMatchObject({
      ...{ id: 'show-mug', available: true, ref: { handle: 'mug', platformId: '10' } },
      ...{
        price: { amount: 2400, currency: 'EUR' },
        compareAt: { amount: 2900 },
        images: ['http://fake.example/10.webp'],
      },
    })
    expect(vase).toMatchObject({ stock: 2, compareAt: undefined })
    expect(coat?.variants).toHaveLength(3)
    expect(store.asked).toHaveLength(4)
  })

  it('takes the shop’s axes, and shows a combination that is sold out as such', async () => {
    const { bridge, context } = await open()
    const [coat] = (await bridge.products?.([entry('coat')], context)) ?? []
    expect(coat?.options?.map(({ name, values }) => [name, values.map(({ label }) => label)])).toEqual([
      ['Size', ['S', 'M']],
      ['Colour', ['Ink', 'Sand']],
    ])
    expect(
      coat?.variants?.map(({ id, available, price, options }) => [id, available, price?.amount, options?.Size]),
    ).toEqual([
      ['21', true, 19900, 'S'],
      ['22', false, 21900, 'M'],
      ['23', true, 19900, 'S'],
    ])
  })

  it('adds a variation under the show’s own ids, by SKU or by labels', async () => {
    const { bridge, context } = await open()
    const show: ProductInput = {
      ...entry('coat'),
      options: [
        { id: 'gr', name: 'Größe', values: [{ id: 's', label: { de: 'Klein', en: 'S' } }] },
        { id: 'f', name: 'Farbe', values: [{ id: 'x', label: { en: 'Sand' } }] },
      ],
      variants: [
        { id: 'ours', options: { gr: 's', f: 'x' } },
        { id: 'by-sku', sku: 'COAT-21' },
        { id: 'gone', options: { gr: 's', f: 'gold' } },
      ],
    }
    const [coat] = (await bridge.products?.([show], context)) ?? []
    expect(coat?.variants?.map(({ id, ref }) => [id, ref?.platformId])).toEqual([
      ['ours', '23'],
      ['by-sku', '21'],
    ])
    const wish = { productId: 'show-coat', variantId: 'ours', ref: coat?.variants?.[0]?.ref ?? {}, quantity: 1 }
    expect(await bridge.add(wish, context)).toMatchObject({
      cart: { items: [{ productId: 'show-coat', variantId: 'ours', title: 'The “coat”' }] },
    })
  })

  it('opens up a variation that leaves a choice, and says the choice when it adds', async () => {
    const { bridge, context } = await open()
    const [scarf] = (await bridge.products?.([entry('scarf')], context)) ?? []
    expect(scarf?.variants?.map(({ options }) => options?.Tone)).toEqual(['Warm & soft', 'Cold'])
    const wish = { productId: 'show-scarf', ref: scarf?.variants?.[0]?.ref ?? {}, quantity: 1 }
    expect(await bridge.add(wish, context)).toMatchObject({ outcome: 'added', cart: { quantity: 1 } })
  })

  it('asks for a variant where the line does not tell which', async () => {
    const { bridge, context } = await open()
    expect(await bridge.add(line('coat'), context)).toMatchObject({ reason: 'needs-variant' })
    expect(await bridge.add({ ...line('coat'), ref: { platformId: '20' } }, context)).toMatchObject({
      reason: 'needs-variant',
    })
  })

  it('says how many were added where the shop cuts a quantity down in silence', async () => {
    const { store, bridge } = await open()
    const basket = createBasket({
      ...{ bridge, signal: new AbortController().signal, onChange() {}, onBusy() {}, channel: () => undefined },
      context: { fetch: store.fetch, locale: 'en' },
    })
    await basket.refresh()
    expect(await basket.add({ ...line('cup'), quantity: 5 })).toMatchObject({ outcome: 'partial', quantity: 3 })
  })

  it('calls a line that is gone not found and does not ask again, though its status is 409', async () => {
    const { store, bridge, context } = await open()
    await bridge.read?.(context)
    expect(await bridge.update?.('key-gone', 2, context)).toEqual({
      ...{ outcome: 'rejected', reason: 'not-found', message: 'Cart item no longer exists or is invalid.' },
    })
    expect(store.asked.filter((one) => one.startsWith('POST'))).toHaveLength(1)
  })

  it('reads lines with tax where the shop shows its prices with it', async () => {
    const { bridge, context } = await open({ tax: 19 })
    expect(await bridge.add({ ...line('mug'), quantity: 2 }, context)).toMatchObject({
      cart: { items: [{ price: { amount: 2400 }, total: { amount: 4800 } }], total: { amount: 4800 } },
    })
  })

  it('counts by the currency where the shop shows other decimals', async () => {
    const yen = await open({ currency: 'JPY', digits: 0 })
    expect((await yen.bridge.products?.([entry('mug')], yen.context))?.[0]?.price).toEqual({
      amount: 2400,
      currency: 'JPY',
    })
    const whole = await open({ currency: 'EUR', digits: 0 })
    expect((await whole.bridge.products?.([entry('mug')], whole.context))?.[0]?.price?.amount).toBe(240_000)
  })

  it('hides a price of 1e21 and what costs it', async () => {
    const { bridge, context } = await open({ products: products().map((one) => ({ ...one, price: '1e21' })) })
    const [mug] = (await bridge.products?.([entry('mug')], context)) ?? []
    expect(mug).toMatchObject({ price: undefined, available: false })
    await expect(bridge.add(line('mug'), context)).rejects.toThrow('amount')
  })

  it('works where permalinks are plain', async () => {
    const { store, context } = await open({ plainPermalinks: true })
    const bridge = woocommerce({ api: `${store.root}index.php?rest_route=/` })
    expect(await bridge.add(line('mug'), context)).toMatchObject({ outcome: 'added' })
  })

  it('goes to the checkout of the shop, in a folder too', async () => {
    const went: string[] = []
    const navigate = (url: string) => void went.push(url)
    const empty = { items: [], quantity: 0, total: { amount: 0, currency: 'EUR' } }
    await woocommerce({ api: 'https://shop.example/de/wp-json/', navigate }).checkout?.(empty)
    await woocommerce({ api: 'https://shop.example/index.php?rest_route=/', navigate }).checkout?.(empty)
    expect(went).toEqual(['https://shop.example/de/checkout/', 'https://shop.example/checkout/'])
  })
})

describe('addressOf', () => {
  it('builds addresses for pretty and for plain permalinks', () => {
    expect(addressOf('https://a.example/wp-json/', 'cart')).toBe('https://a.example/wp-json/wc/store/v1/cart')
    expect(addressOf('https://a.example/?rest_route=/', 'products', { slug: 'a' })).toBe(
      'https://a.example/?rest_route=%2Fwc%2Fstore%2Fv1%2Fproducts&slug=a',
    )
  })
})
