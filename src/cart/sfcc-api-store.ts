import type { Cart, CartContext } from '../model/cart.ts'
import type { KnownIds } from './join-product.ts'
import type { KeptOptions, KeptValue } from './kept-value.ts'
import type { MarkNames } from './marks-of.ts'
import { type ApiBasket, type ApiProduct, toCart } from './sfcc-api-shapes.ts'
import { askStore, bodyOf, type StoreAnswer, type StoreRequest } from './store-json.ts'
import { NO_CURRENCY } from './store-money.ts'
import { showCount } from './tell-theme.ts'

/** Where the API is and whose basket is the viewer's. `partnerField` and `hostField` are custom attributes of a basket item, such as `c_partner`. */
export interface SfccApiOptions extends MarkNames {
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

/** One organization's site, as this widget knows it. */
export interface SfccApiStore {
  readonly options: SfccApiOptions
  readonly known: KnownIds
  readonly basket: KeptValue
  last: Cart | undefined
  /** The basket that the storefront names has ended. */
  isGone: boolean
}

/** One call; an expired token is replaced once, since nothing was done. */
export async function ask<T>(
  { options }: SfccApiStore,
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

/** Where baskets are made. */
export const BASKETS = 'checkout/shopper-baskets|baskets'

/** The basket, or a part of it. */
export async function askBasket(
  store: SfccApiStore,
  path: string,
  more: { context: CartContext; request?: StoreRequest },
): Promise<StoreAnswer<ApiBasket>> {
  return ask(store, `${BASKETS}/${await store.basket.get()}${path}`, more)
}

/** Our cart of the store's, remembered for the page's badges. */
export function keep(store: SfccApiStore, raw: ApiBasket): Cart {
  store.isGone = false
  store.basket.learn(raw.basketId)
  store.last = toCart(raw, store.known, store.options.checkoutUrl ?? '/checkout')
  showCount(store.last.quantity, store.options.badge)
  return store.last
}

/** No basket, or one that is gone, is an empty cart: none is made before the viewer acts. */
export async function readCart(store: SfccApiStore, context: CartContext): Promise<Cart> {
  const id = await store.basket.get()
  const answer = id ? await askBasket(store, '', { context }) : undefined
  if (answer && answer.reason !== 'not-found') return keep(store, bodyOf(answer))
  store.isGone = !!id
  store.basket.learn(undefined)
  const currency = store.options.currency ?? context.currency ?? NO_CURRENCY
  store.last = { items: [], quantity: 0, total: { amount: 0, currency } }
  return store.last
}

/** Products by their ids, with commas between; none where the store has none of them. */
export async function productsBy(
  store: SfccApiStore,
  ids: string,
  context: CartContext,
): Promise<readonly ApiProduct[]> {
  const query = { ids, expand: 'availability,images,prices,variations' }
  const answer = await ask<{ data?: readonly ApiProduct[] }>(store, 'product/shopper-products|products', {
    context,
    query,
  })
  return answer.reason === 'not-found' ? [] : (bodyOf(answer).data ?? [])
}
