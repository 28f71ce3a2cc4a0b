import { pageGlobal } from '../lib/page-global.ts'
import type { Cart, CartContext, CartLine, CartResult } from '../model/cart.ts'
import {
  type BitrixBasket,
  type BitrixComponent,
  componentIn,
  readProductPage,
  sessionIn,
  toCart,
} from './bitrix-shapes.ts'
import type { KnownIds, StoreProduct } from './join-product.ts'
import { readPage } from './page-product.ts'
import { readPhpObject } from './read-php-object.ts'
import { quietly, showCount } from './tell-theme.ts'

/** Where things are in this shop. */
export interface BitrixOptions {
  /** Absent: the page's origin. */
  readonly root?: string | undefined
  /** The basket page. Absent: `/personal/cart/`. */
  readonly basket?: string | undefined
  /** Where the checkout is. Absent: the basket page, which leads there. */
  readonly order?: string | undefined
  /** A page with a catalogue component, for products whose own page is not known; `#ID#` in it is the product. Absent: `/catalog/`. */
  readonly catalog?: string | undefined
  /** ISO 4217. Absent: what the basket says, else RUB. */
  readonly currency?: string | undefined
  /** Selector of what shows the number of pieces. Absent: `[data-castcart-count]`. */
  readonly badge?: string | undefined
  /** Goes to the checkout. Absent: in this tab. */
  readonly navigate?: ((url: string) => void) | undefined
}

interface Bitrix {
  bitrix_sessid?(): string
  onCustomEvent?(event: string): void
  addCustomEvent?(event: string, heard: () => void): void
  removeCustomEvent?(event: string, heard: () => void): void
}

/** One shop, as this widget knows it. */
export interface BitrixStore {
  readonly options: BitrixOptions
  readonly root: string
  readonly basketUrl: string
  readonly known: KnownIds
  /** Pages of products, by the id that an add takes. */
  readonly pages: Map<string, string>
  component: BitrixComponent | undefined
  session: string
  last: Cart | undefined
  /** True while the event is our own. */
  telling: boolean
}

const CHANGED = 'OnBasketChange'
const AJAX = '/bitrix/components/bitrix/sale.basket.basket/ajax.php'

const page = () => pageGlobal<Bitrix>('BX')
/** Where the checkout is. */
export const orderOf = ({ options, root, basketUrl }: BitrixStore) =>
  options.order ? new URL(options.order, root).href : basketUrl

/** Calls back after every change of the basket but our own. Returns what stops it. */
export function watchBasket(store: BitrixStore, onChange: () => void): () => void {
  const hear = () => store.telling || onChange()
  quietly(() => page()?.addCustomEvent?.(CHANGED, hear))
  return () => void quietly(() => page()?.removeCustomEvent?.(CHANGED, hear))
}

/** The small basket in the header draws itself anew. */
export function tellBitrix(store: BitrixStore): void {
  if (!store.last) return
  showCount(store.last.quantity, store.options.badge)
  store.telling = true
  quietly(() => page()?.onCustomEvent?.(CHANGED))
  store.telling = false
}

function keep(store: BitrixStore, basket: BitrixBasket, context: CartContext): Cart {
  const currency = store.options.currency ?? context.currency ?? 'RUB'
  store.last = toCart(basket, store.known, { currency, root: store.root, url: orderOf(store) })
  return store.last
}

/**
 * The basket out of its page, and with it a fresh token and the component's signature.
 * @throws where another component draws the page
 */
export async function readBasket(store: BitrixStore, context: CartContext): Promise<Cart> {
  const found = await readPage(store.basketUrl, context)
  const component = componentIn(found?.html ?? '')
  if (!component) throw new Error(`${store.basketUrl} is not drawn by sale.basket.basket`)
  store.component = component
  store.session = sessionIn(found?.html ?? '') ?? store.session
  return keep(store, component.result, context)
}

/** Answers are literals of PHP's making; old cores quote them singly. */
export async function postBitrix(
  url: string,
  { fetch, signal }: CartContext,
  fields: Record<string, string>,
): Promise<unknown> {
  const headers = { accept: 'application/json', 'x-requested-with': 'XMLHttpRequest', 'bx-ajax': 'true' }
  const body = new URLSearchParams(fields)
  const response = await fetch(url, { method: 'POST', headers, body, signal, credentials: 'same-origin' })
  const { status } = response
  if (status === 409 || status === 429) {
    const retryAfter = Number(response.headers.get('retry-after') || 1)
    return { refusal: { outcome: 'rejected', reason: 'rate-limited', retryAfter } }
  }
  if (status >= 500) throw new Error(`${url}: ${status}`)
  if (status === 404) return { STATUS: 'ERROR' }
  const text = (await response.text()).trim()
  const isWall = status === 401 || status === 403 || (response.redirected && text.startsWith('<'))
  return isWall ? { refusal: { outcome: 'rejected', reason: 'signed-out' } } : readPhpObject(text)
}

/** The refusal of a shop that puts a change off, or wants a login first. */
export const refusalOf = (answer: unknown): CartResult | undefined =>
  ((answer ?? {}) as { refusal?: CartResult }).refusal

/** The token of the session: the page's own, else the one of the basket page. */
export const sessionOf = (store: BitrixStore) => quietly(() => page()?.bitrix_sessid?.()) || store.session

/** The page whose component adds a line. */
export const pageOf = (store: BitrixStore, line: Pick<CartLine, 'ref' | 'url'>): string =>
  line.url ?? store.pages.get(line.ref.platformId ?? '') ?? store.options.catalog ?? '/catalog/'

/** Products are known by their pages. */
export async function findBitrix(
  store: BitrixStore,
  { ref, url }: Pick<CartLine, 'url'> & { ref?: CartLine['ref'] | undefined },
  context: CartContext,
): Promise<StoreProduct | undefined> {
  const found = url ? await readPage(url, context) : undefined
  const currency = store.options.currency ?? context.currency ?? 'RUB'
  const product = found && readProductPage(found, ref?.platformId ?? '', currency)
  for (const { id } of product?.variants ?? []) if (url) store.pages.set(id, url)
  return product
}

/** A change by the component's own means; a session that ended is answered with nothing, so it is asked once more with a fresh token. */
export async function recalculate(
  store: BitrixStore,
  wish: Record<string, string>,
  context: CartContext,
  isAgain = false,
): Promise<CartResult | { readonly cart: Cart; readonly basket: BitrixBasket }> {
  const { template = '', signedParamsString = '', siteId = '', siteTemplateId = '', ajaxUrl } = store.component ?? {}
  const fields = {
    ...{
      basketAction: 'recalculateAjax',
      via_ajax: 'Y',
      fullRecalculation: 'Y',
      sessid: isAgain ? store.session : sessionOf(store),
    },
    ...{ site_id: siteId, site_template_id: siteTemplateId, template, signedParamsString, ...wish },
  }
  const answer = await postBitrix(new URL(ajaxUrl ?? AJAX, store.root).href, context, fields)
  const refusal = refusalOf(answer)
  if (refusal) return refusal
  const { BASKET_DATA: basket } = (answer ?? {}) as { BASKET_DATA?: BitrixBasket }
  if (!basket) {
    await readBasket(store, context)
    if (!isAgain) return recalculate(store, wish, context, true)
    throw new Error('the basket component does not answer')
  }
  const cart = keep(store, basket, context)
  tellBitrix(store)
  return { cart, basket }
}
