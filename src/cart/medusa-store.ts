import { slices } from '../lib/slices.ts'
import type { Cart, CartContext } from '../model/cart.ts'
import type { ProductInput } from '../model/product.ts'
import { joinProduct, type KnownIds, type StoreProduct } from './join-product.ts'
import type { KeptOptions, KeptValue } from './kept-value.ts'
import {
  CART,
  isMeant,
  type MedusaCart,
  type MedusaPlace,
  type MedusaProduct,
  PRODUCT,
  toCart,
  toStoreProduct,
} from './medusa-shapes.ts'
import { slugOf } from './slug-of.ts'
import { askStore, bodyOf, type StoreAnswer, type StoreRequest } from './store-json.ts'
import { showCount } from './tell-theme.ts'

/** Where the shop is and which cart is the viewer's. */
export interface MedusaOptions {
  /** Address of the back end, without `/store`. */
  readonly url: string
  /** Publishable key; it names the sales channel. */
  readonly publishableKey: string
  /** Absent: the first region that sells in `countryCode` or in the page's currency, else the first. */
  readonly regionId?: string | undefined
  /** ISO 3166-1, two letters: prices come with its tax. Absent: as the shop calculates without one. */
  readonly countryCode?: string | undefined
  /** For a key of several sales channels. */
  readonly salesChannelId?: string | undefined
  /**
   * `localStorage` key of the storefront's cart id. Absent: `cart_id`, as Medusa's guides call it
   * (docs.medusajs.com/resources/storefront-development/cart/create).
   */
  readonly cartKey?: string | undefined
  /** Where the id is elsewhere, such as in a cookie that scripts cannot read. */
  readonly getCartId?: KeptOptions['get']
  readonly setCartId?: KeptOptions['set']
  /**
   * Key of a variant's metadata with the lowest price of the thirty days before a reduction (Directive 98/6/EC Art. 6a): major units by
   * currency code, `{ "eur": 22 }`, as they are shown. Absent: none is shown.
   */
  readonly lowest30Field?: string | undefined
  /** The storefront's checkout. Absent: `/checkout`. */
  readonly checkoutUrl?: string | undefined
  /** Selector of what shows the number of pieces. Absent: `[data-castcart-count]`. */
  readonly badge?: string | undefined
  /** Goes to the checkout. Absent: in this tab. */
  readonly navigate?: ((url: string) => void) | undefined
}

/** One shop, as this widget knows it. */
export interface MedusaStore {
  readonly options: MedusaOptions
  readonly place: MedusaPlace
  readonly cartId: KeptValue
  readonly known: KnownIds
  region?: Region
  last?: Cart
}

interface Region {
  readonly id: string
  readonly currency_code: string
  readonly countries?: readonly { readonly iso_2?: string }[]
}

/** One request to the Store API; parameters of a list repeat. */
export function ask<T>(
  store: MedusaStore,
  [path, parameters]: readonly [
    path: string,
    parameters?: Readonly<Record<string, string | readonly string[] | undefined>>,
  ],
  context: CartContext,
  request: StoreRequest = {},
): Promise<StoreAnswer<T>> {
  const url = new URL(`store/${path}`, store.place.url)
  for (const [name, value] of Object.entries(parameters ?? {}))
    for (const one of value === undefined ? [] : [value].flat()) url.searchParams.append(name, one)
  const headers = { 'x-publishable-api-key': store.options.publishableKey }
  return askStore<T>(url.href, context, { ...request, headers, credentials: 'include' })
}

/** The viewer's region: it decides on currency and prices. */
export async function regionOf(store: MedusaStore, context: CartContext): Promise<Region> {
  const { regionId, countryCode } = store.options
  if (store.region) return store.region
  const { regions } = bodyOf(await ask<{ regions: readonly Region[] }>(store, ['regions', { limit: '100' }], context))
  const country = countryCode?.toLowerCase()
  const region =
    regions.find(({ id }) => id === regionId) ??
    regions.find(({ countries }) => country && countries?.some(({ iso_2 }) => iso_2 === country)) ??
    regions.find(({ currency_code }) => currency_code === context.currency?.toLowerCase()) ??
    regions[0]
  if (!region) throw new Error('the shop has no region')
  store.region = region
  return region
}

/** The viewer's cart as the shop sends it; `undefined`: none yet, or the one known has become an order. */
export async function readRaw(store: MedusaStore, context: CartContext): Promise<MedusaCart | undefined> {
  const id = await store.cartId.get()
  if (!id) return undefined
  const answer = await ask<{ cart: MedusaCart }>(store, [`carts/${encodeURIComponent(id)}`, { fields: CART }], context)
  if (answer.reason === 'not-found') return undefined
  const { cart } = bodyOf(answer)
  return cart.completed_at ? undefined : cart
}

/** The viewer's cart; an empty one in the region's currency where there is none. */
export async function readCart(store: MedusaStore, context: CartContext): Promise<Cart> {
  const raw = await readRaw(store, context)
  if (raw) return keep(store, raw)
  const currency = (await regionOf(store, context)).currency_code
  return keep(store, { id: '', currency_code: currency, region_id: null, total: 0 })
}

/** Our cart of the shop's, remembered for the page's badges. */
export function keep(store: MedusaStore, raw: MedusaCart): Cart {
  store.last = toCart(raw, store.known, store.place)
  showCount(store.last.quantity, store.options.badge)
  return store.last
}

/** Products asked for in one request, named in its address. */
const AT_ONCE = 50

/** Products by handle, by id and by SKU, each kind in as few requests as an address has room for. */
async function find(store: MedusaStore, list: readonly Pick<ProductInput, 'ref' | 'url'>[], context: CartContext) {
  const { id: region_id } = await regionOf(store, context)
  const { countryCode: country_code, salesChannelId: sales_channel_id } = store.options
  const shared = { region_id, country_code, sales_channel_id, fields: PRODUCT, limit: '100' }
  const ids = list.flatMap(({ ref }) => ref?.platformId ?? [])
  const wishes: Readonly<Record<string, readonly string[]>> = {
    'handle[]': list.flatMap((one) => slugOf(one) ?? []),
    'id[]': ids.filter((id) => !id.startsWith('variant_')),
    'variants[id][]': ids.filter((id) => id.startsWith('variant_')),
    'variants[sku][]': list.flatMap(({ ref }) => (ref?.handle || ref?.platformId ? [] : (ref?.sku ?? []))),
  }
  const asked = Object.entries(wishes).flatMap(([name, values]) =>
    slices(values, AT_ONCE).map((part) => [name, part] as const),
  )
  const answers = asked.map(([name, values]) =>
    ask<{ products: readonly MedusaProduct[] }>(store, ['products', { ...shared, [name]: values }], context),
  )
  return (await Promise.all(answers)).flatMap((answer) => bodyOf(answer).products)
}

/** The shop's truth about these products. What is not put in a cart need not be in the store. */
export async function catalogue(store: MedusaStore, list: readonly ProductInput[], context: CartContext) {
  const found = await find(store, list, context)
  return list.flatMap((wanted) => {
    const raw = found.find((one) => isMeant(wanted, slugOf(wanted), one))
    if (raw) return [joinProduct(wanted, toStoreProduct(raw, store.place), store.known)]
    return (wanted.action ?? 'cart') === 'cart' ? [] : [wanted]
  })
}

/** The shop's product of one line; `undefined`: not sold here. */
export async function productOf(
  store: MedusaStore,
  wish: Pick<ProductInput, 'ref' | 'url'>,
  context: CartContext,
): Promise<StoreProduct | undefined> {
  const raw = (await find(store, [wish], context)).find((one) => isMeant(wish, slugOf(wish), one))
  return raw && toStoreProduct(raw, store.place)
}
