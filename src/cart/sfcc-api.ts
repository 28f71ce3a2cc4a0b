import type { Cart, CartBridge, CartContext, CartLine, CartRefusal, CartResult } from '../model/cart.ts'
import { CastcartError } from '../model/error.ts'
import type { ProductInput } from '../model/product.ts'
import { askCatalogue } from './ask-catalogue.ts'
import { byGain, bySet, learnLine, piecesOf } from './by-gain.ts'
import type { KnownIds } from './join-product.ts'
import { type KeptOptions, type KeptValue, keptValue } from './kept-value.ts'
import { needSetting } from './need-setting.ts'
import { type ApiBasket, type ApiProduct, toCart, toStoreProduct } from './sfcc-api-shapes.ts'
import { askStore, bodyOf, rejected, type StoreAnswer, type StoreRequest } from './store-json.ts'
import { NO_CURRENCY } from './store-money.ts'
import { leaveFor, showCount } from './tell-theme.ts'

/** Where the API is and whose basket is the viewer's. */
export interface SfccApiOptions {
  /** `https://<short code>.api.commercecloud.salesforce.com`, or the storefront's own proxy of it. */
  readonly url: string
  readonly organizationId: string
  readonly siteId: string
  /** The storefront's own access token of the shopper (SLAS). `isExpired`: the last one was refused, get a fresh one. */
  readonly getToken: (isExpired: boolean) => string | Promise<string>
  /** `localStorage` key of the storefront's basket id. Absent: one of our own in `sessionStorage`, and two baskets. */
  readonly basketKey?: string | undefined
  /** Where the id is elsewhere. */
  readonly getBasketId?: KeptOptions['get']
  readonly setBasketId?: KeptOptions['set']
  /** ISO 4217 and BCP 47, where the site has several. */
  readonly currency?: string | undefined
  readonly locale?: string | undefined
  /** The storefront's checkout. Absent: `/checkout`. */
  readonly checkoutUrl?: string | undefined
  /** Selector of what shows the number of pieces. Absent: `[data-castcart-count]`. */
  readonly badge?: string | undefined
  /** Goes to the checkout. Absent: in this tab. */
  readonly navigate?: ((url: string) => void) | undefined
}

interface Store {
  readonly options: SfccApiOptions
  readonly known: KnownIds
  readonly basket: KeptValue
  last: Cart | undefined
  /** The basket that the storefront names has ended. */
  isGone: boolean
}

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
  const store: Store = {
    options,
    known: new Map(),
    basket: keptValue('castcart:sfcc-basket', { key, get, set }),
    last: undefined,
    isGone: false,
  }
  return {
    name: 'sfcc-api',
    read: (context) => readCart(store, context),
    products: (list, context) => askCatalogue(list, store.known, (wanted) => find(store, wanted, context)),
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

/** One call; an expired token is replaced once, since nothing was done. */
async function ask<T>(
  { options }: Store,
  path: string,
  { context, request, query }: { context: CartContext; request?: StoreRequest; query?: Record<string, string> },
): Promise<StoreAnswer<T>> {
  const { url, organizationId, siteId, currency, locale } = options
  const [family = '', ...rest] = path.split('|')
  const search = new URLSearchParams({ siteId, ...(currency && { currency }), ...(locale && { locale }), ...query })
  const address = `${url.replace(/\/$/, '')}/${family}/v1/organizations/${organizationId}/${rest.join('')}?${search}`
  const send = async (isExpired: boolean) =>
    askStore<T>(address, context, {
      ...request,
      headers: { authorization: `Bearer ${await options.getToken(isExpired)}` },
      credentials: 'omit',
    })
  const answer = await send(false)
  return answer.reason === 'signed-out' && answer.status === 401 ? send(true) : answer
}

const BASKETS = 'checkout/shopper-baskets|baskets'

/** The basket, or a part of it. */
async function askBasket(
  store: Store,
  path: string,
  more: { context: CartContext; request?: StoreRequest },
): Promise<StoreAnswer<ApiBasket>> {
  return ask(store, `${BASKETS}/${await store.basket.get()}${path}`, more)
}

function keep(store: Store, raw: ApiBasket): Cart {
  store.isGone = false
  store.basket.learn(raw.basketId)
  store.last = toCart(raw, store.known, store.options.checkoutUrl ?? '/checkout')
  showCount(store.last.quantity, store.options.badge)
  return store.last
}

/** No basket, or one that is gone, is an empty cart: none is made before the viewer acts. */
async function readCart(store: Store, context: CartContext): Promise<Cart> {
  const id = await store.basket.get()
  const answer = id ? await askBasket(store, '', { context }) : undefined
  if (answer && answer.reason !== 'not-found') return keep(store, bodyOf(answer))
  store.isGone = !!id
  store.basket.learn(undefined)
  const currency = store.options.currency ?? context.currency ?? NO_CURRENCY
  store.last = { items: [], quantity: 0, total: { amount: 0, currency } }
  return store.last
}

const pidOf = ({ ref }: { ref?: CartLine['ref'] | undefined }) => ref?.platformId ?? ref?.sku

async function addLine(store: Store, line: CartLine, context: CartContext): Promise<CartResult> {
  const productId = pidOf(line)
  if (!productId) return { outcome: 'rejected', reason: 'not-found' }
  learnLine(store.known, productId, line)
  const before = store.last ?? (await readCart(store, context))
  if (!(await store.basket.get())) {
    const made = await ask<ApiBasket>(store, BASKETS, { context, request: { json: {} } })
    if (made.reason) return rejected(made)
    store.basket.learn(made.body.basketId)
  }
  const request = { json: [{ productId, quantity: line.quantity }] }
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
  store: Store,
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
  store: Store,
  answer: Exclude<StoreAnswer<ApiBasket>, { reason?: undefined }>,
  { context, lineId }: { context: CartContext; lineId: string },
): Promise<CartResult> {
  if (answer.reason === 'rate-limited') return rejected(answer)
  const cart = await readCart(store, context)
  const isThere = cart.items.some(({ id }) => id === lineId)
  return { ...rejected(answer), reason: isThere ? 'limit-reached' : 'not-found', cart }
}

async function addCode(store: Store, code: string, context: CartContext): Promise<CartResult> {
  const answer = await askBasket(store, '/coupons', { context, request: { json: { code, valid: true } } })
  if (answer.reason)
    return { ...rejected(answer), reason: answer.reason === 'rate-limited' ? answer.reason : 'refused' }
  const cart = keep(store, answer.body)
  const counts = answer.body.couponItems?.some(
    (one) => one.code.toLowerCase() === code.toLowerCase() && one.statusCode === 'applied',
  )
  return counts ? { outcome: 'added', cart, quantity: 0 } : { outcome: 'rejected', reason: 'refused', cart }
}

async function productsBy(store: Store, ids: string, context: CartContext): Promise<readonly ApiProduct[]> {
  const query = { ids, expand: 'availability,images,prices,variations' }
  const answer = await ask<{ data?: readonly ApiProduct[] }>(store, 'product/shopper-products|products', {
    context,
    query,
  })
  return answer.reason === 'not-found' ? [] : (bodyOf(answer).data ?? [])
}

async function find(store: Store, wanted: ProductInput, context: CartContext) {
  const id = pidOf(wanted)
  const [found] = id ? await productsBy(store, id, context) : []
  return found && toStoreProduct(found, store.options.currency ?? context.currency ?? NO_CURRENCY)
}
