import { describe, expect, it, onTestFinished } from 'vitest'
import { snipcart } from '../../src/cart/snipcart.ts'
import type { CartContext, CartLine } from '../../src/model/cart.ts'
import type { ProductInput } from '../../src/model/product.ts'
import { type CartHarness, testCartBridge } from '../contracts/cart-bridge.ts'
import { letIn, misprice } from '../support/fake-goods.ts'
import { fakeSnipcart, startFakeSnipcart } from '../support/fake-snipcart-store.ts'

async function start(currency = 'eur') {
  const shop = await startFakeSnipcart({ currency })
  const kept = new Map<string, string>()
  const memory = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
  }
  const page = fakeSnipcart(shop.goods, { memory, currency })
  Object.assign(globalThis, { Snipcart: page })
  const close = async () => {
    Reflect.deleteProperty(globalThis, 'Snipcart')
    await shop.stop()
  }
  const wish = (id: string): CartLine & ProductInput => ({
    ...{ id: `show-${id}`, productId: `show-${id}`, title: id, ref: { platformId: id }, quantity: 1 },
    url: `${shop.url}${id.split('?')[0]}.html`,
  })
  return { shop, page, memory, close, wish }
}

testCartBridge('snipcart', async (): Promise<CartHarness> => {
  const { shop, page, memory, wish, close } = await start()
  const lines = { plenty: wish('mug'), few: wish('vase'), soldOut: wish('bowl'), unknown: wish('ghost') }
  return {
    bridge: snipcart(),
    fetch: shop.fetch,
    // Its script makes the requests; what went wrong is an error in words.
    cannot: [
      ...(['partial', 'reasons', 'stock', 'lost-before', 'cut-short', 'html'] as const),
      ...(['error-in-200', 'server-error', 'conflict', 'too-many', 'login'] as const),
    ],
    lines,
    products: Object.values(lines),
    voucher: 'TEN',
    most: (pieces) => letIn(shop.goods, pieces),
    oddPrice: () => misprice(shop.goods),
    fault: () => {
      page.isAnswerLost = true
    },
    pieces: async () => page.store.getState().cart.items.items.reduce((sum, { quantity }) => sum + quantity, 0),
    adds: () => page.asked.filter((one) => 'id' in one).length,
    empty: async () => void memory.setItem('fake-snipcart', 'null'),
    close,
  }
})

async function open(currency?: string) {
  const { shop, page, close, wish } = await start(currency)
  onTestFinished(close)
  const context: CartContext = { fetch: shop.fetch, locale: 'en', signal: new AbortController().signal }
  return { shop, page, context, wish, bridge: snipcart() }
}

describe('snipcart', () => {
  it('takes price and choices from the page that the order is checked by', async () => {
    const { bridge, context, wish, shop } = await open()
    const [coat] = (await bridge.products?.([wish('coat')], context)) ?? []
    expect(coat?.variants?.map(({ ref, price }) => [ref?.platformId, price])).toEqual([
      ['coat?Colour=Ink&Size=S', { amount: 19900, currency: 'EUR' }],
      ['coat?Colour=Sand&Size=S', { amount: 19900, currency: 'EUR' }],
      ['coat?Colour=Ink&Size=M', { amount: 21900, currency: 'EUR' }],
      ['coat?Colour=Sand&Size=M', { amount: 21900, currency: 'EUR' }],
    ])
    expect(coat?.images).toEqual([`${shop.url}img/coat.jpg`])
  })

  it('adds what the page says, never what the show says', async () => {
    const { bridge, context, wish, page, shop } = await open()
    const line = {
      ...wish('coat'),
      ref: { platformId: 'coat?Colour=Sand&Size=M' },
      seenPrice: { amount: 1, currency: 'EUR' },
    }
    expect(await bridge.add({ ...line, partner: 'mira', host: 'ann' }, context)).toMatchObject({
      outcome: 'added',
      cart: { items: [{ productId: 'show-coat', variantTitle: 'M / Sand' }] },
    })
    expect(page.asked[0]).toMatchObject({
      ...{
        id: 'coat',
        price: 199,
        url: `${shop.url}coat.html`,
        metadata: { castcart_partner: 'mira', castcart_host: 'ann' },
      },
      customFields: [
        { name: 'Size', value: 'M', options: 'S|M[+20.00]' },
        { name: 'Colour', value: 'Sand', options: 'Ink|Sand' },
      ],
    })
  })

  it('asks for the choices', async () => {
    const { bridge, context, wish } = await open()
    expect(await bridge.add(wish('coat'), context)).toEqual({ outcome: 'rejected', reason: 'needs-variant' })
  })

  it('shuts the script’s own cart after an add, and opens it for the checkout', async () => {
    const { bridge, context, wish, page } = await open()
    await bridge.add(wish('mug'), context)
    expect(page.asked.slice(1)).toEqual([{ closed: true }])
    await bridge.checkout?.({ items: [], quantity: 0, total: { amount: 0, currency: 'EUR' } })
    expect(page.asked.at(-1)).toEqual({ opened: true })
  })

  it('counts a currency without cents', async () => {
    const { bridge, context, wish } = await open('jpy')
    const [mug] = (await bridge.products?.([wish('mug')], context)) ?? []
    expect(mug?.price).toEqual({ amount: 24, currency: 'JPY' })
  })

  it('tells what the shopper does in the script’s own cart', async () => {
    const { bridge, context, wish, page } = await open()
    const changes: unknown[] = []
    const stop = bridge.watch?.((cart) => changes.push(cart))
    await bridge.add(wish('mug'), context)
    expect(changes).toEqual([])
    await page.api.cart.items.update({ uniqueId: 'u1-mug', quantity: 2 })
    expect(changes).toEqual([null])
    stop?.()
    await page.api.cart.items.remove('u1-mug')
    expect(changes).toEqual([null])
  })

  it('passes on what the script says', async () => {
    const { bridge, context, wish } = await open()
    expect(await bridge.add(wish('bowl'), context)).toMatchObject({
      reason: 'refused',
      message: 'This product is out of stock',
    })
  })
})
