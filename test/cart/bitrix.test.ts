import { describe, expect, it, onTestFinished } from 'vitest'
import { type BitrixOptions, bitrix } from '../../src/cart/bitrix.ts'
import type { CartContext, CartLine } from '../../src/model/cart.ts'
import type { ProductInput } from '../../src/model/product.ts'
import { type CartHarness, testCartBridge } from '../contracts/cart-bridge.ts'
import { type FakeBitrix, startFakeBitrix } from '../support/fake-bitrix-store.ts'
import { letIn, misprice } from '../support/fake-goods.ts'

const wish = (shop: FakeBitrix, handle: string, id: string) => ({
  id: `show-${handle}`,
  productId: `show-${handle}`,
  title: handle,
  ref: { platformId: id },
  url: `${shop.url}catalog/${handle}/`,
  quantity: 1,
})

const harness = (isJson: boolean) => async (): Promise<CartHarness> => {
  const shop = await startFakeBitrix({ currency: 'EUR', isJson })
  const lines: Record<'plenty' | 'few' | 'soldOut' | 'unknown', CartLine & ProductInput> = {
    plenty: wish(shop, 'mug', '11'),
    few: wish(shop, 'vase', '21'),
    soldOut: wish(shop, 'bowl', '31'),
    unknown: wish(shop, 'ghost', '99'),
  }
  return {
    bridge: bitrix({ root: shop.url, currency: 'EUR' }),
    fetch: shop.fetch,
    cannot: ['partial'],
    lines,
    products: Object.values(lines),
    voucher: 'TEN',
    most: (pieces) => letIn(shop.goods, pieces),
    oddPrice: () => misprice(shop.goods),
    fault: shop.fault,
    pieces: async () => shop.cart().lines.reduce((sum, { quantity }) => sum + quantity, 0),
    adds: shop.adds,
    empty: async () => void shop.cart().lines.splice(0),
    close: shop.stop,
  }
}

testCartBridge('bitrix, an old core', harness(false))
testCartBridge('bitrix, a core that answers in JSON', harness(true))

async function open(more: BitrixOptions = {}, fake: Parameters<typeof startFakeBitrix>[0] = {}) {
  const shop = await startFakeBitrix(fake)
  onTestFinished(shop.stop)
  const context: CartContext = { fetch: shop.fetch, locale: 'ru', signal: new AbortController().signal }
  return { shop, context, bridge: bitrix({ root: shop.url, ...more }) }
}

describe('bitrix', () => {
  it('takes the offers of the product page, in its own words', async () => {
    const { bridge, context, shop } = await open()
    const [coat] = (await bridge.products?.([wish(shop, 'coat', '4')], context)) ?? []
    expect(coat?.options?.map(({ id, values }) => [id, values.map((value) => value.id)])).toEqual([
      ['Size', ['S', 'M']],
      ['Colour', ['Ink', 'Sand']],
    ])
    expect(
      coat?.variants?.map(({ ref, available, stock, price }) => [ref?.platformId, available, stock, price]),
    ).toEqual([
      ['41', true, 9, { amount: 19900, currency: 'RUB' }],
      ['42', false, 0, { amount: 21900, currency: 'RUB' }],
      ['43', true, 9, { amount: 19900, currency: 'RUB' }],
    ])
    const line: CartLine = { productId: 'coat', ref: { platformId: '43' }, quantity: 1 }
    expect(await bridge.add(line, context)).toMatchObject({
      outcome: 'added',
      cart: { items: [{ productId: 'coat', title: 'The coat', variantTitle: 'S / Sand' }] },
    })
    expect(shop.asked).toContain('POST /catalog/coat/')
  })

  it('brings stock and the price before reduction', async () => {
    const { bridge, context, shop } = await open()
    const [mug] = (await bridge.products?.([wish(shop, 'mug', '11')], context)) ?? []
    expect(mug).toMatchObject({ stock: 100, compareAt: { amount: 2900 }, images: ['https://cdn.example/mug.jpg'] })
  })

  it('counts a currency without cents', async () => {
    const { bridge, context, shop } = await open({}, { currency: 'JPY' })
    const [mug] = (await bridge.products?.([wish(shop, 'mug', '11')], context)) ?? []
    expect(mug?.price).toEqual({ amount: 24, currency: 'JPY' })
    expect(await bridge.add(wish(shop, 'mug', '11'), context)).toMatchObject({
      cart: { total: { amount: 24, currency: 'JPY' } },
    })
  })

  it('asks once more with a fresh token where the session ended', async () => {
    const { bridge, context, shop } = await open()
    await bridge.add(wish(shop, 'mug', '11'), context)
    shop.expireSession()
    Object.assign(globalThis, { BX: { bitrix_sessid: () => 'abc1' } })
    onTestFinished(() => void Reflect.deleteProperty(globalThis, 'BX'))
    expect(await bridge.update?.('711', 3, context)).toMatchObject({ outcome: 'added', quantity: 3 })
  })

  it('says so where another component draws the basket page', async () => {
    const { bridge, context, shop } = await open()
    const other: typeof fetch = async (input, init) =>
      `${input}`.endsWith('/personal/cart/') ? new Response('<h1>My own basket</h1>') : shop.fetch(input, init)
    await expect(bridge.read?.({ ...context, fetch: other })).rejects.toThrow('not drawn by sale.basket.basket')
  })

  it('finds the basket and the order page where the shop has them', async () => {
    const went: string[] = []
    const options = { basket: '/cart/', order: '/cart/order/', navigate: (url: string) => void went.push(url) }
    const { bridge, context, shop } = await open(options)
    const moved: typeof fetch = (input, init) => shop.fetch(`${input}`.replace(/\/cart\/$/, '/personal/cart/'), init)
    const cart = await bridge.read?.({ ...context, fetch: moved })
    if (cart) await bridge.checkout?.(cart)
    expect(went).toEqual([`${shop.url}cart/order/`])
  })

  it('tells the header’s basket, and hears of others’ changes only', async () => {
    const heard: (() => void)[] = []
    const told: string[] = []
    const page = {
      onCustomEvent(event: string) {
        told.push(event)
        for (const run of heard) run()
      },
      addCustomEvent: (_: string, run: () => void) => heard.push(run),
    }
    Object.assign(globalThis, { BX: page })
    onTestFinished(() => void Reflect.deleteProperty(globalThis, 'BX'))
    const { bridge, context, shop } = await open()
    const changes: unknown[] = []
    bridge.watch?.((cart) => changes.push(cart))
    await bridge.add(wish(shop, 'mug', '11'), context)
    expect([told, changes]).toEqual([['OnBasketChange'], []])
    page.onCustomEvent('OnBasketChange')
    expect(changes).toEqual([null])
  })
})
