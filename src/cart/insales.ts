import type { Cart, CartBridge, CartContext, CartLine, CartRefusal, CartResult } from '../model/cart.ts'
import type { ProductInput } from '../model/product.ts'
import { askCatalogue } from './ask-catalogue.ts'
import { byGain, bySet, learnLine } from './by-gain.ts'
import { isoOf, type SalesCart, type SalesProduct, toCart, toStoreProduct } from './insales-shapes.ts'
import { changeByTheme, hasThemeCart, type SalesTask, watchThemeCart } from './insales-theme.ts'
import type { KnownIds, StoreProduct } from './join-product.ts'
import { readPage } from './page-product.ts'
import { askStore, bodyOf, rejected, type StoreAnswer } from './store-json.ts'
import { leaveFor, rootOf, showCount } from './tell-theme.ts'
import { whileActing } from './while-acting.ts'

/** Where the shop is, and what its pages do not say. */
export interface InsalesOptions {
  /** Absent: the page's origin. */
  readonly root?: string | undefined
  /** ISO 4217. Absent: what the catalogue says, else RUB. */
  readonly currency?: string | undefined
  /** Writes partner and host into the line's comment, which the shop's owner reads (and must have allowed in the back office). Absent: no. */
  readonly partnerInComment?: boolean | undefined
  /** Selector of what shows the number of pieces. Absent: `[data-castcart-count]`. */
  readonly badge?: string | undefined
  /** Goes to the checkout. Absent: in this tab. */
  readonly navigate?: ((url: string) => void) | undefined
}

interface Store {
  readonly options: InsalesOptions
  readonly root: string
  readonly known: KnownIds
  /** Product by variant. */
  readonly parents: Map<string, string>
  currency: string | undefined
  last: Cart | undefined
  /** True while the theme works for us: what it tells meanwhile is no news. */
  acting: boolean
}

/** A change, as a form and as a task of the theme's own cart. */
interface Change {
  readonly form: Readonly<Record<string, string>>
  readonly task: SalesTask
}

/**
 * The bridge of InSales: `cart_items.json`, or the theme's own `Cart` (common.js) where there is one, so that its mini-cart draws
 * itself. The shop says no in words or by doing nothing, so what the cart has gained decides. A product's `platformId` is the shop's
 * product, a variant's is its variant.
 */
export function insales(options: InsalesOptions = {}): CartBridge {
  const { currency } = options
  const maps = { known: new Map(), parents: new Map() }
  const store: Store = { options, root: rootOf(options.root), ...maps, currency, last: undefined, acting: false }
  return {
    name: 'insales',
    counts: true,
    read: (context) => readCart(store, context),
    products: (list, context) =>
      askCatalogue(list, { known: store.known, context }, (wanted, own) => find(store, wanted, own)),
    add: (line, context) => addLine(store, line, context),
    async update(lineId, quantity, context) {
      const before = store.last
      const form = { _method: 'put', [`cart[quantity][${lineId}]`]: `${quantity}` }
      const task: SalesTask = quantity
        ? { method: 'set', items: { [lineId]: quantity } }
        : { method: 'delete', items: [Number(lineId)] }
      const after = await change(store, { form, task }, context)
      return 'outcome' in after ? after : bySet(lineId, quantity, { before, after })
    },
    async applyVoucher(code, context) {
      const before = store.last ?? (await readCart(store, context))
      const form = { _method: 'put', 'cart[coupon]': code }
      const after = await change(store, { form, task: { method: 'setCoupon', coupon: code } }, context)
      if ('outcome' in after) return after
      return after.total.amount < before.total.amount
        ? { outcome: 'added', cart: after, quantity: 0 }
        : { outcome: 'rejected', reason: 'refused', cart: after }
    },
    checkout: (cart) => (options.navigate ?? leaveFor)(cart.checkoutUrl ?? `${store.root}new_order`),
    watch: (onChange) => watchThemeCart(() => store.acting || onChange(null)),
    reveal: () => tellTheme(store),
  }
}

function tellTheme({ last, options }: Store): void {
  if (last) showCount(last.quantity, options.badge)
}

const cartOf = ({ root }: Store) => `${root}cart_items.json`

async function readCart(store: Store, context: CartContext): Promise<Cart> {
  return keep(store, bodyOf(await askStore<SalesCart>(cartOf(store), context)), context)
}

function keep(store: Store, raw: SalesCart, context: CartContext): Cart {
  store.last = toCart(raw, store.known, store.currency ?? context.currency ?? 'RUB', store.root)
  return store.last
}

/** The cart after a change, or the refusal to make it. */
async function change(store: Store, { form, task }: Change, context: CartContext): Promise<Cart | CartResult> {
  if (hasThemeCart(task)) {
    const { signal } = context
    if (!(await whileActing(store, signal, () => changeByTheme(task, signal))))
      throw new Error('the shop did not answer its own cart')
  } else {
    const answer: StoreAnswer<SalesCart> = await askStore(cartOf(store), context, { form: new URLSearchParams(form) })
    if (answer.reason) return rejected(answer)
    const { status, message, errors } = answer.body
    if (status === 'error') return { outcome: 'rejected', reason: 'refused', message: textOf(message ?? errors) }
  }
  // An answer to a change is of another shape than the cart in some shops.
  const cart = await readCart(store, context)
  tellTheme(store)
  return cart
}

const textOf = (value: unknown): string | undefined => {
  const [first] = typeof value === 'object' && value ? Object.values(value).flat() : [value]
  return typeof first === 'string' ? first : undefined
}

async function addLine(store: Store, line: CartLine, context: CartContext): Promise<CartResult> {
  const id = await variantOf(store, line, context)
  if (!Number(id)) return { outcome: 'rejected', reason: id === 'needs-variant' ? id : 'not-found' }
  learnLine(store.known, id, line)
  // The shop says no by doing nothing, so only the cart as it is now tells what has been added.
  const before = await readCart(store, context)
  const { partner, host } = line
  const comment = (store.options.partnerInComment && [partner, host].filter(Boolean).join(', ')) || undefined
  const form = { variant_id: id, quantity: `${line.quantity}`, ...(comment && { comment }) }
  const task: SalesTask = {
    ...{ method: 'add', items: { [id]: line.quantity } },
    ...(comment && { comments: { [id]: comment } }),
  }
  const after = await change(store, { form, task }, context)
  return 'outcome' in after ? after : byGain({ before, after, line }, () => whyNot(store, id, context))
}

/** A variant that the catalogue told; else the only one of the product of that id, or of the one that the page sells. */
async function variantOf(store: Store, { ref, url }: CartLine, context: CartContext): Promise<string> {
  const id = ref.platformId
  if (id && store.known.has(id)) return id
  const product = id ?? (await soldOn(url, context))
  const raw = product ? await productBy(store, product, context) : undefined
  if (!raw) return id ?? ''
  const wanted = raw.variants.find(({ sku }) => sku && sku === ref.sku) ?? raw.variants[0]
  return raw.variants.length > 1 && wanted?.sku !== ref.sku ? 'needs-variant' : `${wanted?.id ?? ''}`
}

async function soldOn(url: string | undefined, context: CartContext): Promise<string | undefined> {
  const page = url ? await readPage(url, context) : undefined
  return /data-product-id=["'](\d+)/.exec(page?.html ?? '')?.[1]
}

async function productBy(store: Store, id: string, context: CartContext): Promise<SalesProduct | undefined> {
  const url = `${store.root}products_by_id/${encodeURIComponent(id)}.json`
  const answer = await askStore<{ products?: readonly SalesProduct[] }>(url, context)
  if (answer.reason === 'not-found') return undefined
  const product = bodyOf(answer).products?.[0]
  for (const variant of product?.variants ?? []) store.parents.set(`${variant.id}`, `${product?.id}`)
  return product
}

async function find(store: Store, wanted: ProductInput, context: CartContext): Promise<StoreProduct | undefined> {
  const id = wanted.ref?.platformId ?? (await soldOn(wanted.url, context))
  const raw = id ? await productBy(store, id, context) : undefined
  if (!raw) return undefined
  store.currency ??= isoOf(raw.currency_code)
  return toStoreProduct(raw, store.currency ?? context.currency ?? 'RUB', store.root)
}

/** The shop tells nothing, so the catalogue is asked where it is known which product a variant is of. */
async function whyNot(store: Store, variant: string, context: CartContext): Promise<CartRefusal> {
  const parent = store.parents.get(variant)
  const product = parent ? await productBy(store, parent, context) : undefined
  if (!product) return 'not-found'
  const found = product.variants.find(({ id }) => `${id}` === variant)
  return found?.available === false || found?.quantity === 0 ? 'sold-out' : 'refused'
}
