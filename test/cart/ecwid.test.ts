import { describe, expect, it, onTestFinished } from 'vitest'
import { type EcwidOptions, ecwid } from '../../src/cart/ecwid.ts'
import type { CartContext, CartLine } from '../../src/model/cart.ts'
import type { ProductInput } from '../../src/model/product.ts'
import { type CartHarness, testCartBridge } from '../contracts/cart-bridge.ts'
import { ECWID_TOKEN, fakeEcwid, startFakeEcwid } from '../support/fake-ecwid-store.ts'
import { letIn, misprice } from '../support/fake-goods.ts'

const line = (id: string): CartLine => ({ productId: `show-${id}`, ref: { platformId: id }, quantity: 1 })
const entry = (id: string): ProductInput => ({ id: `show-${id}`, title: id, ref: { platformId: id } })

async function start(fake: Parameters<typeof startFakeEcwid>[0] = {}) {
  const shop = await startFakeEcwid(fake)
  const kept = new Map<string, string>()
  const memory = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
  }
  const page = fakeEcwid(shop.goods, memory)
  Object.assign(globalThis, { Ecwid: page })
  const close = async () => {
    Reflect.deleteProperty(globalThis, 'Ecwid')
    await shop.stop()
  }
  return { shop, page, memory, close, options: { token: ECWID_TOKEN, api: `${shop.url}api/v3` } }
}

testCartBridge('ecwid', async (): Promise<CartHarness> => {
  const { shop, page, memory, options, close } = await start()
  return {
    bridge: ecwid(options),
    fetch: shop.fetch,
    // Its script makes the requests; all that it tells of what went wrong is "no".
    cannot: [
      'partial',
      'lost-before',
      'cut-short',
      'html',
      'error-in-200',
      'server-error',
      'conflict',
      'too-many',
      'login',
    ],
    lines: { plenty: line('1'), few: line('2'), soldOut: line('3'), unknown: line('99') },
    products: ['1', '2', '3', '99'].map(entry),
    most: (pieces) => letIn(shop.goods, pieces),
    oddPrice: () => misprice(shop.goods),
    fault: () => {
      page.isAnswerLost = true
    },
    pieces: async () =>
      (JSON.parse(memory.getItem('fake-ecwid') ?? '[]') as { quantity: number }[]).reduce(
        (sum, { quantity }) => sum + quantity,
        0,
      ),
    adds: () => page.asked.filter((one) => one === 'add').length,
    empty: async () => void memory.setItem('fake-ecwid', '[]'),
    close,
  }
})

async function open(more: EcwidOptions = {}, fake: Parameters<typeof startFakeEcwid>[0] = {}) {
  const { shop, page, close, options } = await start(fake)
  onTestFinished(close)
  const context: CartContext = { fetch: shop.fetch, locale: 'en', signal: new AbortController().signal }
  return { shop, page, context, bridge: ecwid({ ...options, ...more }) }
}

describe('ecwid', () => {
  it('counts a currency without cents', async () => {
    const { bridge, context } = await open({}, { currency: 'JPY' })
    const [mug] = (await bridge.products?.([entry('1')], context)) ?? []
    expect(mug?.price).toEqual({ amount: 24, currency: 'JPY' })
    expect(await bridge.add(line('1'), context)).toMatchObject({ cart: { total: { amount: 24, currency: 'JPY' } } })
  })

  it('takes the store’s choices and combinations', async () => {
    const { bridge, context } = await open()
    const [coat, mug] = (await bridge.products?.([entry('4'), entry('1')], context)) ?? []
    expect(
      coat?.variants?.map(({ ref, sku, available, price }) => [ref?.platformId, sku, available, price?.amount]),
    ).toEqual([
      ['4?Colour=Ink&Size=S', 'COAT-S-INK', true, 19900],
      ['4?Colour=Sand&Size=S', 'COAT-S-SAND', true, 19900],
      ['4?Colour=Ink&Size=M', 'COAT-M-INK', false, 21900],
      ['4?Colour=Sand&Size=M', undefined, true, 19900],
    ])
    expect(mug).toMatchObject({ stock: 100, price: { amount: 2400, currency: 'EUR' }, compareAt: { amount: 2900 } })
  })

  it('adds a combination by its choices', async () => {
    const { bridge, context } = await open()
    await bridge.products?.([entry('4')], context)
    const wish: CartLine = { productId: 'show-4', ref: { platformId: '4?Colour=Sand&Size=S' }, quantity: 1 }
    expect(await bridge.add(wish, context)).toMatchObject({
      outcome: 'added',
      cart: { items: [{ productId: 'show-4', variantTitle: 'Sand / S', price: { amount: 19900, currency: 'EUR' } }] },
    })
  })

  it('asks for the choices where the product has some', async () => {
    const { bridge, context } = await open()
    expect(await bridge.add(line('4'), context)).toMatchObject({ outcome: 'rejected', reason: 'needs-variant' })
  })

  it('has no catalogue without a token, and then no reason for a refusal', async () => {
    const { bridge, context } = await open({ token: undefined, currency: 'EUR' })
    expect(bridge.products).toBeUndefined()
    expect(await bridge.add(line('3'), context)).toMatchObject({ outcome: 'rejected', reason: 'refused' })
    expect(bridge.applyVoucher).toBeUndefined()
  })

  it('waits for the script, which comes late', async () => {
    const { bridge, context, page } = await open()
    Reflect.deleteProperty(globalThis, 'Ecwid')
    const added = bridge.add(line('1'), context)
    Object.assign(globalThis, { Ecwid: page })
    expect(await added).toMatchObject({ outcome: 'added' })
  })

  it('tells what the shopper does in the store’s own cart', async () => {
    const { bridge, context, page } = await open({ currency: 'EUR' })
    const changes: unknown[] = []
    const stop = bridge.watch?.((cart) => changes.push(cart?.quantity))
    await bridge.add(line('1'), context)
    expect(changes).toEqual([])
    page.Cart.addProduct({ id: 2, quantity: 2 })
    await expect.poll(() => changes).toEqual([3])
    stop?.()
    page.Cart.removeProduct(0)
    await bridge.read?.(context)
    expect(changes).toEqual([3])
  })

  it('goes to the store’s checkout', async () => {
    const { bridge, page } = await open()
    await bridge.checkout?.({ items: [], quantity: 0, total: { amount: 0, currency: 'EUR' } })
    expect(page.asked).toEqual(['checkout'])
  })

  it('hears the store again after an add that its script never answered', async () => {
    const { page, context, bridge } = await open()
    const heard: unknown[] = []
    const stop = bridge.watch?.((cart) => heard.push(cart?.quantity))
    const end = new AbortController()
    const { addProduct } = page.Cart
    page.Cart.addProduct = () => {}
    void bridge.add(line('1'), { ...context, signal: end.signal })
    await expect.poll(() => page.Cart.addProduct !== addProduct).toBe(true)
    await bridge.read?.(context)
    end.abort()
    page.Cart.addProduct = addProduct
    addProduct({ id: 1, quantity: 2 })
    await expect.poll(() => heard).toEqual([2])
    stop?.()
  })
})
