import type { Cart, CartItem } from '../model/cart.ts'
import type { KnownIds, StoreProduct, StoreVariant } from './join-product.ts'
import { decimalMoney, needed } from './store-money.ts'

/** What is read of a basket (Shopper Baskets). Amounts are major units; those of items are of the whole line. */
export interface ApiBasket {
  readonly basketId: string
  readonly currency: string
  readonly orderTotal?: number | null
  readonly productTotal?: number | null
  readonly productSubTotal?: number | null
  readonly productItems?: readonly {
    readonly itemId: string
    readonly productId: string
    readonly productName?: string
    readonly itemText?: string
    readonly quantity: number
    readonly basePrice?: number
    readonly price?: number
    readonly priceAfterItemDiscount?: number
  }[]
  readonly couponItems?: readonly { readonly code: string; readonly statusCode?: string; readonly valid?: boolean }[]
}

/** What is read of a product (Shopper Products). */
export interface ApiProduct {
  readonly id: string
  readonly name?: string
  readonly price?: number
  readonly currency?: string
  readonly type?: { readonly master?: boolean; readonly variationGroup?: boolean }
  readonly inventory?: { readonly ats?: number; readonly orderable?: boolean }
  readonly imageGroups?: readonly {
    readonly images?: readonly { readonly link?: string; readonly disBaseLink?: string }[]
  }[]
  readonly variationAttributes?: readonly {
    readonly id: string
    readonly name?: string
    readonly values?: readonly { readonly value: string; readonly name?: string }[]
  }[]
  readonly variants?: readonly {
    readonly productId: string
    readonly price?: number
    readonly orderable?: boolean
    readonly variationValues?: Readonly<Record<string, string>>
  }[]
}

/** @throws TypeError for a basket with an amount that is none */
export function toCart(raw: ApiBasket, known: KnownIds, checkoutUrl: string): Cart {
  const { currency } = raw
  const items = (raw.productItems ?? []).map((item): CartItem => {
    const total = needed(decimalMoney(item.priceAfterItemDiscount ?? item.price, currency))
    return {
      ...{ id: item.itemId, ...known.get(item.productId), title: item.productName ?? item.itemText ?? '' },
      ...{ quantity: item.quantity, total },
      price: { amount: Math.round(total.amount / item.quantity), currency },
    }
  })
  const sum = items.reduce((all, { total }) => all + total.amount, 0)
  return {
    items,
    quantity: items.reduce((all, { quantity }) => all + quantity, 0),
    total: decimalMoney(raw.orderTotal ?? raw.productTotal, currency) ?? { amount: sum, currency },
    codes: raw.couponItems?.flatMap(({ code, statusCode }) => (statusCode === 'applied' ? [code] : [])),
    checkoutUrl,
  }
}

/** A product with the variants of its master. */
export function toStoreProduct(raw: ApiProduct, fallback: string): StoreProduct {
  const currency = raw.currency ?? fallback
  const axes = (raw.variationAttributes ?? []).map(({ id, name, values }) => ({
    ...{ id, name: name ?? id },
    words: new Map((values ?? []).map((one) => [one.value, one.name ?? one.value])),
  }))
  const { ats, orderable } = raw.inventory ?? {}
  const itself: StoreVariant = {
    ...{ id: raw.id, sku: raw.id, title: raw.name, options: {}, available: orderable ?? true },
    stock: ats !== undefined && ats < 1e6 ? Math.max(Math.floor(ats), 0) : undefined,
    price: decimalMoney(raw.price, currency),
  }
  const variants = (raw.variants ?? []).map((one): StoreVariant => {
    const values = Object.entries(one.variationValues ?? {}).map(([id, value]) => {
      const axis = axes.find((known) => known.id === id)
      return [axis?.name ?? id, axis?.words.get(value) ?? value]
    })
    return {
      ...{
        id: one.productId,
        sku: one.productId,
        available: one.orderable ?? true,
        options: Object.fromEntries(values),
      },
      price: decimalMoney(one.price, currency),
    }
  })
  return {
    images: (raw.imageGroups?.[0]?.images ?? []).flatMap(({ disBaseLink, link }) => disBaseLink ?? link ?? []),
    axes: axes.map(({ name, words }) => ({ name, values: [...words.values()] })),
    variants: variants.length ? variants : [itself],
  }
}
