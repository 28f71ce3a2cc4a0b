import { pageGlobal } from '../lib/page-global.ts'
import type { Cart, CartContext, CartLine } from '../model/cart.ts'
import type { ProductInput } from '../model/product.ts'
import { inBatches } from './ask-catalogue.ts'
import type { KnownIds, StoreProduct } from './join-product.ts'
import {
  groupsIn,
  keyOf,
  optionsOf,
  type PrestaAnswer,
  type PrestaCart,
  type PrestaProduct,
  pictureOf,
  toCart,
  toVariant,
} from './prestashop-shapes.ts'
import { askStore, bodyOf, type StoreAnswer } from './store-json.ts'
import { quietly, showCount } from './tell-theme.ts'

/** Where the shop is, where its pages do not say. */
export interface PrestashopOptions {
  /** Absent: `prestashop.urls.base_url`, else the page's origin. */
  readonly root?: string | undefined
  /** ISO 4217. Absent: the page's own `prestashop.currency`. */
  readonly currency?: string | undefined
  /** Selector of what shows the number of pieces. Absent: `[data-castcart-count]`. */
  readonly badge?: string | undefined
  /** Goes to the checkout. Absent: in this tab. */
  readonly navigate?: ((url: string) => void) | undefined
}

/** What an event of the theme's cart carries. */
export interface PrestaEvent {
  readonly reason?: { readonly linkAction?: unknown }
}

/** What the theme puts on every page; all of it is the page's to break. */
interface PrestaTheme {
  readonly static_token?: unknown
  readonly currency?: { readonly iso_code?: string }
  readonly urls?: { readonly base_url?: string; readonly pages?: { readonly cart?: string; readonly order?: string } }
  emit?(event: string, data: object): void
  on?(event: string, heard: (data?: PrestaEvent) => void): void
  removeListener?(event: string, heard: unknown): void
}

/** One shop, as this widget knows it. */
export interface PrestaStore {
  readonly options: PrestashopOptions
  /** Ends in a slash. */
  readonly root: string
  readonly known: KnownIds
  token: string
  last?: readonly [PrestaCart, Cart]
}

/** Our mark on the theme's events. Not `add-to-cart`: that opens the theme's dialog over the player. */
export const QUIET = 'castcart'
/** Combinations that are asked for where the show does not say which. */
const MOST = 24

/** The theme's own object on the page. */
export const prestaTheme = (): PrestaTheme | undefined => pageGlobal<PrestaTheme>('prestashop')

/** Address of the checkout. */
export const checkoutOf = ({ root }: PrestaStore): string =>
  prestaTheme()?.urls?.pages?.order ?? `${root}index.php?controller=order`

function currencyOf({ options }: PrestaStore, context: CartContext): string {
  const currency = options.currency ?? prestaTheme()?.currency?.iso_code ?? context.currency
  if (!currency) throw new TypeError('the shop does not tell its currency: set `currency`')
  return currency
}

/** One call of the cart controller; `action=update` alone changes nothing and answers with the cart. */
export function askCart(
  store: PrestaStore,
  context: CartContext,
  fields: Record<string, string> = {},
): Promise<StoreAnswer<PrestaAnswer>> {
  const url = prestaTheme()?.urls?.pages?.cart ?? `${store.root}index.php?controller=cart`
  const form = new URLSearchParams({ ajax: '1', action: 'update', token: store.token, ...fields })
  return askStore(url, context, { form })
}

/**
 * A change. Where the token is no longer the session's the shop answers with success and does nothing, so what did not take effect is
 * tried once more with the token of a fresh page.
 */
export async function changeCart(
  store: PrestaStore,
  context: CartContext,
  { fields, took }: { fields: Record<string, string>; took: (answer: PrestaAnswer) => boolean },
): Promise<StoreAnswer<PrestaAnswer>> {
  const answer = await askCart(store, context, fields)
  if (answer.reason || answer.body.hasError || took(answer.body)) return answer
  const page = await context.fetch(store.root, { signal: context.signal, credentials: 'same-origin' })
  const fresh = /"static_token"\s*:\s*"(\w+)"/.exec(await page.text())?.[1]
  if (!fresh || fresh === store.token) return answer
  store.token = fresh
  return askCart(store, context, fields)
}

/**
 * Our cart of the shop's, remembered for the theme.
 * @throws TypeError where the answer has none
 */
export function keepCart(store: PrestaStore, { cart: raw }: PrestaAnswer, context: CartContext): Cart {
  if (!raw) throw new TypeError('the shop answered without a cart')
  const cart = toCart(raw, store.known, currencyOf(store, context), checkoutOf(store))
  store.last = [raw, cart]
  return cart
}

/** Tells the theme that the cart changed; its block of the cart draws itself anew. */
export function tellPresta(store: PrestaStore): void {
  if (!store.last) return
  const [raw, { quantity }] = store.last
  showCount(quantity, store.options.badge)
  const data = { reason: { linkAction: QUIET, cart: raw }, resp: { success: true, cart: raw } }
  quietly(() => prestaTheme()?.emit?.('updateCart', data))
}

/** The shop's ids of product and combination, by `platformId`, else by the address of the page; a combination is absent where not told. */
export function idsOf({ ref, url }: Pick<CartLine | ProductInput, 'ref' | 'url'>): readonly (string | undefined)[] {
  const [, id, combination] =
    /^(\d+)(?:-(\d+))?/.exec(ref?.platformId ?? '') ?? /\/(\d+)(?:-(\d+))?-[^/]*\.html/.exec(url ?? '') ?? []
  return [id, combination]
}

interface QuickView {
  readonly product: PrestaProduct
  readonly quickview_html?: string
}

/** The quick view of a product in one of its combinations; `undefined` where the shop does not have it. */
export async function quickView(
  store: PrestaStore,
  context: CartContext,
  fields: Record<string, string>,
): Promise<QuickView | undefined> {
  const query = new URLSearchParams({ controller: 'product', ajax: '1', action: 'quickview', ...fields })
  const answer = await askStore<QuickView>(`${store.root}index.php?${query}`, context)
  return answer.reason === 'not-found' ? undefined : bodyOf(answer)
}

/** A product with the combinations that the show names by id, else with all that its page offers (24 at most). */
export async function findPresta(
  store: PrestaStore,
  wanted: ProductInput,
  context: CartContext,
): Promise<StoreProduct | undefined> {
  const [id] = idsOf(wanted)
  const first = id && (await quickView(store, context, { id_product: id }))
  if (!first || !id) return undefined
  const named = (wanted.variants ?? []).map((variant) => idsOf(variant)[1])
  const wishes =
    named.length && named.every(Boolean) ? named.map(byId) : choicesOf(groupsIn(first.quickview_html ?? ''))
  const rest = await inBatches(wishes, (wish) => quickView(store, context, { id_product: id, ...wish }))
  const all = new Map([first, ...rest].flatMap((view) => (view ? [[keyOf(view.product), view.product] as const] : [])))
  const variants = [...all.values()].map((product) => toVariant(product, currencyOf(store, context)))
  const names = [...new Set(variants.flatMap(({ options }) => Object.keys(options)))]
  return {
    url: first.product.url,
    images: (first.product.images ?? []).flatMap((picture) => pictureOf(picture) ?? []),
    axes: names.map((name) => ({ name, values: [...new Set(variants.map(({ options }) => options[name] ?? ''))] })),
    variants,
  }
}

const byId = (combination = ''): Record<string, string> => ({ id_product_attribute: combination })

/** Every combination of the page's choices, as fields. */
function choicesOf(groups: ReturnType<typeof groupsIn>): readonly Record<string, string>[] {
  if (!groups.length) return []
  let wishes: Record<string, string>[] = [{}]
  for (const { field, values } of groups) {
    wishes = wishes.flatMap((wish) => values.map((value) => ({ ...wish, [field]: value })))
  }
  return wishes.slice(0, MOST)
}

/** Whether a product has combinations, so that one must be chosen. */
export const hasChoice = async (store: PrestaStore, id: string, context: CartContext): Promise<boolean> =>
  Object.keys(optionsOf((await quickView(store, context, { id_product: id }))?.product ?? NONE)).length > 0

const NONE: PrestaProduct = { id_product: 0, id_product_attribute: 0 }
