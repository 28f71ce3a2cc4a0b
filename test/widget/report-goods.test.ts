import { describe, expect, it } from 'vitest'
import type { Cart } from '../../src/model/cart.ts'
import type { Variant } from '../../src/model/product.ts'
import { createState } from '../../src/state/create-state.ts'
import { itemId } from '../../src/track/ecommerce.ts'
import { reportGoods } from '../../src/widget/report-goods.ts'

const EUR = (amount: number) => ({ amount, currency: 'EUR' })
const cart: Cart = {
  items: [
    { id: 'l1', productId: 'mug', variantId: 'v1', title: 'Mug', quantity: 1, price: EUR(100), total: EUR(100) },
    { id: 'l2', title: 'Soap', quantity: 1, price: EUR(50), total: EUR(50) },
  ],
  quantity: 2,
  total: EUR(150),
}

/** A mug of these variants, and the ids that analytics get of it by event. */
function start(variants: readonly Variant[], sku?: string) {
  const stores = createState()
  stores.$products.set([
    {
      ...{ id: 'mug', product: { id: 'mug', title: 'Mug', ref: { sku }, variants }, pricing: 'known', price: EUR(100) },
      ...{ from: false, available: true, now: false },
    },
  ])
  const told: unknown[] = []
  const reported: string[] = []
  const goods = reportGoods({
    stores,
    report: ({ message }) => reported.push(message),
    locale: 'en',
    moment: () => ({ eventId: 'e', showId: 's', mode: 'live', muted: true, preview: false }),
    announcer: {
      on: () => () => {},
      ask: () => false,
      tell(name, payload) {
        if ('productId' in payload && 'title' in payload && payload.title) told.push([name, itemId(payload)])
        if ('cart' in payload) told.push([name, payload.cart.items.map(({ sku }) => sku)])
      },
    },
  })
  return { goods, told, reported }
}

describe('reportGoods', () => {
  it('calls a product by one id from the first look to the checkout', () => {
    const { goods, told } = start([{ id: 'v1', sku: 'MUG-1' }])
    goods.seen('mug')
    goods.viewed('mug')
    const line = { productId: 'mug', variantId: 'v1', ref: {}, quantity: 1 }
    goods.answered(line, { outcome: 'added', cart, quantity: 1 })
    if (cart.items[0]) goods.removed(cart.items[0], 1)
    goods.leaving(cart)
    expect(told).toEqual([
      ['product-seen', 'MUG-1'],
      ['product-viewed', 'MUG-1'],
      ['cart-added', 'MUG-1'],
      ['cart-removed', 'MUG-1'],
      ['checkout-started', ['MUG-1', undefined]],
    ])
  })

  it('takes the lone variant’s id where there is no SKU, and the product’s where several can be chosen', () => {
    const lone = start([{ id: 'v1' }])
    lone.goods.viewed('mug')
    expect(lone.told).toEqual([['product-viewed', 'v1']])
    const several = start([{ id: 'v1' }, { id: 'v2' }])
    several.goods.viewed('mug')
    expect(several.told).toEqual([['product-viewed', 'mug']])
  })

  it('tells of no look at what the show does not have', () => {
    const { goods, told } = start([])
    goods.viewed('gone')
    expect(told).toEqual([])
  })

  it('tells the developer what the store did not take, and why', () => {
    const { goods, reported } = start([{ id: 'v1' }])
    const line = { productId: 'mug', variantId: 'v1', ref: {}, quantity: 1 }
    goods.answered(line, { outcome: 'rejected', reason: 'sold-out' })
    goods.answered({ ...line, variantId: undefined }, { outcome: 'added', cart, quantity: 1 })
    expect(reported).toEqual(['[castcart] refused: the store did not take mug/v1: sold-out'])
  })
})
