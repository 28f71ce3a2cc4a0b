import type { Cart, CartBridge, CartContext, CartLine, CartRefusal, CartResult } from '../model/cart.ts'
import { CastcartError } from '../model/error.ts'
import type { ProductInput } from '../model/product.ts'
import { askCatalogue } from './ask-catalogue.ts'
import { byGain, bySet, learnLine, piecesOf } from './by-gain.ts'
import { keptValue } from './kept-value.ts'
import { marksOf } from './marks-of.ts'
import { needSetting } from './need-setting.ts'
import { type ApiBasket, toStoreProduct } from './sfcc-api-shapes.ts'
import {
  ask,
  askBasket,
  BASKETS,
  keep,
  productsBy,
  readCart,
  type SfccApiOptions,
  type SfccApiStore,
} from './sfcc-api-store.ts'
import { rejected, type StoreAnswer, type StoreRequest } from './store-json.ts'
import { NO_CURRENCY } from './store-money.ts'
import { leaveFor, showCount } from './tell-theme.ts'

export type { SfccApiOptions } from './sfcc-api-store.ts'

/**
 * The bridge of a headless Salesforce Commerce Cloud storefront: the Shopper Baskets and Shopper Products APIs
 * (developer.salesforce.com/docs/commerce/commerce-api). Token and basket are the storefront's. A `platformId` is a product id.
 * @throws CastcartError `bad-options` without address, organization, site or a way to a token
 */
export function sfccApi(options: SfccApiOptions): CartBridge {
  for (const name of ['url', 'organizationId', 'siteId'] as const) needSetting(options?.[name], 'sfcc-api', name)
  if (typeof options.getToken !== 'function')
    throw new CastcartError('bad-options', 'cart: sfcc-api needs "getToken", a function of the page')
  const { basketKey: key, getBasketId: get, setBasketId: set } = options
  const store: SfccApiStore = {
    options,
    known: new Map(),
    basket: keptValue('castcart:sfcc-basket', { key, get, set }),
    last: undefined,
    isGone: false,
  }
  return {
    name: 'sfcc-api',
    counts: true,
    read: (context) => readCart(store, context),
    products: (list, context) =>
      askCatalogue(list, { known: store.known, context }, (wanted, own) => find(store, wanted, own)),
    add: (line, context) => addLine(store, line, context),
    async update(lineId, quantity, context) {
      const before = store.last
      const request: StoreRequest = quantity ? { method: 'PATCH', json: { quantity } } : { method: 'DELETE' }
      const answer = await askBasket(store, `/items/${encodeURIComponent(lineId)}`, { context, request })
      if (answer.reason) return whyNotSet(store, answer, { context, lineId })
      return bySet(lineId, quantity, { before, after: keep(store, answer.body) })
    },
    applyVoucher: (code, context) => addCode(store, code, context),
    checkout: (cart) => (options.navigate ?? leaveFor)(cart.checkoutUrl ?? '/checkout'),
    watch: (onChange) => store.basket.watch(() => onChange(null)),
    reveal: () => store.last && showCount(store.last.quantity, options.badge),
  }
}

const pidOf = ({ ref }: { ref?: CartLine['ref'] | undefined }) => ref?.platformId ?? ref?.sku

async function addLine(store: SfccApiStore, line: CartLine, context: CartContext): Promise<CartResult> {
  const productId = pidOf(line)
  if (!productId) return { outcome: 'rejected', reason: 'not-found' }
  learnLine(store.known, productId, line)
  const before = await readCart(store, context)
  // The storefront must not go on with a basket that has ended.
  if (store.isGone) await store.basket.keep()
  if (!(await store.basket.get())) {
    const made = await ask<ApiBasket>(store, BASKETS, { context, request: { json: {} } })
    if (made.reason) return rejected(made)
    store.basket.learn(made.body.basketId)
  }
  const request = { json: [{ productId, quantity: line.quantity, ...marksOf(line, store.options) }] }
  const answer = await askBasket(store, '/items', { context, request })
  await store.basket.keep()
  if (!answer.reason) return byGain({ before, after: keep(store, answer.body), line }, async () => 'refused')
  if (answer.reason === 'rate-limited') return rejected(answer)
  const cart = await readCart(store, context)
  if (store.isGone) {
    // The basket has ended, not the product: the same wish gets a new one.
    await store.basket.keep()
    return { outcome: 'rejected', reason: 'refused', retryAfter: 0, cart }
  }
  const reason = await whyNot(store, line, { context, cart })
  return { ...rejected(answer), reason, cart }
}

async function whyNot(
  store: SfccApiStore,
  line: CartLine,
  { context, cart }: { context: CartContext; cart: Cart },
): Promise<CartRefusal> {
  const [found] = await productsBy(store, pidOf(line) ?? '', context)
  if (!found) return 'not-found'
  if (found.type?.master || found.type?.variationGroup) return 'needs-variant'
  if (piecesOf(cart, line) > 0) return 'limit-reached'
  if (found.inventory?.orderable === false) return 'sold-out'
  return (found.inventory?.ats ?? Number.POSITIVE_INFINITY) < line.quantity ? 'limit-reached' : 'refused'
}

async function whyNotSet(
  store: SfccApiStore,
  answer: Exclude<StoreAnswer<ApiBasket>, { reason?: undefined }>,
  { context, lineId }: { context: CartContext; lineId: string },
): Promise<CartResult> {
  if (answer.reason === 'rate-limited') return rejected(answer)
  const cart = await readCart(store, context)
  const isThere = cart.items.some(({ id }) => id === lineId)
  return { ...rejected(answer), reason: isThere ? 'limit-reached' : 'not-found', cart }
}

async function addCode(store: SfccApiStore, code: string, context: CartContext): Promise<CartResult> {
  const answer = await askBasket(store, '/coupons', { context, request: { json: { code, valid: true } } })
  if (answer.reason)
    return { ...rejected(answer), reason: answer.reason === 'rate-limited' ? answer.reason : 'refused' }
  const cart = keep(store, answer.body)
  const counts = answer.body.couponItems?.some(
    (one) => one.code.toLowerCase() === code.toLowerCase() && one.statusCode === 'applied',
  )
  return counts ? { outcome: 'added', cart, quantity: 0 } : { outcome: 'rejected', reason: 'refused', cart }
}

async function find(store: SfccApiStore, wanted: ProductInput, context: CartContext) {
  const id = pidOf(wanted)
  const [found] = id ? await productsBy(store, id, context) : []
  return found && toStoreProduct(found, store.options.currency ?? context.currency ?? NO_CURRENCY)
}
