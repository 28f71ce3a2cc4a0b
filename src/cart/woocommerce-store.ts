import { pageGlobal } from '../lib/page-global.ts'
import type { Cart, CartContext, CartRefusal } from '../model/cart.ts'
import type { KnownIds } from './join-product.ts'
import { askStore, bodyOf, type StoreAnswer, type StoreRequest } from './store-json.ts'
import { leaveFor } from './tell-theme.ts'
import { toCart, type WooCart } from './woocommerce-shapes.ts'

/** Where the shop is, where its pages do not say. */
export interface WoocommerceOptions {
  /** Root of WordPress's REST API. Absent: the page's own `<link rel="https://api.w.org/">`, else by its scripts, else `/wp-json/`. */
  readonly api?: string | undefined
  /** Absent: as the page's blocks tell, else `/checkout/`. */
  readonly checkoutUrl?: string | undefined
  /**
   * Namespace of the shop's own Store API extension that keeps partner and host with the cart (`woocommerce_store_api_register_update_callback`);
   * it is given `{ castcart_partner, castcart_host }`. Absent: not told, since the Store API has no field for them.
   */
  readonly extension?: string | undefined
  /** Selector of what shows the number of pieces. Absent: `[data-castcart-count]`. */
  readonly badge?: string | undefined
  /** Goes to the checkout. Absent: in this tab. */
  readonly navigate?: ((url: string) => void) | undefined
}

/** One shop, as this widget knows it. */
export interface WooStore {
  readonly options: WoocommerceOptions
  readonly api: string
  readonly checkoutUrl: string
  readonly navigate: (url: string) => void
  readonly known: KnownIds
  /** Good for a day or so, and stale from the start on a cached page; every answer brings the next. */
  nonce: string | undefined
  /** True while we tell the theme: what it tells meanwhile is no news. */
  telling: boolean
  last?: readonly [WooCart, Cart]
}

/** What WooCommerce puts on pages that have blocks. */
interface Settings {
  readonly storePages?: { readonly checkout?: { readonly permalink?: unknown } }
}

/** The shop that a page belongs to. */
export function openStore(options: WoocommerceOptions): WooStore {
  const { location, document } = globalThis
  const link = document?.querySelector('link[rel="https://api.w.org/"]')?.getAttribute('href')
  const here = document?.baseURI ?? location?.href
  const told = pageGlobal<Settings>('wcSettings')?.storePages?.checkout?.permalink
  const nonce = pageGlobal<{ storeApiNonce?: unknown }>('wcBlocksMiddlewareConfig')?.storeApiNonce
  const home = pageGlobal<{ wc_ajax_url?: unknown }>('woocommerce_params')?.wc_ajax_url
  // Plugins that hide the link leave what the shop's own scripts need; this address of the API holds with every kind of permalinks.
  const hidden = typeof home === 'string' ? `${home.split('?')[0]}?rest_route=/` : '/wp-json/'
  const api = new URL(options.api ?? link ?? hidden, here).href
  const checkout = options.checkoutUrl ?? (typeof told === 'string' ? told : `${homeOf(api)}checkout/`)
  return {
    options,
    api,
    checkoutUrl: new URL(checkout, here ?? api).href,
    navigate: options.navigate ?? leaveFor,
    known: new Map(),
    nonce: typeof nonce === 'string' && nonce ? nonce : undefined,
    telling: false,
  }
}

/** The front page of the shop whose API this is. */
const homeOf = (api: string): string => api.replace(/(wp-json\/?|index\.php|\?.*)+$/, '')

/** An address of the Store API, with pretty permalinks (`/wp-json/…`) or plain ones (`?rest_route=/…`). */
export function addressOf(api: string, path: string, query: Readonly<Record<string, string>> = {}): string {
  const url = new URL(api)
  const route = `wc/store/v1/${path}`
  if (url.searchParams.has('rest_route')) url.searchParams.set('rest_route', `/${route}`)
  else url.pathname = `${url.pathname.replace(/\/$/, '')}/${route}`
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}

/** By the API's own codes; the HTTP status says less (a line that is gone is 409). */
const REASONS: Readonly<Record<string, CartRefusal>> = {
  woocommerce_rest_product_out_of_stock: 'sold-out',
  woocommerce_rest_product_partially_out_of_stock: 'limit-reached',
  woocommerce_rest_product_too_many_in_cart: 'limit-reached',
  woocommerce_rest_product_invalid_quantity: 'limit-reached',
  invalid_quantity: 'limit-reached',
  woocommerce_rest_cart_invalid_key: 'not-found',
  woocommerce_rest_cart_invalid_product: 'not-found',
  woocommerce_rest_cart_invalid_parent_product: 'not-found',
  woocommerce_rest_product_not_purchasable: 'refused',
  woocommerce_rest_variation_id_from_variation_data: 'needs-variant',
  woocommerce_rest_missing_variation_data: 'needs-variant',
  woocommerce_rest_invalid_variation_data: 'needs-variant',
  rest_not_logged_in: 'signed-out',
}
const STALE = /^woocommerce_rest_(missing|invalid)_nonce$/

/** One call of the Store API. A stale nonce is forgotten, and the refusal says that the same call may be made again. */
export async function send<T>(
  store: WooStore,
  path: string,
  context: CartContext,
  { query, ...request }: StoreRequest & { readonly query?: Readonly<Record<string, string>> } = {},
): Promise<StoreAnswer<T>> {
  const url = addressOf(store.api, path, query)
  const headers = request.json && store.nonce ? { Nonce: store.nonce } : {}
  const answer = await askStore<T>(url, context, { ...request, headers })
  store.nonce = answer.headers.get('nonce') || store.nonce
  if (!answer.reason) return answer
  const { code } = (answer.body ?? {}) as { code?: string }
  if (code === undefined) return answer
  if (STALE.test(code)) {
    // The refusal itself brings no fresh one.
    store.nonce = undefined
    return { ...answer, reason: 'signed-out', retryAfter: 0 }
  }
  return {
    ...answer,
    reason: REASONS[code] ?? (answer.status === 429 ? 'rate-limited' : 'refused'),
    retryAfter: undefined,
  }
}

/** Our cart of the shop's, remembered for the theme. */
export function keep(store: WooStore, raw: WooCart): Cart {
  const cart = toCart(raw, store.known, store.checkoutUrl)
  store.last = [raw, cart]
  return cart
}

/** The shop's cart as it sends it. */
export const readRaw = async (store: WooStore, context: CartContext): Promise<WooCart> =>
  bodyOf(await send<WooCart>(store, 'cart', context))
