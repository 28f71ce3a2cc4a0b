import type { Cart, CartContext, CartLine } from '../model/cart.ts'
import { CastcartError } from '../model/error.ts'
import type { ProductInput } from '../model/product.ts'
import { inBatches } from './ask-catalogue.ts'
import type { KnownIds, StoreProduct } from './join-product.ts'
import { currencyIn, type ForceCart, type ForceProduct, isMaster, toCart, toStoreProduct } from './sfcc-shapes.ts'
import { askStore, bodyOf, type StoreAnswer, type StoreRequest } from './store-json.ts'
import { NO_CURRENCY } from './store-money.ts'
import { jQueryOf, quietly, showCount } from './tell-theme.ts'

/** What the page of a Salesforce storefront does not say. */
export interface SfccOptions {
  /** Address of the site's controllers, `/on/demandware.store/Sites-<site>-Site/<locale>/`. Absent: as the page's forms have it. */
  readonly controllers?: string | undefined
  /** ISO 4217. Absent: what products and the cart say. */
  readonly currency?: string | undefined
  /** Selector of what shows the number of pieces. Absent: `[data-castcart-count]`. */
  readonly badge?: string | undefined
  /** Goes to the checkout. Absent: in this tab. */
  readonly navigate?: ((url: string) => void) | undefined
}

/** One shop, as this widget knows it. */
export interface ForceStore {
  readonly options: SfccOptions
  /** Ends in a slash. */
  readonly root: string
  readonly known: KnownIds
  currency: string | undefined
  last: readonly [ForceCart, Cart] | undefined
}

/** Variants that are asked for at most where the show lists none. */
const MOST = 24
const AJAX = { 'x-requested-with': 'XMLHttpRequest' }

const WHERE = '/on/demandware.store/'

/**
 * The address of the site's controllers.
 * @throws CastcartError `bad-options` where neither the page nor the settings tell it
 */
export function controllersOf({ controllers }: SfccOptions): string {
  const names = ['data-action-url', 'value', 'action', 'href', 'data-url']
  const found = controllers ?? names.map(onPage).find(Boolean)
  const root = /^.*?\/on\/demandware\.store\/Sites-[^/]+\/[^/]+\//.exec(found?.endsWith('/') ? found : `${found}/`)?.[0]
  if (!root) throw new CastcartError('bad-options', 'cart: sfcc needs "controllers", the address up to the locale')
  return new URL(root, globalThis.location?.origin).href
}

const onPage = (name: string) =>
  globalThis.document?.querySelector(`[${name}*="${WHERE}"]`)?.getAttribute(name) ?? undefined

/** One controller. A 500 with JSON is how several of them refuse. */
export function askForce<T>(
  { root }: ForceStore,
  [controller, query]: readonly [string, Record<string, string>?],
  { context, form }: { context: CartContext; form?: Record<string, string> },
): Promise<StoreAnswer<T>> {
  const fetchIt: typeof fetch = async (input, init) => {
    const response = await context.fetch(input, init)
    const isRefusal = response.status === 500 && /json/.test(response.headers.get('content-type') ?? '')
    return isRefusal ? new Response(response.body, { status: 422, headers: response.headers }) : response
  }
  const request: StoreRequest = { headers: AJAX, ...(form && { form: new URLSearchParams(form) }) }
  const search = query ? `?${new URLSearchParams(query)}` : ''
  return askStore(`${root}${controller}${search}`, { ...context, fetch: fetchIt }, request)
}

/** Our cart of the shop's, remembered for the theme. */
export function keepForce(store: ForceStore, raw: ForceCart, context: CartContext): Cart {
  store.currency = store.options.currency ?? currencyIn(raw) ?? store.currency
  const cart = toCart(raw, store.known, store.currency ?? context.currency ?? NO_CURRENCY, store.root)
  store.last = [raw, { ...cart, checkoutUrl: `${store.root}Checkout-Begin` }]
  return store.last[1]
}

/** The shop's cart. */
export const readForce = async (store: ForceStore, context: CartContext): Promise<Cart> =>
  keepForce(store, bodyOf(await askForce<ForceCart>(store, ['Cart-Get'], { context })), context)

/** Only the number in the header: the flyout that opens over the page is not asked for. */
export function tellForce({ last, options }: ForceStore): void {
  if (!last) return
  const [, { quantity }] = last
  showCount(quantity, options.badge)
  quietly(() =>
    jQueryOf('.minicart')?.trigger('count:update', { quantityTotal: quantity, minicartCountOfItems: `${quantity}` }),
  )
}

/** `12345`, or what a page of the shop is called: `/nice-mug/12345.html`. */
export const pidOf = ({ ref, url }: Pick<CartLine | ProductInput, 'ref' | 'url'>): string | undefined =>
  ref?.platformId ?? ref?.sku ?? /\/([\w-]+)\.html(?:[?#]|$)/.exec(url ?? '')?.[1]

/** A product, in the variant that the fields choose; `undefined` where the shop refuses. */
export async function productBy(
  store: ForceStore,
  query: Record<string, string>,
  context: CartContext,
): Promise<ForceProduct | undefined> {
  const answer = await askForce<{ product?: ForceProduct }>(store, ['Product-Variation', { quantity: '1', ...query }], {
    context,
  })
  return answer.reason ? undefined : answer.body.product
}

/** The variants that the show names, else those of the master's choices. */
export async function findForce(
  store: ForceStore,
  wanted: ProductInput,
  context: CartContext,
): Promise<StoreProduct | undefined> {
  const pid = pidOf(wanted)
  const first = pid ? await productBy(store, { pid }, context).catch(() => undefined) : undefined
  if (!first || !pid) return undefined
  const named = (wanted.variants ?? []).flatMap((variant) => pidOf({ ref: variant.ref ?? { sku: variant.sku } }) ?? [])
  const wishes = named.length ? named.map((id) => ({ pid: id })) : isMaster(first) ? choicesOf(first) : []
  const rest = await inBatches(wishes, (wish) => productBy(store, wish, context).catch(() => undefined))
  const variants = rest.flatMap((one) => (one && !isMaster(one) ? [one] : []))
  const unique = [...new Map(variants.map((one) => [one.id, one])).values()]
  const currency = store.currency ?? first.price?.sales?.currency ?? NO_CURRENCY
  return toStoreProduct(unique.length ? unique : [first], currency, store.root)
}

/** Every combination of a master's values, as the fields that its own page would send. */
function choicesOf({ id, variationAttributes }: ForceProduct): readonly Record<string, string>[] {
  let wishes: Record<string, string>[] = [{ pid: id }]
  for (const { attributeId, id: name, values } of variationAttributes ?? []) {
    const field = `dwvar_${id.replaceAll('_', '__')}_${attributeId ?? name}`
    wishes = wishes.flatMap((wish) => (values ?? []).map((value) => ({ ...wish, [field]: value.id })))
  }
  return wishes.slice(0, MOST)
}
