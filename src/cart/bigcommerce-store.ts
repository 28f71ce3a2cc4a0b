import { getCookie } from '../lib/cookie.ts'
import type { Cart, CartContext, CartLine } from '../model/cart.ts'
import type { ProductInput } from '../model/product.ts'
import { type BigCart, type BigProduct, idsOf, keyOf, PRODUCT, toCart, toStoreProduct } from './bigcommerce-shapes.ts'
import type { KnownIds, StoreProduct } from './join-product.ts'
import { pageProduct, readPage } from './page-product.ts'
import { askGraphql } from './store-graphql.ts'
import { askStore, bodyOf, type StoreAnswer, type StoreRequest } from './store-json.ts'

/** Where the shop is, and how its catalogue is read. */
export interface BigcommerceOptions {
  /** Absent: the page's origin. */
  readonly root?: string | undefined
  /**
   * The token of the GraphQL Storefront API that a theme prints (`{{settings.storefront_api.token}}`). Absent: products are read from
   * their own pages, without variants.
   */
  readonly token?: string | undefined
  /** ISO 4217, for an empty cart. Absent: that of the last cart or product. */
  readonly currency?: string | undefined
  /** Selector of what shows the number of pieces. Absent: `[data-castcart-count]`. */
  readonly badge?: string | undefined
  /** Goes to the checkout. Absent: in this tab. */
  readonly navigate?: ((url: string) => void) | undefined
}

/** One shop, as this widget knows it. */
export interface BigStore {
  readonly options: BigcommerceOptions
  /** Ends in a slash. */
  readonly root: string
  readonly known: KnownIds
  /** Absent: no cart yet, or not asked. */
  cartId?: string | undefined
  currency: string
  /** True while we tell the theme: what it tells meanwhile is no news. */
  telling: boolean
  last?: Cart
  /** Which fields of which cart were told of partner and host. */
  readonly told: Set<string>
}

/** Options of lines are left out unless asked for. */
const INCLUDE = 'include=lineItems.physicalItems.options,lineItems.digitalItems.options'

/** One call of the Storefront API. Where the shop gives a token against forged requests it is sent back, as its own scripts do. */
export function send<T>(
  { root }: BigStore,
  path: string,
  context: CartContext,
  request: StoreRequest = {},
): Promise<StoreAnswer<T>> {
  const token = getCookie('XSRF-TOKEN')
  const headers = token && request.json ? { 'x-xsrf-token': decodeURIComponent(token) } : {}
  return askStore<T>(`${root}api/storefront/${path}?${INCLUDE}`, context, { ...request, headers })
}

/** Our cart of the shop's, remembered for the next write. The API gives none, one or a list of one. */
export function keep(store: BigStore, answer: BigCart | readonly BigCart[] | undefined): Cart {
  const [raw] = [answer ?? []].flat() as BigCart[]
  store.cartId = raw?.id
  store.currency = raw?.currency.code ?? store.currency
  store.last = toCart(raw, store.known, store.currency, `${store.root}checkout`)
  return store.last
}

/** The shop's cart, read. */
export const readCart = async (store: BigStore, context: CartContext): Promise<Cart> => {
  if (!store.options.currency && context.currency) store.currency = context.currency
  return keep(store, bodyOf(await send<BigCart[]>(store, 'carts', context)))
}

/** A product by id, SKU or address, with its variants where there is a token; `undefined`: not sold here. */
export async function findProduct(
  store: BigStore,
  wanted: Pick<ProductInput | CartLine, 'ref' | 'url'>,
  context: CartContext,
): Promise<StoreProduct | undefined> {
  const [id] = idsOf(wanted.ref?.platformId)
  const { handle, sku } = wanted.ref ?? {}
  const address = handle ? `/${handle.replace(/^\/|\/$/g, '')}/` : wanted.url
  if (store.options.token)
    return byGraphql(store, { id, sku, path: address && new URL(address, store.root).pathname }, context)
  if (!address) return undefined
  const page = await readPage(new URL(address, store.root).href, context)
  if (!page) return undefined
  const own = id || Number(/\bname=["']product_id["'][^>]*\bvalue=["'](\d+)/.exec(page.html)?.[1])
  return own ? pageProduct(page, keyOf(own), store.options.currency ?? context.currency) : undefined
}

interface Site {
  readonly site: {
    readonly product?: BigProduct | null
    readonly route?: { readonly node?: Partial<BigProduct> | null }
  }
}

async function byGraphql(
  store: BigStore,
  { id, sku, path }: { id: number; sku: string | undefined; path: string | undefined },
  context: CartContext,
): Promise<StoreProduct | undefined> {
  if (!id && !sku && !path) return undefined
  const [type, ask, key] = id
    ? ['Int!', `product(entityId:$key){${PRODUCT}}`, id]
    : sku
      ? ['String!', `product(sku:$key){${PRODUCT}}`, sku]
      : ['String!', `route(path:$key){node{...on Product{${PRODUCT}}}}`, path]
  const answer = await askGraphql<Site>(`${store.root}graphql`, context, {
    query: `query($key:${type}){site{${ask}}}`,
    variables: { key },
    headers: { authorization: `Bearer ${store.options.token}` },
  })
  const { product, route } = bodyOf(answer).site
  const raw = product ?? route?.node
  if (!raw || !isProduct(raw)) return undefined
  const found = toStoreProduct(raw, store.root)
  store.currency = found.variants[0]?.price?.currency ?? store.currency
  return found
}

/** A category has an address too. */
const isProduct = (raw: Partial<BigProduct>): raw is BigProduct => raw.entityId !== undefined
