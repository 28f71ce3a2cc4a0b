import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { vendure } from '../../src/cart/vendure.ts'
import type { CartContext, CartLine } from '../../src/model/cart.ts'
import type { ProductInput } from '../../src/model/product.ts'
import { type CartHarness, testCartBridge } from '../contracts/cart-bridge.ts'
import { startVendure, type Vendure } from './engines/vendure.mjs'
import { faultyFetch } from './faulty-fetch.ts'

let engine: Vendure
beforeAll(async () => {
  engine = await startVendure()
})
afterAll(() => engine?.stop())

const line = (handle: string): CartLine => ({ productId: `show-${handle}`, ref: { handle }, quantity: 1 })
const entry = (handle: string): ProductInput => ({ id: `show-${handle}`, title: handle, ref: { handle } })
const CHANGES = /"query":"mutation/
const ERROR_INSIDE =
  '{"data":{"r":{"__typename":"OrderInterceptorError","errorCode":"ORDER_INTERCEPTOR_ERROR","message":"<b>No</b>"}}}'

/** One guest of the real shop, and the way past the bridge. */
function guest() {
  let token: string | undefined
  const wire = faultyFetch({
    isWrite: (_method, _url, body) => CHANGES.test(body),
    isAdd: (_method, _url, body) => body.includes('addItemToOrder'),
    errorInside: ERROR_INSIDE,
  })
  const bridge = vendure({
    url: engine.api,
    getToken: () => token,
    setToken: (value) => {
      token = value
    },
  })
  const ask = async (query: string) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
    const response = await fetch(engine.api, { method: 'POST', headers, body: JSON.stringify({ query }) })
    return (await response.json()).data
  }
  const pieces = async (): Promise<number> =>
    token ? ((await ask('{activeOrder{totalQuantity}}')).activeOrder?.totalQuantity ?? 0) : 0
  const context: CartContext = { fetch: wire.fetch, locale: 'en', signal: new AbortController().signal }
  return { bridge, wire, ask, pieces, context, token: () => token }
}

testCartBridge('vendure over a real Vendure', async (): Promise<CartHarness> => {
  const { bridge, wire, ask, pieces } = guest()
  return {
    bridge,
    fetch: wire.fetch,
    lines: { plenty: line('mug'), few: line('print'), soldOut: line('bowl'), unknown: line('ghost') },
    products: ['mug', 'print', 'bowl', 'ghost'].map(entry),
    voucher: 'LIVE10',
    tellsCodes: true,
    cannot: ['most', 'odd-price', 'login'],
    fault: wire.fault,
    adds: wire.adds,
    pieces,
    empty: async () => void (await ask('mutation{removeAllOrderLines{__typename}}')),
    close: async () => {},
  }
})

describe('vendure over a real Vendure', () => {
  it('brings axes, versions, prices and stock, and decodes nothing into markup', async () => {
    const { bridge, context } = guest()
    const [coat, mug] = (await bridge.products?.([entry('coat'), entry('mug')], context)) ?? []
    expect(coat?.options?.map(({ name, values }) => [name, values.map(({ label }) => label)])).toEqual([
      ['Size', ['S', 'M']],
      ['Colour', ['Ink', 'Sand']],
    ])
    expect(
      coat?.variants?.map(({ title, price, available, stock }) => [title, price?.amount, available, stock]),
    ).toEqual([
      ['S Ink', 19900, true, undefined],
      ['M Ink', 21900, true, undefined],
      ['S Sand', 19900, false, 0],
    ])
    expect(mug).toMatchObject({ price: { amount: 2400, currency: 'EUR' }, available: true })
  })

  it('finds products by slug, id, SKU and the address of their page', async () => {
    const { bridge, context } = guest()
    const list: ProductInput[] = [
      { id: 'a', title: 'by sku', ref: { sku: 'VASE' } },
      { id: 'b', title: 'by id', ref: { platformId: '1' } },
      { id: 'c', title: 'by page', url: 'https://shop.example/de/products/print/?from=live' },
      { id: 'd', title: 'nothing' },
      { id: 'e', title: 'a car', action: 'request' },
    ]
    const found = (await bridge.products?.(list, context)) ?? []
    expect(found.map(({ id, price }) => [id, price?.amount])).toEqual([
      ['a', 8000],
      ['b', 2400],
      ['c', 1500],
      ['e', undefined],
    ])
  })

  it('asks for a version where the line does not tell which', async () => {
    const { bridge, context } = guest()
    expect(await bridge.add(line('coat'), context)).toEqual({ outcome: 'rejected', reason: 'needs-variant' })
    const wish = { ...line('coat'), ref: { handle: 'coat', sku: 'COAT-M-INK' } }
    expect(await bridge.add(wish, context)).toMatchObject({
      outcome: 'added',
      cart: { items: [{ variantTitle: 'M Ink' }] },
    })
  })

  it('takes an order that waits for its payment back to the cart', async () => {
    const { bridge, context, ask } = guest()
    await bridge.add(line('mug'), context)
    const address = '{fullName:"A",streetLine1:"B",city:"C",postalCode:"1",countryCode:"DE"}'
    await ask(`mutation{setOrderShippingAddress(input:${address}){__typename}}`)
    await ask(
      'mutation{setCustomerForOrder(input:{firstName:"A",lastName:"B",emailAddress:"a@example.com"}){__typename}}',
    )
    const { eligibleShippingMethods: ways } = await ask('{eligibleShippingMethods{id}}')
    await ask(`mutation{setOrderShippingMethod(shippingMethodId:["${ways[0].id}"]){__typename}}`)
    const { transitionOrderToState: moved } = await ask(
      'mutation{transitionOrderToState(state:"ArrangingPayment"){...on Order{state} ...on OrderStateTransitionError{transitionError}}}',
    )
    expect(moved).toEqual({ state: 'ArrangingPayment' })
    expect(await bridge.add(line('mug'), context)).toMatchObject({ outcome: 'added', cart: { quantity: 2 } })
  })

  it('keeps the session’s token from its first write on', async () => {
    const { bridge, context, token } = guest()
    await bridge.read?.(context)
    expect(token()).toBeUndefined()
    await bridge.add(line('mug'), context)
    expect(token()).toMatch(/^[\da-f]{64}$/)
  })

  it('brings the lowest price of thirty days from the shop’s own field', async () => {
    const { context } = guest()
    const bridge = vendure({ url: engine.api, lowest30Field: 'lowest30' })
    const [mug, vase] = (await bridge.products?.([entry('mug'), entry('vase')], context)) ?? []
    expect(mug?.lowest30Days).toEqual({ amount: 2200, currency: 'EUR' })
    expect(vase?.lowest30Days).toBeUndefined()
  })

  it('sells in the channel that it is set to: its currency, and prices with the tax that comes on top', async () => {
    const { context } = guest()
    let token: string | undefined
    const keep = {
      getToken: () => token,
      setToken: (next: string | undefined) => {
        token = next
      },
    }
    const bridge = vendure({ url: engine.api, channelToken: 'us', ...keep })
    const [mug] = (await bridge.products?.([entry('mug')], context)) ?? []
    expect(mug?.price).toEqual({ amount: 4800, currency: 'USD' })
    expect(await bridge.read?.(context)).toMatchObject({ total: { amount: 0, currency: 'USD' } })
    const added = await bridge.add({ ...line('mug'), seenPrice: { amount: 4800, currency: 'USD' } }, context)
    expect(added).toMatchObject({
      cart: { items: [{ price: { amount: 4800 } }], total: { amount: 4800, currency: 'USD' } },
    })
  })
})
