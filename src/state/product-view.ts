import type { Money } from '../model/money.ts'
import type { ProductInput, Variant } from '../model/product.ts'
import type { Room } from './room.ts'

/** What the store's catalogue has said: nothing yet, or its products by id. `null`: this store has no catalogue, the show is it. */
export type Catalogue = 'pending' | Readonly<Record<string, ProductInput>> | null

/** A product as the viewer sees it: the show's words, the store's price and stock, the room's moments. */
export interface ProductView {
  readonly id: string
  readonly product: ProductInput
  /** `pending`: a skeleton stands for the price; `none`: there is no price to show. */
  readonly pricing: 'pending' | 'known' | 'none'
  /** Lowest of the variants when they differ (`from` is true then). */
  readonly price?: Money | undefined
  readonly compareAt?: Money | undefined
  readonly from: boolean
  readonly available: boolean
  /** Units left in all; absent: not told. */
  readonly stock?: number | undefined
  /** On screen in the picture now. */
  readonly now: boolean
  /** Picture time (ms since 1970) of its last pin; absent: not shown yet. */
  readonly shownAt?: number | undefined
}

/** Joins what show, room and store say. What the store does not sell is left out. */
export function productViews(
  products: readonly ProductInput[],
  room: Room,
  truth: { readonly catalogue: Catalogue; readonly replay: boolean },
): ProductView[] {
  const known = new Map(products.map((product) => [product.id, product]))
  for (const { upsert } of Object.values(room.products)) {
    if (upsert) known.set(upsert.data.id, { ...known.get(upsert.data.id), ...withoutPrices(upsert.data) })
  }
  const views: ProductView[] = []
  for (const shown of known.values()) {
    const view = viewOf(shown, room, truth)
    if (view) views.push(view)
  }
  return views
}

function viewOf(
  shown: ProductInput,
  room: Room,
  { catalogue, replay }: { readonly catalogue: Catalogue; readonly replay: boolean },
): ProductView | null {
  const hasTruth = catalogue !== null && catalogue !== 'pending'
  const truth = hasTruth && Object.hasOwn(catalogue, shown.id) ? catalogue[shown.id] : undefined
  if (hasTruth && !truth && shown.action !== 'request' && shown.action !== 'link') return null
  const facts = Object.hasOwn(room.products, shown.id) ? room.products[shown.id] : undefined
  const stock = replay ? undefined : facts?.stock?.data
  const product = withStock(truth ? merge(shown, truth) : shown, stock)
  const pending = catalogue === 'pending' && shown.action !== 'request' && shown.action !== 'link'
  return {
    id: shown.id,
    product,
    ...prices(product, pending),
    available: product.available !== false && (!product.variants?.length || product.variants.some(isAvailable)),
    stock: product.stock ?? sum(product.variants),
    now: room.now.pin?.data.ids.includes(shown.id) ?? false,
    shownAt: facts?.pin?.at,
  }
}

/** An event never carries a price: what it says of one is not believed. */
function withoutPrices(product: ProductInput): ProductInput {
  const { price: _1, compareAt: _2, lowest30Days: _3, unitPrice: _4, ...rest } = product
  return rest.variants ? { ...rest, variants: rest.variants.map(unpriced) } : rest
}

const unpriced = ({ price: _price, compareAt: _compareAt, ...variant }: Variant): Variant => variant

/** A variant that can be bought, as far as anyone has told. */
export const isAvailable = (variant: Variant): boolean => variant.available !== false && variant.stock !== 0

/** The store's price, stock and variants; the show's words and pictures. */
function merge(shown: ProductInput, truth: ProductInput): ProductInput {
  const { price, compareAt, lowest30Days, available, stock, unitPrice } = truth
  return {
    ...shown,
    price,
    compareAt,
    lowest30Days: lowest30Days ?? shown.lowest30Days,
    unitPrice,
    available,
    stock,
    options: shown.options ?? truth.options,
    variants: truth.variants ?? shown.variants?.map(unpriced),
    images: shown.images?.length ? shown.images : truth.images,
    url: shown.url ?? truth.url,
  }
}

function withStock(
  product: ProductInput,
  facts: { stock?: number | undefined; variants?: Record<string, number> | undefined } | undefined,
): ProductInput {
  if (!facts) return product
  const variants = product.variants?.map((variant) =>
    facts.variants && Object.hasOwn(facts.variants, variant.id)
      ? { ...variant, stock: facts.variants[variant.id] }
      : variant,
  )
  return { ...product, variants, stock: facts.stock ?? product.stock }
}

function prices(
  product: ProductInput,
  pending: boolean,
): Pick<ProductView, 'pricing' | 'price' | 'compareAt' | 'from'> {
  if (pending) return { pricing: 'pending', from: false }
  const all = (product.variants ?? [])
    .map((variant) => variant.price ?? product.price)
    .filter((price) => price !== undefined)
  const lowest =
    all.reduce<Money | undefined>((low, price) => (!low || price.amount < low.amount ? price : low), undefined) ??
    product.price
  if (!lowest) return { pricing: 'none', from: false }
  const compareAt = product.compareAt && product.compareAt.amount > lowest.amount ? product.compareAt : undefined
  return { pricing: 'known', price: lowest, compareAt, from: all.some((price) => price.amount !== lowest.amount) }
}

function sum(variants: readonly Variant[] | undefined): number | undefined {
  if (!variants?.length || variants.some(({ stock, available }) => stock === undefined && available !== false))
    return undefined
  return variants.reduce((total, variant) => total + (isAvailable(variant) ? (variant.stock ?? 0) : 0), 0)
}
