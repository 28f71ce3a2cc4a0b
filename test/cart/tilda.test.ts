// @vitest-environment happy-dom
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { type TildaOptions, tilda } from '../../src/cart/tilda.ts'
import type { CartContext, CartLine } from '../../src/model/cart.ts'
import type { ProductInput } from '../../src/model/product.ts'
import { type CartHarness, testCartBridge } from '../contracts/cart-bridge.ts'
import { misprice } from '../support/fake-goods.ts'
import { fakeTilda, startFakeTilda, tildaBlocks } from '../support/fake-tilda-store.ts'

const line = (id: string): CartLine => ({ productId: `show-${id}`, ref: { platformId: id }, quantity: 1 })
const entry = (id: string): ProductInput => ({ id: `show-${id}`, title: id, ref: { platformId: id } })

async function start(options: Parameters<typeof startFakeTilda>[0] = {}) {
  const shop = await startFakeTilda(options)
  // What a test of another store cannot do: the page is one for all, so it is emptied.
  localStorage.clear()
  const host = document.createElement('div')
  host.append(
    ...Array.from(new DOMParser().parseFromString(tildaBlocks(options.currency ?? 'EUR'), 'text/html').body.childNodes),
  )
  document.body.append(host)
  const page = fakeTilda(window as Window & typeof globalThis)
  Object.assign(globalThis, page)
  const close = async () => {
    for (const name of Object.keys(page)) Reflect.deleteProperty(globalThis, name)
    document.body.replaceChildren()
    await shop.stop()
  }
  return { shop, page, close, api: shop.url.slice(0, -1) }
}

afterEach(() => localStorage.clear())

testCartBridge('tilda', async (): Promise<CartHarness> => {
  const { shop, page, api, close } = await start()
  return {
    bridge: tilda({ api, storePart: '777' }),
    fetch: shop.fetch,
    // The cart is in the page: nothing of it is asked of a server.
    cannot: [
      ...(['lost-before', 'lost-after', 'cut-short', 'html', 'error-in-200'] as const),
      ...(['server-error', 'conflict', 'too-many', 'login'] as const),
    ],
    lines: { plenty: line('11'), few: line('21'), soldOut: line('31'), unknown: line('99') },
    products: ['11', '21', '31', '99'].map(entry),
    most: (pieces) => {
      page.tcart_fake.most = pieces
    },
    oddPrice: () => misprice(shop.goods),
    fault: () => {},
    pieces: async () => page.tcart.products.reduce((sum, { quantity }) => sum + Number(quantity), 0),
    adds: () => page.tcart_fake.adds,
    empty: async () => localStorage.clear(),
    close,
  }
})

async function open(fake: Parameters<typeof startFakeTilda>[0] = {}, more: TildaOptions = {}) {
  const { shop, page, api, close } = await start(fake)
  onTestFinished(close)
  const context: CartContext = { fetch: shop.fetch, locale: 'ru', signal: new AbortController().signal }
  return { shop, page, context, bridge: tilda({ api, storePart: '777', ...more }) }
}

describe('tilda', () => {
  it('counts a currency without cents', async () => {
    const { bridge, context } = await open({ currency: 'JPY' })
    const [mug] = (await bridge.products?.([entry('11')], context)) ?? []
    expect(mug?.price).toEqual({ amount: 24, currency: 'JPY' })
    expect(await bridge.add(line('11'), context)).toMatchObject({ cart: { total: { amount: 24, currency: 'JPY' } } })
  })

  it('takes the editions of the catalogue', async () => {
    const { bridge, context } = await open()
    const [coat, mug] = (await bridge.products?.([entry('4'), entry('11')], context)) ?? []
    expect(
      coat?.variants?.map(({ ref, available, stock, price }) => [ref?.platformId, available, stock, price]),
    ).toEqual([
      ['41', true, 9, { amount: 19900, currency: 'EUR' }],
      ['42', false, 0, { amount: 21900, currency: 'EUR' }],
      ['43', true, 9, { amount: 19900, currency: 'EUR' }],
    ])
    expect(mug).toMatchObject({
      stock: undefined,
      compareAt: { amount: 2900 },
      images: ['https://cdn.example/mug.jpg'],
    })
  })

  it('puts in what the catalogue says, never what the show says', async () => {
    const { bridge, context, page } = await open()
    const wish: CartLine = { ...line('43'), seenPrice: { amount: 1, currency: 'EUR' } }
    expect(await bridge.add(wish, context)).toMatchObject({ cart: { items: [{ variantTitle: 'S / Sand' }] } })
    expect(page.tcart.products).toMatchObject([
      {
        ...{ name: 'The coat', price: 199, quantity: 1, amount: 199, uid: '43', lid: '4', sku: 'COAT-S-SAND', inv: 9 },
      },
    ])
  })

  it('asks for an edition', async () => {
    const { bridge, context } = await open()
    expect(await bridge.add(line('4'), context)).toEqual({ outcome: 'rejected', reason: 'needs-variant' })
  })

  it('finds the catalogue by the page’s own store block', async () => {
    const { bridge, context, shop } = await open({}, { storePart: undefined })
    await bridge.products?.([entry('11')], context)
    expect(shop.asked).toContain('GET /api/getproductslist/')
  })

  it('says what it needs on a page without a store block', async () => {
    const { bridge, context } = await open({}, { storePart: undefined })
    for (const script of document.querySelectorAll('script')) script.remove()
    await expect(bridge.products?.([entry('11')], context)).rejects.toThrow('set `storePart`')
  })

  it('keeps the block shut and the browser’s dialog away, and puts both back', async () => {
    const { bridge, context, page } = await open()
    const said: string[] = []
    const mine = (text?: string) => void said.push(`${text}`)
    globalThis.alert = mine
    await bridge.add({ ...line('21'), quantity: 2 }, context)
    page.tcart.products[0] = { ...page.tcart.products[0], inv: 2 } as (typeof page.tcart.products)[number]
    expect(await bridge.add(line('21'), context)).toMatchObject({ reason: 'limit-reached' })
    expect([page.tcart_fake.opened, said]).toEqual([0, []])
    expect(globalThis.alert).toBe(mine)
    expect(document.querySelector('.t706')?.getAttribute('data-opencart-onorder')).toBe('yes')
  })

  it('never has more of a line than is left', async () => {
    const { bridge, context } = await open()
    const added = await bridge.add(line('21'), context)
    const id = ('cart' in added && added.cart?.items[0]?.id) || ''
    expect(await bridge.update?.(id, 5, context)).toMatchObject({ outcome: 'partial', quantity: 2 })
  })

  it('draws the page’s own cart anew after a change, and rounds as the page does', async () => {
    const { bridge, context, page } = await open()
    const drawn: string[] = []
    const whole = { tcart__roundPrice: (sum: number) => Math.round(sum / 10) * 10 }
    const names = ['tcart__reDrawCartIcon', 'tcart__reDrawProducts', 'tcart__reDrawTotal'] as const
    const noted = names.map((name) => [name, () => void drawn.push(`${name} ${page.tcart.total}`)] as const)
    await bridge.add(line('21'), context)
    Object.assign(globalThis, whole, Object.fromEntries(noted))
    expect(await bridge.update?.('21', 2, context)).toMatchObject({
      cart: { quantity: 2, items: [{ total: { amount: 16_000 } }], total: { amount: 16_000 } },
    })
    expect(drawn).toEqual(names.map((name) => `${name} 2`))
  })

  it('counts by itself where the page has no rounding, and stands what the page throws as it draws', async () => {
    const { bridge, context, page } = await open()
    const broken = () => {
      throw new Error('the theme broke')
    }
    await bridge.add(line('21'), context)
    Object.assign(globalThis, { tcart__reDrawProducts: broken, tcart__reDrawTotal: broken })
    Reflect.deleteProperty(globalThis, 'tcart__roundPrice')
    expect(await bridge.update?.('21', 2, context)).toMatchObject({ outcome: 'added', quantity: 2 })
    expect(page.tcart.products).toMatchObject([{ quantity: 2, amount: 161 }])
  })

  it('never has more of a line that another visit put in than the cart itself says is left', async () => {
    const { bridge, context, page } = await open()
    page.tcart__addProduct({ name: 'x', price: 1, quantity: 1, amount: 1, uid: '77', inv: 3 })
    expect(await bridge.update?.('77', 5, context)).toMatchObject({ outcome: 'partial', quantity: 3 })
    page.tcart__addProduct({ name: 'y', price: 1, quantity: 1, amount: 1, uid: '78' })
    expect(await bridge.update?.('78', 5, context)).toMatchObject({ outcome: 'added', quantity: 5 })
  })

  it('believes the catalogue rather than the cart of what is left', async () => {
    const { bridge, context, page } = await open()
    await bridge.add(line('21'), context)
    page.tcart.products[0] = { ...page.tcart.products[0], inv: 9 } as (typeof page.tcart.products)[number]
    page.tcart__saveLocalObj()
    expect(await bridge.update?.('21', 5, context)).toMatchObject({ outcome: 'partial', quantity: 2 })
  })

  it('answers with the cart as it is where a line is gone', async () => {
    const { bridge, context } = await open()
    await bridge.add(line('11'), context)
    expect(await bridge.update?.('99', 1, context)).toMatchObject({ reason: 'not-found', cart: { quantity: 1 } })
  })

  it('writes the number of pieces where the page has a place for it, and again when asked', async () => {
    const { bridge, context } = await open()
    const badge = document.createElement('b')
    badge.dataset.castcartCount = ''
    document.body.append(badge)
    bridge.reveal?.()
    expect(badge.textContent).toBe('')
    await bridge.add({ ...line('11'), quantity: 3 }, context)
    expect(badge.textContent).toBe('3')
    badge.textContent = '0'
    bridge.reveal?.()
    expect(badge.textContent).toBe('3')
  })

  it('has the currency of the cart block', async () => {
    const { bridge, context } = await open({ currency: 'KZT' })
    expect(await bridge.add(line('11'), context)).toMatchObject({ cart: { total: { amount: 2400, currency: 'KZT' } } })
  })

  it('hears of what the shopper does in the block, not of its own doing', async () => {
    const { bridge, context, page } = await open()
    const changes: unknown[] = []
    const stop = bridge.watch?.((cart) => changes.push(cart))
    await bridge.add(line('11'), context)
    // Its own doing is over in the next turn.
    await new Promise((turn) => setTimeout(turn))
    page.tcart__addProduct({ name: 'x', price: 1, quantity: 1, amount: 1, uid: '21' })
    await expect.poll(() => changes).toEqual([null])
    stop?.()
  })

  it('opens the block for the checkout', async () => {
    const { bridge, page } = await open()
    await bridge.checkout?.({ items: [], quantity: 0, total: { amount: 0, currency: 'EUR' } })
    expect(page.tcart_fake.opened).toBe(1)
  })
})
