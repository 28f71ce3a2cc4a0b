import { readJson } from '../lib/read-json.ts'
import type { Cart, CartItem } from '../model/cart.ts'
import type { KnownIds, StoreProduct, StoreVariant } from './join-product.ts'
import { decimalMoney, needed } from './store-money.ts'

/** A line of the page's own cart (`window.tcart.products`); what was removed may be left as an empty object. */
export interface TildaLine {
  readonly name?: string
  price?: number | string
  quantity?: number | string
  amount?: number | string
  readonly img?: string
  readonly sku?: string
  readonly uid?: string | number
  readonly lid?: string | number
  readonly inv?: number
  readonly url?: string
  readonly deleted?: string
  readonly options?: readonly { readonly option: string; readonly variant: string }[]
}

/** What is read of `window.tcart`. */
export interface TildaCart {
  products: TildaLine[]
  readonly total?: number
  readonly prodamount?: number
  /** Absent: no code counts. */
  readonly prodamount_withdiscount?: number
}

/** One thing to buy, as the function that adds takes it. */
export interface TildaWish extends TildaLine {
  /** Its product's. */
  readonly gen_uid?: string
  readonly recid?: string
}

interface TildaEdition {
  readonly uid: string | number
  readonly price?: string | number | null
  readonly priceold?: string | number | null
  readonly sku?: string
  /** Empty: not counted. */
  readonly quantity?: string | number | null
  readonly img?: string
  readonly [option: string]: unknown
}

/** What is read of a product of the catalogue (`getproductslist`). */
export interface TildaProduct {
  readonly uid: string | number
  readonly title?: string
  readonly sku?: string
  readonly url?: string
  readonly externalid?: string | null
  /** JSON. */
  readonly gallery?: string
  /** JSON. */
  readonly json_options?: string
  readonly editions?: readonly TildaEdition[]
  readonly price?: string | number | null
  readonly priceold?: string | number | null
  readonly quantity?: string | number | null
}

/** The id of a line: what was bought and how it was chosen, since the cart has no ids of its own. */
export const idOf = (line: TildaLine): string =>
  [line.uid ?? line.lid ?? line.sku ?? line.name, ...(line.options ?? []).map(({ variant }) => variant)].join(' / ')

export const linesOf = ({ products }: TildaCart): readonly TildaLine[] =>
  products.filter(({ name, deleted }) => name !== undefined && deleted !== 'yes')

/** @throws TypeError for a cart with an amount that is none */
export function toCart(raw: TildaCart, known: KnownIds, currency: string): Cart {
  const items = linesOf(raw).map((line): CartItem => {
    const quantity = Number(line.quantity ?? 1)
    const price = needed(decimalMoney(line.price ?? 0, currency))
    return {
      ...{ id: idOf(line), ...known.get(`${line.uid ?? line.lid ?? line.sku ?? ''}`), title: line.name ?? '' },
      variantTitle: (line.options ?? []).map(({ variant }) => variant).join(' / ') || undefined,
      ...{ quantity, price, image: line.img || undefined, url: line.url },
      total: decimalMoney(line.amount, currency) ?? { amount: price.amount * quantity, currency },
    }
  })
  const sum = items.reduce((all, { total }) => all + total.amount, 0)
  const told = items.length ? decimalMoney(raw.prodamount_withdiscount ?? raw.prodamount, currency) : undefined
  return {
    items,
    quantity: items.reduce((all, { quantity }) => all + quantity, 0),
    total: told ?? { amount: sum, currency },
  }
}

/** What can be bought of a product, by the id that an add takes: the edition's. */
export function wishesOf(product: TildaProduct, recid: string | undefined): ReadonlyMap<string, TildaWish> {
  const names = namesOf(product)
  const [picture] = picturesOf(product)
  const wishes = editionsOf(product).map((edition): [string, TildaWish] => [
    `${edition.uid}`,
    {
      ...{ name: product.title ?? '', price: Number(edition.price), uid: `${edition.uid}`, lid: `${product.uid}` },
      ...{ gen_uid: product.externalid ?? '', img: edition.img || picture || '', url: product.url ?? '' },
      ...(recid && { recid }),
      ...(edition.sku && { sku: edition.sku }),
      ...(countOf(edition) !== undefined && { inv: countOf(edition) ?? 0 }),
      ...(names.length && { options: names.map((option) => ({ option, variant: `${edition[option] ?? ''}` })) }),
    },
  ])
  return new Map(wishes)
}

const editionsOf = (product: TildaProduct): readonly TildaEdition[] =>
  product.editions?.length ? product.editions : [{ ...product }]

const namesOf = ({ json_options }: TildaProduct): readonly string[] => {
  const found = readJson(json_options)
  return Array.isArray(found)
    ? found.flatMap((one) => (typeof one?.title === 'string' ? [one.title as string] : []))
    : []
}

const picturesOf = ({ gallery }: TildaProduct): readonly string[] => {
  const found = readJson(gallery)
  return Array.isArray(found) ? found.flatMap((one) => (typeof one?.img === 'string' ? [one.img as string] : [])) : []
}

/** Pieces left; `undefined`: not counted. */
const countOf = ({ quantity }: Pick<TildaEdition, 'quantity'>): number | undefined => {
  const count = quantity === '' || quantity === null || quantity === undefined ? Number.NaN : Number(quantity)
  return Number.isFinite(count) ? Math.max(Math.floor(count), 0) : undefined
}

/** The product with its editions; prices are `1000.0000`. */
export function toStoreProduct(product: TildaProduct, currency: string): StoreProduct {
  const names = namesOf(product)
  const variants = editionsOf(product).map((edition): StoreVariant => {
    const stock = countOf(edition)
    return {
      ...{ id: `${edition.uid}`, sku: edition.sku || undefined, stock, available: stock !== 0 },
      options: Object.fromEntries(names.map((name) => [name, `${edition[name] ?? ''}`])),
      price: decimalMoney(edition.price, currency),
      compareAt: decimalMoney(edition.priceold, currency),
      image: edition.img || undefined,
    }
  })
  const axes = names.map((name) => ({ name, values: [...new Set(variants.map(({ options }) => options[name] ?? ''))] }))
  return { url: product.url || undefined, images: picturesOf(product), axes, variants }
}
