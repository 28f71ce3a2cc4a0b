import { describe, expect, it, onTestFinished } from 'vitest'
import { createBasket } from '../../src/cart/basket.ts'
import { shopifyHeadless } from '../../src/cart/shopify-headless.ts'
import type { CartContext, CartLine } from '../../src/model/cart.ts'
import type { ProductInput } from '../../src/model/product.ts'
import { type CartHarness, testCartBridge } from '../contracts/cart-bridge.ts'
import { fakeShopifyHeadlessStore, products } from '../support/fake-shopify-headless-store.ts'

const line = (handle: string): CartLine => ({ productId: `show-${handle}`, ref: { handle }, quantity: 1 })
const entry = (handle: string): ProductInput => ({ id: `show-${handle}`, title: handle, ref: { handle } })
const shopOf = (root: string) => `${root}api/2026-10/graphql.json`

testCartBridge('shopify-headless', async (): Promise<CartHarness> => {
  const all = products()
  const store = await fakeShopifyHeadlessStore({ products: all })
  return {
    bridge: shopifyHeadless({ shop: shopOf(store.root), accessToken: 'public' }),
    fetch: store.fetch,
    lines: { plenty: line('mug'), few: line('vase'), soldOut: line('bowl'), unknown: line('ghost') },
    products: ['mug', 'vase', 'bowl', 'ghost'].map(entry),
    voucher: 'TEN',
    tellsCodes: true,
    most: (pieces) => {
      for (const one of all.flatMap(({ variants }) => variants)) one.most = pieces
    },
    oddPrice() {
      for (const one of all[0]?.variants ?? []) one.price = '1e21'
    },
    fault: store.fault,
    pieces: store.pieces,
    adds: store.adds,
    empty: store.empty,
    close: store.close,
  }
})

async function open(
  options?: Parameters<typeof fakeShopifyHeadlessStore>[0],
  more: Partial<Parameters<typeof shopifyHeadless>[0]> = {},
) {
  const store = await fakeShopifyHeadlessStore(options)
  onTestFinished(store.close)
  const context: CartContext = { fetch: store.fetch, locale: 'pt-BR', signal: new AbortController().signal }
  const bridge = shopifyHeadless({ shop: shopOf(store.root), ...more })
  const basket = createBasket({
    ...{ bridge, signal: context.signal, onChange() {}, onBusy() {}, channel: () => undefined },
    context: { fetch: store.fetch, locale: 'pt-BR' },
  })
  return { store, context, bridge, basket }
}

describe('shopifyHeadless', () => {
  it('shares the storefront’s cart: it asks for the id and gives it back', async () => {
    let id: string | undefined
    const kept: (string | undefined)[] = []
    const getCartId = () => id
    const setCartId = (next: string | undefined) => {
      id = next
      kept.push(next)
    }
    const { basket } = await open(undefined, { getCartId, setCartId })
    await basket.refresh()
    expect(kept).toEqual([])
    await basket.add(line('mug'))
    expect([...new Set(kept)]).toEqual(['gid://shopify/Cart/1?key=k'])
    await basket.add(line('vase'))
    expect(id).toBe('gid://shopify/Cart/1?key=k')
  })

  it('makes a new cart where the old one has expired, and adds once', async () => {
    const { store, basket } = await open()
    await basket.add(line('mug'))
    store.expire()
    expect(await basket.add(line('mug'))).toMatchObject({ outcome: 'added', cart: { quantity: 1 } })
    expect(store.adds()).toBe(2)
  })

  it('gives the storefront a new id where the one it keeps has expired', async () => {
    let id: string | undefined = 'gid://shopify/Cart/gone?key=k'
    const setCartId = (next: string | undefined) => {
      id = next
    }
    const { basket } = await open(undefined, { getCartId: () => id, setCartId })
    expect(await basket.add(line('mug'))).toMatchObject({ outcome: 'added', cart: { quantity: 1 } })
    expect(id).toBe('gid://shopify/Cart/1?key=k')
  })

  it('asks in the viewer’s language and market, and with the token', async () => {
    const { store } = await open()
    const sent: RequestInit[] = []
    const listening: typeof fetch = (input, init) => {
      sent.push(init ?? {})
      return store.fetch(input, init)
    }
    const bridge = shopifyHeadless({ shop: shopOf(store.root), accessToken: 'public', country: 'br' })
    await bridge.read?.({ fetch: listening, locale: 'pt-BR', signal: new AbortController().signal })
    expect(sent[0]?.headers).toMatchObject({ 'x-shopify-storefront-access-token': 'public' })
    expect(sent[0]?.body).toContain('@inContext(language:PT_BR,country:BR)')
    expect(sent[0]?.credentials).toBe('omit')
  })

  it('carries partner and host on the line', async () => {
    const { store, basket } = await open()
    await basket.add({ ...line('mug'), partner: 'mira', host: 'ada' })
    expect(store.attributes()).toEqual([
      { key: '_castcart_partner', value: 'mira' },
      { key: '_castcart_host', value: 'ada' },
    ])
  })

  it('brings axes, variants, unit price and what it cost before', async () => {
    const { bridge, context } = await open()
    const found = (await bridge.products?.(['coat', 'coffee', 'mug'].map(entry), context)) ?? []
    const [coat, coffee, mug] = found
    expect(coat?.variants?.map(({ id, available, price }) => [id, available, price?.amount])).toEqual([
      ['gid://shopify/ProductVariant/41', true, 19900],
      ['gid://shopify/ProductVariant/42', false, 21900],
    ])
    expect(coffee?.unitPrice).toEqual({ price: { amount: 480, currency: 'EUR' }, per: '100 g' })
    expect(mug).toMatchObject({ compareAt: { amount: 2900 }, variants: undefined })
  })

  it('adds by a variant’s number, and asks for a variant where none is told', async () => {
    const { bridge, context } = await open()
    const wish = { productId: 'c', variantId: 's', ref: { platformId: '41' }, quantity: 1 }
    expect(await bridge.add(wish, context)).toMatchObject({
      cart: { items: [{ productId: 'c', variantId: 's', variantTitle: 'S / Ink' }] },
    })
    expect(await bridge.add(line('coat'), context)).toEqual({ outcome: 'rejected', reason: 'needs-variant' })
  })

  it('counts by the currency, and refuses a price of 1e21', async () => {
    const yen = await open({ currency: 'JPY' })
    expect(await yen.basket.add(line('mug'))).toMatchObject({ cart: { total: { amount: 24, currency: 'JPY' } } })
    const odd = await open({ products: products().map((one) => ({ ...one, variants: [{ id: 9, price: '1e21' }] })) })
    const [mug] = (await odd.bridge.products?.([entry('mug')], odd.context)) ?? []
    expect(mug).toMatchObject({ price: undefined, available: false })
  })

  it('waits and asks again where it was throttled', async () => {
    const { store, context, bridge } = await open()
    const body = '{"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}]}'
    const busy: typeof fetch = async (input, init) =>
      `${init?.body}`.includes('mutation') ? new Response(body) : store.fetch(input, init)
    expect(await bridge.add(line('mug'), { ...context, fetch: busy })).toMatchObject({
      reason: 'rate-limited',
      retryAfter: 1,
    })
  })

  it('says which setting it lacks', () => {
    expect(() => shopifyHeadless({ shop: '' })).toThrow('[castcart] bad-options: cart: shopify-headless needs "shop"')
  })

  it('brings the lowest price of thirty days from the metafield that it is set to, in its own currency alone', async () => {
    const { bridge, context, store } = await open(undefined, { lowest30Field: 'custom.lowest_30' })
    const queries: string[] = []
    const listening: typeof fetch = (input, init) => {
      queries.push(`${init?.body}`)
      return store.fetch(input, init)
    }
    const [mug, vase] = (await bridge.products?.([entry('mug'), entry('vase')], { ...context, fetch: listening })) ?? []
    expect(mug).toMatchObject({ compareAt: { amount: 2900 }, lowest30Days: { amount: 2200, currency: 'EUR' } })
    expect(vase?.lowest30Days).toBeUndefined()
    expect(queries[0]).toContain('metafield(namespace:\\"custom\\",key:\\"lowest_30\\"){value}')
    const odd = await open(undefined, { lowest30Field: 'custom.x"){id}' })
    expect((await odd.bridge.products?.([entry('mug')], odd.context))?.[0]?.id).toBe('show-mug')
  })
})
