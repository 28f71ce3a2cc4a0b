import type { Cart, CartContext, CartLine } from '../model/cart.ts'
import type { ProductInput } from '../model/product.ts'
import type { KnownIds, StoreProduct } from './join-product.ts'
import type { KeptOptions, KeptValue } from './kept-value.ts'
import {
  CART,
  codesOf,
  type HeadlessCart,
  type HeadlessProduct,
  productFields,
  toCart,
  toStoreProduct,
} from './shopify-headless-shapes.ts'
import { askGraphql } from './store-graphql.ts'
import { bodyOf, type StoreAnswer } from './store-json.ts'

/** Which shop, and which cart is the viewer's. */
export interface ShopifyHeadlessOptions {
  /** Host name of the shop, such as `clay.myshopify.com`, or the whole address of its API. */
  readonly shop: string
  /** Public access token of the Storefront API. Absent: tokenless access, which has a lower limit of complexity. */
  readonly accessToken?: string | undefined
  /** API version. Absent: `2026-10`. */
  readonly version?: string | undefined
  /** ISO 3166-1, two letters: the viewer's market. Absent: the shop's own. */
  readonly country?: string | undefined
  /** The token may read inventory (`unauthenticated_read_product_inventory`): pieces left are asked for. */
  readonly readsStock?: boolean | undefined
  /**
   * Metafield of a variant, of the type `money` and open to storefronts, with the lowest price of the thirty days before a reduction (Directive
   * 98/6/EC Art. 6a), such as `custom.lowest_30`. Absent: none is shown.
   */
  readonly lowest30Field?: string | undefined
  /** `localStorage` key of the storefront's cart id. Absent: kept for this visit alone; then the storefront has another cart. */
  readonly cartKey?: string | undefined
  /** Where the id is elsewhere, such as in the framework's cookie. */
  readonly getCartId?: KeptOptions['get']
  readonly setCartId?: KeptOptions['set']
  /** Selector of what shows the number of pieces. Absent: `[data-castcart-count]`. */
  readonly badge?: string | undefined
  /** Goes to the checkout. Absent: in this tab. */
  readonly navigate?: ((url: string) => void) | undefined
}

/** One shop, as this widget knows it. */
export interface HeadlessStore {
  readonly options: ShopifyHeadlessOptions
  readonly url: string
  readonly cartId: KeptValue
  readonly known: KnownIds
  /** Codes that count. */
  codes: readonly string[]
  last?: Cart
}

/** What a mutation of a cart answers with. Stock comes as warnings, with success. */
export interface HeadlessWrite {
  readonly cart?: HeadlessCart | null
  readonly userErrors?: readonly {
    readonly code?: string | null
    readonly message?: string
    readonly field?: readonly string[] | null
  }[]
  readonly warnings?: readonly { readonly code: string; readonly message?: string }[]
}

/** Languages of Shopify are its own enum: `PT_BR`, `ZH_CN`, and two letters for the rest. */
function languageOf(locale: string): string {
  const [language = 'en', ...rest] = locale.split('-')
  const region = rest.find((part) => /^[A-Za-z]{2}$/.test(part))
  const code = /^(pt|zh)$/i.test(language) && region ? `${language}_${region}` : language
  return code.toUpperCase()
}

/** One question to the Storefront API, in the viewer's market and language. */
export function ask<T>(
  { options, url }: HeadlessStore,
  context: CartContext,
  [kind, parameters, body]: readonly [kind: 'query' | 'mutation', parameters: string, body: string],
  variables: object,
): Promise<StoreAnswer<T>> {
  const { country, accessToken } = options
  const place = `@inContext(language:${languageOf(context.locale)}${country ? `,country:${country.toUpperCase()}` : ''})`
  return askGraphql<T>(url, context, {
    query: `${kind}${parameters && `(${parameters})`} ${place}{${body}}`,
    variables,
    credentials: 'omit',
    ...(accessToken && { headers: { 'x-shopify-storefront-access-token': accessToken } }),
  })
}

/** Our cart of the shop's, remembered. */
export function keep(store: HeadlessStore, raw: HeadlessCart): Cart {
  store.cartId.learn(raw.id)
  store.codes = codesOf(raw) ?? []
  store.last = toCart(raw, store.known)
  return store.last
}

interface ReadCart {
  readonly cart?: HeadlessCart | null
  readonly localization: { readonly country: { readonly currency: { readonly isoCode: string } } }
}

/** The viewer's cart; an empty one where there is none, or none any more. */
export async function readCart(store: HeadlessStore, context: CartContext): Promise<Cart> {
  const id = await store.cartId.get()
  const [parameters, cart] = id ? ['$id:ID!', `cart(id:$id){${CART}}`] : ['', '']
  const body = `${cart}localization{country{currency{isoCode}}}`
  const answer = bodyOf(await ask<ReadCart>(store, context, ['query', parameters, body], { id }))
  if (answer.cart) return keep(store, answer.cart)
  store.cartId.learn(undefined)
  store.codes = []
  const currency = answer.localization.country.currency.isoCode
  store.last = { items: [], quantity: 0, total: { amount: 0, currency } }
  return store.last
}

/** A product by its id or that of a variant, else by its handle or its page's address; `undefined`: not sold here. */
export async function findProduct(
  store: HeadlessStore,
  { ref, url }: Pick<ProductInput | CartLine, 'ref' | 'url'>,
  context: CartContext,
): Promise<StoreProduct | undefined> {
  const fields = productFields(store.options.readsStock === true, store.options.lowest30Field)
  const id = gidOf(ref?.platformId)
  const handle = ref?.handle ?? /\/products\/([^/?#]+)/.exec(url ?? '')?.[1]
  if (!id && !handle) return undefined
  interface Found {
    readonly product?: HeadlessProduct | null
    readonly node?: { readonly product?: HeadlessProduct } | null
  }
  const question = id?.includes('ProductVariant')
    ? `node(id:$id){...on ProductVariant{product{${fields}}}}`
    : id
      ? `product(id:$id){${fields}}`
      : `product(handle:$handle){${fields}}`
  const parameters = id ? '$id:ID!' : '$handle:String!'
  const answer = bodyOf(await ask<Found>(store, context, ['query', parameters, question], { id, handle }))
  const raw = answer.product ?? answer.node?.product
  return raw ? toStoreProduct(raw) : undefined
}

/** A global id; a bare number is a variant's, as in the links that a shop makes. */
export const gidOf = (platformId: string | undefined): string | undefined =>
  /^\d+$/.test(platformId ?? '')
    ? `gid://shopify/ProductVariant/${platformId}`
    : /^gid:\/\/shopify\/Product(Variant)?\/\d+$/.exec(platformId ?? '')?.[0]
