import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Basket, createBasket } from '../../src/cart/basket.ts'
import type { Cart, CartBridge, CartLine } from '../../src/model/cart.ts'
import type { ProductInput } from '../../src/model/product.ts'

/**
 * What is done to the next write. `lost-before`, `lost-after`: the connection dies before or after the store has committed ·
 * `cut-short`: committed, half an answer · `html`, `error-in-200`, `server-error`: nothing committed · `conflict`, `too-many`: 409 and 429 ·
 * `login`: nothing committed, the store sends to its sign-in page.
 */
export type CartFault =
  | 'lost-before'
  | 'lost-after'
  | 'cut-short'
  | 'html'
  | 'error-in-200'
  | 'server-error'
  | 'conflict'
  | 'too-many'
  | 'login'

/**
 * What a platform has no way to do or to tell: a fault that cannot happen to it · `partial`: it adds all or nothing · `reasons`: it
 * refuses without saying why · `stock`: its catalogue does not tell what is sold out · `most`: nothing makes it cut an add in silence ·
 * `odd-price`: nothing makes it tell a price that is none.
 */
export type CartLimit = CartFault | 'partial' | 'reasons' | 'stock' | 'most' | 'odd-price'

/** A store with an empty cart, and ways to look past the bridge. */
export interface CartHarness {
  readonly bridge: CartBridge
  readonly fetch: typeof fetch
  /** `plenty`: enough of it · `few`: exactly 2 pieces · `soldOut`: none · `unknown`: the store does not know it. Quantity 1 each. */
  readonly lines: Readonly<Record<'plenty' | 'few' | 'soldOut' | 'unknown', CartLine>>
  /** The products of these lines as a show lists them, the unknown one included, without prices. */
  readonly products: readonly ProductInput[]
  /** A code that the store honours; absent: vouchers are not tried. */
  readonly voucher?: string
  /** The store's cart says which codes count in it. */
  readonly tellsCodes?: true
  /** What is not asked of it. Absent: everything is. */
  readonly cannot?: readonly CartLimit[]
  /** For the next `times` writes (1 when absent). */
  fault(kind: CartFault, times?: number): void
  /** From here on the store lets no more than these pieces of `plenty` into a cart, and says yes to every add. Absent only with the limit `most`. */
  most?(pieces: number): void
  /** From here on the store says that `plenty` costs 1e21 and more. Absent only with the limit `odd-price`. */
  oddPrice?(): void
  /** Pieces in the store's own cart. */
  pieces(): Promise<number>
  /** Adds that have reached the store, answered or not. */
  adds(): number
  /** Somebody empties the cart elsewhere. */
  empty(): Promise<void>
  close(): Promise<void>
}

function must<T>(what: T | undefined): T {
  if (what === undefined) throw new TypeError('the harness has neither this nor the limit of that name')
  return what
}

/** What every cart bridge must do, under the basket that drives it. The harness is a real store, or a fake that says so. */
export function testCartBridge(name: string, makeHarness: () => Promise<CartHarness>): void {
  describe(`${name} as a cart bridge`, () => {
    let store: CartHarness
    let basket: Basket
    let end: AbortController
    let seen: (Cart | null)[]
    let busy: (readonly string[])[]

    beforeEach(async () => {
      store = await makeHarness()
      end = new AbortController()
      seen = []
      busy = []
      basket = createBasket({
        ...options(),
        onChange: (cart) => seen.push(cart),
        onBusy: (keys) => busy.push(keys),
      })
      await basket.refresh()
    })
    afterEach(async () => {
      end.abort()
      await store.close()
    })
    const options = () => ({
      ...{ bridge: store.bridge, context: { fetch: store.fetch, locale: 'en' }, signal: end.signal },
      channel: () => undefined,
    })
    const can = (what: CartLimit) => !store.cannot?.includes(what)
    const line = (which: keyof CartHarness['lines'], quantity = 1): CartLine => ({ ...store.lines[which], quantity })

    it('adds a line, and the cart it answers with is the store’s', async () => {
      const result = await basket.add(line('plenty', 2))
      expect(result).toMatchObject({ outcome: 'added', quantity: 2, cart: { quantity: 2 } })
      expect(await store.pieces()).toBe(2)
      expect(seen.at(-1)).toMatchObject({
        quantity: 2,
        items: [{ productId: store.lines.plenty.productId, quantity: 2 }],
      })
      expect(busy.at(-1)).toEqual([])
    })

    it('makes one intent of five fast clicks', async () => {
      const results = await Promise.all([1, 2, 3, 4, 5].map(() => basket.add(line('plenty'))))
      expect(new Set(results).size).toBe(1)
      expect(store.adds()).toBe(1)
      expect(await store.pieces()).toBe(1)
    })

    it('says sold out as a value and adds nothing', async () => {
      const result = await basket.add(line('soldOut'))
      expect(result).toMatchObject({ outcome: 'rejected', cart: { quantity: 0 } })
      if (can('reasons')) expect(result).toMatchObject({ reason: 'sold-out' })
      expect(await store.pieces()).toBe(0)
      expect(busy.at(-1)).toEqual([])
    })

    it('says how many were added where the store has fewer, or that none were', async () => {
      if (!can('partial')) {
        const result = await basket.add(line('few', 3))
        expect(result).toMatchObject({ outcome: 'rejected', cart: { quantity: 0 } })
        if (can('reasons')) expect(result).toMatchObject({ reason: 'limit-reached' })
        expect(await store.pieces()).toBe(0)
        return
      }
      expect(await basket.add(line('few', 3))).toMatchObject({ outcome: 'partial', quantity: 2, cart: { quantity: 2 } })
      expect(await store.pieces()).toBe(2)
    })

    it('says limit reached where the cart holds all there is', async () => {
      await basket.add(line('few', 2))
      const result = await basket.add(line('few'))
      expect(result).toMatchObject({ outcome: 'rejected' })
      if (can('reasons')) expect(result).toMatchObject({ reason: 'limit-reached' })
      expect(await store.pieces()).toBe(2)
    })

    it.for([1, 2])('adds %s to a cart that was emptied elsewhere, once, and says so', async (quantity) => {
      await basket.refresh()
      await basket.add(line('plenty'))
      await store.empty()
      const result = await basket.add(line('plenty', quantity))
      expect([result.outcome, await store.pieces()]).toEqual(['added', quantity])
    })

    it('tells only what is confirmed where the store cuts an add in silence, beside pieces already there', async () => {
      if (!can('most')) return
      must(store.most)(3)
      expect(await basket.add(line('plenty', 2))).toMatchObject({ outcome: 'added', quantity: 2 })
      expect(await basket.add(line('plenty', 2))).toMatchObject({
        outcome: 'partial',
        quantity: 1,
        cart: { quantity: 3 },
      })
      expect(await basket.add(line('plenty'))).toMatchObject({ outcome: 'rejected', cart: { quantity: 3 } })
      expect(await store.pieces()).toBe(3)
    })

    it('tells only what is confirmed of the first add on a page, beside pieces of an earlier one', async () => {
      if (!can('most')) return
      await basket.add(line('plenty', 2))
      must(store.most)(2)
      const next = createBasket({ ...options(), onChange: () => {}, onBusy: () => {} })
      expect(await next.add(line('plenty'))).toMatchObject({ outcome: 'rejected', cart: { quantity: 2 } })
      expect(await store.pieces()).toBe(2)
    })

    it('says not found for what the store does not know', async () => {
      const result = await basket.add(line('unknown'))
      expect(result).toMatchObject({ outcome: 'rejected' })
      if (can('reasons')) expect(result).toMatchObject({ reason: 'not-found' })
    })

    it('changes a quantity and removes a line', async () => {
      if (!basket.can.changeCart) return
      await basket.add(line('plenty'))
      const id = seen.at(-1)?.items[0]?.id ?? ''
      expect(await basket.update(id, 3)).toMatchObject({ outcome: 'added', quantity: 3 })
      expect(await store.pieces()).toBe(3)
      expect(await basket.update(id, 0)).toMatchObject({ outcome: 'added', quantity: 0, cart: { items: [] } })
      expect(await store.pieces()).toBe(0)
    })

    it('shows an emptied cart when a line of it is changed', async () => {
      if (!basket.can.changeCart) return
      await basket.add(line('plenty'))
      const id = seen.at(-1)?.items[0]?.id ?? ''
      await store.empty()
      expect(await basket.update(id, 2)).toMatchObject({ outcome: 'rejected', cart: { quantity: 0 } })
      expect(seen.at(-1)).toMatchObject({ quantity: 0, items: [] })
    })

    it.for(['lost-after', 'cut-short'] as const)('adds once when the answer is %s', async (fault) => {
      if (!can(fault)) return
      store.fault(fault)
      expect(await basket.add(line('plenty'))).toMatchObject({ outcome: 'added', quantity: 1, cart: { quantity: 1 } })
      expect(store.adds()).toBe(1)
      expect(await store.pieces()).toBe(1)
    })

    it.for(['lost-before', 'html', 'server-error'] as const)('calls %s unreachable and adds nothing', async (fault) => {
      if (!can(fault)) return
      store.fault(fault)
      expect(await basket.add(line('plenty'))).toMatchObject({ outcome: 'rejected', reason: 'unreachable' })
      expect(await store.pieces()).toBe(0)
      expect(await basket.add(line('plenty'))).toMatchObject({ outcome: 'added' })
    })

    it('takes an error inside HTTP 200 for a refusal', async () => {
      if (!can('error-in-200')) return
      store.fault('error-in-200')
      expect(await basket.add(line('plenty'))).toMatchObject({ outcome: 'rejected' })
      expect(await store.pieces()).toBe(0)
    })

    it.for(['conflict', 'too-many'] as const)('tries once more after %s', async (fault) => {
      if (!can(fault)) return
      store.fault(fault)
      expect(await basket.add(line('plenty'))).toMatchObject({ outcome: 'added', quantity: 1 })
      expect(store.adds()).toBe(2)
      expect(await store.pieces()).toBe(1)
    })

    it('gives up after the second too-many', async () => {
      if (!can('too-many')) return
      store.fault('too-many', 5)
      expect(await basket.add(line('plenty'))).toMatchObject({ outcome: 'rejected', reason: 'rate-limited' })
      expect(store.adds()).toBe(2)
    })

    it('adds nothing and says so where the store sends to its sign-in page', async () => {
      if (!can('login')) return
      store.fault('login', 5)
      const result = await basket.add(line('plenty'))
      expect(result).toMatchObject({ outcome: 'rejected', reason: expect.stringMatching(/signed-out|refused/) })
      expect(await store.pieces()).toBe(0)
    })

    it('answers, and tells nobody, when the widget is removed during an add', async () => {
      const told = seen.length
      const result = basket.add(line('plenty'))
      end.abort()
      expect(await result).toMatchObject({ outcome: 'rejected', reason: 'unreachable' })
      expect(seen.length).toBe(told)
    })

    it('brings the store’s price and stock, and leaves out what is not sold here', async () => {
      if (!store.bridge.products) return
      const found = await basket.products(store.products)
      expect(found?.map(({ id }) => id)).not.toContain(store.lines.unknown.productId)
      const product = found?.find(({ id }) => id === store.lines.plenty.productId)
      expect((product?.price ?? product?.variants?.[0]?.price)?.amount).toBeGreaterThan(0)
      if (!can('stock')) return
      expect(found?.find(({ id }) => id === store.lines.soldOut.productId)?.available).toBe(false)
    })

    it('hides a price that is none, and closes what costs it', async () => {
      if (!store.bridge.products || !can('odd-price')) return
      must(store.oddPrice)()
      const found = await basket.products(store.products)
      const odd = found?.find(({ id }) => id === store.lines.plenty.productId)
      expect([odd?.price, ...(odd?.variants ?? []).map(({ price }) => price)].filter(Boolean)).toEqual([])
      expect(odd?.available ?? false).toBe(false)
      const other = found?.find(({ id }) => id === store.lines.few.productId)
      expect((other?.price ?? other?.variants?.[0]?.price)?.amount).toBeGreaterThan(0)
    })

    it('tells the store’s price where it is not the price seen', async () => {
      const seenPrice = { amount: 1, currency: 'EUR' }
      const result = await basket.add({ ...line('plenty'), seenPrice })
      expect(result).toMatchObject({ outcome: 'added', priceNow: { currency: 'EUR' } })
    })

    it('applies a code, and says no to one that does not count', async () => {
      if (!basket.can.voucher || !store.voucher) return
      await basket.add(line('plenty'))
      const full = seen.at(-1)?.total.amount ?? 0
      expect(await basket.applyVoucher(store.voucher)).toMatchObject({ outcome: 'added' })
      expect(seen.at(-1)?.total.amount).toBeLessThan(full)
      const codes = seen.at(-1)?.codes?.map((code) => code.toLowerCase())
      expect(codes).toEqual(store.tellsCodes && [store.voucher.toLowerCase()])
      expect(await basket.applyVoucher('NO-SUCH-CODE')).toMatchObject({ outcome: 'rejected', reason: 'refused' })
    })
  })
}
