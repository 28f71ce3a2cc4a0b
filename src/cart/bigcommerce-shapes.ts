import { plainText } from '../lib/plain-text.ts'
import type { Cart, CartItem } from '../model/cart.ts'
import type { KnownIds, StoreProduct, StoreVariant } from './join-product.ts'
import { decimalMoney, needed } from './store-money.ts'

/** A line of {@link BigCart}. Amounts are decimal numbers. */
interface BigItem {
  readonly id: string
  readonly productId?: number
  readonly variantId?: number
  readonly name: string
  readonly url?: string
  readonly imageUrl?: string
  readonly quantity: number
  readonly salePrice?: number
  readonly listPrice?: number
  readonly extendedSalePrice?: number
  readonly extendedListPrice?: number
  readonly options?: readonly { readonly value: string }[]
}

/** What is read of a cart of the Storefront Carts API (developer.bigcommerce.com/docs/rest-storefront/carts). */
export interface BigCart {
  readonly id: string
  readonly currency: { readonly code: string }
  readonly cartAmount: number
  readonly lineItems: {
    readonly physicalItems?: readonly BigItem[]
    readonly digitalItems?: readonly BigItem[]
    readonly customItems?: readonly BigItem[]
  }
}

/** The id of a product in one of its variants, as `platformId`: `12`, or `12:34`. */
export const keyOf = (productId: number | undefined, variantId?: number): string =>
  variantId ? `${productId}:${variantId}` : `${productId}`

/** Product and variant of a `platformId`. */
export function idsOf(platformId: string | undefined): readonly [product: number, variant: number] {
  const [, product, variant] = /^(\d+)(?::(\d+))?$/.exec(platformId ?? '') ?? []
  return [Number(product), Number(variant)]
}

/** @throws TypeError for a cart with an amount that is none */
export function toCart(raw: BigCart | undefined, known: KnownIds, currency: string, checkoutUrl: string): Cart {
  if (!raw) return { items: [], quantity: 0, total: { amount: 0, currency }, checkoutUrl }
  const { physicalItems = [], digitalItems = [], customItems = [] } = raw.lineItems
  const items = [...physicalItems, ...digitalItems, ...customItems].map((item) =>
    toItem(item, raw.currency.code, known),
  )
  return {
    items,
    quantity: items.reduce((sum, { quantity }) => sum + quantity, 0),
    total: needed(decimalMoney(raw.cartAmount, raw.currency.code)),
    checkoutUrl,
  }
}

function toItem(item: BigItem, currency: string, known: KnownIds): CartItem {
  const { id, productId, variantId, name, quantity, url, imageUrl, options } = item
  const price = item.salePrice ?? item.listPrice
  return {
    id,
    ...(known.get(keyOf(productId, variantId)) ?? known.get(keyOf(productId))),
    title: plainText(name),
    variantTitle: options?.map(({ value }) => plainText(value)).join(' / ') || undefined,
    quantity,
    price: needed(decimalMoney(price, currency)),
    total: needed(decimalMoney(item.extendedSalePrice ?? item.extendedListPrice, currency)),
    image: imageUrl || undefined,
    url: url || undefined,
  }
}

interface List<T> {
  readonly edges: readonly { readonly node: T }[]
}

interface BigStock {
  readonly isInStock?: boolean
  readonly aggregated?: { readonly availableToSell?: number } | null
}

interface BigPrices {
  readonly price?: { readonly value: number; readonly currencyCode: string } | null
  readonly basePrice?: { readonly value: number } | null
  readonly retailPrice?: { readonly value: number } | null
}

/** What is asked of a product in GraphQL (developer.bigcommerce.com/docs/storefront/graphql). */
export interface BigProduct {
  readonly entityId: number
  readonly sku?: string
  readonly path?: string
  readonly availabilityV2?: { readonly status?: string }
  readonly prices?: BigPrices | null
  readonly inventory?: BigStock
  readonly images?: List<{ readonly url: string }>
  readonly productOptions?: List<{ readonly displayName: string; readonly values?: List<{ readonly label: string }> }>
  readonly variants?: List<{
    readonly entityId: number
    readonly sku?: string
    readonly isPurchasable?: boolean
    readonly inventory?: BigStock | null
    readonly prices?: BigPrices | null
    readonly defaultImage?: { readonly url: string } | null
    readonly options?: List<{ readonly displayName: string; readonly values: List<{ readonly label: string }> }>
  }>
}

const STOCK = 'inventory{isInStock aggregated{availableToSell}}'
const PRICES = 'prices{price{value currencyCode}basePrice{value}retailPrice{value}}'

/** The fields of {@link BigProduct}. */
export const PRODUCT = `entityId sku path availabilityV2{status}${PRICES}${STOCK}images{edges{node{url(width:960)}}}
productOptions{edges{node{displayName ...on MultipleChoiceOption{values{edges{node{label}}}}}}}
variants(first:100){edges{node{entityId sku isPurchasable ${STOCK}${PRICES}defaultImage{url(width:640)}
options{edges{node{displayName values{edges{node{label}}}}}}}}}`

const nodesOf = <T>(list: List<T> | null | undefined): readonly T[] => list?.edges.map(({ node }) => node) ?? []

/** A product with its variants; the one that a product without choices has stands for itself. */
export function toStoreProduct(raw: BigProduct, root: string): StoreProduct {
  const sells = !/unavailable/i.test(raw.availabilityV2?.status ?? '')
  const variants = nodesOf(raw.variants).map((one): StoreVariant => {
    const options = nodesOf(one.options).map(({ displayName, values }) => [
      displayName,
      nodesOf(values)[0]?.label ?? '',
    ])
    return {
      ...moneyOf({ ...raw.prices, ...one.prices }),
      id: keyOf(raw.entityId, one.entityId),
      sku: one.sku || undefined,
      options: Object.fromEntries(options),
      title: options.map(([, label]) => label).join(' / ') || undefined,
      available: sells && one.isPurchasable !== false && (one.inventory ?? raw.inventory)?.isInStock !== false,
      stock: one.inventory?.aggregated?.availableToSell,
      image: one.defaultImage?.url,
    }
  })
  const first = variants[0]
  const used = new Set(variants.flatMap(({ options }) => Object.keys(options)))
  return {
    url: raw.path && new URL(raw.path, root).href,
    images: nodesOf(raw.images).map(({ url }) => url),
    axes: nodesOf(raw.productOptions)
      .filter(({ displayName }) => used.has(displayName))
      .map(({ displayName: name, values }) => ({ name, values: nodesOf(values).map(({ label }) => label) })),
    variants: first
      ? variants
      : [
          {
            ...moneyOf(raw.prices),
            ...{ id: keyOf(raw.entityId), sku: raw.sku, options: {} },
            available: sells && raw.inventory?.isInStock !== false,
            stock: raw.inventory?.aggregated?.availableToSell,
          },
        ],
  }
}

function moneyOf(prices: BigPrices | null | undefined): Pick<StoreVariant, 'price' | 'compareAt'> {
  const { price, basePrice, retailPrice } = prices ?? {}
  const currency = price?.currencyCode ?? ''
  const before = Math.max(basePrice?.value ?? 0, retailPrice?.value ?? 0)
  return { price: decimalMoney(price?.value, currency), compareAt: decimalMoney(before, currency) }
}
