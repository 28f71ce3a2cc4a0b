import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { medusa } from '../../src/cart/medusa.ts'
import type { CartContext, CartLine } from '../../src/model/cart.ts'
import type { ProductInput } from '../../src/model/product.ts'
import { type CartHarness, testCartBridge } from '../contracts/cart-bridge.ts'
import { type Medusa, startMedusa } from './engines/medusa.mjs'
import { faultyFetch } from './faulty-fetch.ts'

let engine: Medusa
beforeAll(async () => {
  engine = await startMedusa()
})
afterAll(() => engine?.stop())

const line = (handle: string): CartLine => ({ productId: `show-${handle}`, ref: { handle }, quantity: 1 })
const entry = (handle: string): ProductInput => ({ id: `show-${handle}`, title: handle, ref: { handle } })

interface RawCart {
  readonly items: readonly { id: string; quantity: number; metadata: unknown }[]
}

/** One guest of the real shop, and the way past the bridge. */
function guest() {
  let cartId: string | undefined
  const wire = faultyFetch({
    // The cart itself is begun before: its creation is tried twice and is no add.
    isWrite: (method, url) => method !== 'GET' && !/\/carts(\?|$)/.test(url),
    isAdd: (method, url) => method === 'POST' && /\/line-items(\?|$)/.test(url),
  })
  const bridge = medusa({
    url: engine.url,
    publishableKey: engine.publishableKey,
    getCartId: () => cartId,
    setCartId: (id) => {
      cartId = id
    },
  })
  const ask = async (path: string, method = 'GET') => {
    const headers = { 'x-publishable-api-key': engine.publishableKey, 'content-type': 'application/json' }
    return (await fetch(`${engine.url}/store/${path}`, { method, headers })).json()
  }
  const cart = async (): Promise<RawCart> =>
    cartId ? (await ask(`carts/${cartId}?fields=*items,items.metadata`)).cart : { items: [] }
  const pieces = async () => (await cart()).items.reduce((sum, { quantity }) => sum + quantity, 0)
  const empty = async () => {
    for (const { id } of (await cart()).items) await ask(`carts/${cartId}/line-items/${id}`, 'DELETE')
  }
  const forget = (id: string) => {
    cartId = id
  }
  const context: CartContext = { fetch: wire.fetch, locale: 'en', signal: new AbortController().signal }
  return { bridge, wire, cart, pieces, empty, context, forget, id: () => cartId }
}

testCartBridge('medusa over a real Medusa', async (): Promise<CartHarness> => {
  const { bridge, wire, pieces, empty } = guest()
  return {
    bridge,
    fetch: wire.fetch,
    lines: { plenty: line('mug'), few: line('print'), soldOut: line('bowl'), unknown: line('ghost') },
    products: ['mug', 'print', 'bowl', 'ghost'].map(entry),
    voucher: 'LIVE10',
    cannot: ['partial', 'error-in-200', 'most', 'odd-price', 'login'],
    fault: wire.fault,
    adds: wire.adds,
    pieces,
    empty,
    close: async () => {},
  }
})

describe('medusa over a real Medusa', () => {
  it('brings axes, versions, prices and how many are left', async () => {
    const { bridge, context } = guest()
    const [coat, mug] = (await bridge.products?.([entry('coat'), entry('mug')], context)) ?? []
    const axes = coat?.options?.map(({ name, values }) => [name, values.map(({ label }) => label)])
    // The shop has no order of its own for them.
    expect(axes?.sort()).toEqual([
      ['Colour', ['Ink', 'Sand']],
      ['Size', ['S', 'M']],
    ])
    const versions = coat?.variants?.map(({ title, price, available, stock }) => [
      title,
      price?.amount,
      available,
      stock,
    ])
    expect(versions?.sort()).toEqual([
      ['M / Ink', 21900, true, 40],
      ['S / Ink', 19900, true, 40],
      ['S / Sand', 19900, false, 0],
    ])
    expect(mug).toMatchObject({ price: { amount: 2400, currency: 'EUR' }, stock: 500 })
  })

  it('finds products by handle, SKU and the address of their page', async () => {
    const { bridge, context } = guest()
    const list: ProductInput[] = [
      { id: 'a', title: 'by sku', ref: { sku: 'VASE' } },
      { id: 'c', title: 'by page', url: 'https://shop.example/de/products/print/?from=live' },
      { id: 'd', title: 'nothing' },
      { id: 'e', title: 'a car', action: 'request' },
    ]
    const found = (await bridge.products?.(list, context)) ?? []
    expect(found.map(({ id, price }) => [id, price?.amount])).toEqual([
      ['a', 8000],
      ['c', 1500],
      ['e', undefined],
    ])
  })

  it('asks for a version where the line does not tell which', async () => {
    const { bridge, context } = guest()
    expect(await bridge.add(line('coat'), context)).toEqual({ outcome: 'rejected', reason: 'needs-variant' })
    const wish = { ...line('coat'), ref: { handle: 'coat', sku: 'COAT-M-INK' } }
    const added = await bridge.add(wish, context)
    expect(added).toMatchObject({ outcome: 'added', cart: { items: [{ variantTitle: 'M / Ink' }] } })
  })

  it('begins a cart with the first add, and a new one where the old is gone', async () => {
    const { bridge, context, id, forget } = guest()
    expect(await bridge.read?.(context)).toMatchObject({ quantity: 0, total: { currency: 'EUR' } })
    expect(id()).toBeUndefined()
    await bridge.add(line('mug'), context)
    const first = id()
    expect(first).toMatch(/^cart_/)
    forget('cart_THATISGONE')
    expect(await bridge.add(line('mug'), context)).toMatchObject({ outcome: 'added', cart: { quantity: 1 } })
    expect(id()).not.toBe(first)
  })

  it('carries the partner on the line', async () => {
    const { bridge, context, cart } = guest()
    await bridge.add({ ...line('mug'), partner: 'anna' }, context)
    await bridge.add({ ...line('mug'), partner: 'anna' }, context)
    expect((await cart()).items).toMatchObject([{ quantity: 2, metadata: { castcart_partner: 'anna' } }])
  })

  it('tells the discount in the total', async () => {
    const { bridge, context } = guest()
    await bridge.add({ ...line('mug'), quantity: 2 }, context)
    expect(await bridge.applyVoucher?.('LIVE10', context)).toMatchObject({ cart: { total: { amount: 4320 } } })
  })

  it('brings the lowest price of thirty days from the variant’s metadata, by currency', async () => {
    const { context } = guest()
    const { url, publishableKey, overseasId } = engine
    const at = async (more: object) => {
      const bridge = medusa({ url, publishableKey, lowest30Field: 'lowest30', getCartId: () => undefined, ...more })
      return (await bridge.products?.([entry('mug')], context))?.[0]
    }
    expect((await at({ countryCode: 'de' }))?.lowest30Days).toEqual({ amount: 2200, currency: 'EUR' })
    expect((await at({ regionId: overseasId }))?.lowest30Days).toBeUndefined()
  })

  it('sells in the region that it is set to: its currency, before its tax or with it', async () => {
    const { context } = guest()
    const { url, publishableKey, overseasId } = engine
    const at = (more: object) => {
      let id: string | undefined
      const keep = {
        getCartId: () => id,
        setCartId: (next: string | undefined) => {
          id = next
        },
      }
      return medusa({ url, publishableKey, regionId: overseasId, ...keep, ...more })
    }
    for (const [more, price] of [
      [{}, 4800],
      [{ countryCode: 'us' }, 5280],
    ] as const) {
      const bridge = at(more)
      const [mug] = (await bridge.products?.([entry('mug')], context)) ?? []
      expect(mug?.price).toEqual({ amount: price, currency: 'USD' })
      const added = await bridge.add({ ...line('mug'), quantity: 2 }, context)
      expect(added).toMatchObject({ cart: { items: [{ price: { amount: price, currency: 'USD' } }] } })
    }
  })
})
