import { slices } from '../lib/slices.ts'
import type { Cart, CartContext } from '../model/cart.ts'
import type { ProductInput } from '../model/product.ts'
import { joinProduct, type KnownIds, type StoreProduct } from './join-product.ts'
import type { KeptOptions, KeptValue } from './kept-value.ts'
import type { MarkNames } from './marks-of.ts'
import { slugOf } from './slug-of.ts'
import { askGraphql } from './store-graphql.ts'
import { bodyOf, type StoreAnswer } from './store-json.ts'
import { showCount } from './tell-theme.ts'
import {
  emptyCart,
  isMeant,
  ORDER,
  type PriceFields,
  productFields,
  toCart,
  toStoreProduct,
  type VendureOrder,
  type VendureProduct,
} from './vendure-shapes.ts'

/** Where the shop is and whose session it is. `partnerField` and `hostField` are text fields of an order line, among the shop's custom fields. */
export interface VendureOptions extends MarkNames, PriceFields {
  /** Address of the Shop API. */
  readonly url: string
  /** For one of several channels (`vendure-token`). */
  readonly channelToken?: string | undefined
  /** The shop's language code. Absent: the language of the widget. */
  readonly languageCode?: string | undefined
  /** ISO 4217. Absent: the channel's own. */
  readonly currencyCode?: string | undefined
  /** `localStorage` key of the storefront's session token. Absent: the cookie is the session, where it reaches the shop. */
  readonly tokenKey?: string | undefined
  readonly getToken?: KeptOptions['get']
  readonly setToken?: KeptOptions['set']
  /** The storefront's checkout. Absent: `/checkout`. */
  readonly checkoutUrl?: string | undefined
  /** Selector of what shows the number of pieces. Absent: `[data-castcart-count]`. */
  readonly badge?: string | undefined
  /** Goes to the checkout. Absent: in this tab. */
  readonly navigate?: ((url: string) => void) | undefined
}

/** One shop, as this widget knows it. */
export interface VendureStore {
  readonly options: VendureOptions
  readonly url: string
  readonly checkoutUrl: string
  readonly token: KeptValue
  readonly known: KnownIds
  last?: Cart
}

/** One request under the session that the last answer named. */
export async function ask<T>(
  store: VendureStore,
  query: string,
  variables: object,
  context: CartContext,
): Promise<StoreAnswer<T>> {
  const { channelToken, currencyCode, languageCode = context.locale.split('-')[0] } = store.options
  const url = new URL(store.url)
  if (languageCode) url.searchParams.set('languageCode', languageCode)
  if (currencyCode) url.searchParams.set('currencyCode', currencyCode)
  const token = await store.token.get()
  const headers = {
    ...(channelToken && { 'vendure-token': channelToken }),
    ...(token && { authorization: `Bearer ${token}` }),
  }
  const answer = await askGraphql<T>(url.href, context, { query, variables, headers, credentials: 'include' })
  const fresh = answer.headers.get('vendure-auth-token')
  if (fresh !== null) store.token.learn(fresh || undefined)
  return answer
}

/** The active order; an empty cart in the channel's currency where there is none. */
export async function readCart(store: VendureStore, context: CartContext): Promise<Cart> {
  const query = `query{activeOrder{${ORDER}}activeChannel{defaultCurrencyCode}}`
  type Found = { activeOrder: VendureOrder | null; activeChannel: { defaultCurrencyCode: string } }
  const { activeOrder, activeChannel } = bodyOf(await ask<Found>(store, query, {}, context))
  if (activeOrder) return keep(store, activeOrder)
  return remember(store, emptyCart(store.options.currencyCode ?? activeChannel.defaultCurrencyCode, store.checkoutUrl))
}

/** Our cart of the shop's order, remembered for the page's badges. */
export const keep = (store: VendureStore, order: VendureOrder): Cart =>
  remember(store, toCart(order, store.known, { base: store.url, checkoutUrl: store.checkoutUrl }))

function remember(store: VendureStore, cart: Cart): Cart {
  store.last = cart
  showCount(cart.quantity, store.options.badge)
  return cart
}

type Wanted = Pick<ProductInput, 'ref' | 'url'>

/** The shop tells of a hundred products at most; one that is wanted may be named by its slug and by an id of another. */
const AT_ONCE = 50

const find = async (store: VendureStore, list: readonly Wanted[], context: CartContext) =>
  (await Promise.all(slices(list, AT_ONCE).map((part) => findSome(store, part, context)))).flat()

/** Products by slug and id in one request, by SKU through the shop's search. */
async function findSome(store: VendureStore, list: readonly Wanted[], context: CartContext) {
  const slugs = list.map(slugOf).filter((slug) => slug !== undefined)
  const ids = list.map(({ ref }) => ref?.platformId).filter((id) => id !== undefined)
  const codes = list.filter((one) => !slugOf(one) && !one.ref?.platformId).flatMap(({ ref }) => ref?.sku ?? [])
  const searches = codes.map((_, at) => `s${at}:search(input:{term:$c${at},take:5}){items{productId sku}}`)
  if (codes.length) {
    const names = codes.map((_, at) => `$c${at}:String!`).join()
    const variables = Object.fromEntries(codes.map((code, at) => [`c${at}`, code]))
    type Hits = Record<string, { items: readonly { productId: string; sku: string }[] }>
    const hits = bodyOf(await ask<Hits>(store, `query(${names}){${searches.join(' ')}}`, variables, context))
    const all = Object.values(hits).flatMap(({ items }) => items)
    ids.push(...all.filter(({ sku }) => codes.includes(sku)).map(({ productId }) => productId))
  }
  const query = `query($slugs:[String!]!,$ids:[String!]!){products(options:{filter:{_or:[{slug:{in:$slugs}},{id:{in:$ids}}]},take:100}){items{${productFields(store.options)}}}}`
  type Found = { products: { items: readonly VendureProduct[] } }
  return bodyOf(await ask<Found>(store, query, { slugs, ids }, context)).products.items
}

const placeOf = ({ url, options }: VendureStore) => ({ base: url, fields: options })

/** The shop's truth about these products. */
export async function catalogue(store: VendureStore, list: readonly ProductInput[], context: CartContext) {
  const found = await find(store, list, context)
  return list.flatMap((wanted) => {
    const raw = found.find((one) => isMeant(wanted, slugOf(wanted), one))
    if (raw) return [joinProduct(wanted, toStoreProduct(raw, placeOf(store)), store.known)]
    // What is not put in a cart need not be in the store.
    return (wanted.action ?? 'cart') === 'cart' ? [] : [wanted]
  })
}

/** The shop's product of one line; `undefined`: not sold here. */
export async function productOf(
  store: VendureStore,
  wish: Pick<ProductInput, 'ref' | 'url'>,
  context: CartContext,
): Promise<StoreProduct | undefined> {
  const raw = (await find(store, [wish], context)).find((one) => isMeant(wish, slugOf(wish), one))
  return raw && toStoreProduct(raw, placeOf(store))
}
