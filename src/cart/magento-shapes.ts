import { plainText } from '../lib/plain-text.ts'
import type { Cart } from '../model/cart.ts'
import type { Money } from '../model/money.ts'
import type { KnownIds, StoreProduct, StoreVariant } from './join-product.ts'
import { decimalMoney, needed } from './store-money.ts'

type Amount = number | string

/** What is read of the section `cart` (`customer/section/load`). Texts are HTML, amounts decimal; the currency is not among them. */
export interface MagentoCart {
  readonly summary_count: number | null
  /** Before what a code takes off. */
  readonly subtotalAmount: Amount | null
  readonly data_id?: number
  readonly items: readonly {
    readonly item_id: string
    /** Of the configurable product, not of the variant in the cart. */
    readonly product_id: string | number
    readonly product_name: string
    readonly product_url?: string
    readonly product_image?: { readonly src?: string }
    readonly product_price_value: Amount | { readonly incl_tax?: Amount; readonly excl_tax?: Amount }
    readonly qty: number
    readonly options?: readonly {
      readonly value: string
      readonly option_id?: string | number
      readonly option_value?: string | number
    }[]
  }[]
}

/** A message of a section or of the cookie `mage-messages`. */
export interface MagentoMessage {
  readonly type?: string
  readonly text?: string
}

type Chosen = readonly (readonly [attribute: string, value: string])[]

/** A product with its chosen attributes, as `platformId`: `12`, or `12?93=5&144=166`. */
export const keyOf = (id: string | number, chosen: Chosen = []): string =>
  chosen.length
    ? `${id}?${[...chosen]
        .sort(([a], [b]) => Number(a) - Number(b))
        .map((pair) => pair.join('='))
        .join('&')}`
    : `${id}`

/** The product's id and its chosen attributes. */
export function partsOf(platformId: string | undefined): { readonly id: string; readonly chosen: Chosen } {
  const [id = '', query] = /^\d+(\?|$)/.test(platformId ?? '') ? (platformId ?? '').split('?') : []
  return { id, chosen: [...new URLSearchParams(query)] }
}

/** @throws TypeError for a cart with an amount that is none */
export function toCart(raw: MagentoCart, known: KnownIds, currency: string, checkoutUrl: string): Cart {
  const money = (amount: Amount | null | undefined): Money => needed(decimalMoney(round(amount ?? 0), currency))
  return {
    items: raw.items.map((item) => {
      const chosen = (item.options ?? []).map((one) => [`${one.option_id}`, `${one.option_value}`] as const)
      const { product_price_value: value, qty } = item
      const price = money(typeof value === 'object' ? (value.incl_tax ?? value.excl_tax) : value)
      return {
        id: item.item_id,
        ...(known.get(keyOf(item.product_id, chosen)) ?? known.get(keyOf(item.product_id))),
        title: plainText(item.product_name),
        variantTitle: item.options?.map((one) => plainText(one.value)).join(' / ') || undefined,
        quantity: qty,
        price,
        total: { ...price, amount: price.amount * qty },
        image: item.product_image?.src || undefined,
        url: item.product_url || undefined,
      }
    }),
    quantity: raw.summary_count ?? 0,
    total: money(raw.subtotalAmount),
    checkoutUrl,
  }
}

/** The database's four decimals, and what a browser's float makes of a tax. */
const round = (amount: Amount): Amount => (typeof amount === 'number' ? Number(amount.toFixed(4)) : amount)

interface MagentoPrices {
  readonly minimum_price: {
    readonly regular_price: { readonly value: number; readonly currency: string }
    readonly final_price: { readonly value: number; readonly currency: string }
  }
}

interface MagentoOne {
  readonly id: number
  readonly sku: string
  readonly stock_status?: string
  readonly only_x_left_in_stock?: number | null
  readonly price_range: MagentoPrices
  readonly small_image?: { readonly url?: string } | null
}

/** What is asked of a product in GraphQL (developer.adobe.com/commerce/webapi/graphql/schema/products). */
export interface MagentoProduct extends MagentoOne {
  readonly url_key?: string
  readonly url_suffix?: string | null
  readonly media_gallery?: readonly { readonly url: string }[]
  readonly configurable_options?: readonly {
    readonly attribute_id_v2: number
    readonly attribute_code: string
    readonly label: string
    readonly values: readonly { readonly value_index: number; readonly label: string }[]
  }[]
  readonly variants?: readonly {
    readonly attributes: readonly { readonly code: string; readonly value_index: number; readonly label: string }[]
    readonly product: MagentoOne
  }[]
}

const ONE = `id sku stock_status only_x_left_in_stock small_image{url}
price_range{minimum_price{regular_price{value currency}final_price{value currency}}}`

/** The fields of {@link MagentoProduct}. */
export const PRODUCT = `${ONE} url_key url_suffix media_gallery{url}
...on ConfigurableProduct{configurable_options{attribute_id_v2 attribute_code label values{value_index label}}
variants{attributes{code value_index label}product{${ONE}}}}`

/** A product with its variants; one without choices stands for itself. */
export function toStoreProduct(raw: MagentoProduct, root: string): StoreProduct {
  const axes = raw.configurable_options ?? []
  const variants = (raw.variants ?? []).map(({ attributes, product }): StoreVariant => {
    const chosen = attributes.flatMap(({ code, value_index: value }): Chosen => {
      const axis = axes.find((one) => one.attribute_code === code)
      return axis ? [[`${axis.attribute_id_v2}`, `${value}`]] : []
    })
    const labels = attributes.map(({ code, label }) => [
      axes.find((one) => one.attribute_code === code)?.label ?? code,
      label,
    ])
    return {
      ...toVariant(product),
      id: keyOf(raw.id, chosen),
      title: attributes.map(({ label }) => label).join(' / '),
      options: Object.fromEntries(labels),
    }
  })
  return {
    url: raw.url_key && `${root}${raw.url_key}${raw.url_suffix ?? ''}`,
    images: raw.media_gallery?.map(({ url }) => url) ?? [],
    axes: axes.map(({ label, values }) => ({ name: label, values: values.map((value) => value.label) })),
    variants: variants.length ? variants : [toVariant(raw)],
  }
}

function toVariant(raw: MagentoOne): StoreVariant {
  const { regular_price: before, final_price: now } = raw.price_range.minimum_price
  return {
    id: keyOf(raw.id),
    sku: raw.sku,
    options: {},
    available: raw.stock_status !== 'OUT_OF_STOCK',
    stock: raw.only_x_left_in_stock ?? undefined,
    price: decimalMoney(now.value, now.currency),
    compareAt: decimalMoney(before.value, before.currency),
    image: raw.small_image?.url,
  }
}
