import { describe, expect, it, onTestFinished } from 'vitest'
import { vendure } from '../../src/cart/vendure.ts'
import type { CartContext, CartLine } from '../../src/model/cart.ts'
import type { ProductInput } from '../../src/model/product.ts'
import { type CartHarness, testCartBridge } from '../contracts/cart-bridge.ts'
import { countOf, letIn, manyFakeGoods, misprice } from '../support/fake-goods.ts'
import { startFakeVendure } from '../support/fake-vendure-store.ts'

const line = (handle: string): CartLine => ({ productId: `show-${handle}`, ref: { handle }, quantity: 1 })
const entry = (handle: string): ProductInput => ({ id: `show-${handle}`, title: handle, ref: { handle } })

testCartBridge('vendure', async (): Promise<CartHarness> => {
  const shop = await startFakeVendure()
  return {
    bridge: vendure({ url: `${shop.url}shop-api` }),
    fetch: shop.fetch,
    lines: { plenty: line('mug'), few: line('vase'), soldOut: line('bowl'), unknown: line('ghost') },
    products: ['mug', 'vase', 'bowl', 'ghost'].map(entry),
    voucher: 'TEN',
    tellsCodes: true,
    most: (pieces) => letIn(shop.goods, pieces),
    oddPrice: () => misprice(shop.goods),
    fault: shop.fault,
    pieces: async () => countOf(shop.cart()),
    adds: shop.adds,
    empty: async () => void shop.cart().lines.splice(0),
    close: shop.stop,
  }
})

async function open(options: Parameters<typeof startFakeVendure>[0] = {}, settings = {}) {
  const shop = await startFakeVendure(options)
  onTestFinished(shop.stop)
  const sent: { url: string; headers: Headers; body: string }[] = []
  const context: CartContext = {
    locale: 'de-AT',
    signal: new AbortController().signal,
    fetch: (input, init) => {
      sent.push({ url: `${input}`, headers: new Headers(init?.headers), body: `${init?.body}` })
      return shop.fetch(input, init)
    },
  }
  return { shop, context, sent, bridge: vendure({ url: `${shop.url}shop-api`, ...settings }) }
}

describe('vendure', () => {
  it.for(['handle', 'sku'])('tells of more than a hundred products, by %s', async (by) => {
    const goods = manyFakeGoods()
    const { bridge, context } = await open({ goods })
    const list = goods.map(({ handle }) => ({
      ...{ id: handle, title: handle },
      ref: by === 'sku' ? { sku: handle.toUpperCase() } : { handle },
    }))
    expect((await bridge.products?.(list, context))?.length).toBe(120)
  })

  it('asks in the language of the widget, for the channel and the currency it is set to', async () => {
    const { bridge, context, sent } = await open({}, { channelToken: 'web', currencyCode: 'CHF' })
    await bridge.read?.(context)
    expect(sent[0]?.url).toMatch(/\?languageCode=de&currencyCode=CHF$/)
    expect(sent[0]?.headers.get('vendure-token')).toBe('web')
  })

  it('sends the session’s token back from then on', async () => {
    const { bridge, context, sent } = await open()
    await bridge.read?.(context)
    await bridge.add(line('mug'), context)
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual([
      null,
      ...Array(sent.length - 1).fill(`Bearer ${'a'.repeat(64)}`),
    ])
  })

  it('hands the token to the storefront when the viewer acts, not before', async () => {
    const kept: (string | undefined)[] = []
    const { bridge, context } = await open(
      {},
      { getToken: () => kept.at(-1), setToken: (token: string) => void kept.push(token) },
    )
    await bridge.read?.(context)
    expect(kept).toEqual([])
    await bridge.add(line('mug'), context)
    expect(kept).toEqual(['a'.repeat(64)])
  })

  it('counts hundredths in a currency that has none', async () => {
    const { bridge, context } = await open({ currency: 'JPY' })
    const [mug] = (await bridge.products?.([entry('mug')], context)) ?? []
    expect(mug?.price).toEqual({ amount: 24, currency: 'JPY' })
  })

  it('hides a price that is no amount, and what costs it', async () => {
    const { shop, bridge, context } = await open()
    for (const piece of shop.goods[0]?.pieces ?? []) piece.cents = 1e21
    const [mug] = (await bridge.products?.([entry('mug')], context)) ?? []
    expect(mug).toMatchObject({ available: false })
    expect(mug?.price).toBeUndefined()
  })

  it('puts who brought the viewer into the field that it is set to', async () => {
    const { bridge, context, sent } = await open({}, { partnerField: 'partner' })
    await bridge.add({ ...line('mug'), partner: 'anna' }, context)
    expect(sent.at(-1)?.body).toContain('"f":{"partner":"anna"}')
  })

  it('says what it cannot work without', () => {
    expect(() => vendure({ url: '' })).toThrow('cart: vendure needs "url"')
  })
})
