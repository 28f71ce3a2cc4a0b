import { createBasket } from '../cart/basket.ts'
import { backoff } from '../lib/backoff.ts'
import { sleep } from '../lib/sleep.ts'
import { toJson } from '../lib/to-json.ts'
import type { Cart, CartBridge, CartItem, CartLine, CartResult } from '../model/cart.ts'
import type { Money } from '../model/money.ts'
import type { ProductInput } from '../model/product.ts'
import type { Notice, Stores } from '../state/create-state.ts'
import type { Catalogue, ProductView } from '../state/product-view.ts'
import type { VoucherTaken } from './check-voucher.ts'
import { hasCode } from './has-code.ts'

/** A store that did not answer for its products is asked again after this and a pause that doubles, ms. */
const AGAIN = 5000
const LONGEST_PAUSE = 300_000

/** What the widget's shop works with. */
export interface ShopOptions {
  readonly stores: Stores
  /** The bridge, loaded when the show opens. */
  readonly bridge: CartBridge
  readonly locale: string
  readonly partner: string | undefined
  /** Id of the show's host. */
  readonly hostId: string | undefined
  readonly url: (address: string | undefined) => string | null
  readonly signal: AbortSignal
  /** The catalogue is known anew. */
  readonly onCatalogue: (catalogue: Catalogue) => void
  /** The store's cart is another than it was. */
  readonly onCart: (cart: Cart) => void
  /** The store took a code that did not count before, and its cart can tell what it does. */
  readonly onVoucher: (taken: VoucherTaken) => void
  readonly onResult: (line: CartLine, result: CartResult) => void
  /** So many pieces of a line are no longer in the cart, as the store confirmed. */
  readonly onRemoved: (item: CartItem, quantity: number) => void
  readonly onError: (cause: unknown) => void
}

/** The store behind the show: its catalogue and its cart. Nothing rejects. */
export interface Shop {
  add(productId: string, variantId?: string, quantity?: number): Promise<CartResult>
  setQuantity(lineId: string, quantity: number): Promise<CartResult>
  applyVoucher(code: string): Promise<CartResult>
  checkout(): Promise<boolean>
  /** Asks the store again for these products. */
  ask(products: readonly ProductInput[]): void
}

/** Opens the cart through a bridge and mirrors it in the stores. */
export function openShop(options: ShopOptions): Shop {
  const { stores, bridge, signal } = options
  /** What each cart took the place of. */
  const former = new WeakMap<Cart, Cart>()
  const basket = createBasket({
    bridge,
    context: { fetch: fetch.bind(globalThis), locale: options.locale },
    signal,
    onChange(cart: Cart | null) {
      const before = stores.$cart.get()
      if (cart && before) former.set(cart, before)
      stores.$cart.set(cart)
      if (cart) keepApplied(stores, cart)
      if (cart && before && toJson(cart) !== toJson(before)) options.onCart(cart)
    },
    onBusy: (keys) => stores.$cartBusy.set(keys),
    onError: options.onError,
  })
  const { can } = basket
  stores.$can.set({ ...stores.$can.get(), ...can })
  let asked = 0
  const told = new WeakSet<CartResult>()
  /** Several clicks of one intent have one result: it is told once. */
  const isNews = (result: CartResult) => !signal.aborted && !told.has(result) && !!told.add(result)
  const truth = new Map<string, ProductInput | 'pending'>()
  const ask = (products: readonly ProductInput[], attempt = 0): void => {
    const turn = ++asked
    const read = () => can.readCart && !signal.aborted && basket.refresh()
    if (!bridge.products || !products.length) {
      read()
      options.onCatalogue(null)
      return
    }
    const wanted = products.map((product) => ({ ...product, url: options.url(product.url) ?? undefined }))
    const silent = new Set<string>()
    basket
      .products(wanted, (id) => silent.add(id))
      .then((list) => {
        // What the store does not answer for keeps its skeleton, or what was known: no price is better than a wrong one.
        if (turn !== asked || signal.aborted) return
        for (const { id } of list ? products : []) {
          if (!silent.has(id)) truth.delete(id)
          else if (!truth.has(id)) truth.set(id, 'pending')
        }
        for (const product of list ?? []) truth.set(product.id, product)
        if (list) options.onCatalogue(Object.fromEntries(truth))
        const rest = list ? products.filter(({ id }) => silent.has(id)) : products
        const pause = AGAIN + backoff(attempt, Math.random, AGAIN, LONGEST_PAUSE)
        if (rest.length) sleep(pause, signal).then(() => turn === asked && ask(rest, attempt + 1))
        read()
      })
  }
  return {
    async add(productId, variantId, quantity = 1) {
      const view = stores.$products.get().find(({ id }) => id === productId)
      if (!view) return { outcome: 'rejected', reason: 'not-found' }
      const line = lineOf(view, { variantId, quantity, options })
      const result = await basket.add(line)
      if (isNews(result)) {
        stores.$notice.set(noticeOf(line, result))
        options.onResult(line, result)
      }
      return result
    },
    async setQuantity(lineId, quantity) {
      const find = (cart: Cart | undefined) => cart?.items.find(({ id }) => id === lineId)
      const result = await basket.update(lineId, quantity)
      if (!isNews(result)) return result
      const cart = 'cart' in result ? result.cart : undefined
      const before = cart && find(former.get(cart))
      const gone = before ? before.quantity - (find(cart)?.quantity ?? 0) : 0
      if (before && gone > 0) options.onRemoved(before, gone)
      if (result.outcome === 'rejected')
        stores.$notice.set({ kind: 'refused', reason: result.reason, message: result.message })
      return result
    },
    async applyVoucher(code) {
      const before = stores.$cart.get()
      const counted = [...(stores.$mine.get().applied ?? []), ...(before?.codes ?? [])]
      const canJudge = !bridge.hidesDiscounts && !hasCode(counted, code)
      const result = await basket.applyVoucher(code)
      if (before && canJudge && isNews(result) && result.outcome === 'added')
        options.onVoucher({ code, before, after: result.cart })
      return result
    },
    checkout: basket.checkout,
    ask: (products) => ask(products),
  }
}

/** A code counts no more when the cart is empty (it was bought, perhaps on another page), or when the store has dropped it. */
function keepApplied({ $mine }: Stores, { items, codes }: Cart): void {
  const mine = $mine.get()
  const applied = mine.applied?.filter((code) => items.length && (!codes || hasCode(codes, code)))
  if (applied?.length !== mine.applied?.length) $mine.set({ ...mine, applied })
}

function lineOf(
  { id, product, price, pricing }: ProductView,
  { variantId, quantity, options }: { variantId: string | undefined; quantity: number; options: ShopOptions },
): CartLine {
  const variant =
    product.variants?.find((one) => one.id === variantId) ??
    (product.variants?.length === 1 ? product.variants[0] : undefined)
  const seenPrice: Money | undefined = pricing === 'known' ? (variant?.price ?? product.price ?? price) : undefined
  const ref = variant ? { ...product.ref, sku: variant.sku ?? product.ref?.sku, ...variant.ref } : (product.ref ?? {})
  return {
    productId: id,
    variantId: variant?.id,
    ref,
    url: options.url(product.url) ?? undefined,
    quantity,
    seenPrice,
    partner: options.partner,
    host: options.hostId,
  }
}

function noticeOf({ productId, variantId }: CartLine, result: CartResult): Notice {
  if ('priceNow' in result && result.priceNow) {
    const item = result.cart.items.find(
      (one) => one.productId === productId && (!variantId || one.variantId === variantId),
    )
    return { kind: 'price-changed', productId, lineId: item?.id, price: result.priceNow }
  }
  if (result.outcome === 'added') return { kind: 'added', productId, quantity: result.quantity }
  if (result.outcome === 'partial')
    return { kind: 'partial', productId, quantity: result.quantity, reason: result.reason, message: result.message }
  if (result.outcome === 'rejected')
    return { kind: 'refused', productId, reason: result.reason, message: result.message }
  return null
}
