import { describe, expect, it, onTestFinished } from 'vitest'
import { type ShopwareOptions, shopware } from '../../src/cart/shopware.ts'
import type { CartContext, CartLine } from '../../src/model/cart.ts'
import type { ProductInput } from '../../src/model/product.ts'
import { type CartHarness, testCartBridge } from '../contracts/cart-bridge.ts'
import { letIn, misprice } from '../support/fake-goods.ts'
import { startFakeShopware, WARE_KEY, wareId } from '../support/fake-shopware-store.ts'

const line = (id: number): CartLine => ({ productId: `show-${id}`, ref: { platformId: wareId(id) }, quantity: 1 })
const entry = (id: number): ProductInput => ({ id: `show-${id}`, title: `${id}`, ref: { platformId: wareId(id) } })

const harness = (more: ShopwareOptions) => async (): Promise<CartHarness> => {
  const shop = await startFakeShopware()
  return {
    bridge: shopware({ root: shop.url, currency: 'EUR', ...more }),
    fetch: shop.fetch,
    lines: { plenty: line(11), few: line(21), soldOut: line(31), unknown: line(99) },
    products: [11, 21, 31, 99].map(entry),
    voucher: 'TEN',
    most: (pieces) => letIn(shop.goods, pieces),
    oddPrice: () => misprice(shop.goods),
    fault: shop.fault,
    pieces: async () => shop.cart().lines.reduce((sum, { quantity }) => sum + quantity, 0),
    adds: shop.adds,
    empty: async () => void shop.cart().lines.splice(0),
    close: shop.stop,
  }
}

testCartBridge('shopware by product pages', harness({}))
testCartBridge('shopware by the Store API', harness({ accessKey: WARE_KEY }))

async function open(options: Parameters<typeof startFakeShopware>[0] = {}, more: ShopwareOptions = {}) {
  const shop = await startFakeShopware(options)
  onTestFinished(shop.stop)
  const context: CartContext = { fetch: shop.fetch, locale: 'de', signal: new AbortController().signal }
  return { shop, context, bridge: shopware({ root: shop.url, ...more }) }
}

function putTheme(widgets: object[]) {
  Object.assign(globalThis, { PluginManager: { getPluginInstances: () => widgets } })
  onTestFinished(() => void Reflect.deleteProperty(globalThis, 'PluginManager'))
}

describe('shopware', () => {
  it('takes variants, the lowest price of 30 days and the unit price from the Store API', async () => {
    const { bridge, context } = await open({}, { accessKey: WARE_KEY })
    const coat = { ...entry(4), ref: { platformId: wareId(4) } }
    const found = (await bridge.products?.([coat, entry(11)], context)) ?? []
    expect(
      found[0]?.variants?.map(({ sku, available, price, options }) => [sku, available, price?.amount, options]),
    ).toEqual([
      ['COAT-S-INK', true, 19900, { Size: 'S', Colour: 'Ink' }],
      ['COAT-M-INK', false, 21900, { Size: 'M', Colour: 'Ink' }],
      ['COAT-S-SAND', true, 19900, { Size: 'S', Colour: 'Sand' }],
    ])
    expect(found[1]).toMatchObject({
      stock: 100,
      price: { amount: 2400, currency: 'EUR' },
      compareAt: { amount: 2900 },
      lowest30Days: { amount: 2250 },
      unitPrice: { price: { amount: 480 }, per: '100 g' },
    })
  })

  it('finds a product by its number where it has the access key', async () => {
    const { bridge, context } = await open({}, { accessKey: WARE_KEY })
    const wish: CartLine = { productId: 'v', ref: { sku: 'VASE' }, quantity: 1 }
    expect(await bridge.add(wish, context)).toMatchObject({ outcome: 'added', cart: { items: [{ productId: 'v' }] } })
  })

  it('finds a product by what its page sells', async () => {
    const { bridge, context, shop } = await open()
    const wish: CartLine = { productId: 'v', ref: {}, url: `${shop.url}detail/${wareId(21)}`, quantity: 1 }
    expect(await bridge.add(wish, context)).toMatchObject({ outcome: 'added', cart: { items: [{ productId: 'v' }] } })
  })

  it('learns the currency, which the cart does not tell, from the page of what is in it', async () => {
    const { bridge, context } = await open({ currency: 'JPY' })
    expect(await bridge.read?.(context)).toMatchObject({ total: { amount: 0, currency: 'XXX' } })
    const { context: other, bridge: second } = await open({ currency: 'JPY' })
    expect(await second.add(line(11), other)).toMatchObject({ cart: { total: { amount: 24, currency: 'JPY' } } })
  })

  it('asks for JSON, so that no page is rendered', async () => {
    const { bridge, context, shop } = await open()
    await bridge.add(line(11), context)
    expect(shop.asked).toEqual([
      'GET /checkout/cart.json',
      'POST /checkout/line-item/add',
      'GET /checkout/cart.json',
      `GET /detail/${wareId(11)}`,
    ])
  })

  it('tells that a quantity was cut down', async () => {
    const { bridge, context } = await open()
    const added = await bridge.add(line(21), context)
    const id = ('cart' in added && added.cart?.items[0]?.id) || ''
    expect(await bridge.update?.(id, 5, context)).toMatchObject({ outcome: 'partial', quantity: 2 })
  })

  it('lets the theme’s widget draw itself, and hears of its other draws only', async () => {
    const heard: (() => void)[] = []
    let draws = 0
    const draw = () => {
      draws += 1
      for (const run of heard) run()
    }
    putTheme([{ fetch: draw, $emitter: { subscribe: (_: string, run: () => void) => heard.push(run) } }])
    const { bridge, context } = await open()
    const changes: unknown[] = []
    const stop = bridge.watch?.((cart) => changes.push(cart))
    await bridge.add(line(11), context)
    expect([draws, changes]).toEqual([1, []])
    draw()
    expect(changes).toEqual([null])
    stop?.()
    draw()
    expect(changes).toEqual([null])
  })

  it('hides a price of 1e21', async () => {
    const { bridge, context, shop } = await open()
    for (const { pieces } of shop.goods) for (const piece of pieces) piece.cents = 1e23
    const [mug] = (await bridge.products?.([entry(11)], context)) ?? []
    expect(mug).toMatchObject({ price: undefined, available: false })
  })
})
