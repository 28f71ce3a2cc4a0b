import { pageGlobal } from '../lib/page-global.ts'
import type { Cart, CartContext, CartItem } from '../model/cart.ts'
import type { ProductInput } from '../model/product.ts'
import { type EcwidProduct, type EcwidProfile, idAndChoices, idOf, toStoreProduct } from './ecwid-shapes.ts'
import type { KnownIds, StoreProduct } from './join-product.ts'
import { askStore, bodyOf } from './store-json.ts'
import { decimalMoney, NO_CURRENCY, needed } from './store-money.ts'
import { whenThere } from './when-there.ts'

/** What the page does not say. */
export interface EcwidOptions {
  /** A public token (`public_…`) of the store: with it prices, stock and the reason of a refusal are known. Absent: no catalogue. */
  readonly token?: string | undefined
  /** Absent: the page's own `Ecwid.getOwnerId()`. */
  readonly storeId?: string | number | undefined
  /** ISO 4217. Absent: the store's profile, which needs the token. */
  readonly currency?: string | undefined
  /** Address of the REST API. Absent: Ecwid's own. */
  readonly api?: string | undefined
  /** Selector of what shows the number of pieces. Absent: `[data-castcart-count]`. */
  readonly badge?: string | undefined
}

/** The store's cart, as its script gives it. */
export interface EcwidCart {
  readonly productsQuantity: number
  readonly items: readonly {
    readonly quantity: number
    readonly options?: Readonly<Record<string, string>> | null
    readonly product: {
      readonly id: number
      readonly name?: string
      readonly price?: number
      readonly url?: string
      readonly thumbnailUrl?: string
    }
  }[]
}

/** The store's script on the page (api-docs.ecwid.com, JavaScript API). */
export interface Ecwid {
  getOwnerId?(): number
  openPage?(page: string): void
  refreshConfig?(): void
  readonly OnCartChanged?: { add(heard: (cart: EcwidCart) => void): void }
  readonly Cart: {
    get(told: (cart: EcwidCart) => void): void
    addProduct(wish: object): void
    removeProduct(index: number, told?: () => void): void
    gotoCheckout?(): void
  }
}

/** The page's own object of settings for that script. */
export interface EcwidSettings {
  order?: { extraFields?: Record<string, { value: string }> }
}

/** One store, as this widget knows it. */
export interface EcwidStore {
  readonly options: EcwidOptions
  readonly known: KnownIds
  currency: string | undefined
  last: Cart | undefined
  /** True while a change is our own: what the store tells meanwhile is no news. */
  acting: boolean
}

/** The store's script; `undefined` where it is not there yet. */
export function ecwidOnPage(): Ecwid | undefined {
  const found = pageGlobal<Ecwid>('Ecwid')
  return typeof found?.Cart?.get === 'function' ? found : undefined
}

/** Our cart of the store's. */
export function keepEcwid(store: EcwidStore, raw: EcwidCart): Cart {
  const currency = store.currency ?? NO_CURRENCY
  const items = raw.items.map(({ product, quantity, options }): CartItem => {
    const price = needed(decimalMoney(product.price ?? 0, currency))
    const id = idOf(product.id, options ?? {})
    return {
      ...{
        id,
        ...(store.known.get(id) ?? store.known.get(`${product.id}`)),
        title: product.name ?? '',
        quantity,
        price,
      },
      variantTitle: Object.values(options ?? {}).join(' / ') || undefined,
      total: { amount: price.amount * quantity, currency },
      ...{ image: product.thumbnailUrl, url: product.url },
    }
  })
  const sum = items.reduce((all, { total }) => all + total.amount, 0)
  store.last = { items, quantity: raw.productsQuantity, total: { amount: sum, currency } }
  return store.last
}

/** The cart, as the script has it; prices are before discounts, which only the checkout tells. */
export async function readEcwid(store: EcwidStore, context: CartContext): Promise<Cart> {
  const page = await whenThere(ecwidOnPage, context.signal)
  await learnCurrency(store, context)
  return keepEcwid(store, await new Promise<EcwidCart>((told) => page.Cart.get(told)))
}

async function learnCurrency(store: EcwidStore, context: CartContext): Promise<void> {
  store.currency ??= context.currency
  if (store.currency || !store.options.token) return
  const answer = await askApi<EcwidProfile>(store, 'profile', context)
  store.currency = bodyOf(answer).formatsAndUnits?.currency
}

function askApi<T>({ options }: EcwidStore, path: string, context: CartContext) {
  const id = options.storeId ?? ecwidOnPage()?.getOwnerId?.()
  const headers = { authorization: `Bearer ${options.token}` }
  return askStore<T>(`${options.api ?? 'https://app.ecwid.com/api/v3'}/${id}/${path}`, context, {
    headers,
    credentials: 'omit',
  })
}

/** A product by the REST API; `undefined` where the store does not have it. */
export async function findEcwid(
  store: EcwidStore,
  wanted: ProductInput,
  context: CartContext,
): Promise<StoreProduct | undefined> {
  const [id] = idAndChoices(wanted.ref?.platformId ?? '')
  if (!id) return undefined
  await learnCurrency(store, context)
  const answer = await askApi<EcwidProduct>(store, `products/${encodeURIComponent(id)}`, context)
  return answer.reason === 'not-found' ? undefined : toStoreProduct(bodyOf(answer), store.currency ?? NO_CURRENCY)
}
