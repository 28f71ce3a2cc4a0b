import { describe, expect, it, onTestFinished } from 'vitest'
import { type PrestashopOptions, prestashop } from '../../src/cart/prestashop.ts'
import type { CartContext, CartLine } from '../../src/model/cart.ts'
import type { ProductInput } from '../../src/model/product.ts'
import { type CartHarness, testCartBridge } from '../contracts/cart-bridge.ts'
import { letIn, misprice } from '../support/fake-goods.ts'
import { startFakePrestashop } from '../support/fake-prestashop-store.ts'

const line = (id: string): CartLine => ({ productId: `show-${id}`, ref: { platformId: id }, quantity: 1 })
const entry = (id: string): ProductInput => ({ id: `show-${id}`, title: id, ref: { platformId: id } })

testCartBridge('prestashop', async (): Promise<CartHarness> => {
  const shop = await startFakePrestashop()
  return {
    bridge: prestashop({ root: shop.url, currency: 'EUR' }),
    fetch: shop.fetch,
    cannot: ['partial'],
    lines: { plenty: line('1-0'), few: line('2-0'), soldOut: line('3-0'), unknown: line('99-0') },
    products: ['1-0', '2-0', '3-0', '99-0'].map(entry),
    voucher: 'TEN',
    most: (pieces) => letIn(shop.goods, pieces),
    oddPrice: () => misprice(shop.goods),
    fault: shop.fault,
    pieces: async () => shop.cart().lines.reduce((sum, { quantity }) => sum + quantity, 0),
    adds: shop.adds,
    empty: async () => void shop.cart().lines.splice(0),
    close: shop.stop,
  }
})

async function open(options: Parameters<typeof startFakePrestashop>[0] = {}, more: PrestashopOptions = {}) {
  const shop = await startFakePrestashop(options)
  onTestFinished(shop.stop)
  const context: CartContext = { fetch: shop.fetch, locale: 'fr', signal: new AbortController().signal }
  return { shop, context, bridge: prestashop({ root: shop.url, currency: options.currency ?? 'EUR', ...more }) }
}

/** The theme's own object on the page. */
function putTheme(theme: object) {
  Object.assign(globalThis, { prestashop: theme })
  onTestFinished(() => void Reflect.deleteProperty(globalThis, 'prestashop'))
}

describe('prestashop', () => {
  it('takes the combinations of the product page where the show lists none', async () => {
    const { bridge, context } = await open()
    const [coat] = (await bridge.products?.([entry('4')], context)) ?? []
    expect(coat?.options?.map(({ id, values }) => [id, values.map((value) => value.id)])).toEqual([
      ['Size', ['S', 'M']],
      ['Colour', ['Ink', 'Sand']],
    ])
    expect(
      coat?.variants?.map(({ ref, available, stock, price }) => [ref?.platformId, available, stock, price]),
    ).toEqual([
      ['4-41', true, 9, { amount: 19900, currency: 'EUR' }],
      ['4-43', true, 9, { amount: 19900, currency: 'EUR' }],
      ['4-42', false, 0, { amount: 21900, currency: 'EUR' }],
    ])
  })

  it('asks only for the combinations that the show names', async () => {
    const { bridge, context, shop } = await open()
    const show = { ...entry('4'), variants: [{ id: 'sand', ref: { platformId: '4-43' } }] }
    const [coat] = (await bridge.products?.([show], context)) ?? []
    expect(coat?.variants?.map(({ id, sku }) => [id, sku])).toEqual([['sand', 'COAT-S-SAND']])
    expect(shop.asked.length).toBe(2)
  })

  it('does not let the shop choose the combination', async () => {
    const { bridge, context, shop } = await open()
    expect(await bridge.add(line('4'), context)).toEqual({ outcome: 'rejected', reason: 'needs-variant' })
    expect(shop.adds()).toBe(0)
  })

  it('tries once more with a fresh token where nothing was done', async () => {
    const { bridge, context, shop } = await open()
    await bridge.read?.(context)
    shop.expireToken()
    expect(await bridge.add(line('1-0'), context)).toMatchObject({ outcome: 'added', cart: { quantity: 1 } })
    expect(shop.adds()).toBe(2)
    expect(await bridge.add(line('1-0'), context)).toMatchObject({ outcome: 'added', cart: { quantity: 2 } })
    expect(shop.adds()).toBe(3)
  })

  it('calls it signed out where a fresh token changes nothing', async () => {
    const { bridge, context, shop } = await open()
    shop.expireToken()
    const deaf: typeof fetch = async (input, init) =>
      init?.method ? shop.fetch(input, init) : new Response('no token')
    const wish = { ...context, fetch: deaf }
    expect(await bridge.add(line('1-0'), wish)).toMatchObject({ outcome: 'rejected', reason: 'signed-out' })
  })

  it('finds product and combination in the address of a page', async () => {
    const { bridge, context } = await open()
    const wish = { productId: 'm', ref: {}, url: 'https://shop.example/men/4-41-the-coat.html#/size-s', quantity: 1 }
    expect(await bridge.add(wish, context)).toMatchObject({
      outcome: 'added',
      cart: { items: [{ productId: 'm', variantTitle: 'S / Ink', total: { amount: 19900 } }] },
    })
  })

  it('counts a currency without cents', async () => {
    const { bridge, context } = await open({ currency: 'JPY' })
    const [mug] = (await bridge.products?.([entry('1')], context)) ?? []
    expect(mug?.price).toEqual({ amount: 24, currency: 'JPY' })
  })

  it('brings the price before reduction and the unit price', async () => {
    const { bridge, context } = await open()
    const [mug] = (await bridge.products?.([entry('1')], context)) ?? []
    expect(mug).toMatchObject({
      compareAt: { amount: 2900 },
      unitPrice: { price: { amount: 480, currency: 'EUR' }, per: 'per 100 g' },
      images: ['https://cdn.example/mug.jpg'],
    })
  })

  it('hides a price of 1e21', async () => {
    const { bridge, context, shop } = await open()
    for (const { pieces } of shop.goods) for (const piece of pieces) piece.cents = 1e23
    const [mug] = (await bridge.products?.([entry('1')], context)) ?? []
    expect(mug).toMatchObject({ price: undefined, available: false })
  })

  it('adds nothing anew when a line that is gone is changed', async () => {
    const { bridge, context, shop } = await open()
    const added = await bridge.add(line('1-0'), context)
    const id = ('cart' in added && added.cart?.items[0]?.id) || ''
    shop.cart().lines.splice(0)
    expect(await bridge.update?.(id, 3, context)).toMatchObject({ outcome: 'rejected', cart: { quantity: 0 } })
    expect(shop.cart().lines).toEqual([])
  })

  it('tells the theme without opening its dialog, and hears of the theme’s own adds only', async () => {
    const told: unknown[] = []
    const heard: ((data: object) => void)[] = []
    putTheme({ emit: (...event: unknown[]) => told.push(event), on: (_: string, run: () => void) => heard.push(run) })
    const { bridge, context } = await open()
    const changes: unknown[] = []
    const stop = bridge.watch?.((cart) => changes.push(cart))
    await bridge.add(line('1-0'), context)
    expect(told).toMatchObject([['updateCart', { reason: { linkAction: 'castcart', cart: { products_count: 1 } } }]])
    heard[0]?.({ reason: { linkAction: 'castcart' } })
    expect(changes).toEqual([])
    heard[0]?.({ reason: { linkAction: 'add-to-cart' } })
    expect(changes).toEqual([null])
    stop?.()
  })

  it('survives a theme that throws', async () => {
    putTheme({
      emit() {
        throw new Error('theme')
      },
    })
    const { bridge, context } = await open()
    expect(await bridge.add(line('1-0'), context)).toMatchObject({ outcome: 'added' })
  })

  it('goes to the checkout that the page names', async () => {
    putTheme({ urls: { pages: { order: 'https://shop.example/commande' } } })
    const went: string[] = []
    const { bridge } = await open({}, { navigate: (url) => went.push(url) })
    await bridge.checkout?.({ items: [], quantity: 0, total: { amount: 0, currency: 'EUR' } })
    expect(went).toEqual(['https://shop.example/commande'])
  })
})
