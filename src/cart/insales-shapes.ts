import type { Cart, CartItem } from '../model/cart.ts'
import type { KnownIds, StoreProduct, StoreVariant } from './join-product.ts'
import { decimalMoney, needed } from './store-money.ts'

interface SalesImage {
  readonly id?: number
  readonly large_url?: string
  readonly medium_url?: string
  readonly original_url?: string
}

/** A line of the cart; what the shop sends of it differs between its answers. */
interface SalesLine {
  readonly variant_id: number
  readonly product_id?: number
  readonly title?: string
  readonly quantity: number
  readonly sale_price: number | string
  readonly total_price?: number | string
  readonly full_total_price?: number | string
  readonly first_image?: SalesImage
  readonly product?: { readonly title?: string; readonly url?: string; readonly images?: readonly SalesImage[] }
  readonly variant?: { readonly title?: string | null }
}

/** What is read of `cart_items.json`. */
export interface SalesCart {
  readonly status?: string
  readonly errors?: unknown
  readonly message?: string
  readonly items_count: number
  readonly total_price: number | string
  readonly order_lines?: readonly SalesLine[]
  readonly items?: readonly SalesLine[]
}

/** What is read of `products_by_id`. */
export interface SalesProduct {
  readonly id: number
  readonly title: string
  readonly url?: string
  /** `RUR` is the rouble. */
  readonly currency_code?: string
  readonly available?: boolean
  readonly images?: readonly SalesImage[]
  readonly option_names?: readonly { readonly id: number; readonly title: string }[]
  readonly variants: readonly {
    readonly id: number
    readonly sku?: string | null
    readonly title?: string | null
    readonly available?: boolean
    readonly quantity?: number | null
    readonly price: number | string
    readonly old_price?: number | string | null
    readonly image_id?: number | null
    readonly option_values?: readonly { readonly option_name_id: number; readonly title: string }[]
  }[]
}

/** ISO 4217 of the shop's code. */
export const isoOf = (code: string | undefined): string | undefined => (code === 'RUR' ? 'RUB' : code || undefined)

export const linesOf = ({ order_lines, items }: SalesCart): readonly SalesLine[] => order_lines ?? items ?? []

/** @throws TypeError for a cart with an amount that is none */
export function toCart(raw: SalesCart, known: KnownIds, currency: string, root: string): Cart {
  return {
    items: linesOf(raw).map((line) => toItem(line, known, { currency, root })),
    quantity: linesOf(raw).reduce((sum, { quantity }) => sum + Number(quantity), 0),
    total: needed(decimalMoney(raw.total_price, currency)),
    checkoutUrl: `${root}new_order`,
  }
}

function toItem(line: SalesLine, known: KnownIds, { currency, root }: { currency: string; root: string }): CartItem {
  const price = needed(decimalMoney(line.sale_price, currency))
  const quantity = Number(line.quantity)
  const total = decimalMoney(line.full_total_price ?? line.total_price, currency)
  const path = line.product?.url
  return {
    id: `${line.variant_id}`,
    ...known.get(`${line.variant_id}`),
    title: line.product?.title ?? line.title ?? '',
    variantTitle: line.variant?.title || undefined,
    quantity,
    price,
    total: total ?? { amount: price.amount * quantity, currency },
    image: pictureOf(line.first_image ?? line.product?.images?.[0]),
    url: path && URL.canParse(path, root) ? new URL(path, root).href : undefined,
  }
}

const pictureOf = (image: SalesImage | undefined) => image?.large_url ?? image?.original_url ?? image?.medium_url

/** The product with its variants; every amount is in major units. */
export function toStoreProduct(raw: SalesProduct, currency: string, root: string): StoreProduct {
  const names = new Map((raw.option_names ?? []).map(({ id, title }) => [id, title]))
  const variants = raw.variants.map((one): StoreVariant => {
    const values = one.option_values ?? []
    const stock = Number(one.quantity ?? Number.NaN)
    return {
      ...{ id: `${one.id}`, sku: one.sku ?? undefined, title: one.title ?? undefined },
      options: Object.fromEntries(values.map((value) => [names.get(value.option_name_id) ?? '', value.title])),
      available: one.available ?? raw.available ?? true,
      stock: Number.isSafeInteger(stock) && stock >= 0 ? stock : undefined,
      price: decimalMoney(one.price, currency),
      compareAt: decimalMoney(one.old_price, currency),
      image: pictureOf(raw.images?.find(({ id }) => id === one.image_id && id !== undefined)),
    }
  })
  const axes = [...names.values()].map((name) => ({
    name,
    values: [...new Set(variants.map(({ options }) => options[name] ?? ''))],
  }))
  return {
    url: raw.url && URL.canParse(raw.url, root) ? new URL(raw.url, root).href : undefined,
    images: (raw.images ?? []).flatMap((image) => pictureOf(image) ?? []),
    axes,
    variants,
  }
}
