import type { Cart, CartItem } from '../model/cart.ts'
import type { KnownIds, StoreProduct, StoreVariant } from './join-product.ts'
import { decimalMoney, needed } from './store-money.ts'

interface WarePrice {
  readonly unitPrice: number
  readonly totalPrice: number
  readonly listPrice?: { readonly price?: number } | null
  /** Lowest price of 30 days. */
  readonly regulationPrice?: { readonly price?: number } | null
  readonly referencePrice?: {
    readonly price: number
    readonly referenceUnit: number
    readonly unitName?: string
  } | null
}

/** A line of the cart; a promotion is one too, with a negative price. */
export interface WareItem {
  readonly id: string
  readonly referencedId?: string | null
  readonly type: string
  readonly label?: string | null
  readonly quantity: number
  readonly price?: WarePrice | null
  readonly cover?: { readonly url?: string } | null
  readonly payload?:
    | { readonly code?: string; readonly options?: readonly { readonly group: string; readonly option: string }[] }
    | readonly unknown[]
    | null
}

/** What is read of `checkout/cart.json` and of the Store API's cart. */
export interface WareCart {
  /** Of the session; with it the Store API answers for this viewer. */
  readonly token?: string
  readonly price: { readonly totalPrice: number; readonly positionPrice?: number }
  readonly lineItems: readonly WareItem[]
  /** By key; empty it is a list. */
  readonly errors?:
    | Readonly<Record<string, { readonly messageKey?: string; readonly message?: string }>>
    | readonly unknown[]
}

interface WareText {
  readonly name?: string | null
}

/** What is read of the Store API's products. */
export interface WareProduct {
  readonly id: string
  readonly parentId?: string | null
  readonly productNumber?: string
  readonly available?: boolean
  readonly isCloseout?: boolean
  readonly availableStock?: number | null
  readonly calculatedMaxPurchase?: number
  readonly calculatedPrice?: WarePrice
  readonly calculatedPrices?: readonly WarePrice[]
  readonly translated?: WareText
  readonly cover?: { readonly media?: { readonly url?: string } | null } | null
  readonly options?:
    | readonly { readonly translated?: WareText; readonly group?: { readonly translated?: WareText } | null }[]
    | null
}

/** @throws TypeError for a cart with an amount that is none */
export function toCart(raw: WareCart, known: KnownIds, currency: string, root: string): Cart {
  const goods = raw.lineItems.filter(({ type }) => type === 'product' || type === 'custom')
  return {
    items: goods.map((item) => toItem(item, known, { currency, root })),
    quantity: goods.reduce((sum, { quantity }) => sum + quantity, 0),
    total: needed(decimalMoney(raw.price.positionPrice ?? raw.price.totalPrice, currency)),
    checkoutUrl: `${root}checkout/confirm`,
  }
}

function toItem(item: WareItem, known: KnownIds, { currency, root }: { currency: string; root: string }): CartItem {
  const options = 'options' in (item.payload ?? {}) ? (item.payload as { options?: { option: string }[] }).options : []
  const id = item.referencedId ?? item.id
  return {
    id: item.id,
    ...known.get(id),
    title: item.label ?? '',
    variantTitle: options?.map(({ option }) => option).join(' / ') || undefined,
    quantity: item.quantity,
    price: needed(decimalMoney(item.price?.unitPrice ?? 0, currency)),
    total: needed(decimalMoney(item.price?.totalPrice ?? 0, currency)),
    image: item.cover?.url,
    url: item.type === 'product' ? `${root}detail/${id}` : undefined,
  }
}

/** Whether a code counts in the cart: then it has a line of its own. */
export const hasCode = (raw: WareCart, code: string): boolean =>
  raw.lineItems.some(
    ({ type, payload }) =>
      type === 'promotion' &&
      `${(payload as { code?: string } | null)?.code ?? ''}`.toLowerCase() === code.toLowerCase(),
  )

/** One product of its variants. Prices are major units; graduated prices begin with the price of one piece. */
export function toStoreProduct(found: readonly WareProduct[], currency: string): StoreProduct {
  const variants = found.map((one) => toVariant(one, currency))
  const names = [...new Set(variants.flatMap(({ options }) => Object.keys(options)))]
  return {
    images: [...new Set(found.flatMap(({ cover }) => cover?.media?.url ?? []))],
    axes: names.map((name) => ({ name, values: [...new Set(variants.map(({ options }) => options[name] ?? ''))] })),
    variants,
  }
}

function toVariant(one: WareProduct, currency: string): StoreVariant {
  const price = one.calculatedPrices?.[0] ?? one.calculatedPrice
  const unit = price?.referencePrice
  const perUnit = unit && decimalMoney(unit.price, currency)
  const pairs = (one.options ?? []).map(({ group, translated }) => [
    group?.translated?.name ?? '',
    translated?.name ?? '',
  ])
  return {
    id: one.id,
    sku: one.productNumber,
    title: one.translated?.name ?? undefined,
    options: Object.fromEntries(pairs),
    available: (one.available ?? true) && (one.calculatedMaxPurchase ?? 1) > 0,
    stock: one.isCloseout ? Math.max(one.availableStock ?? 0, 0) : undefined,
    price: decimalMoney(price?.unitPrice, currency),
    compareAt: decimalMoney(price?.listPrice?.price, currency),
    lowest30Days: decimalMoney(price?.regulationPrice?.price, currency),
    unitPrice:
      perUnit && unit ? { price: perUnit, per: `${unit.referenceUnit} ${unit.unitName ?? ''}`.trim() } : undefined,
    image: one.cover?.media?.url,
  }
}
