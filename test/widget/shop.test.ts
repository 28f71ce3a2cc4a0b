// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import type { Cart, CartBridge } from '../../src/model/cart.ts'
import { createState } from '../../src/state/create-state.ts'
import { openShop } from '../../src/widget/shop.ts'

const EUR = (amount: number) => ({ amount, currency: 'EUR' })
const cartOf = (quantity: number): Cart => ({
  items: quantity
    ? [{ id: 'l1', productId: 'mug', title: 'Mug', quantity, price: EUR(100), total: EUR(100 * quantity) }]
    : [],
  quantity,
  total: EUR(100 * quantity),
})

async function open(bridge: Omit<CartBridge, 'name'>) {
  const stores = createState()
  const told: string[] = []
  stores.$products.set([
    {
      ...{ id: 'mug', product: { id: 'mug', title: 'Mug' }, pricing: 'known', price: EUR(100) },
      ...{ from: false, available: true, now: false },
    },
  ])
  const shop = await openShop({
    ...{ stores, bridge: { name: 'test', ...bridge }, locale: 'en', partner: undefined, hostId: undefined },
    ...{ url: () => null, signal: new AbortController().signal, onCatalogue() {}, onCart() {} },
    onResult: ({ productId }, result) =>
      told.push(`${result.outcome} ${productId} ${'quantity' in result && result.quantity}`),
    onRemoved: ({ productId }, quantity) => told.push(`removed ${productId} ${quantity}`),
    onError: (cause) => told.push(`${cause}`),
  })
  if (!shop) throw new Error('no shop')
  return { shop, stores, told }
}

describe('openShop', () => {
  it('tells of one intent once, however often it was clicked', async () => {
    const { shop, told } = await open({ add: async () => ({ outcome: 'added', cart: cartOf(1), quantity: 1 }) })
    const results = await Promise.all(Array.from({ length: 5 }, () => shop.add('mug')))
    expect(results.map(({ outcome }) => outcome)).toEqual(Array(5).fill('added'))
    expect(told).toEqual(['added mug 1'])
    await shop.add('mug')
    expect(told).toHaveLength(2)
  })

  it('counts each piece that left the cart once, when a line is changed quickly', async () => {
    const { shop, stores, told } = await open({
      add: async () => ({ outcome: 'rejected', reason: 'refused' }),
      update: async (_line, quantity) => ({ outcome: 'added', cart: cartOf(quantity), quantity }),
    })
    stores.$cart.set(cartOf(4))
    await Promise.all([3, 3, 1].map((quantity) => shop.setQuantity('l1', quantity)))
    expect(told).toEqual(['removed mug 1', 'removed mug 2'])
    await shop.setQuantity('l1', 0)
    expect(told.at(-1)).toBe('removed mug 1')
  })
})
