import { describe, expect, it, onTestFinished } from 'vitest'
import { sfccApi } from '../../src/cart/sfcc-api.ts'
import type { CartContext, CartLine } from '../../src/model/cart.ts'
import type { ProductInput } from '../../src/model/product.ts'
import { type CartHarness, testCartBridge } from '../contracts/cart-bridge.ts'
import { letIn, misprice } from '../support/fake-goods.ts'
import { type FakeSfccApi, startFakeSfccApi } from '../support/fake-sfcc-api.ts'

const line = (id: string): CartLine => ({ productId: `show-${id}`, ref: { platformId: id }, quantity: 1 })
const entry = (id: string): ProductInput => ({ id: `show-${id}`, title: id, ref: { platformId: id } })

/** A storefront that keeps its token until it is refused, and the basket's id. */
function bridgeOf(shop: FakeSfccApi) {
  let token = shop.token()
  let basket: string | undefined
  const asked: boolean[] = []
  const bridge = sfccApi({
    ...{ url: shop.url, organizationId: 'org', siteId: 'Fake' },
    getToken(isExpired) {
      asked.push(isExpired)
      if (isExpired) token = shop.token()
      return token
    },
    getBasketId: () => basket,
    setBasketId: (id) => {
      basket = id
    },
  })
  return { bridge, asked, basketId: () => basket }
}

testCartBridge('sfcc-api', async (): Promise<CartHarness> => {
  const shop = await startFakeSfccApi()
  return {
    bridge: bridgeOf(shop).bridge,
    fetch: shop.fetch,
    cannot: ['partial'],
    lines: { plenty: line('11'), few: line('21'), soldOut: line('31'), unknown: line('99') },
    products: ['11', '21', '31', '99'].map(entry),
    voucher: 'TEN',
    tellsCodes: true,
    most: (pieces) => letIn(shop.goods, pieces),
    oddPrice: () => misprice(shop.goods),
    fault: shop.fault,
    pieces: async () => shop.basket().lines.reduce((sum, { quantity }) => sum + quantity, 0),
    adds: shop.adds,
    empty: async () => void shop.basket().lines.splice(0),
    close: shop.stop,
  }
})

async function open(options?: Parameters<typeof startFakeSfccApi>[0]) {
  const shop = await startFakeSfccApi(options)
  onTestFinished(shop.stop)
  const context: CartContext = { fetch: shop.fetch, locale: 'en', signal: new AbortController().signal }
  return { shop, context, ...bridgeOf(shop) }
}

describe('sfccApi', () => {
  it('says what it needs', () => {
    const whole = { url: 'https://x', organizationId: 'o', siteId: 's', getToken: () => 't' }
    for (const name of Object.keys(whole)) {
      const lacking = { ...whole, [name]: undefined } as unknown as typeof whole
      expect(() => sfccApi(lacking)).toThrow(`sfcc-api needs "${name}"`)
    }
  })

  it('takes the variants of a master in the site’s words', async () => {
    const { bridge, context } = await open()
    const [coat] = (await bridge.products?.([entry('4')], context)) ?? []
    expect(coat?.options?.map(({ id, values }) => [id, values.map((value) => value.id)])).toEqual([
      ['Size', ['S', 'M']],
      ['Colour', ['Ink', 'Sand']],
    ])
    expect(coat?.variants?.map(({ sku, available, price }) => [sku, available, price?.amount])).toEqual([
      ['41', true, 19900],
      ['42', false, 21900],
      ['43', true, 19900],
    ])
  })

  it('makes no basket before the viewer acts, and tells the storefront of the one it makes', async () => {
    const { bridge, context, shop, basketId } = await open()
    expect(await bridge.read?.(context)).toMatchObject({ quantity: 0 })
    await bridge.products?.([entry('11')], context)
    expect(shop.asked.filter((one) => one.startsWith('POST'))).toEqual([])
    await bridge.add(line('11'), context)
    expect(basketId()).toBe('b1')
  })

  it('gets a fresh token once where the last one is refused', async () => {
    const { bridge, context, shop, asked } = await open()
    await bridge.add(line('11'), context)
    shop.expireToken()
    asked.length = 0
    expect(await bridge.add(line('11'), context)).toMatchObject({ outcome: 'added', cart: { quantity: 2 } })
    expect(asked).toEqual([false, true, false])
  })

  it('makes another basket where the old one has ended', async () => {
    const { bridge, context, shop } = await open()
    await bridge.add(line('11'), context)
    shop.endBasket()
    expect(await bridge.add(line('11'), context)).toMatchObject({ outcome: 'added', cart: { quantity: 1 } })
  })

  it('lets the same wish be sent again where the basket ends under it', async () => {
    const { bridge, context, shop } = await open()
    await bridge.add(line('11'), context)
    const ending: typeof fetch = (input, init) => {
      if (`${input}`.includes('/items')) shop.endBasket()
      return shop.fetch(input, init)
    }
    expect(await bridge.add(line('11'), { ...context, fetch: ending })).toMatchObject({
      outcome: 'rejected',
      retryAfter: 0,
      cart: { quantity: 0 },
    })
    expect(await bridge.add(line('11'), context)).toMatchObject({ outcome: 'added', cart: { quantity: 1 } })
  })

  it('asks for a variant of a master', async () => {
    const { bridge, context } = await open()
    expect(await bridge.add(line('4'), context)).toMatchObject({ outcome: 'rejected', reason: 'needs-variant' })
  })

  it('counts a currency without cents', async () => {
    const { bridge, context } = await open({ currency: 'JPY' })
    expect(await bridge.add(line('11'), context)).toMatchObject({ cart: { total: { amount: 24, currency: 'JPY' } } })
  })
})
