import { describe, expect, it, onTestFinished } from 'vitest'
import { createBasket } from '../../src/cart/basket.ts'
import { bigcommerce } from '../../src/cart/bigcommerce.ts'
import type { CartContext, CartLine } from '../../src/model/cart.ts'
import type { ProductInput } from '../../src/model/product.ts'
import { type CartHarness, testCartBridge } from '../contracts/cart-bridge.ts'
import { fakeBigcommerceStore, products } from '../support/fake-bigcommerce-store.ts'

const line = (handle: string): CartLine => ({ productId: `show-${handle}`, ref: { handle }, quantity: 1 })
const entry = (handle: string): ProductInput => ({ id: `show-${handle}`, title: handle, ref: { handle } })
const token = 'storefront-token'

for (const [name, more] of [
  ['bigcommerce', { token }],
  ['bigcommerce without a token', {}],
] as const)
  testCartBridge(name, async (): Promise<CartHarness> => {
    const all = products()
    const store = await fakeBigcommerceStore({ products: all })
    return {
      bridge: bigcommerce({ root: store.root, ...more }),
      fetch: store.fetch,
      lines: { plenty: line('mug'), few: line('vase'), soldOut: line('bowl'), unknown: line('ghost') },
      products: ['mug', 'vase', 'bowl', 'ghost'].map(entry),
      voucher: 'TEN',
      // A page without a token tells no stock, so why a first add is too much stays unsaid.
      cannot: ['partial', ...('token' in more ? [] : (['reasons'] as const))],
      most: (pieces) => {
        for (const one of all.flatMap(({ variants }) => variants)) one.most = pieces
      },
      oddPrice() {
        for (const one of all[0]?.variants ?? []) one.price = 1e21
      },
      fault: store.fault,
      pieces: store.pieces,
      adds: store.adds,
      empty: store.empty,
      close: store.close,
    }
  })

async function open(options?: Parameters<typeof fakeBigcommerceStore>[0]) {
  const store = await fakeBigcommerceStore(options)
  onTestFinished(store.close)
  const context: CartContext = { fetch: store.fetch, locale: 'en', signal: new AbortController().signal }
  const bridge = bigcommerce({ root: store.root, token })
  const basket = createBasket({
    ...{ bridge, signal: context.signal, onChange() {}, onBusy() {}, channel: () => undefined },
    context: { fetch: store.fetch, locale: 'en' },
  })
  return { store, context, bridge, basket }
}

describe('bigcommerce', () => {
  it('adds to the cart that is there, and makes none beside it', async () => {
    const { store, basket } = await open()
    await basket.refresh()
    await basket.add(line('mug'))
    await basket.add(line('vase'))
    const posts = store.asked.filter((one) => one.startsWith('POST /api'))
    expect(posts).toEqual(['POST /api/storefront/carts', 'POST /api/storefront/carts/cart-1/items'])
  })

  it('puts a line in a new cart where the old one was emptied elsewhere', async () => {
    const { store, basket } = await open()
    await basket.add(line('vase'))
    await store.empty()
    expect(await basket.add(line('mug'))).toMatchObject({ outcome: 'added', cart: { quantity: 1 } })
    expect(await store.pieces()).toBe(1)
  })

  it('is not misled by a cart that is "not found" when stock is short', async () => {
    const { store, basket } = await open()
    await basket.add(line('vase'))
    expect(await basket.add({ ...line('vase'), quantity: 2 })).toMatchObject({
      reason: 'limit-reached',
      cart: { quantity: 1 },
    })
    expect(store.adds()).toBe(2)
  })

  it('takes the shop’s axes and variants, and adds one under the show’s ids', async () => {
    const { bridge, context, basket } = await open()
    const [coat] = (await bridge.products?.([entry('coat')], context)) ?? []
    expect(coat?.options?.map(({ name }) => name)).toEqual(['Size', 'Colour'])
    expect(coat?.variants?.map(({ id, available, price }) => [id, available, price?.amount])).toEqual([
      ['20:201', true, 19900],
      ['20:202', false, 21900],
    ])
    const [first] = coat?.variants ?? []
    const wish = { productId: 'show-coat', variantId: first?.id, ref: first?.ref ?? {}, quantity: 1 }
    expect(await basket.add(wish)).toMatchObject({
      cart: { items: [{ productId: 'show-coat', variantId: '20:201', title: 'The "coat"', variantTitle: 'S / Ink' }] },
    })
  })

  it('asks for a variant where the line does not tell which', async () => {
    const { bridge, context } = await open()
    expect(await bridge.add(line('coat'), context)).toEqual({ outcome: 'rejected', reason: 'needs-variant' })
  })

  it('brings the retail price to compare with, by id, by SKU and by path', async () => {
    const { bridge, context } = await open()
    for (const ref of [{ platformId: '10' }, { sku: 'MUG' }, { handle: 'mug' }]) {
      const [mug] = (await bridge.products?.([{ ...entry('mug'), ref }], context)) ?? []
      expect(mug).toMatchObject({ price: { amount: 2400, currency: 'EUR' }, compareAt: { amount: 2900 } })
    }
  })

  it('counts by the currency, and refuses a price of 1e21', async () => {
    const yen = await open({ currency: 'JPY' })
    expect(await yen.basket.add(line('mug'))).toMatchObject({ cart: { total: { amount: 24, currency: 'JPY' } } })
    const odd = await open({ products: products().map((one) => ({ ...one, variants: [{ id: 1, price: 1e21 }] })) })
    const [mug] = (await odd.bridge.products?.([entry('mug')], odd.context)) ?? []
    expect(mug).toMatchObject({ price: undefined, available: false })
  })

  it('removes the last line, and its cart with it', async () => {
    const { basket } = await open()
    const added = await basket.add(line('mug'))
    const id = added.outcome === 'added' ? (added.cart.items[0]?.id ?? '') : ''
    expect(await basket.update(id, 0)).toMatchObject({ outcome: 'added', cart: { items: [], quantity: 0 } })
    expect(await basket.add(line('mug'))).toMatchObject({ outcome: 'added' })
  })
})
