import { describe, expect, it } from 'vitest'
import { createBasket } from '../../src/cart/basket.ts'
import { type CartFunctions, callbacks } from '../../src/cart/callbacks.ts'
import type { Cart, CartContext, CartLine, CartResult } from '../../src/model/cart.ts'
import type { ProductInput } from '../../src/model/product.ts'
import { type CartFault, type CartHarness, testCartBridge } from '../contracts/cart-bridge.ts'

const PRICE = { amount: 2400, currency: 'EUR' }
const STOCK: Readonly<Record<string, number>> = { plenty: Number.POSITIVE_INFINITY, few: 2, soldOut: 0 }
const line = (productId: string): CartLine => ({ productId, ref: {}, quantity: 1 })

/** A page's own little shop, in memory, with functions as a page would write them. */
function fakePage() {
  const inCart = new Map<string, number>()
  const codes = new Set<string>()
  const faults: CartFault[] = []
  let adds = 0
  let most = Number.POSITIVE_INFINITY
  let oddId = ''
  const read = (): Cart => {
    const items = [...inCart].map(([id, quantity]) => ({
      id: `line-${id}`,
      productId: id,
      title: id,
      quantity,
      price: PRICE,
      total: { ...PRICE, amount: PRICE.amount * quantity },
    }))
    const quantity = items.reduce((sum, item) => sum + item.quantity, 0)
    const percent = codes.has('TEN') ? 10 : 0
    return { items, quantity, total: { ...PRICE, amount: (PRICE.amount * quantity * (100 - percent)) / 100 } }
  }
  const add = async ({ productId, quantity }: CartLine): Promise<CartResult> => {
    adds++
    const fault = faults.shift()
    if (fault === 'conflict' || fault === 'too-many')
      return { outcome: 'rejected', reason: 'rate-limited', retryAfter: 0 }
    if (fault === 'error-in-200') return JSON.parse('{"error":"no"}')
    if (fault && fault !== 'lost-after' && fault !== 'cut-short') throw new TypeError(fault)
    const stock = STOCK[productId]
    if (stock === undefined) return { outcome: 'rejected', reason: 'not-found' }
    const had = inCart.get(productId) ?? 0
    const got = Math.min(quantity, stock - had)
    if (got <= 0) return { outcome: 'rejected', reason: had ? 'limit-reached' : 'sold-out' }
    inCart.set(productId, Math.min(had + got, most))
    if (fault) throw new TypeError(fault)
    const cart = read()
    return got === quantity
      ? { outcome: 'added', cart, quantity }
      : { outcome: 'partial', cart, quantity: got, reason: 'limit-reached', message: 'Only 2 left' }
  }
  const functions: CartFunctions = {
    add,
    read,
    update(lineId, quantity) {
      const id = lineId.slice('line-'.length)
      if (!inCart.has(id)) return { outcome: 'rejected', reason: 'not-found' }
      if (quantity) inCart.set(id, quantity)
      else inCart.delete(id)
      return { outcome: 'added', cart: read(), quantity }
    },
    applyVoucher(code) {
      if (code !== 'TEN') return { outcome: 'rejected', reason: 'refused' }
      codes.add(code)
      return { outcome: 'added', cart: read(), quantity: 0 }
    },
    products: (list) =>
      list.flatMap((one): ProductInput[] => {
        const stock = STOCK[one.id]
        return stock === undefined
          ? []
          : [{ ...one, price: one.id === oddId ? { ...PRICE, amount: 1e21 } : PRICE, available: stock > 0 }]
      }),
  }
  return {
    ...{ functions, inCart, faults, read, adds: () => adds },
    letIn(pieces: number) {
      most = pieces
    },
    misprice() {
      oddId = 'plenty'
    },
  }
}

testCartBridge('callbacks', async (): Promise<CartHarness> => {
  const page = fakePage()
  return {
    bridge: callbacks(page.functions),
    fetch,
    lines: { plenty: line('plenty'), few: line('few'), soldOut: line('soldOut'), unknown: line('unknown') },
    products: ['plenty', 'few', 'soldOut', 'unknown'].map((id) => ({ id, title: id })),
    voucher: 'TEN',
    fault: (kind, times = 1) => page.faults.push(...Array<CartFault>(times).fill(kind)),
    pieces: async () => page.read().quantity,
    most: page.letIn,
    oddPrice: page.misprice,
    // What its functions meet they turn into an answer themselves.
    cannot: ['login'],
    adds: page.adds,
    empty: async () => page.inCart.clear(),
    close: async () => {},
  }
})

describe('callbacks', () => {
  const context = { fetch, locale: 'en' }
  const basketOf = (functions: CartFunctions, errors: unknown[] = []) =>
    createBasket({
      bridge: callbacks(functions),
      context,
      signal: new AbortController().signal,
      onChange: () => {},
      onBusy: () => {},
      onError: (cause) => errors.push(cause),
      channel: () => undefined,
    })

  it('hides what the page has no function for', () => {
    const bridge = callbacks({ add: async () => ({ outcome: 'rejected', reason: 'refused' }) })
    expect(Object.keys(bridge)).toEqual(['name', 'add'])
    expect(basketOf({ add: fakePage().functions.add }).can).toEqual({
      readCart: false,
      changeCart: false,
      checkout: false,
      voucher: false,
    })
  })

  it('calls a function with its own object', async () => {
    class Shop {
      readonly reason = 'signed-out'
      add(): CartResult {
        return { outcome: 'rejected', reason: this.reason }
      }
    }
    expect(await callbacks(new Shop()).add(line('plenty'), {} as CartContext)).toMatchObject({ reason: 'signed-out' })
  })

  it('turns a synchronous throw into a refusal and tells the developer', async () => {
    const errors: unknown[] = []
    const thrown = new Error('page broke')
    const basket = basketOf(
      {
        add() {
          throw thrown
        },
      },
      errors,
    )
    expect(await basket.add(line('plenty'))).toEqual({ outcome: 'rejected', reason: 'unreachable' })
    expect(errors).toEqual([thrown])
  })

  it('names what is wrong with an answer', async () => {
    const errors: unknown[] = []
    const add = async () => JSON.parse('{"outcome":"added","quantity":1,"cart":{"items":[],"quantity":1}}')
    expect(await basketOf({ add }, errors).add(line('plenty'))).toMatchObject({ reason: 'unreachable' })
    expect(String(errors[0])).toMatch(/no-cart: callbacks\.cart\.total: found nothing/)
  })
})
