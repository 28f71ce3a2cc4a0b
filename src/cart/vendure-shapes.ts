import { safeUrl } from '../lib/safe-url.ts'
import type { Cart } from '../model/cart.ts'
import type { ProductInput } from '../model/product.ts'
import type { KnownIds, StoreProduct, StoreVariant } from './join-product.ts'
import { minorMoney, needed } from './store-money.ts'

/** Vendure counts hundredths in every currency (docs.vendure.io/current/core/core-concepts/money). */
const DIGITS = 2

const PICTURE = 'featuredAsset{preview}'

/** Fields of an order that a {@link VendureOrder} has. */
export const ORDER = `id totalQuantity totalWithTax currencyCode couponCodes lines{id quantity discountedUnitPriceWithTax discountedLinePriceWithTax ${PICTURE} productVariant{id name product{name} ${PICTURE}}}`

/** Names of the shop's own fields of a variant: amounts with tax, in hundredths. */
export interface PriceFields {
  /** The price before a reduction. Absent: none is shown. */
  readonly compareAtField?: string | undefined
  /** The lowest price of the thirty days before a reduction (Directive 98/6/EC Art. 6a). Absent: none is shown. */
  readonly lowest30Field?: string | undefined
}

/** Fields of a product that a {@link VendureProduct} has. */
export const productFields = ({ compareAtField, lowest30Field }: PriceFields): string => {
  const own = [compareAtField, lowest30Field].filter((name) => /^\w+$/.test(name ?? ''))
  return `${PRODUCT} ${own.length ? `customFields{${own.join(' ')}}` : ''}}`
}

const PRODUCT = `id slug name ${PICTURE} assets{preview} optionGroups{name options{name}} variants{id sku name priceWithTax currencyCode stockLevel options{name group{name}} ${PICTURE}`

interface Picture {
  readonly preview: string
}

/** What is read of an order, prices with tax. The basket checks what comes of it. */
export interface VendureOrder {
  readonly totalQuantity: number
  readonly totalWithTax: number
  readonly currencyCode: string
  readonly couponCodes: readonly string[]
  readonly lines: readonly {
    readonly id: string
    readonly quantity: number
    readonly discountedUnitPriceWithTax: number
    readonly discountedLinePriceWithTax: number
    readonly featuredAsset: Picture | null
    readonly productVariant: {
      readonly id: string
      readonly name: string
      readonly product: { readonly name: string }
      readonly featuredAsset: Picture | null
    }
  }[]
}

/** What is read of a product. */
export interface VendureProduct {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly featuredAsset: Picture | null
  readonly assets: readonly Picture[]
  readonly optionGroups: readonly { readonly name: string; readonly options: readonly { readonly name: string }[] }[]
  readonly variants: readonly {
    readonly id: string
    readonly sku: string
    readonly name: string
    readonly priceWithTax: number
    readonly currencyCode: string
    /** `IN_STOCK`, `LOW_STOCK`, `OUT_OF_STOCK`, or a number where the shop's own strategy tells one. */
    readonly stockLevel: string
    readonly options: readonly { readonly name: string; readonly group: { readonly name: string } }[]
    readonly featuredAsset: Picture | null
    readonly customFields?: Readonly<Record<string, unknown>> | null
  }[]
}

/** @throws TypeError for an order with an amount that is none */
export function toCart(order: VendureOrder, known: KnownIds, place: { base: string; checkoutUrl: string }): Cart {
  const money = (amount: number) => needed(minorMoney(amount, order.currencyCode, DIGITS))
  return {
    items: order.lines
      .filter(({ quantity }) => quantity > 0)
      .map(({ id, quantity, productVariant, featuredAsset, ...line }) => ({
        ...{ id, ...known.get(productVariant.id), title: productVariant.product.name },
        variantTitle: variantTitle(productVariant.name, productVariant.product.name),
        quantity,
        price: money(line.discountedUnitPriceWithTax),
        total: money(line.discountedLinePriceWithTax),
        image: picture(productVariant.featuredAsset ?? featuredAsset, place.base),
      })),
    quantity: order.totalQuantity,
    total: money(order.totalWithTax),
    codes: order.couponCodes,
    checkoutUrl: place.checkoutUrl,
  }
}

/** A store without an order yet. */
export const emptyCart = (currency: string, checkoutUrl: string): Cart => ({
  items: [],
  quantity: 0,
  total: { amount: 0, currency },
  checkoutUrl,
})

/** @param place `base` resolves addresses of pictures, which a shop may give without its own */
export function toStoreProduct(raw: VendureProduct, place: { base: string; fields: PriceFields }): StoreProduct {
  const { base } = place
  const images = [raw.featuredAsset, ...raw.assets].map((one) => picture(one, base))
  return {
    images: [...new Set(images.filter((one) => one !== undefined))],
    axes: raw.optionGroups.map(({ name, options }) => ({ name, values: options.map((value) => value.name) })),
    variants: raw.variants.map((one) => toVariant(one, raw.name, place)),
  }
}

/** The product of a show's own notation among those found; `skus` are the product ids of SKUs that were searched for. */
export function isMeant(
  { ref }: Pick<ProductInput, 'ref'>,
  slug: string | undefined,
  { id, slug: own, variants }: VendureProduct,
): boolean {
  const codes = variants.map(({ sku }) => sku)
  if (ref?.sku && codes.includes(ref.sku)) return true
  return slug === own || ref?.platformId === id || variants.some((one) => one.id === ref?.platformId && !slug)
}

function toVariant(
  raw: VendureProduct['variants'][number],
  title: string,
  { base, fields }: { base: string; fields: PriceFields },
): StoreVariant {
  const own = (name: string | undefined) =>
    name ? minorMoney(raw.customFields?.[name], raw.currencyCode, DIGITS) : undefined
  const pieces = /^\d+$/.test(raw.stockLevel) ? Number(raw.stockLevel) : undefined
  return {
    id: raw.id,
    sku: raw.sku,
    title: variantTitle(raw.name, title),
    options: Object.fromEntries(raw.options.map(({ name, group }) => [group.name, name])),
    available: raw.stockLevel !== 'OUT_OF_STOCK' && pieces !== 0,
    stock: raw.stockLevel === 'OUT_OF_STOCK' ? 0 : pieces,
    price: minorMoney(raw.priceWithTax, raw.currencyCode, DIGITS),
    compareAt: own(fields.compareAtField),
    lowest30Days: own(fields.lowest30Field),
    image: picture(raw.featuredAsset, base),
  }
}

/** Variants are called after their product: "Coat S Ink" is "S Ink" here. */
function variantTitle(name: string, product: string): string | undefined {
  const rest = name.startsWith(product) ? name.slice(product.length).trim() : name
  return rest || undefined
}

const picture = (asset: Picture | null, base: string) => safeUrl(asset?.preview, base) ?? undefined
