import type { Money } from '../model/money.ts'
import type { ProductInput, Variant } from '../model/product.ts'
import type { Room } from './room.ts'

/** What the store's catalogue has said: nothing yet, of all or of one, or its products by id. `null`: this store has no catalogue, the show is it. */
export type Catalogue = 'pending' | Readonly<Record<string, ProductInput | 'pending'>> | null

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
  return productsOf(products, room).flatMap((shown) => viewOf(shown, room, truth) ?? [])
}

/**
 * {@link productViews} that gives a product's former view again while it says the same: a pin is news of two
 * products, not of two hundred.
 */
export function createProductViews(): typeof productViews {
  const former = new Map<string, readonly [mark: string, view: ProductView]>()
  return (...given) =>
    productViews(...given).map((view) => {
      const mark = JSON.stringify(view)
      const last = former.get(view.id)
      if (last?.[0] === mark) return last[1]
      former.set(view.id, [mark, view])
      return view
    })
}

/** The show's products, and those that the host brought or corrected: what is not said again stays. */
export function productsOf(products: readonly ProductInput[], room: Room): ProductInput[] {
  const known = new Map(products.map((product) => [product.id, product]))
  for (const { upsert } of Object.values(room.products)) {
    if (upsert) known.set(upsert.data.id, { ...known.get(upsert.data.id), ...withoutPrices(upsert.data) })
  }
  return [...known.values()]
}

function viewOf(
  shown: ProductInput,
  room: Room,
  { catalogue, replay }: { readonly catalogue: Catalogue; readonly replay: boolean },
): ProductView | null {
  const hasTruth = catalogue !== null && catalogue !== 'pending'
  const told = hasTruth && Object.hasOwn(catalogue, shown.id) ? catalogue[shown.id] : undefined
  const truth = told === 'pending' ? undefined : told
  if (hasTruth && !told && shown.action !== 'request' && shown.action !== 'link') return null
  const facts = Object.hasOwn(room.products, shown.id) ? room.products[shown.id] : undefined
  const stock = replay ? undefined : facts?.stock?.data
  const product = withStock(truth ? merge(shown, truth) : shown, stock)
  const pending =
    (catalogue === 'pending' || told === 'pending') && shown.action !== 'request' && shown.action !== 'link'
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

const unpriced = ({ price: _1, compareAt: _2, lowest30Days: _3, unitPrice: _4, ...variant }: Variant): Variant =>
  variant

/** A variant that can be bought, as far as anyone has told. */
export const isAvailable = (variant: Variant): boolean => variant.available !== false && variant.stock !== 0

/** The store's price, stock and variants; the show's words and pictures. */
function merge(shown: ProductInput, truth: ProductInput): ProductInput {
  const { price, compareAt, lowest30Days, available, stock, unitPrice } = truth
  return {
    ...shown,
    ref: { ...shown.ref, ...truth.ref },
    price,
    compareAt,
    lowest30Days: lowest30Days ?? shown.lowest30Days,
    unitPrice,
    available,
    stock,
    // Variants can be found by the axes alone that they are told by.
    options: truth.variants ? (truth.options ?? shown.options) : (shown.options ?? truth.options),
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
  const { price, compareAt } = priceOf(product)
  if (!price) return { pricing: 'none', from: false }
  const others = (product.variants ?? []).map((variant) => variant.price ?? product.price)
  return {
    pricing: 'known',
    price,
    compareAt: compareAt && compareAt.amount > price.amount ? compareAt : undefined,
    from: others.some((other) => other && other.amount !== price.amount),
  }
}

/** A price and what stands beside it are told of the same thing: a variant with a price of its own, else the product. No variant: the cheapest. */
export function priceOf(
  product: ProductInput,
  variant?: Variant,
): Pick<ProductInput, 'price' | 'compareAt' | 'lowest30Days' | 'unitPrice'> {
  if (variant) {
    if (!variant.price) return product
    const { price, compareAt, lowest30Days, unitPrice } = variant
    const same = price.amount === product.price?.amount ? product : undefined
    return {
      ...{ price, compareAt },
      lowest30Days: lowest30Days ?? same?.lowest30Days,
      unitPrice: unitPrice ?? same?.unitPrice,
    }
  }
  const all = (product.variants ?? []).map((one) => priceOf(product, one))
  return all.reduce(
    (low, one) => (one.price && !(low.price && low.price.amount <= one.price.amount) ? one : low),
    all[0] ?? product,
  )
}

function sum(variants: readonly Variant[] | undefined): number | undefined {
  if (!variants?.length || variants.some(({ stock, available }) => stock === undefined && available !== false))
    return undefined
  return variants.reduce((total, variant) => total + (isAvailable(variant) ? (variant.stock ?? 0) : 0), 0)
}
