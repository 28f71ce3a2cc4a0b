import { plainText } from '../lib/plain-text.ts'
import type { Cart } from '../model/cart.ts'
import type { Money } from '../model/money.ts'
import type { KnownIds, StoreProduct, StoreVariant } from './join-product.ts'
import { minorMoney, needed } from './store-money.ts'

interface WooCurrency {
  readonly currency_code: string
  /** The shop's own number of decimals, which need not be the currency's. */
  readonly currency_minor_unit: number
}

/** What is read of `GET cart` (Store API, CartSchema). Amounts are minor units as text, texts are HTML. */
export interface WooCart {
  readonly items: readonly {
    readonly key: string
    /** Of the variation where it is one. */
    readonly id: number
    readonly quantity: number
    readonly name: string
    readonly permalink?: string
    readonly images?: readonly { readonly src?: string; readonly thumbnail?: string }[]
    readonly variation?: readonly { readonly attribute: string; readonly value: string }[]
    readonly prices: WooCurrency & { readonly price: string }
    readonly totals: {
      readonly line_subtotal: string
      readonly line_subtotal_tax: string
      readonly line_total: string
      readonly line_total_tax: string
    }
  }[]
  readonly items_count: number
  readonly totals: WooCurrency & { readonly total_price: string }
  readonly coupons?: readonly { readonly code: string }[]
}

/** What is read of `GET products` (Store API, ProductSchema); a variation has the same shape. */
export interface WooProduct {
  readonly id: number
  readonly type?: string
  readonly parent?: number
  readonly slug?: string
  readonly sku?: string
  readonly permalink?: string
  readonly images?: readonly { readonly src: string }[]
  readonly prices: WooCurrency & { readonly price: string; readonly regular_price?: string }
  readonly is_in_stock: boolean
  readonly is_purchasable: boolean
  readonly low_stock_remaining?: number | null
  readonly attributes?: readonly WooAttribute[]
  readonly variations?: readonly {
    readonly id: number
    /** A value is a term's slug; where there is none the viewer chooses. */
    readonly attributes: readonly { readonly name: string; readonly value: string | null }[]
  }[]
}

interface WooAttribute {
  readonly name: string
  /** Absent: the product's own attribute. */
  readonly taxonomy?: string | null
  readonly has_variations?: boolean
  readonly terms: readonly { readonly name: string; readonly slug: string }[]
}

const moneyOf = (amount: string | undefined, { currency_code: code, currency_minor_unit: digits }: WooCurrency) =>
  minorMoney(amount, code, digits)

/** @throws TypeError for a cart with an amount that is none */
export function toCart(raw: WooCart, known: KnownIds, checkoutUrl: string): Cart {
  return {
    items: raw.items.map((item) => {
      const total = needed(totalOf(item))
      return {
        id: item.key,
        ...known.get(`${item.id}`),
        title: plainText(item.name),
        variantTitle: item.variation?.map(({ value }) => plainText(value)).join(' / ') || undefined,
        quantity: item.quantity,
        price: { ...total, amount: Math.round(total.amount / (item.quantity || 1)) },
        total,
        image: item.images?.[0]?.thumbnail || item.images?.[0]?.src || undefined,
        url: item.permalink,
      }
    }),
    quantity: raw.items_count,
    total: needed(moneyOf(raw.totals.total_price, raw.totals)),
    codes: raw.coupons?.map(({ code }) => code),
    checkoutUrl,
  }
}

/** A line after its discounts, with tax where the shop shows its prices with tax: the price tells, a line's sums never do. */
function totalOf({ prices, quantity, totals }: WooCart['items'][number]): Money | undefined {
  const shown = Number(prices.price) * quantity
  const net = Number(totals.line_subtotal)
  const isGross = Math.abs(shown - net - Number(totals.line_subtotal_tax)) < Math.abs(shown - net)
  return moneyOf(`${Number(totals.line_total) + (isGross ? Number(totals.line_total_tax) : 0)}`, prices)
}

/** A product with what is known of its variations; one that the shop hides, for it is out of stock, stays visible as such. */
export function toStoreProduct(raw: WooProduct, variations: ReadonlyMap<number, WooProduct>): StoreProduct {
  const axes = (raw.attributes ?? []).filter((one) => one.has_variations)
  const variants = (raw.variations ?? []).flatMap(({ id, attributes }) =>
    combinations(axes, attributes).map((chosen): StoreVariant => {
      const found = variations.get(id)
      const isAny = attributes.some(({ value }) => !value)
      return {
        ...toVariant(found ?? raw),
        id: isAny ? `${id}?${queryOf(axes, chosen)}` : `${id}`,
        title: Object.values(chosen).join(' / '),
        options: chosen,
        ...(!found && { available: false, price: undefined, sku: undefined, stock: undefined }),
      }
    }),
  )
  return {
    url: raw.permalink,
    images: (raw.images ?? []).map(({ src }) => src),
    axes: axes.map(({ name, terms }) => ({ name, values: terms.map((term) => plainText(term.name)) })),
    variants: variants.length ? variants : [toVariant(raw)],
  }
}

function toVariant(raw: WooProduct): StoreVariant {
  return {
    id: `${raw.id}`,
    sku: raw.sku || undefined,
    options: {},
    available: raw.is_in_stock && raw.is_purchasable,
    stock: raw.low_stock_remaining ?? undefined,
    price: moneyOf(raw.prices.price, raw.prices),
    compareAt: moneyOf(raw.prices.regular_price, raw.prices),
    image: raw.images?.[0]?.src,
  }
}

/** Chosen labels by axis: one for each combination that a variation stands for, which are several where a value is "any". */
function combinations(
  axes: readonly WooAttribute[],
  given: readonly { readonly name: string; readonly value: string | null }[],
): Record<string, string>[] {
  let all: Record<string, string>[] = [{}]
  for (const { name, terms } of axes) {
    const value = given.find((one) => one.name === name)?.value
    const fit = terms.filter((term) => !value || term.slug === value || term.name === value)
    all = all.flatMap((one) => fit.map((term) => ({ ...one, [name]: plainText(term.name) })))
  }
  return all.slice(0, 60)
}

/** What an add must say beside the id of a variation that leaves a choice: attribute by attribute. */
function queryOf(axes: readonly WooAttribute[], chosen: Record<string, string>): string {
  const query = new URLSearchParams()
  for (const { name, taxonomy, terms } of axes) {
    const term = terms.find((one) => plainText(one.name) === chosen[name])
    query.set(taxonomy || name, (taxonomy ? term?.slug : term?.name) ?? '')
  }
  return `${query}`
}
