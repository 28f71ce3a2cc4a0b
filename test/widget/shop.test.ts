// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Cart, CartBridge, CartLine } from '../../src/model/cart.ts'
import { createState } from '../../src/state/create-state.ts'
import { NOTHING_MINE } from '../../src/state/mine.ts'
import { type Catalogue, productViews } from '../../src/state/product-view.ts'
import { emptyRoom } from '../../src/state/room.ts'
import { openShop, type ShopOptions } from '../../src/widget/shop.ts'

const EUR = (amount: number) => ({ amount, currency: 'EUR' })
const cartOf = (quantity: number): Cart => ({
  items: quantity
    ? [{ id: 'l1', productId: 'mug', title: 'Mug', quantity, price: EUR(100), total: EUR(100 * quantity) }]
    : [],
  quantity,
  total: EUR(100 * quantity),
})

async function open(bridge: Omit<CartBridge, 'name'>, more: Partial<ShopOptions> = {}) {
  const stores = createState()
  const told: string[] = []
  const catalogues: Catalogue[] = []
  stores.$products.set([
    {
      ...{ id: 'mug', product: { id: 'mug', title: 'Mug' }, pricing: 'known', price: EUR(100) },
      ...{ from: false, available: true, now: false },
    },
  ])
  const shop = openShop({
    ...{ stores, bridge: { name: 'test', ...bridge }, locale: 'en', partner: undefined, hostId: undefined },
    ...{ url: () => null, signal: new AbortController().signal, onCart() {} },
    onCatalogue: (catalogue) => catalogues.push(catalogue),
    onVoucher: ({ code, before, after }) => told.push(`${code} ${before.total.amount} ${after.total.amount}`),
    onResult: ({ productId }, result) =>
      told.push(`${result.outcome} ${productId} ${'quantity' in result && result.quantity}`),
    onRemoved: ({ productId }, quantity) => told.push(`removed ${productId} ${quantity}`),
    onError: (cause) => told.push(`${cause}`),
    ...more,
  })
  return { shop, stores, told, catalogues }
}

const refuse = async () => ({ outcome: 'rejected', reason: 'refused' }) as const

describe('openShop', () => {
  afterEach(() => void vi.useRealTimers())

  it('asks a store that does not answer ever more rarely', async () => {
    vi.useFakeTimers()
    let rounds = 0
    const { shop } = await open({
      add: refuse,
      products: () => {
        rounds += 1
        return Promise.reject(new TypeError('offline'))
      },
    })
    shop.ask([{ id: 'mug', title: 'Mug' }])
    await vi.advanceTimersByTimeAsync(600_000)
    expect(rounds).toBeGreaterThan(3)
    expect(rounds).toBeLessThan(40)
  })

  it('asks anew only for the products that had no answer, and keeps what it knew of them', async () => {
    vi.useFakeTimers()
    const asked: string[] = []
    let failing = ['cup']
    const { shop, catalogues } = await open({
      add: refuse,
      async products(list, { onSilent }) {
        asked.push(list.map(({ id }) => id).join())
        for (const id of failing) onSilent?.(id, new Error('503'))
        return list.filter(({ id }) => !failing.includes(id)).map((one) => ({ ...one, price: EUR(asked.length) }))
      },
    })
    const goods = ['mug', 'cup'].map((id) => ({ id, title: id }))
    shop.ask(goods)
    await vi.advanceTimersByTimeAsync(0)
    expect(catalogues).toEqual([{ cup: 'pending', mug: { ...goods[0], price: EUR(1) } }])
    failing = []
    await vi.advanceTimersByTimeAsync(10_000)
    expect(asked).toEqual(['mug,cup', 'cup'])
    failing = ['cup']
    shop.ask(goods)
    await vi.advanceTimersByTimeAsync(0)
    expect(catalogues.at(-1)).toMatchObject({ cup: { price: EUR(2) }, mug: { price: EUR(3) } })
  })

  it('puts the store’s own id of a product without a choice on the line', async () => {
    let sent: CartLine | undefined
    const { shop, stores } = await open({
      async add(line) {
        sent = line
        return refuse()
      },
    })
    const mug = { id: 'mug', title: 'Mug', ref: { handle: 'mug' } }
    const catalogue = { mug: { ...mug, ref: { ...mug.ref, platformId: '7' }, price: EUR(100) } }
    stores.$products.set(productViews([mug], emptyRoom(), { catalogue, replay: false }))
    await shop.add('mug')
    expect(sent?.ref).toEqual({ handle: 'mug', platformId: '7' })
  })

  it('asks for the variant that was chosen, by its own ids before the product’s, at the price that was seen', async () => {
    const sent: CartLine[] = []
    const add = async (line: CartLine) => {
      sent.push(line)
      return refuse()
    }
    const { shop, stores } = await open({ add }, { partner: 'anna', hostId: 'mira' })
    const ref = { handle: 'coat', platformId: '4', sku: 'COAT' }
    const variants = [
      { id: 's', sku: 'COAT-S', price: EUR(150), ref: { platformId: '41' } },
      { id: 'm', ref: { platformId: '42' } },
    ]
    const product = { id: 'coat', title: 'Coat', ref, variants, price: EUR(120) }
    const view = { id: 'coat', product, price: EUR(100), from: true, available: true, now: false }
    stores.$products.set([{ ...view, pricing: 'known' }])
    await shop.add('coat', 's', 2)
    await shop.add('coat', 'm')
    stores.$products.set([
      { ...view, product: { ...product, price: undefined, variants: [{ id: 'm' }] }, pricing: 'known' },
    ])
    await shop.add('coat')
    stores.$products.set([{ ...view, pricing: 'none' }])
    await shop.add('coat', 's')
    const told = { productId: 'coat', partner: 'anna', host: 'mira' }
    expect(sent).toMatchObject([
      { ...told, variantId: 's', quantity: 2, seenPrice: EUR(150), ref: { ...ref, sku: 'COAT-S', platformId: '41' } },
      { ...told, variantId: 'm', quantity: 1, seenPrice: EUR(120), ref: { ...ref, platformId: '42' } },
      // One variant is no choice.
      { ...told, variantId: 'm', seenPrice: EUR(100), ref },
      { variantId: 's', seenPrice: undefined },
    ])
  })

  it('tells of a price that changed on the line of the variant that was bought', async () => {
    const item = (id: string, variantId: string) => ({ ...cartOf(1).items[0], id, productId: 'coat', variantId })
    const items = [item('l1', 's'), item('l2', 'm')] as Cart['items']
    const cart = { ...cartOf(2), items }
    const { shop, stores } = await open({
      add: async () => ({ outcome: 'added', cart, quantity: 1, priceNow: EUR(130) }),
    })
    const product = { id: 'coat', title: 'Coat', variants: [{ id: 's' }, { id: 'm' }] }
    stores.$products.set([
      { ...{ id: 'coat', product, pricing: 'known', price: EUR(100), from: false, available: true, now: false } },
    ])
    await shop.add('coat', 'm')
    expect(stores.$notice.get()).toEqual({ kind: 'price-changed', productId: 'coat', lineId: 'l2', price: EUR(130) })
  })

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
    stores.$cart.set({ ...cartOf(1), codes: ['clay15'] })
    await shop.applyVoucher('CLAY15')
    stores.$cart.set(cartOf(1))
    stores.$mine.set({ ...NOTHING_MINE, applied: ['CLAY15'] })
    await shop.applyVoucher('CLAY15')
    expect(told).toHaveLength(1)
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
