import { readJson } from '../lib/read-json.ts'
import type { Cart, CartContext, CartItem, CartLine } from '../model/cart.ts'
import type { ProductInput } from '../model/product.ts'
import type { KnownIds, StoreProduct } from './join-product.ts'
import { currencyOfSign, type OpenCart, readCartPage, readProductPage } from './opencart-shapes.ts'
import { readPage } from './page-product.ts'
import { tagsIn } from './read-markup.ts'
import { NO_CURRENCY } from './store-money.ts'
import { jQueryOf, quietly, showCount } from './tell-theme.ts'

/** Where the shop is, and what its pages do not say. */
export interface OpencartOptions {
  /** Absent: the page's `<base>`, else its origin. */
  readonly root?: string | undefined
  /** 3 or 4. Absent: 4 where the page's header is one of version 4, else 3. */
  readonly version?: number | undefined
  /** As in the shop's addresses, e.g. `en-gb`; another than the page's would switch the shop. Absent: what the page says. */
  readonly language?: string | undefined
  /** ISO 4217. Absent: the shop's cookie, else by the sign in its prices. */
  readonly currency?: string | undefined
  /** Selector of what shows the number of pieces. Absent: `[data-castcart-count]`. */
  readonly badge?: string | undefined
  /** Goes to the checkout. Absent: in this tab. */
  readonly navigate?: ((url: string) => void) | undefined
}

/** One shop, as this widget knows it. */
export interface OpenStore {
  readonly options: OpencartOptions
  /** Ends in a slash. */
  readonly root: string
  readonly isFour: boolean
  /** By the notation of `platformId`. */
  readonly known: KnownIds
  /** By the row of the cart. */
  readonly rows: Map<string, Pick<CartItem, 'productId' | 'variantId'>>
  currency: string | undefined
  last: readonly [OpenCart, Cart] | undefined
}

/** What a controller answers, with HTTP 200 in every case; nothing at all for a product that it does not know (version 3). */
export interface OpenAnswer {
  readonly success?: string
  /** The header's text of the cart; version 3. */
  readonly total?: string
  readonly error?: string | Readonly<Record<string, unknown>>
}

/** What a shop answered: a change made (or not), or the status that put it off. */
export interface OpenReply {
  readonly body: OpenAnswer
  /** 409 and 429: later. */
  readonly later?: number
}

/** The header of version 4 names where it is drawn from and to. */
const marker = () => globalThis.document?.querySelector<HTMLElement>('[data-oc-load]')

/** Whether the page is one of version 4; without a page it is taken for one. */
export const isVersionFour = (version: number | undefined): boolean =>
  version === undefined
    ? !globalThis.document || !!document.querySelector('[data-oc-load],[data-oc-toggle]')
    : version >= 4

/** Address of a route: `checkout/cart.add` in version 4, `checkout/cart/add` in version 3. */
export function addressOf(store: OpenStore, route: string, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({ route: store.isFour ? route : route.replace('.', '/'), ...more })
  const language = store.isFour ? languageOf(store) : undefined
  if (language) query.set('language', language)
  return `${store.root}index.php?${query}`
}

const languageOf = ({ options, root }: OpenStore): string | undefined =>
  options.language ??
  quietly(() => new URL(marker()?.dataset.ocLoad ?? '', root).searchParams.get('language')) ??
  globalThis.document?.documentElement.lang.toLowerCase() ??
  undefined

/**
 * A change. Version 3 answers some with a page after a redirect, which is success without a body.
 * @throws for breakage: a dead network, HTML where JSON should be, a body cut short, a 5xx
 */
export async function sendOpen(
  store: OpenStore,
  route: string,
  { context, fields }: { context: CartContext; fields: Record<string, string> },
): Promise<OpenReply> {
  const { fetch, signal } = context
  const body = new URLSearchParams(fields)
  const headers = { accept: 'application/json', 'x-requested-with': 'XMLHttpRequest' }
  const url = addressOf(store, route)
  const response = await fetch(url, { method: 'POST', body, headers, signal, credentials: 'same-origin' })
  if (response.status === 409 || response.status === 429)
    return { body: {}, later: Number(response.headers.get('retry-after') || 1) }
  if (!response.ok) throw new Error(`${route}: ${response.status}`)
  if (response.redirected) return { body: { success: '' } }
  const answer = readJson(await response.text())
  if (typeof answer !== 'object' || answer === null) throw new Error(`${route}: no JSON`)
  return { body: answer }
}

/**
 * The cart out of its page.
 * @throws where it cannot be read
 */
export async function readOpen(store: OpenStore, context: CartContext): Promise<Cart> {
  const page = await readPage(addressOf(store, store.isFour ? 'checkout/cart.list' : 'checkout/cart'), context)
  if (!page) throw new Error('the shop has no cart page')
  return keepOpen(store, readCartPage(page.html, currencyOf(store, context, page.html) ?? NO_CURRENCY))
}

/** Our cart of the shop's, remembered for the theme; again after a row has been told apart. */
export function keepOpen(store: OpenStore, raw: OpenCart): Cart {
  const items = raw.lines.map(({ item, product }) => ({
    ...(store.rows.get(item.id) ?? (product ? store.known.get(product) : undefined)),
    ...item,
  }))
  const quantity = items.reduce((sum, item) => sum + item.quantity, 0)
  const cart = { items, quantity, total: raw.total, checkoutUrl: checkoutOf(store) }
  store.last = [raw, cart]
  return cart
}

/** Address of the checkout. */
export const checkoutOf = (store: OpenStore): string => addressOf(store, 'checkout/checkout')

function currencyOf(store: OpenStore, context: CartContext, html: string): string | undefined {
  const cookie = quietly(() => /(?:^|; )currency=([A-Z]{3})/.exec(document.cookie)?.[1])
  store.currency ??= context.currency ?? cookie
  store.currency ??= /"priceCurrency"\s*:\s*"([A-Z]{3})"/.exec(html)?.[1] ?? currencyOfSign(priceTexts(html))
  return store.currency
}

/** Only where prices stand: a menu of currencies has every sign. */
const priceTexts = (html: string) =>
  [...html.matchAll(/<(?:h2|td|span)\b[^>]*>([^<]*\d[^<]*)</gi)].map(([, text]) => text).join(' ')

/** Product and choices of a line: by `platformId` (`42`, `42:218=5`), by the address of its page, else by what that page sells. */
export async function wishOf(
  { ref, url }: Pick<CartLine | ProductInput, 'ref' | 'url'>,
  context: CartContext,
): Promise<{ readonly id: string; readonly options: Record<string, string> } | undefined> {
  const [, id, choices = ''] = /^(\d+)(?::(.*))?$/.exec(ref?.platformId ?? '') ?? []
  const options = [...choices.matchAll(/(\d+)=(\d+)/g)].map(([, option, value = '']) => [`option[${option}]`, value])
  if (id) return { id, options: Object.fromEntries(options) }
  const told = /[?&]product_id=(\d+)/.exec(url ?? '')?.[1]
  if (told || !url) return told ? { id: told, options: {} } : undefined
  const page = await readPage(url, context)
  const field = tagsIn(page?.html ?? '', 'input').find(({ attributes }) => attributes.name === 'product_id')
  return field?.attributes.value ? { id: field.attributes.value, options: {} } : undefined
}

/** A product by its page; `undefined` where the shop does not have it. */
export async function findOpen(
  store: OpenStore,
  wanted: ProductInput,
  context: CartContext,
): Promise<StoreProduct | undefined> {
  const wish = await wishOf(wanted, context)
  const page = wish && (await readPage(addressOf(store, 'product/product', { product_id: wish.id }), context))
  if (!page) return undefined
  return readProductPage(page, wish.id, currencyOf(store, context, page.html) ?? NO_CURRENCY)
}

/** Lets the header draw its cart anew; what drops down stays shut. */
export function tellOpen(store: OpenStore): void {
  if (!store.last) return
  const [, { quantity }] = store.last
  showCount(quantity, store.options.badge)
  if (store.isFour) {
    const { ocLoad = addressOf(store, 'common/cart.info'), ocTarget = '#header-cart' } = marker()?.dataset ?? {}
    quietly(() => jQueryOf(ocTarget)?.load(ocLoad))
  } else {
    const info = addressOf(store, 'common/cart.info')
    quietly(() => jQueryOf('#cart > ul')?.load(`${info} ul li`))
    quietly(() => jQueryOf('#cart > button')?.load(`${info} #cart > button > *`))
  }
}

/** Calls back after the theme's own requests have changed the cart; OpenCart has no events of its own. Returns what stops it. */
export function watchOpen(onChange: () => void): () => void {
  const hear = (...[, , settings]: unknown[]) => {
    const { url } = (settings ?? {}) as { url?: unknown }
    if (/checkout(?:\/|%2F)cart(?:\.|\/|%2F)(?:add|edit|remove)|common(?:\/|%2F)cart[./]remove/.test(`${url}`))
      onChange()
  }
  const page = globalThis.document && jQueryOf(document)
  quietly(() => page?.on('ajaxComplete', hear))
  return () => void quietly(() => page?.off('ajaxComplete', hear))
}
