import type { Cart, CartItem } from '../model/cart.ts'
import type { Money } from '../model/money.ts'
import type { KnownIds, StoreVariant } from './join-product.ts'
import { decimalMoney, needed, writtenMoney } from './store-money.ts'

interface Picture {
  readonly bySize?: Readonly<Record<string, { readonly url?: string }>>
}

/** What is read of a presented product, in the cart and in the quick view alike. Numbers come as texts in places. */
export interface PrestaProduct {
  readonly id_product: number | string
  readonly id_product_attribute: number | string
  readonly id_customization?: number | string | null
  readonly name?: string
  readonly reference?: string
  readonly url?: string
  readonly cover?: Picture | null
  readonly images?: readonly Picture[]
  /** By group id with names in the quick view, value by group name in the cart. */
  readonly attributes?: Readonly<Record<string, string | { readonly name: string; readonly group: string }>> | null
  readonly price_amount?: number | string
  readonly regular_price_amount?: number | string
  /** One piece with tax; only in the cart. */
  readonly price_wt?: number | string
  /** The line, formatted; only in the cart. */
  readonly total?: string
  readonly unit_price?: string
  readonly unity?: string
  /** Pieces: in the cart those of the line, in the quick view those in stock. */
  readonly quantity?: number | string
  readonly quantity_wanted?: number | string
  readonly allow_oosp?: number | boolean
  /** `null`: cannot be added. */
  readonly add_to_cart_url?: string | null
}

/** What is read of a presented cart. */
export interface PrestaCart {
  readonly products: readonly PrestaProduct[]
  readonly products_count: number
  readonly totals: { readonly total: { readonly amount: number | string } }
  readonly vouchers?: { readonly added?: Readonly<Record<string, { readonly code?: string; readonly name?: string }>> }
}

/** What the cart controller answers, with HTTP 200 in every case. */
export interface PrestaAnswer {
  readonly success?: boolean
  readonly hasError?: boolean
  readonly errors?: string | readonly string[]
  /** Pieces on the line that was asked about. */
  readonly quantity?: number | string | null
  readonly cart?: PrestaCart
}

/** `1-41`: the product and its combination; a product without any has the combination 0. */
export const keyOf = ({ id_product, id_product_attribute }: PrestaProduct): string =>
  `${id_product}-${Number(id_product_attribute) || 0}`

/** The line's own id: product, combination, customization. */
export const lineIdOf = (item: PrestaProduct): string => `${keyOf(item)}-${Number(item.id_customization) || 0}`

/** @throws TypeError for a cart with an amount that is none */
export function toCart(raw: PrestaCart, known: KnownIds, currency: string, checkoutUrl: string): Cart {
  return {
    items: Object.values(raw.products).map((item) => toItem(item, known, currency)),
    quantity: Number(raw.products_count),
    total: needed(decimalMoney(raw.totals.total.amount, currency)),
    checkoutUrl,
  }
}

function toItem(item: PrestaProduct, known: KnownIds, currency: string): CartItem {
  const quantity = Number(item.quantity_wanted ?? item.quantity)
  const price = needed(decimalMoney(item.price_amount ?? item.price_wt, currency))
  return {
    id: lineIdOf(item),
    ...known.get(keyOf(item)),
    title: item.name ?? '',
    variantTitle: Object.values(optionsOf(item)).join(' / ') || undefined,
    quantity,
    price,
    total: writtenMoney(item.total ?? '', currency) ?? { amount: price.amount * quantity, currency },
    image: pictureOf(item.cover),
    url: item.url,
  }
}

/** A combination out of the quick view's answer. */
export function toVariant(item: PrestaProduct, currency: string): StoreVariant {
  const stock = Number(item.quantity)
  const price: Money | undefined = decimalMoney(item.price_amount, currency)
  const unit = writtenMoney(item.unit_price ?? '', currency)
  return {
    id: keyOf(item),
    sku: item.reference,
    options: optionsOf(item),
    available: item.add_to_cart_url === undefined ? stock > 0 || !!item.allow_oosp : !!item.add_to_cart_url,
    stock: item.allow_oosp || !Number.isSafeInteger(stock) ? undefined : Math.max(stock, 0),
    price,
    compareAt: decimalMoney(item.regular_price_amount, currency),
    unitPrice: unit && item.unity ? { price: unit, per: item.unity } : undefined,
    image: pictureOf(item.cover),
  }
}

/** Value by group, both as the shop calls them. */
export function optionsOf({ attributes }: PrestaProduct): Record<string, string> {
  const pairs = Object.entries(attributes ?? {}).map(([key, value]): [string, string] =>
    typeof value === 'string' ? [key, value] : [value.group, value.name],
  )
  return Object.fromEntries(pairs)
}

/** The largest picture that is still for a list. */
export const pictureOf = (picture: Picture | null | undefined): string | undefined => {
  const sizes = picture?.bySize ?? {}
  return (sizes.home_default ?? sizes.medium_default ?? Object.values(sizes).at(-1))?.url
}

/** A choice of the product page: name of its field, its name, values with theirs. */
export interface PrestaGroup {
  readonly field: string
  readonly values: readonly string[]
}

/** The choices in the quick view's markup: `group[1]` and the ids that it takes, from drop-downs and radio buttons. */
export function groupsIn(html: string): readonly PrestaGroup[] {
  const groups = new Map<string, string[]>()
  for (const [, field = '', rest = ''] of html.matchAll(
    /<select\b[^>]*?name="(group\[\d+\])"[^>]*>([\s\S]*?)<\/select>/g,
  )) {
    groups.set(
      field,
      [...rest.matchAll(/<option\b[^>]*?value="(\d+)"/g)].map(([, value = '']) => value),
    )
  }
  for (const [tag] of html.matchAll(/<input\b[^>]*type="radio"[^>]*>/g)) {
    const field = /name="(group\[\d+\])"/.exec(tag)?.[1]
    const value = /value="(\d+)"/.exec(tag)?.[1]
    if (field && value) groups.set(field, [...(groups.get(field) ?? []), value])
  }
  return [...groups].map(([field, values]) => ({ field, values }))
}
