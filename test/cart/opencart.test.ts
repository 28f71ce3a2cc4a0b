import { describe, expect, it, onTestFinished } from 'vitest'
import { type OpencartOptions, opencart } from '../../src/cart/opencart.ts'
import type { CartContext, CartLine } from '../../src/model/cart.ts'
import type { ProductInput } from '../../src/model/product.ts'
import { type CartHarness, testCartBridge } from '../contracts/cart-bridge.ts'
import { decimal, letIn, misprice } from '../support/fake-goods.ts'
import { type FakeOpencartOptions, startFakeOpencart } from '../support/fake-opencart-store.ts'

const line = (id: string): CartLine => ({ productId: `show-${id}`, ref: { platformId: id }, quantity: 1 })
const entry = (id: string): ProductInput => ({ id: `show-${id}`, title: id, ref: { platformId: id } })

const harness = (version: 3 | 4) => async (): Promise<CartHarness> => {
  const shop = await startFakeOpencart({ version })
  return {
    bridge: opencart({ root: shop.url, version }),
    fetch: shop.fetch,
    cannot: ['partial', 'stock'],
    lines: { plenty: line('1'), few: line('2'), soldOut: line('3'), unknown: line('99') },
    products: ['1', '2', '3', '99'].map(entry),
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

testCartBridge('opencart, version 4', harness(4))
testCartBridge('opencart, version 3', harness(3))

async function open(fake: FakeOpencartOptions = {}, more: OpencartOptions = {}) {
  const shop = await startFakeOpencart(fake)
  onTestFinished(shop.stop)
  const context: CartContext = { fetch: shop.fetch, locale: 'en', signal: new AbortController().signal }
  return { shop, context, bridge: opencart({ root: shop.url, version: fake.version ?? 4, ...more }) }
}

describe('opencart', () => {
  it.for([3, 4] as const)('reads options with what they add to the price, version %s', async (version) => {
    const { bridge, context } = await open({ version })
    const [coat] = (await bridge.products?.([entry('4')], context)) ?? []
    expect(coat?.options?.map(({ id, values }) => [id, values.map((value) => value.id)])).toEqual([
      ['Size', ['S', 'M']],
      ['Colour', ['Ink', 'Sand']],
    ])
    expect(coat?.variants?.map(({ ref, price }) => [ref?.platformId, price])).toEqual([
      ['4:11=1,12=3', { amount: 19900, currency: 'EUR' }],
      ['4:11=1,12=4', { amount: 19900, currency: 'EUR' }],
      ['4:11=2,12=3', { amount: 21900, currency: 'EUR' }],
      ['4:11=2,12=4', { amount: 21900, currency: 'EUR' }],
    ])
    const wish: CartLine = { productId: 'coat', variantId: 'sand', ref: { platformId: '4:11=1,12=4' }, quantity: 1 }
    expect(await bridge.add(wish, context)).toMatchObject({
      outcome: 'added',
      cart: { items: [{ productId: 'coat', variantId: 'sand', title: 'The coat', variantTitle: 'S / Sand' }] },
    })
  })

  it.for([3, 4] as const)('asks for the options that are missing, version %s', async (version) => {
    const { bridge, context } = await open({ version })
    expect(await bridge.add(line('4'), context)).toMatchObject({ outcome: 'rejected', reason: 'needs-variant' })
  })

  it.for([
    [3, ['#cart > ul', '#cart > button']],
    [4, ['#header-cart']],
  ] as const)(
    'has the header draw its cart anew, the count on its button too, version %s',
    async ([version, drawn]) => {
      const told: string[] = []
      const fakeDocument = { documentElement: { lang: 'en' }, querySelector: () => null, querySelectorAll: () => [] }
      const jQuery = (target: string) => ({ load: () => told.push(target) })
      Object.assign(globalThis, { jQuery, document: fakeDocument })
      onTestFinished(() => {
        for (const name of ['jQuery', 'document']) Reflect.deleteProperty(globalThis, name)
      })
      const { bridge, context } = await open({ version })
      await bridge.add(line('1'), context)
      expect(told).toEqual(drawn)
    },
  )

  it('takes out again what the shop does not have, and leaves what was there', async () => {
    const { bridge, context, shop } = await open()
    await bridge.add({ ...line('2'), quantity: 2 }, context)
    expect(await bridge.add(line('2'), context)).toMatchObject({ reason: 'limit-reached', cart: { quantity: 2 } })
    const id = `${shop.goods[1]?.pieces[0]?.id}`
    expect(await bridge.update?.(id, 9, context)).toMatchObject({ reason: 'limit-reached', cart: { quantity: 2 } })
    expect(shop.cart().lines.map(({ quantity }) => quantity)).toEqual([2])
  })

  it('brings the price before reduction', async () => {
    for (const version of [3, 4] as const) {
      const { bridge, context } = await open({ version })
      const [mug] = (await bridge.products?.([entry('1')], context)) ?? []
      expect(mug).toMatchObject({ price: { amount: 2400 }, compareAt: { amount: 2900 } })
    }
  })

  it.for([
    ['$1,244.40', 'USD', 124440],
    ['1.244,40 €', 'EUR', 124440],
    ['1 244 р.', 'RUB', 124400],
    ['¥1,244', 'JPY', 1244],
    ['£1,244.40', 'GBP', 124440],
  ] as const)('reads %s', async ([text, currency, amount]) => {
    const { bridge, context } = await open({ write: () => text })
    const [mug] = (await bridge.products?.([entry('1')], context)) ?? []
    expect(mug?.price).toEqual({ amount, currency })
    expect(await bridge.add(line('1'), context)).toMatchObject({ cart: { total: { amount, currency } } })
  })

  it('takes the currency that the page’s author names', async () => {
    const { bridge, context } = await open({ write: (cents) => `$${decimal(cents)}` }, { currency: 'AUD' })
    expect(await bridge.add(line('1'), context)).toMatchObject({ cart: { total: { amount: 2400, currency: 'AUD' } } })
  })

  it('finds the product by what its page sells', async () => {
    const { bridge, context, shop } = await open()
    const page: typeof fetch = async (input, init) =>
      `${input}`.endsWith('/mug')
        ? new Response('<input value="1" name="product_id" type="hidden">')
        : shop.fetch(input, init)
    const wish: CartLine = { productId: 'm', ref: {}, url: 'https://shop.example/mug', quantity: 1 }
    expect(await bridge.add(wish, { ...context, fetch: page })).toMatchObject({ outcome: 'added' })
  })

  it('never follows the address that a refusal names', async () => {
    const { bridge, context, shop } = await open()
    await bridge.add(line('99'), context)
    expect(shop.asked.some((one) => one.includes('elsewhere'))).toBe(false)
  })
})
