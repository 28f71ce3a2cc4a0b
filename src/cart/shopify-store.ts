import { toJson } from '../lib/to-json.ts'
import type { Cart, CartContext, CartItem, CartRefusal } from '../model/cart.ts'
import type { ProductInput } from '../model/product.ts'
import { type ShopifyCart, type ShopifyProduct, toCart } from './shopify-shapes.ts'

/** What the store said: a body, or a refusal as a value. */
export type Answer<T> =
  | { readonly body: T; readonly reason?: undefined }
  | { readonly body?: undefined; readonly reason: CartRefusal; readonly message?: string; readonly retryAfter?: number }

/** One store, as this widget knows it. */
export interface ShopifyStore {
  /** Absolute address of the locale's root, ending in a slash. */
  readonly base: string
  /** The show's ids by the store's variant id. */
  readonly known: Map<number, Pick<CartItem, 'productId' | 'variantId'>>
  /** True while an action of the theme works for us: what the theme tells meanwhile is no news. */
  acting: boolean
  last: readonly [ShopifyCart, Cart] | undefined
}

/** Statuses that need no body; it is often a page of HTML. 409: two changes of one cart at a time. */
const REASONS: Readonly<Record<number, CartRefusal>> = {
  401: 'signed-out',
  404: 'not-found',
  409: 'rate-limited',
  429: 'rate-limited',
}

/**
 * One call of the Ajax API; with a body it is a POST.
 * @throws for anything that is neither an answer nor a refusal: a dead network, HTML, a body cut short, a 5xx
 */
export async function send<T>(
  { base }: ShopifyStore,
  path: string,
  { fetch, signal }: CartContext,
  body?: object,
): Promise<Answer<T>> {
  const headers = { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) }
  const write = body && { method: 'POST', body: toJson(body) }
  const response = await fetch(base + path, { signal, headers, credentials: 'same-origin', ...write })
  const reason = REASONS[response.status]
  const retryAfter = Number(response.headers.get('retry-after') || 1)
  if (reason) return { reason, ...(retryAfter >= 0 && { retryAfter }) }
  // A store behind a password, or a session that ended, sends to a page.
  if (response.redirected && /html/.test(response.headers.get('content-type') ?? '')) return { reason: 'signed-out' }
  const answer = await response.json()
  const status = response.ok ? Number(answer.status) || 200 : response.status
  if (status >= 500) throw new Error(`${path}: ${status}`)
  if (status < 400) return { body: answer }
  return { reason: REASONS[status] ?? 'refused', message: `${answer.description ?? answer.message ?? ''}` }
}

/** @throws for a refusal, where only an answer will do */
export function bodyOf<T>(answer: Answer<T>): T {
  if (answer.reason) throw new Error(`the store refused: ${answer.reason}`)
  return answer.body
}

/** The store's cart as it sends it. */
export const readRaw = async (store: ShopifyStore, context: CartContext): Promise<ShopifyCart> =>
  bodyOf(await send<ShopifyCart>(store, 'cart.js', context))

/** Our cart of the store's, remembered for the theme. */
export function keep(store: ShopifyStore, raw: ShopifyCart): Cart {
  const cart = toCart(raw, store.known, `${store.base}checkout`, store.base)
  store.last = [raw, cart]
  return cart
}

/** A product by its handle, else by its page's address; without either it is not found. */
export async function findProduct(
  store: ShopifyStore,
  { ref, url }: Pick<ProductInput, 'ref' | 'url'>,
  context: CartContext,
): Promise<Answer<ShopifyProduct>> {
  const handle = ref?.handle ? encodeURIComponent(ref.handle) : /\/products\/([^/?#]+)/.exec(url ?? '')?.[1]
  return handle ? send(store, `products/${handle}.js`, context) : { reason: 'not-found' }
}
