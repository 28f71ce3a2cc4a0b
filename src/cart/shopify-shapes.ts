import type { Cart, CartItem } from '../model/cart.ts'
import { exponentOf, type Money } from '../model/money.ts'
import type { ProductInput, ProductOption, Variant } from '../model/product.ts'

/** What is read of `cart.js` (shopify.dev/docs/api/ajax/reference/cart). The basket checks what comes of it. */
export interface ShopifyCart {
  readonly item_count: number
  readonly total_price: number
  readonly currency: string
  readonly items: readonly {
    readonly key: string
    readonly variant_id: number
    readonly quantity: number
    readonly product_title: string
    readonly variant_title: string | null
    readonly final_price: number
    readonly final_line_price: number
    readonly image: string | null
    readonly url: string
  }[]
  readonly discount_codes?: readonly { readonly code: string; readonly applicable: boolean }[]
}

/** What is read of `products/{handle}.js` (shopify.dev/docs/api/ajax/reference/product). */
export interface ShopifyProduct {
  readonly title: string
  readonly url: string
  readonly available: boolean
  readonly images: readonly string[]
  readonly options: readonly { readonly name: string; readonly values: readonly string[] }[]
  readonly variants: readonly ShopifyVariant[]
}

export interface ShopifyVariant {
  readonly id: number
  readonly sku: string | null
  readonly title: string
  readonly public_title: string | null
  readonly options: readonly string[]
  readonly available: boolean
  readonly price: number
  readonly compare_at_price: number | null
  readonly featured_image: { readonly src: string } | null
  readonly unit_price?: number
  readonly unit_price_measurement?: { readonly reference_value: number; readonly reference_unit: string }
}

/** The show's ids of a variant of the store. */
export type KnownIds = ReadonlyMap<number, Pick<CartItem, 'productId' | 'variantId'>>

/**
 * Shopify counts in hundredths whatever the currency: 1000 yen are 100000 (shopify.dev/docs/api/liquid/objects/product).
 * `undefined`: no amount that can be shown.
 */
export function toMoney(hundredths: number | null | undefined, currency: string): Money | undefined {
  const amount = Math.round(Number(hundredths ?? Number.NaN) * 10 ** (exponentOf(currency) - 2))
  return Number.isSafeInteger(amount) ? { amount, currency } : undefined
}

/** @throws TypeError for a cart with an amount that is none */
export function toCart(raw: ShopifyCart, known: KnownIds, checkoutUrl: string, origin: string): Cart {
  const money = (amount: number): Money => {
    const sum = toMoney(amount, raw.currency)
    if (!sum) throw new TypeError(`no amount: ${amount}`)
    return sum
  }
  return {
    items: raw.items.map((item) => ({
      id: item.key,
      ...known.get(item.variant_id),
      title: item.product_title,
      variantTitle: item.variant_title ?? undefined,
      quantity: item.quantity,
      price: money(item.final_price),
      total: money(item.final_line_price),
      image: absolute(item.image, origin),
      url: absolute(item.url, origin),
    })),
    quantity: raw.item_count,
    total: money(raw.total_price),
    checkoutUrl,
  }
}

/** Pictures come as `//cdn…`, pages as `/products/…`. */
const absolute = (address: string | null | undefined, origin: string) =>
  address ? new URL(address, origin).href : undefined

/**
 * The show's product with the store's truth. The show's variants keep their ids and find the store's by platform id, SKU or option
 * values; what the store does not have of them is left out. Without any the store's own axes and variants are taken.
 */
export function toProduct(wanted: ProductInput, raw: ShopifyProduct, currency: string, origin: string): ProductInput {
  const pairs = (wanted.variants ?? []).flatMap((variant) => {
    const found = findVariant(raw, variant, wanted)
    return found ? [{ variant, found }] : []
  })
  const own = pairs.length > 0
  const only = raw.variants.length === 1 ? raw.variants[0] : undefined
  const first = raw.variants.find((one) => one.available && toMoney(one.price, currency)) ?? raw.variants[0]
  const price = toMoney(first?.price, currency)
  const theirs = only ? [] : raw.variants.map((found) => ({ variant: { id: `${found.id}` } as Variant, found }))
  const variants = (own ? pairs : theirs).map(({ variant, found }): Variant => {
    const price = toMoney(found.price, currency)
    return {
      ...variant,
      ...(own ? {} : { title: found.title, options: axesOf(raw, found) }),
      sku: variant.sku ?? found.sku ?? undefined,
      ref: refOf(wanted, found.id),
      available: found.available && !!price,
      stock: undefined,
      price,
      compareAt: higher(found, currency),
      image: absolute(found.featured_image?.src, origin) ?? variant.image,
    }
  })
  return {
    ...wanted,
    ref: only ? refOf(wanted, only.id) : wanted.ref,
    url: wanted.url ?? absolute(raw.url, origin),
    images: wanted.images?.length ? wanted.images : raw.images.map((image) => new URL(image, origin).href),
    price,
    compareAt: first && higher(first, currency),
    unitPrice: first && unitPriceOf(first, currency),
    available: raw.available && !!price,
    stock: undefined,
    options: own || only ? wanted.options : raw.options.map(toOption),
    variants: variants.length ? variants : undefined,
  }
}

const refOf = (wanted: ProductInput, id: number) => ({
  ...wanted.ref,
  platformId: `gid://shopify/ProductVariant/${id}`,
})

const toOption = ({ name, values }: ShopifyProduct['options'][number]): ProductOption => ({
  id: name,
  name,
  values: values.map((value) => ({ id: value, label: value })),
})

const axesOf = (raw: ShopifyProduct, found: ShopifyVariant) =>
  Object.fromEntries(raw.options.map(({ name }, axis) => [name, found.options[axis] ?? '']))

/** A price before reduction is one that is higher. */
const higher = ({ price, compare_at_price }: ShopifyVariant, currency: string) =>
  Number(compare_at_price) > price ? toMoney(compare_at_price, currency) : undefined

function unitPriceOf({ unit_price, unit_price_measurement: unit }: ShopifyVariant, currency: string) {
  const price = unit_price && unit ? toMoney(unit_price, currency) : undefined
  if (!price || !unit) return undefined
  return {
    price,
    per: unit.reference_value === 1 ? unit.reference_unit : `${unit.reference_value} ${unit.reference_unit}`,
  }
}

/** The last number of a plain id or a gid. */
export const idOf = (platformId: string | undefined): number =>
  Number(/(?:^|ProductVariant\/)(\d+)$/.exec(platformId ?? '')?.[1])

function findVariant(
  raw: ShopifyProduct,
  { sku, ref, options }: Variant,
  wanted: ProductInput,
): ShopifyVariant | undefined {
  const id = idOf(ref?.platformId)
  const code = ref?.sku ?? sku
  const words = Object.entries(options ?? {}).map(([axis, value]) => wordsOf(wanted, axis, value))
  return (
    raw.variants.find((one) => one.id === id) ??
    (code ? raw.variants.find((one) => one.sku === code) : undefined) ??
    (words.length
      ? raw.variants.find(
          (one) =>
            one.options.length === words.length &&
            words.every((axis) => one.options.some((value) => axis.includes(value.toLowerCase()))),
        )
      : undefined)
  )
}

/** What a value may be called in the store: its id, or its label in any language. */
function wordsOf({ options }: ProductInput, axis: string, value: string): readonly string[] {
  const label = options?.find(({ id }) => id === axis)?.values.find(({ id }) => id === value)?.label ?? ''
  return [value, ...(typeof label === 'string' ? [label] : Object.values(label))].map((word) => word.toLowerCase())
}
