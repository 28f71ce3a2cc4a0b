import type { Cart, CartItem } from '../model/cart.ts'
import type { KnownIds, StoreProduct, StoreVariant } from './join-product.ts'
import { decimalMoney, needed, writtenMoney } from './store-money.ts'

interface ForcePrice {
  readonly sales?: { readonly value?: number; readonly currency?: string } | null
  readonly list?: { readonly value?: number; readonly currency?: string } | null
  /** A master's: from the cheapest variant to the dearest. */
  readonly min?: ForcePrice
}
type ForceImages = Readonly<Record<string, readonly { readonly url?: string; readonly absURL?: string }[]>>

/** What is read of a product of `Product-Variation`. */
export interface ForceProduct {
  readonly id: string
  readonly productName?: string
  readonly productType?: string
  readonly available?: boolean
  readonly readyToOrder?: boolean
  readonly price?: ForcePrice | null
  readonly images?: ForceImages
  readonly selectedProductUrl?: string
  readonly variationAttributes?:
    | readonly {
        readonly attributeId?: string
        readonly id?: string
        readonly displayName?: string
        readonly displayValue?: string
        readonly values?: readonly {
          readonly id: string
          readonly displayValue?: string
          readonly selected?: boolean
          readonly selectable?: boolean
          readonly url?: string
        }[]
      }[]
    | null
}

/** What is read of the cart model. Amounts of the whole are formatted; `-` is none. */
export interface ForceCart {
  readonly items: readonly (ForceProduct & {
    readonly UUID: string
    readonly quantity: number
    readonly priceTotal?: { readonly price?: string }
    readonly isBonusProductLineItem?: boolean
  })[]
  readonly numItems?: number
  readonly totals?: {
    readonly grandTotal?: string
    readonly subTotal?: string
    readonly discounts?: readonly { readonly couponCode?: string; readonly type?: string }[]
  }
}

/** ISO 4217 of what is in the cart. */
export const currencyIn = (raw: ForceCart): string | undefined =>
  raw.items.map(({ price }) => price?.sales?.currency).find(Boolean)

/** @throws TypeError for a cart with an amount that is none */
export function toCart(raw: ForceCart, known: KnownIds, currency: string, root: string): Cart {
  const { grandTotal = '', subTotal = '' } = raw.totals ?? {}
  const items = raw.items.map((item) => toItem(item, known, { currency, root }))
  const sum = items.reduce((all, { total }) => all + total.amount, 0)
  return {
    items,
    quantity: items.reduce((all, { quantity }) => all + quantity, 0),
    total: writtenMoney(grandTotal, currency) ?? writtenMoney(subTotal, currency) ?? { amount: sum, currency },
  }
}

function toItem(
  item: ForceCart['items'][number],
  known: KnownIds,
  { currency, root }: { currency: string; root: string },
): CartItem {
  const price = needed(decimalMoney(item.price?.sales?.value ?? 0, currency))
  const quantity = Number(item.quantity)
  return {
    id: item.UUID,
    ...known.get(item.id),
    title: item.productName ?? '',
    variantTitle:
      (item.variationAttributes ?? []).flatMap(({ displayValue }) => displayValue ?? []).join(' / ') || undefined,
    quantity,
    price,
    total: writtenMoney(item.priceTotal?.price ?? '', currency) ?? { amount: price.amount * quantity, currency },
    image: picturesOf(item.images, root)[0],
  }
}

const picturesOf = (images: ForceImages | undefined, root: string): readonly string[] =>
  (images?.large ?? images?.medium ?? images?.small ?? []).flatMap(({ absURL, url }) => {
    const path = absURL ?? url ?? ''
    return path && URL.canParse(path, root) ? new URL(path, root).href : []
  })

/** A product of itself, or of its variants where those were asked for too. */
export function toStoreProduct(found: readonly ForceProduct[], fallback: string, root: string): StoreProduct {
  const variants = found.map((one): StoreVariant => {
    const price = one.price?.sales ? one.price : (one.price?.min ?? one.price)
    const currency = price?.sales?.currency ?? fallback
    return {
      ...{ id: one.id, sku: one.id, title: one.productName, options: chosen(one) },
      available: one.available !== false,
      price: decimalMoney(price?.sales?.value, currency),
      compareAt: decimalMoney(price?.list?.value, price?.list?.currency ?? currency),
      image: picturesOf(one.images, root)[0],
    }
  })
  const names = [...new Set(variants.flatMap(({ options }) => Object.keys(options)))]
  return {
    images: [...new Set(found.flatMap(({ images }) => picturesOf(images, root)))],
    axes: names.map((name) => ({ name, values: [...new Set(variants.map(({ options }) => options[name] ?? ''))] })),
    variants,
  }
}

const chosen = (one: ForceProduct): Record<string, string> =>
  Object.fromEntries(
    (one.variationAttributes ?? []).flatMap(({ displayName, id, attributeId, values }) => {
      const value = values?.find(({ selected }) => selected)
      return value ? [[displayName ?? id ?? attributeId ?? '', value.displayValue ?? value.id]] : []
    }),
  )

/** Whether a variant must be chosen before it can be bought. */
export const isMaster = ({ productType, readyToOrder }: ForceProduct): boolean =>
  /^(master|variationGroup|set)$/.test(productType ?? '') && readyToOrder !== true
