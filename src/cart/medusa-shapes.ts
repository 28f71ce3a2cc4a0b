import { safeUrl } from '../lib/safe-url.ts'
import type { Cart } from '../model/cart.ts'
import type { ProductInput } from '../model/product.ts'
import type { KnownIds, StoreProduct, StoreVariant } from './join-product.ts'
import { decimalMoney, needed } from './store-money.ts'

const ITEM =
  'id,title,product_title,variant_title,variant_id,quantity,unit_price,is_tax_inclusive,total,tax_total,thumbnail'

/** Fields of a cart that a {@link MedusaCart} has. */
export const CART = [
  'id,currency_code,region_id,total,completed_at,promotions.code',
  ...ITEM.split(',').map((field) => `items.${field}`),
].join()

/** Fields of a product that a {@link MedusaProduct} has. */
export const PRODUCT =
  'id,handle,title,thumbnail,*images,*options,*options.values,*variants,*variants.options,*variants.calculated_price,+variants.inventory_quantity'

/** What is read of a cart; amounts in major units. The basket checks what comes of it. */
export interface MedusaCart {
  readonly id: string
  readonly currency_code: string
  readonly region_id: string | null
  readonly total: number
  /** It has become an order: no cart any more. */
  readonly completed_at?: string | null
  readonly promotions?: readonly { readonly code?: string }[]
  readonly items?: readonly {
    readonly id: string
    readonly title: string
    readonly product_title?: string | null
    readonly variant_title?: string | null
    readonly variant_id: string | null
    readonly quantity: number
    readonly unit_price: number
    readonly is_tax_inclusive?: boolean
    readonly total?: number
    readonly tax_total?: number
    readonly thumbnail?: string | null
  }[]
}

/** What is read of a product. */
export interface MedusaProduct {
  readonly id: string
  readonly handle: string
  readonly title: string
  readonly thumbnail: string | null
  readonly images?: readonly { readonly url: string }[] | null
  readonly options?:
    | readonly {
        readonly id: string
        readonly title: string
        readonly values?: readonly { readonly value: string }[]
      }[]
    | null
  readonly variants?: readonly MedusaVariant[] | null
}

interface MedusaVariant {
  readonly id: string
  readonly title: string | null
  readonly sku: string | null
  readonly thumbnail?: string | null
  readonly manage_inventory?: boolean
  readonly allow_backorder?: boolean
  readonly inventory_quantity?: number
  readonly metadata?: Readonly<Record<string, unknown>> | null
  readonly options?: readonly { readonly value: string; readonly option_id: string | null }[] | null
  readonly calculated_price?: {
    readonly currency_code: string
    readonly calculated_amount: number | null
    readonly calculated_amount_with_tax?: number
    readonly original_amount: number | null
    readonly original_amount_with_tax?: number
  } | null
}

/** How a shop's amounts are shown, and where its pages are. */
export interface MedusaPlace {
  readonly url: string
  readonly checkoutUrl: string
  /** Prices with tax are known for a country only. */
  readonly withTax: boolean
  readonly lowest30Field?: string | undefined
}

/** @throws TypeError for a cart with an amount that is none */
export function toCart(raw: MedusaCart, known: KnownIds, place: MedusaPlace): Cart {
  const currency = raw.currency_code.toUpperCase()
  const money = (amount: number) => needed(decimalMoney(amount, currency))
  const items = raw.items ?? []
  return {
    items: items.map((item) => {
      const { quantity, total = item.unit_price * quantity, tax_total: tax = 0 } = item
      // Compared with the catalogue's price, which has the tax in it for a country or where the shop says so.
      const shown = place.withTax || item.is_tax_inclusive ? total : total - tax
      return {
        ...{ id: item.id, ...known.get(item.variant_id ?? ''), title: item.product_title ?? item.title },
        variantTitle: (item.product_title && item.variant_title) || undefined,
        quantity,
        price: money(shown / quantity),
        total: money(total),
        image: safeUrl(item.thumbnail ?? undefined, place.url) ?? undefined,
      }
    }),
    quantity: items.reduce((sum, { quantity }) => sum + quantity, 0),
    total: money(raw.total),
    checkoutUrl: place.checkoutUrl,
  }
}

/** @param place its `url` resolves addresses of pictures, which a shop may give without its own */
export function toStoreProduct(raw: MedusaProduct, place: Pick<MedusaPlace, 'url' | 'lowest30Field'>): StoreProduct {
  const { url } = place
  const images = [raw.thumbnail, ...(raw.images ?? []).map((one) => one.url)]
  const addresses = images.map((one) => safeUrl(one ?? undefined, url) ?? undefined).filter((one) => one !== undefined)
  return {
    images: [...new Set(addresses)],
    axes: (raw.options ?? []).map(({ title, values }) => ({
      name: title,
      values: (values ?? []).map(({ value }) => value),
    })),
    variants: (raw.variants ?? []).map((one) => toVariant(raw, one, place)),
  }
}

function toVariant(
  product: MedusaProduct,
  raw: MedusaVariant,
  { url, lowest30Field = '' }: Pick<MedusaPlace, 'url' | 'lowest30Field'>,
): StoreVariant {
  const price = raw.calculated_price
  const currency = price?.currency_code.toUpperCase() ?? ''
  const isCounted = raw.manage_inventory && !raw.allow_backorder && raw.inventory_quantity !== undefined
  const stock = isCounted ? Math.max(raw.inventory_quantity ?? 0, 0) : undefined
  const lowest = raw.metadata?.[lowest30Field] as Readonly<Record<string, unknown>> | null | undefined
  const axis = (id: string | null) => product.options?.find((one) => one.id === id)?.title
  return {
    id: raw.id,
    sku: raw.sku ?? undefined,
    title: raw.title ?? undefined,
    options: Object.fromEntries((raw.options ?? []).map(({ option_id, value }) => [axis(option_id) ?? '', value])),
    available: stock !== 0,
    stock,
    price: price ? decimalMoney(price.calculated_amount_with_tax ?? price.calculated_amount, currency) : undefined,
    compareAt: price ? decimalMoney(price.original_amount_with_tax ?? price.original_amount, currency) : undefined,
    lowest30Days: decimalMoney(lowest?.[currency.toLowerCase()], currency),
    image: safeUrl(raw.thumbnail ?? undefined, url) ?? undefined,
  }
}

/** The product of a show's own notation among those found. */
export function isMeant(
  { ref }: Pick<ProductInput, 'ref'>,
  handle: string | undefined,
  { id, handle: own, variants }: MedusaProduct,
): boolean {
  if (handle === own || ref?.platformId === id) return true
  return !!variants?.some((one) => one.id === ref?.platformId || (!!ref?.sku && one.sku === ref.sku))
}
