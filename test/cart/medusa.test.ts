import { describe, expect, it, onTestFinished } from 'vitest'
import { medusa } from '../../src/cart/medusa.ts'
import type { CartContext, CartLine } from '../../src/model/cart.ts'
import type { ProductInput } from '../../src/model/product.ts'
import { type CartHarness, testCartBridge } from '../contracts/cart-bridge.ts'
import { countOf, letIn, manyFakeGoods, misprice } from '../support/fake-goods.ts'
import { startFakeMedusa } from '../support/fake-medusa-store.ts'

const line = (handle: string): CartLine => ({ productId: `show-${handle}`, ref: { handle }, quantity: 1 })
const entry = (handle: string): ProductInput => ({ id: `show-${handle}`, title: handle, ref: { handle } })

/** The storefront's own place for the cart's id. */
function place() {
  let id: string | undefined
  return {
    id: () => id,
    options: {
      getCartId: () => id,
      setCartId: (next: string | undefined) => {
        id = next
      },
    },
  }
}

testCartBridge('medusa', async (): Promise<CartHarness> => {
  const shop = await startFakeMedusa()
  const { id, options } = place()
  const cart = () => shop.cartOf(id()) ?? { lines: [], codes: [] }
  return {
    bridge: medusa({ url: shop.url, publishableKey: 'pk_fake', ...options }),
    fetch: shop.fetch,
    lines: { plenty: line('mug'), few: line('vase'), soldOut: line('bowl'), unknown: line('ghost') },
    products: ['mug', 'vase', 'bowl', 'ghost'].map(entry),
    voucher: 'TEN',
    cannot: ['partial', 'error-in-200'],
    most: (pieces) => letIn(shop.goods, pieces),
    oddPrice: () => misprice(shop.goods),
    fault: shop.fault,
    pieces: async () => countOf(cart()),
    adds: shop.adds,
    empty: async () => void cart().lines.splice(0),
    close: shop.stop,
  }
})

async function open(options: Parameters<typeof startFakeMedusa>[0] = {}) {
  const shop = await startFakeMedusa(options)
  onTestFinished(shop.stop)
  const kept = place()
  const context: CartContext = { fetch: shop.fetch, locale: 'en', signal: new AbortController().signal }
  return { shop, context, kept, bridge: medusa({ url: shop.url, publishableKey: 'pk_fake', ...kept.options }) }
}

describe('medusa', () => {
  it('asks the store for no cart before the viewer has one', async () => {
    const { shop, bridge, context, kept } = await open()
    expect(await bridge.read?.(context)).toMatchObject({ quantity: 0, total: { amount: 0, currency: 'EUR' } })
    expect(shop.asked).toEqual(['GET /store/regions'])
    expect(kept.id()).toBeUndefined()
  })

  it.for(['handle', 'sku'])('tells of more than a hundred products, by %s', async (by) => {
    const goods = manyFakeGoods()
    const { bridge, context } = await open({ goods })
    const list = goods.map(({ handle }) => ({
      ...{ id: handle, title: handle },
      ref: by === 'sku' ? { sku: handle.toUpperCase() } : { handle },
    }))
    expect((await bridge.products?.(list, context))?.length).toBe(120)
  })

  it('says how many there are where the viewer wants more', async () => {
    const { bridge, context } = await open()
    expect(await bridge.add({ ...line('vase'), quantity: 5 }, context)).toMatchObject({
      outcome: 'rejected',
      reason: 'limit-reached',
      available: 2,
    })
  })

  it('brings compare-at and stock, and reads major units to the cent', async () => {
    const { bridge, context } = await open()
    const [mug, vase] = (await bridge.products?.([entry('mug'), entry('vase')], context)) ?? []
    expect(mug).toMatchObject({ price: { amount: 2400 }, compareAt: { amount: 2900 }, stock: 100 })
    expect(vase).toMatchObject({ price: { amount: 8050 }, stock: 2 })
    const added = await bridge.add({ ...line('vase'), quantity: 2 }, context)
    expect(added).toMatchObject({ cart: { total: { amount: 16100 }, items: [{ price: { amount: 8050 } }] } })
  })

  it('reads yen, which have no smaller unit', async () => {
    const { bridge, context } = await open({ currency: 'jpy' })
    const [mug] = (await bridge.products?.([entry('mug')], context)) ?? []
    expect(mug?.price).toEqual({ amount: 24, currency: 'JPY' })
  })

  it('puts who brought the viewer and who hosted on the line, and nothing where nobody did', async () => {
    const { bridge, context } = await open()
    const sent: unknown[] = []
    const listening: CartContext = {
      ...context,
      fetch: (input, init) => {
        if (`${input}`.includes('line-items')) sent.push(JSON.parse(`${init?.body}`).metadata)
        return context.fetch(input, init)
      },
    }
    await bridge.add({ ...line('mug'), partner: 'anna', host: 'mira' }, listening)
    await bridge.add({ ...line('mug'), host: 'mira' }, listening)
    await bridge.add(line('mug'), listening)
    expect(sent).toEqual([{ castcart_partner: 'anna', castcart_host: 'mira' }, { castcart_host: 'mira' }, undefined])
  })

  it('begins a new cart where the old one is gone', async () => {
    const { bridge, context, kept } = await open()
    kept.options.setCartId('cart_gone')
    expect(await bridge.add(line('mug'), context)).toMatchObject({ outcome: 'added', cart: { quantity: 1 } })
    expect(kept.id()).toBe('cart_1')
  })

  it('says what it cannot work without', () => {
    expect(() => medusa({ url: 'https://shop.example', publishableKey: '' })).toThrow('needs "publishableKey"')
  })
})
