import { getCookie, setCookie } from '../lib/cookie.ts'
import { newId } from '../lib/new-id.ts'
import { pageGlobal } from '../lib/page-global.ts'
import { plainText } from '../lib/plain-text.ts'
import { readJson } from '../lib/read-json.ts'
import type { Cart, CartContext, CartLine } from '../model/cart.ts'
import type { ProductInput } from '../model/product.ts'
import type { KnownIds, StoreProduct } from './join-product.ts'
import {
  type MagentoCart,
  type MagentoMessage,
  type MagentoProduct,
  PRODUCT,
  partsOf,
  toCart,
  toStoreProduct,
} from './magento-shapes.ts'
import { askGraphql } from './store-graphql.ts'
import { askStore, bodyOf, type StoreAnswer } from './store-json.ts'
import { quietly, rootOf } from './tell-theme.ts'

/** Where the shop is, where its pages do not say. */
export interface MagentoOptions {
  /** Root of the store view. Absent: the page's `BASE_URL`, else its origin. */
  readonly root?: string | undefined
  /** Code of the store view, for GraphQL. Absent: the default one of this address. */
  readonly store?: string | undefined
  /** ISO 4217. Absent: asked for once. */
  readonly currency?: string | undefined
  /** Selector of what shows the number of pieces. Absent: `[data-castcart-count]`. */
  readonly badge?: string | undefined
  /** Goes to the checkout. Absent: in this tab. */
  readonly navigate?: ((url: string) => void) | undefined
}

/** One shop, as this widget knows it. */
export interface MagentoStore {
  readonly options: MagentoOptions
  /** Ends in a slash. */
  readonly root: string
  readonly known: KnownIds
  /** Taken from a fresh page, after that of the cookie was refused. */
  formKey?: string | undefined
  currency?: string | undefined
  last?: readonly [MagentoCart, Cart]
}

/** The shop that a page belongs to. */
export function openStore(options: MagentoOptions): MagentoStore {
  const told = pageGlobal<unknown>('BASE_URL')
  const { currency } = options
  return { options, root: rootOf(options.root ?? told), known: new Map(), currency }
}

/**
 * The key that a form of this session carries. It is taken from the cookie: what cached pages carry is another session's. Where there
 * is none one is made, as the shop's own script does; the shop then takes it for the session's.
 */
function formKeyOf(store: MagentoStore): string {
  const found = store.formKey ?? getCookie('form_key')
  if (found) return found
  const made = newId().slice(0, 16)
  setCookie('form_key', made)
  store.formKey = made
  return made
}

/** One write by the controllers that the theme's own forms go to. */
export function post<T>(
  store: MagentoStore,
  path: string,
  fields: Readonly<Record<string, string>>,
  context: CartContext,
): Promise<StoreAnswer<T>> {
  const form = new URLSearchParams({ ...fields, form_key: formKeyOf(store) })
  return askStore<T>(store.root + path, context, { form, headers: { 'x-requested-with': 'XMLHttpRequest' } })
}

/** Looks for another form key on a fresh page; true: there is one, and the same write may be tried with it. */
export async function renewKey(store: MagentoStore, { fetch, signal }: CartContext): Promise<boolean> {
  const used = formKeyOf(store)
  const page = await fetch(`${store.root}customer/account/login/`, { signal, credentials: 'same-origin' })
  const fresh = /name=["']form_key["'][^>]*value=["'](\w+)/.exec(await page.text())?.[1]
  if (!fresh || fresh === used) return false
  store.formKey = fresh
  return true
}

interface Sections {
  readonly cart: MagentoCart
  readonly messages?: { readonly messages?: readonly MagentoMessage[] }
}

/** The session's own cart; GraphQL's guest carts are others. What the shop has to say to the viewer is left for its own page. */
export const readCart = async (store: MagentoStore, context: CartContext): Promise<Cart> =>
  (await loadSections(store, context, 'cart')).cart

/** The session's own cart after a write, and what the shop had to say to it. */
export async function readSections(
  store: MagentoStore,
  context: CartContext,
): Promise<{ readonly cart: Cart; readonly messages: readonly MagentoMessage[] }> {
  const { cart, messages } = await loadSections(store, context, 'cart,messages')
  return { cart, messages: [...messages, ...takeCookie()] }
}

async function loadSections(
  store: MagentoStore,
  context: CartContext,
  names: string,
): Promise<{ readonly cart: Cart; readonly messages: readonly MagentoMessage[] }> {
  const query = `sections=${names}&force_new_section_timestamp=true`
  const url = `${store.root}customer/section/load/?${query}&_=${Date.now()}`
  const raw = bodyOf(await askStore<Sections>(url, context))
  const currency = await currencyOf(store, context)
  const cart = toCart(raw.cart, store.known, currency, `${store.root}checkout/`)
  store.last = [raw.cart, cart]
  return { cart, messages: raw.messages?.messages ?? [] }
}

/** Messages that are on their way to the next page: they are said here, so they are not said there again. */
function takeCookie(): readonly MagentoMessage[] {
  const found = getCookie('mage-messages')
  if (!found) return []
  setCookie('mage-messages', null)
  const list = quietly(() => readJson(decodeURIComponent(found.replaceAll('+', ' '))))
  return Array.isArray(list) ? list : []
}

/** What the shop said of a failure, as text. */
export const errorIn = (messages: readonly MagentoMessage[]): string | undefined => {
  const { text } = messages.findLast(({ type }) => type !== 'success') ?? {}
  return text && plainText(text)
}

const STORE_CONFIG = '{storeConfig{default_display_currency_code base_currency_code}}'

async function currencyOf(store: MagentoStore, context: CartContext): Promise<string> {
  if (store.currency) return store.currency
  interface Config {
    readonly storeConfig: { readonly default_display_currency_code?: string; readonly base_currency_code?: string }
  }
  if (context.currency) return context.currency
  const { storeConfig } = await ask<Config>(store, context, STORE_CONFIG)
  const code = storeConfig.default_display_currency_code ?? storeConfig.base_currency_code
  if (!code) throw new TypeError('the shop does not tell its currency: set `currency`')
  store.currency = code
  return code
}

async function ask<T>(store: MagentoStore, context: CartContext, query: string, variables = {}): Promise<T> {
  const headers = { ...(store.options.store && { store: store.options.store }) }
  return bodyOf(await askGraphql<T>(`${store.root}graphql`, context, { query, variables, headers }))
}

type Wanted = Pick<ProductInput | CartLine, 'ref' | 'url'>

const urlKeyOf = ({ ref, url }: Wanted): string | undefined =>
  ref?.handle ?? /\/([^/?#]+?)(?:\.html)?\/?(?:[?#].*)?$/.exec(url ?? '')?.[1]

/** The shop's products by SKU, else by the last part of their address; a bare id cannot be asked for. */
export async function findProducts(
  store: MagentoStore,
  list: readonly Wanted[],
  context: CartContext,
): Promise<(wanted: Wanted) => StoreProduct | undefined> {
  const by = async (field: 'sku' | 'url_key', values: readonly (string | undefined)[]) => {
    const keys = [...new Set(values.filter((value) => value !== undefined))]
    const found: MagentoProduct[] = []
    for (let at = 0; at < keys.length; at += 50) {
      const query = `query($keys:[String!]){products(filter:{${field}:{in:$keys}},pageSize:100){items{${PRODUCT}}}}`
      interface Found {
        readonly products: { readonly items: readonly MagentoProduct[] }
      }
      found.push(...(await ask<Found>(store, context, query, { keys: keys.slice(at, at + 50) })).products.items)
    }
    return found
  }
  const [skus, keys] = await Promise.all([
    by(
      'sku',
      list.map(({ ref }) => ref?.sku),
    ),
    by(
      'url_key',
      list.map((wanted) => (wanted.ref?.sku ? undefined : urlKeyOf(wanted))),
    ),
  ])
  store.currency ??= (skus[0] ?? keys[0])?.price_range.minimum_price.final_price.currency
  return (wanted) => {
    const { sku, platformId } = wanted.ref ?? {}
    const { id } = partsOf(platformId)
    const raw =
      [...skus, ...keys].find((one) => `${one.id}` === id) ??
      (sku ? skus.find((one) => one.sku === sku) : keys.find((one) => one.url_key === urlKeyOf(wanted)))
    return raw && toStoreProduct(raw, store.root)
  }
}
