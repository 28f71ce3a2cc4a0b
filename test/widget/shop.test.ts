// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import type { Cart, CartBridge } from '../../src/model/cart.ts'
import { createState } from '../../src/state/create-state.ts'
import { NOTHING_MINE } from '../../src/state/mine.ts'
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
    onVoucher: ({ code, before, after }) => told.push(`${code} ${before.total.amount} ${after.total.amount}`),
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

  it('tells once what a code did to the cart, where the cart can tell', async () => {
    const cart = { ...cartOf(1), total: EUR(80) }
    const add = async () => ({ outcome: 'rejected', reason: 'refused' }) as const
    const { shop, stores, told } = await open({
      add,
      applyVoucher: async () => ({ outcome: 'added', cart, quantity: 0 }),
    })
    stores.$cart.set(cartOf(1))
    await Promise.all([shop.applyVoucher('CLAY15'), shop.applyVoucher('CLAY15')])
    expect(told).toEqual(['CLAY15 100 80'])
    const blind = await open({
      hidesDiscounts: true,
      add,
      applyVoucher: async () => ({ outcome: 'added', cart, quantity: 0 }),
    })
    blind.stores.$cart.set(cartOf(1))
    await blind.shop.applyVoucher('CLAY15')
    expect(blind.told).toEqual([])
  })

  it('forgets that a code was applied when the cart is empty, or no longer has it', async () => {
    let change: (cart: Cart | null) => void = () => {}
    const { stores } = await open({
      add: async () => ({ outcome: 'rejected', reason: 'refused' }),
      watch: (onChange) => {
        change = onChange
        return () => {}
      },
    })
    const applied = () => stores.$mine.get().applied
    stores.$mine.set({ ...NOTHING_MINE, applied: ['A', 'B'] })
    change(cartOf(1))
    expect(applied()).toEqual(['A', 'B'])
    change({ ...cartOf(1), codes: ['b'] })
    expect(applied()).toEqual(['B'])
    change(cartOf(0))
    expect(applied()).toEqual([])
  })
})
