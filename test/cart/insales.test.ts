import { describe, expect, it, onTestFinished } from 'vitest'
import { type InsalesOptions, insales } from '../../src/cart/insales.ts'
import type { CartContext, CartLine } from '../../src/model/cart.ts'
import type { ProductInput } from '../../src/model/product.ts'
import { type CartHarness, testCartBridge } from '../contracts/cart-bridge.ts'
import { letIn, misprice } from '../support/fake-goods.ts'
import { startFakeInsales } from '../support/fake-insales-store.ts'

const line = (id: string): CartLine => ({ productId: `show-${id}`, ref: { platformId: id }, quantity: 1 })
const entry = (id: string): ProductInput => ({ id: `show-${id}`, title: id, ref: { platformId: id } })

testCartBridge('insales', async (): Promise<CartHarness> => {
  const shop = await startFakeInsales({ currency: 'EUR' })
  return {
    bridge: insales({ root: shop.url, currency: 'EUR' }),
    fetch: shop.fetch,
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
})

async function open(more: InsalesOptions = {}, fake: Parameters<typeof startFakeInsales>[0] = {}) {
  const shop = await startFakeInsales(fake)
  onTestFinished(shop.stop)
  const context: CartContext = { fetch: shop.fetch, locale: 'ru', signal: new AbortController().signal }
  return { shop, context, bridge: insales({ root: shop.url, ...more }) }
}

/** A stand-in for common.js: a bus that repeats the last event to new listeners, and a cart that posts to the shop itself. */
function putTheme(post: (form: Record<string, string>) => Promise<unknown>) {
  const heard = new Map<string, Set<(data?: unknown) => void>>()
  const last = new Map<string, unknown>()
  const publish = (event: string, data?: unknown) => {
    last.set(event, data)
    for (const run of heard.get(event) ?? []) run(data)
  }
  const tasks: object[] = []
  const send = async (task: object, form: Record<string, string>) => {
    tasks.push(task)
    publish('before:insales:cart')
    try {
      publish('update_items:insales:cart', await post(form))
    } catch {}
    publish('always:insales:cart')
  }
  const first = (items: object) => Object.entries(items)[0] ?? []
  const theme = {
    EventBus: {
      subscribe(event: string, run: (data?: unknown) => void) {
        heard.set(event, (heard.get(event) ?? new Set()).add(run))
        if (last.has(event)) run(last.get(event))
      },
      unsubscribe: (event: string, run: (data?: unknown) => void) => heard.get(event)?.delete(run),
    },
    Cart: {
      add(task: { items: object }) {
        const [id = '', quantity] = first(task.items)
        void send(task, { variant_id: id, quantity: `${quantity}` })
      },
      set(task: { items: object }) {
        const [id, quantity] = first(task.items)
        void send(task, { _method: 'put', [`cart[quantity][${id}]`]: `${quantity}` })
      },
      delete: (task: { items: number[] }) =>
        void send(task, { _method: 'put', [`cart[quantity][${task.items[0]}]`]: '0' }),
      setCoupon: (task: { coupon: string }) => void send(task, { _method: 'put', 'cart[coupon]': task.coupon }),
    },
  }
  Object.assign(globalThis, theme)
  onTestFinished(() => {
    for (const name of Object.keys(theme)) Reflect.deleteProperty(globalThis, name)
  })
  return { tasks, theme, publish }
}

describe('insales', () => {
  it('counts a currency without cents', async () => {
    const { bridge, context } = await open({ currency: 'JPY' }, { currency: 'JPY' })
    const [mug] = (await bridge.products?.([entry('1')], context)) ?? []
    expect(mug?.price).toEqual({ amount: 24, currency: 'JPY' })
    expect(await bridge.add(line('1'), context)).toMatchObject({ cart: { total: { amount: 24, currency: 'JPY' } } })
  })

  it('takes the shop’s variants, and its rouble for what ISO 4217 calls it', async () => {
    const { bridge, context } = await open()
    const [coat] = (await bridge.products?.([entry('4')], context)) ?? []
    expect(coat?.options?.map(({ id }) => id)).toEqual(['Size', 'Colour'])
    expect(
      coat?.variants?.map(({ ref, available, stock, price }) => [ref?.platformId, available, stock, price]),
    ).toEqual([
      ['41', true, 9, { amount: 19900, currency: 'RUB' }],
      ['42', false, 0, { amount: 21900, currency: 'RUB' }],
      ['43', true, 9, { amount: 19900, currency: 'RUB' }],
    ])
  })

  it('asks for a variant where the product has several', async () => {
    const { bridge, context } = await open()
    expect(await bridge.add(line('4'), context)).toEqual({ outcome: 'rejected', reason: 'needs-variant' })
    const wish = { ...line('4'), ref: { platformId: '4', sku: 'COAT-S-SAND' } }
    expect(await bridge.add(wish, context)).toMatchObject({ cart: { items: [{ variantTitle: 'S / Sand' }] } })
  })

  it('writes the partner into the comment where the shop’s owner wants it, else not', async () => {
    const { bridge, context, shop } = await open()
    await bridge.add({ ...line('1'), partner: 'mira' }, context)
    expect(shop.cart().lines[0]?.note).toBeUndefined()
    const other = insales({ root: shop.url, partnerInComment: true })
    await other.add({ ...line('1'), partner: 'mira', host: 'ada' }, context)
    expect(shop.cart().lines[0]?.note).toBe('mira, ada')
  })

  it('lets the theme’s own cart make the changes where it has one', async () => {
    const { bridge, context, shop } = await open()
    const post = (form: Record<string, string>) =>
      shop.fetch(`${shop.url}cart_items.json`, { method: 'POST', body: new URLSearchParams(form) })
    const { tasks, publish, theme } = putTheme(post)
    publish('update_items:insales:cart', {})
    publish('always:insales:cart')
    const changes: unknown[] = []
    bridge.watch?.((cart) => changes.push(cart))
    expect(await bridge.add(line('1'), context)).toMatchObject({ outcome: 'added', cart: { quantity: 1 } })
    expect(await bridge.update?.('11', 3, context)).toMatchObject({ outcome: 'added', quantity: 3 })
    expect(await bridge.applyVoucher?.('TEN', context)).toMatchObject({ outcome: 'added' })
    expect(await bridge.update?.('11', 0, context)).toMatchObject({ outcome: 'added', quantity: 0 })
    expect(tasks).toEqual([{ items: { 11: 1 } }, { items: { 11: 3 } }, { coupon: 'TEN' }, { items: [11] }])
    expect(changes).toEqual([])
    theme.Cart.add({ items: { 21: 1 } })
    await expect.poll(() => changes).toEqual([null])
  })

  it('rejects where the theme’s cart got no answer, so that the basket reads the cart', async () => {
    const { bridge, context } = await open()
    putTheme(() => Promise.reject(new Error('offline')))
    await expect(bridge.add(line('1'), context)).rejects.toThrow('did not answer')
  })

  it('decodes what the shop says', async () => {
    const { bridge, context, shop } = await open()
    await bridge.read?.(context)
    shop.fault('error-in-200')
    expect(await bridge.add(line('1'), context)).toMatchObject({
      outcome: 'rejected',
      message: expect.stringContaining('не'),
    })
  })
})
