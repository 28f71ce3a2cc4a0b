import { describe, expect, it, onTestFinished } from 'vitest'
import { sfcc } from '../../src/cart/sfcc.ts'
import type { CartContext, CartLine } from '../../src/model/cart.ts'
import type { ProductInput } from '../../src/model/product.ts'
import { type CartHarness, testCartBridge } from '../contracts/cart-bridge.ts'
import { letIn, misprice } from '../support/fake-goods.ts'
import { CONTROLLERS, startFakeSfcc } from '../support/fake-sfcc-store.ts'

const line = (id: string): CartLine => ({ productId: `show-${id}`, ref: { platformId: id }, quantity: 1 })
const entry = (id: string): ProductInput => ({ id: `show-${id}`, title: id, ref: { platformId: id } })

testCartBridge('sfcc', async (): Promise<CartHarness> => {
  const shop = await startFakeSfcc()
  return {
    bridge: sfcc({ controllers: shop.url + CONTROLLERS, currency: 'EUR' }),
    fetch: shop.fetch,
    cannot: ['partial'],
    lines: { plenty: line('MUG'), few: line('VASE'), soldOut: line('BOWL'), unknown: line('GHOST') },
    products: ['MUG', 'VASE', 'BOWL', 'GHOST'].map(entry),
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

async function open(options: Parameters<typeof startFakeSfcc>[0] = {}) {
  const shop = await startFakeSfcc(options)
  onTestFinished(shop.stop)
  const context: CartContext = { fetch: shop.fetch, locale: 'en', signal: new AbortController().signal }
  return { shop, context, bridge: sfcc({ controllers: `${shop.url}${CONTROLLERS}Cart-AddProduct` }) }
}

describe('sfcc', () => {
  it('says what it needs where neither page nor settings tell the controllers', () => {
    expect(() => sfcc()).toThrow('sfcc needs "controllers"')
    expect(() => sfcc({ controllers: 'https://shop.example/' })).toThrow('sfcc needs "controllers"')
  })

  it('takes the variants of a master by its choices', async () => {
    const { bridge, context } = await open()
    const [coat] = (await bridge.products?.([entry('coat')], context)) ?? []
    expect(coat?.options?.map(({ id, values }) => [id, values.map((value) => value.id)])).toEqual([
      ['Size', ['S', 'M']],
      ['Colour', ['Ink', 'Sand']],
    ])
    expect(coat?.variants?.map(({ sku, available, price }) => [sku, available, price?.amount])).toEqual([
      ['COAT-S-INK', true, 19900],
      ['COAT-S-SAND', true, 19900],
      ['COAT-M-INK', false, 21900],
    ])
  })

  it('asks for a variant of a master', async () => {
    const { bridge, context } = await open()
    expect(await bridge.add(line('coat'), context)).toMatchObject({ outcome: 'rejected', reason: 'needs-variant' })
  })

  it('brings the price before reduction and whole addresses of pictures', async () => {
    const { bridge, context } = await open()
    const [mug] = (await bridge.products?.([entry('MUG')], context)) ?? []
    expect(mug).toMatchObject({ compareAt: { amount: 2900 }, images: ['https://cdn.example/mug.jpg'] })
    expect(await bridge.add(line('MUG'), context)).toMatchObject({
      cart: { items: [{ image: expect.stringMatching(/^http.*\/images\/mug\.jpg$/) }] },
    })
  })

  it('takes a 500 with JSON for the refusal that it is', async () => {
    const { bridge, context } = await open()
    await bridge.add({ ...line('VASE'), quantity: 2 }, context)
    expect(await bridge.update?.('uuid-21', 5, context)).toMatchObject({
      outcome: 'rejected',
      reason: 'limit-reached',
      message: 'Unable to update &amp; sorry',
      cart: { quantity: 2 },
    })
  })

  it('gets a fresh token for every code', async () => {
    const { bridge, context, shop } = await open()
    await bridge.add(line('MUG'), context)
    await bridge.applyVoucher?.('NO', context)
    expect(await bridge.applyVoucher?.('TEN', context)).toMatchObject({
      outcome: 'added',
      cart: { total: { amount: 2160 } },
    })
    expect(shop.asked.filter((one) => one.includes('CSRF-Generate')).length).toBe(2)
  })

  it('counts a currency without cents', async () => {
    const { bridge, context } = await open({ currency: 'JPY' })
    const [mug] = (await bridge.products?.([entry('MUG')], context)) ?? []
    expect(mug?.price).toEqual({ amount: 24, currency: 'JPY' })
  })

  it('finds the product in the address of its page', async () => {
    const { bridge, context } = await open()
    const wish: CartLine = { productId: 'm', ref: {}, url: 'https://shop.example/home/MUG.html?lang=en', quantity: 1 }
    expect(await bridge.add(wish, context)).toMatchObject({ outcome: 'added', cart: { items: [{ productId: 'm' }] } })
  })

  it('tells the header its number, and hears of the theme’s own adds', async () => {
    const told: unknown[] = []
    const heard: (() => void)[] = []
    const page = {
      trigger: (...event: unknown[]) => told.push(event),
      on: (_: string, run: () => void) => heard.push(run),
      off: (_: string, run: () => void) => heard.splice(heard.indexOf(run), 1),
    }
    Object.assign(globalThis, { jQuery: () => page })
    onTestFinished(() => void Reflect.deleteProperty(globalThis, 'jQuery'))
    const { bridge, context } = await open()
    const changes: unknown[] = []
    const stop = bridge.watch?.((cart) => changes.push(cart))
    await bridge.add(line('MUG'), context)
    expect(told).toEqual([['count:update', { quantityTotal: 1, minicartCountOfItems: '1' }]])
    for (const run of heard) run()
    expect(changes).toEqual([null])
    stop?.()
    expect(heard).toEqual([])
  })
})
