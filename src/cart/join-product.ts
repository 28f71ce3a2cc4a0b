import type { CartItem } from '../model/cart.ts'
import type { LocalText } from '../model/local-text.ts'
import type { Money } from '../model/money.ts'
import type { ProductInput, ProductOption, Variant } from '../model/product.ts'

/** One buyable combination as a store tells of it. */
export interface StoreVariant {
  /** In the bridge's own notation: it becomes `ref.platformId`, which an add gets back. */
  readonly id: string
  readonly sku?: string | undefined
  readonly title?: string | undefined
  /** Value by axis, both as the store calls them. */
  readonly options: Readonly<Record<string, string>>
  readonly available: boolean
  /** Pieces left; absent: not told. */
  readonly stock?: number | undefined
  /** Absent: no amount that can be shown; then it cannot be bought. */
  readonly price?: Money | undefined
  /** Shown where it is higher than the price. */
  readonly compareAt?: Money | undefined
  readonly lowest30Days?: Money | undefined
  readonly unitPrice?: ProductInput['unitPrice']
  readonly image?: string | undefined
}

/** A product as a store tells of it, addresses absolute. What has no choice has one variant. */
export interface StoreProduct {
  readonly url?: string | undefined
  readonly images: readonly string[]
  readonly axes: readonly { readonly name: string; readonly values: readonly string[] }[]
  readonly variants: readonly StoreVariant[]
}

/** The show's ids by the store's id of a variant, for the lines of a cart. */
export type KnownIds = Map<string, Pick<CartItem, 'productId' | 'variantId'>>

/**
 * The show's product with the store's truth. The show's variants keep their ids and find the store's by platform id, SKU or option
 * values; what the store does not have of them is left out. Without any, the store's own axes and variants are taken.
 * @param known learns which of the store's variants are which of the show's
 */
export function joinProduct(wanted: ProductInput, told: StoreProduct, known?: KnownIds): ProductInput {
  const found = tidy(told)
  const only = found.variants.length === 1 ? found.variants[0] : undefined
  const mine = (wanted.variants ?? []).flatMap((variant) => {
    const theirs = findVariant(wanted, variant, found)
    return theirs ? [joinVariant(wanted, variant, theirs)] : []
  })
  const own = mine.length > 0
  const theirs = only
    ? []
    : found.variants.map((one, at) =>
        joinVariant(wanted, { id: shortId(one.id, at), title: one.title, options: { ...one.options } }, one),
      )
  const variants = own ? mine : theirs
  const first = found.variants.find(({ available, price }) => available && price) ?? found.variants[0]
  if (only) known?.set(only.id, { productId: wanted.id })
  for (const { id, ref } of variants)
    if (ref?.platformId) known?.set(ref.platformId, { productId: wanted.id, variantId: id })
  return {
    ...wanted,
    ref: only ? { ...wanted.ref, platformId: only.id } : wanted.ref,
    url: wanted.url ?? found.url,
    images: wanted.images?.length ? wanted.images : found.images,
    price: first?.price,
    compareAt: first && higher(first),
    lowest30Days: first?.lowest30Days,
    unitPrice: first?.unitPrice,
    available: found.variants.some(({ available, price }) => available && price),
    stock: only?.stock,
    options: own || only ? wanted.options : found.axes.map((axis) => toOption(axis, wanted)),
    variants: variants.length || wanted.variants?.length ? variants : undefined,
  }
}

/** Longest id and address that the catalogue's check lets in, in characters. */
const LONGEST = { id: 200, address: 4096 }

/** What stores tell oddly (no picture, half a piece, fewer than none, a value without a name) must not cost all products their prices. */
const tidy = (told: StoreProduct): StoreProduct => ({
  ...told,
  url: addressOf(told.url),
  images: told.images.filter(addressOf),
  axes: told.axes.flatMap(({ name, values }) => (name ? [{ name, values: values.filter(Boolean) }] : [])),
  variants: told.variants.map((one) => ({ ...one, stock: piecesOf(one.stock), image: addressOf(one.image) })),
})

const addressOf = (text: string | undefined) => (text && text.length <= LONGEST.address ? text : undefined)

const piecesOf = (stock: number | undefined) =>
  Number.isFinite(stock) ? Math.max(0, Math.floor(Number(stock))) : undefined

/** A variant's id here; the bridge gets back its own. */
const shortId = (id: string, at: number) => (id.length <= LONGEST.id ? id : `${id.slice(0, LONGEST.id - 10)}~${at}`)

function joinVariant(wanted: ProductInput, variant: Variant, found: StoreVariant): Variant {
  return {
    ...variant,
    sku: variant.sku ?? found.sku,
    ref: { ...wanted.ref, ...variant.ref, platformId: found.id },
    available: found.available && !!found.price,
    stock: found.stock,
    price: found.price,
    compareAt: higher(found),
    lowest30Days: found.lowest30Days,
    unitPrice: found.unitPrice,
    image: found.image ?? variant.image,
  }
}

/** A price before reduction is one that is higher. */
const higher = ({ price, compareAt }: StoreVariant) =>
  price && compareAt && compareAt.amount > price.amount ? compareAt : undefined

/** The store's axis, in the show's words and colours where that has one of the same name. */
function toOption({ name, values }: StoreProduct['axes'][number], { options }: ProductInput): ProductOption {
  const mine = options?.find((one) => isCalled(name, one.id, one.name))
  return {
    id: name,
    name: mine?.name ?? name,
    values: values.map((value) => ({
      label: value,
      ...mine?.values.find(({ id, label }) => isCalled(value, id, label)),
      id: value,
    })),
  }
}

function findVariant(wanted: ProductInput, { sku, ref, options }: Variant, found: StoreProduct) {
  const code = ref?.sku ?? sku
  const words = Object.entries(options ?? {}).map(([axis, value]) => wordsOf(wanted, axis, value))
  const { variants } = found
  return (
    variants.find(({ id }) => id === ref?.platformId) ??
    (code ? variants.find((one) => one.sku === code) : undefined) ??
    (words.length ? variants.find((one) => isSame(Object.values(one.options), words)) : undefined)
  )
}

const isSame = (values: readonly string[], words: readonly (readonly string[])[]) =>
  values.length === words.length && words.every((axis) => values.some((value) => axis.includes(value.toLowerCase())))

/** What a value may be called in the store: its id, or its label in any language. */
function wordsOf({ options }: ProductInput, axis: string, value: string): readonly string[] {
  return namesOf(value, options?.find(({ id }) => id === axis)?.values.find(({ id }) => id === value)?.label)
}

const namesOf = (id: string, label: LocalText = ''): readonly string[] =>
  [id, ...(typeof label === 'string' ? [label] : Object.values(label))].map((word) => word.toLowerCase())

const isCalled = (name: string, ...own: Parameters<typeof namesOf>) => namesOf(...own).includes(name.toLowerCase())
