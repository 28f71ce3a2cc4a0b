import { describe, expect, it, onTestFinished } from 'vitest'
import { createBasket } from '../../src/cart/basket.ts'
import { magento } from '../../src/cart/magento.ts'
import type { CartContext, CartLine } from '../../src/model/cart.ts'
import type { ProductInput } from '../../src/model/product.ts'
import { type CartHarness, testCartBridge } from '../contracts/cart-bridge.ts'
import { fakeMagentoStore, products } from '../support/fake-magento-store.ts'

const line = (handle: string): CartLine => ({ productId: `show-${handle}`, ref: { handle }, quantity: 1 })
const entry = (handle: string): ProductInput => ({ id: `show-${handle}`, title: handle, ref: { handle } })

testCartBridge('magento', async (): Promise<CartHarness> => {
  const all = products()
  const store = await fakeMagentoStore({ products: all })
  return {
    bridge: magento({ root: store.root }),
    fetch: store.fetch,
    lines: { plenty: line('mug'), few: line('vase'), soldOut: line('bowl'), unknown: line('ghost') },
    products: ['mug', 'vase', 'bowl', 'ghost'].map(entry),
    cannot: ['partial'],
    most: (pieces) => {
      for (const one of all) one.most = pieces
    },
    oddPrice() {
      for (const one of all.slice(0, 1)) one.price = 1e21
    },
    fault: store.fault,
    pieces: store.pieces,
    adds: store.adds,
    empty: store.empty,
    close: store.close,
  }
})

async function open(options?: Parameters<typeof fakeMagentoStore>[0]) {
  const store = await fakeMagentoStore(options)
  onTestFinished(store.close)
  const context: CartContext = { fetch: store.fetch, locale: 'en', signal: new AbortController().signal }
  const bridge = magento({ root: store.root })
  const basket = createBasket({
    ...{ bridge, signal: context.signal, onChange() {}, onBusy() {}, channel: () => undefined },
    context: { fetch: store.fetch, locale: 'en' },
  })
  return { store, context, bridge, basket }
}

describe('magento', () => {
  it('tries once more with the key of a fresh page after its own had expired', async () => {
    const { store, basket } = await open()
    await basket.add(line('mug'))
    store.changeFormKey()
    expect(await basket.add(line('mug'))).toMatchObject({ outcome: 'added', cart: { quantity: 2 } })
    expect(store.adds()).toBe(3)
    expect(await store.pieces()).toBe(2)
  })

  it('does so for a change too, where the shop sends to a page', async () => {
    const { store, basket } = await open()
    const added = await basket.add(line('mug'))
    const id = added.outcome === 'added' ? (added.cart.items[0]?.id ?? '') : ''
    store.changeFormKey()
    expect(await basket.update(id, 3)).toMatchObject({ outcome: 'added', quantity: 3 })
  })

  it('does not ask again for what the shop refused for a reason', async () => {
    const { store, basket } = await open()
    expect(await basket.add(line('bowl'))).toMatchObject({
      reason: 'sold-out',
      message: 'The requested qty is not available',
    })
    expect(store.adds()).toBe(1)
  })

  it('never follows a backUrl', async () => {
    const { store, basket } = await open()
    await basket.add(line('bowl'))
    expect(store.asked.filter((one) => one.includes('back'))).toEqual([])
  })

  it('takes axes and variants, and adds one by its attributes under the show’s ids', async () => {
    const { bridge, context, basket } = await open()
    const show: ProductInput = { ...entry('coat'), variants: [{ id: 'small', sku: 'COAT-S-INK' }] }
    const [theirs] = (await bridge.products?.([entry('coat')], context)) ?? []
    expect(theirs?.options?.map(({ name, values }) => [name, values.length])).toEqual([
      ['Size', 2],
      ['Colour', 2],
    ])
    expect(theirs?.variants?.map(({ id, available, price }) => [id, available, price?.amount])).toEqual([
      ['20?93=5&144=166', true, 19900],
      ['20?93=5&144=167', false, 21900],
    ])
    const [coat] = (await bridge.products?.([show], context)) ?? []
    const wish = { productId: 'show-coat', variantId: 'small', ref: coat?.variants?.[0]?.ref ?? {}, quantity: 1 }
    expect(await basket.add(wish)).toMatchObject({
      outcome: 'added',
      cart: { items: [{ productId: 'show-coat', variantId: 'small', title: 'The "coat"', variantTitle: 'Ink / S' }] },
    })
  })

  it('asks for a variant where the line does not tell which', async () => {
    const { bridge, context } = await open()
    expect(await bridge.add(line('coat'), context)).toEqual({ outcome: 'rejected', reason: 'needs-variant' })
  })

  it('adds by a bare id where no SKU or address is told', async () => {
    const { basket } = await open()
    expect(await basket.add({ productId: 'm', ref: { platformId: '10' }, quantity: 1 })).toMatchObject({
      outcome: 'added',
    })
  })

  it('brings all products in two questions, with what they cost before', async () => {
    const { store, bridge, context } = await open()
    const list = [
      { ...entry('mug'), ref: { sku: 'MUG' } },
      entry('vase'),
      { ...entry('bowl'), ref: {}, url: 'http://x.example/bowl.html' },
    ]
    const found = (await bridge.products?.(list, context)) ?? []
    expect(found.map(({ id, stock, available }) => [id, stock, available])).toEqual([
      ['show-mug', undefined, true],
      ['show-vase', 2, true],
      ['show-bowl', undefined, false],
    ])
    expect(found[0]).toMatchObject({ compareAt: { amount: 2900 }, url: `${store.root}mug.html` })
    expect(store.asked).toEqual(['POST /graphql', 'POST /graphql'])
  })

  it('says whether a code was taken; the session’s total does not show it', async () => {
    const { basket } = await open()
    await basket.add(line('mug'))
    expect(await basket.applyVoucher('TEN')).toMatchObject({ outcome: 'added' })
    expect(await basket.applyVoucher('NO')).toMatchObject({
      reason: 'refused',
      message: 'The coupon code "NO" is not valid.',
    })
  })

  it('counts by the currency of the shop, and refuses a price of 1e21', async () => {
    const yen = await open({ currency: 'JPY' })
    expect(await yen.basket.refresh()).toMatchObject({ total: { amount: 0, currency: 'JPY' } })
    expect(await yen.basket.add(line('mug'))).toMatchObject({ cart: { total: { amount: 24, currency: 'JPY' } } })
    const odd = await open({ products: products().map((one) => ({ ...one, price: 1e21 })) })
    const [mug] = (await odd.bridge.products?.([entry('mug')], odd.context)) ?? []
    expect(mug).toMatchObject({ price: undefined, available: false })
  })
})
