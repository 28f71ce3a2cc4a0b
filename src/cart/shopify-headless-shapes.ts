import { plainText } from '../lib/plain-text.ts'
import { readJson } from '../lib/read-json.ts'
import type { Cart } from '../model/cart.ts'
import type { Money } from '../model/money.ts'
import type { KnownIds, StoreProduct, StoreVariant } from './join-product.ts'
import { decimalMoney, needed } from './store-money.ts'

/** MoneyV2: a decimal number as text. */
interface MoneyV2 {
  readonly amount: string
  readonly currencyCode: string
}

/** What is read of a cart of the Storefront API (shopify.dev/docs/api/storefront/latest/objects/Cart). */
export interface HeadlessCart {
  readonly id: string
  readonly checkoutUrl: string
  readonly totalQuantity: number
  readonly cost: { readonly totalAmount: MoneyV2 }
  readonly discountCodes?: readonly { readonly code: string; readonly applicable: boolean }[]
  readonly lines: {
    readonly nodes: readonly {
      readonly id: string
      readonly quantity: number
      readonly cost: { readonly totalAmount: MoneyV2 }
      readonly merchandise: {
        readonly id: string
        readonly title?: string
        readonly image?: { readonly url: string } | null
        readonly product: { readonly title: string; readonly onlineStoreUrl?: string | null }
      }
    }[]
  }
}

/** The fields of {@link HeadlessCart}. */
export const CART = `id checkoutUrl totalQuantity cost{totalAmount{amount currencyCode}}discountCodes{code applicable}
lines(first:250){nodes{id quantity cost{totalAmount{amount currencyCode}}
merchandise{...on ProductVariant{id title image{url}product{title onlineStoreUrl}}}}}`

const moneyOf = (money: MoneyV2 | null | undefined): Money | undefined =>
  money ? decimalMoney(money.amount, money.currencyCode) : undefined

/** Codes that count. */
export const codesOf = ({ discountCodes }: HeadlessCart): string[] | undefined =>
  discountCodes?.flatMap(({ code, applicable }) => (applicable ? [code] : []))

/** @throws TypeError for a cart with an amount that is none */
export function toCart(raw: HeadlessCart, known: KnownIds): Cart {
  return {
    items: raw.lines.nodes.map(({ id, quantity, cost, merchandise }) => {
      const total = needed(moneyOf(cost.totalAmount))
      const { title, image, product } = merchandise
      return {
        ...{ id, ...known.get(merchandise.id), title: plainText(product.title), quantity, total },
        variantTitle: title && title !== 'Default Title' ? plainText(title) : undefined,
        price: { ...total, amount: Math.round(total.amount / (quantity || 1)) },
        image: image?.url,
        url: product.onlineStoreUrl ?? undefined,
      }
    }),
    quantity: raw.totalQuantity,
    total: needed(moneyOf(raw.cost.totalAmount)),
    codes: codesOf(raw),
    checkoutUrl: raw.checkoutUrl,
  }
}

/** What is read of a product. */
export interface HeadlessProduct {
  readonly id: string
  readonly onlineStoreUrl?: string | null
  readonly images: { readonly nodes: readonly { readonly url: string }[] }
  readonly options: readonly { readonly name: string; readonly optionValues: readonly { readonly name: string }[] }[]
  readonly variants: { readonly nodes: readonly HeadlessVariant[] }
}

interface HeadlessVariant {
  readonly id: string
  readonly sku?: string | null
  readonly title?: string
  readonly availableForSale: boolean
  readonly quantityAvailable?: number | null
  readonly price: MoneyV2
  readonly compareAtPrice?: MoneyV2 | null
  readonly unitPrice?: MoneyV2 | null
  readonly unitPriceMeasurement?: { readonly referenceValue: number; readonly referenceUnit: string } | null
  readonly selectedOptions: readonly { readonly name: string; readonly value: string }[]
  readonly image?: { readonly url: string } | null
  readonly metafield?: { readonly value: string } | null
}

/** The fields of {@link HeadlessProduct}; `stock` needs a token that may read inventory, `lowest30` names a metafield of money, `custom.lowest_30`. */
export const productFields = (
  stock: boolean,
  lowest30?: string,
): string => `id onlineStoreUrl options{name optionValues{name}}
images(first:10){nodes{url}}variants(first:250){nodes{id sku title availableForSale ${stock ? 'quantityAvailable ' : ''}
price{amount currencyCode}compareAtPrice{amount currencyCode}unitPrice{amount currencyCode}
unitPriceMeasurement{referenceValue referenceUnit}selectedOptions{name value}image{url}${metafield(lowest30)}}}`

const metafield = (name: string | undefined) => {
  const [, space, key] = /^([\w-]+)\.([\w-]+)$/.exec(name ?? '') ?? []
  return key ? ` metafield(namespace:"${space}",key:"${key}"){value}` : ''
}

/** A product with its variants. */
export function toStoreProduct(raw: HeadlessProduct): StoreProduct {
  return {
    url: raw.onlineStoreUrl ?? undefined,
    images: raw.images.nodes.map(({ url }) => url),
    axes: raw.options.map(({ name, optionValues }) => ({ name, values: optionValues.map((value) => value.name) })),
    variants: raw.variants.nodes.map((one): StoreVariant => {
      const stock = one.quantityAvailable ?? undefined
      return {
        ...{ id: one.id, sku: one.sku || undefined, title: one.title, available: one.availableForSale },
        options: Object.fromEntries(one.selectedOptions.map(({ name, value }) => [name, value])),
        // Sold beyond its stock it is said as 0 or less, which means nothing to a viewer.
        stock: stock && stock > 0 ? stock : undefined,
        price: moneyOf(one.price),
        compareAt: moneyOf(one.compareAtPrice),
        unitPrice: unitPriceOf(one),
        lowest30Days: lowestOf(one),
        image: one.image?.url,
      }
    }),
  }
}

/** A metafield of the type `money` is JSON text. */
function lowestOf({ metafield, price }: HeadlessVariant): Money | undefined {
  const money = readJson(metafield?.value ?? '') as { amount?: unknown; currency_code?: unknown } | undefined
  return money?.currency_code === price.currencyCode ? decimalMoney(money.amount, price.currencyCode) : undefined
}

function unitPriceOf({ unitPrice, unitPriceMeasurement: unit }: HeadlessVariant): StoreVariant['unitPrice'] {
  const price = moneyOf(unitPrice)
  if (!price || !unit) return undefined
  const name = UNITS[unit.referenceUnit] ?? unit.referenceUnit.toLowerCase()
  return { price, per: unit.referenceValue === 1 ? name : `${unit.referenceValue} ${name}` }
}

/** Those of UnitPriceMeasurementMeasuredUnit that are not written in small letters. */
const UNITS: Readonly<Record<string, string>> = { L: 'l', ML: 'ml', CL: 'cl', M2: 'm²', M3: 'm³' }
