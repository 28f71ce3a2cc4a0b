import { pageGlobal } from '../lib/page-global.ts'
import type { Cart, CartContext } from '../model/cart.ts'
import type { ProductInput } from '../model/product.ts'
import { inBatches } from './ask-catalogue.ts'
import type { KnownIds, StoreProduct } from './join-product.ts'
import { askStore, bodyOf } from './store-json.ts'
import { quietly } from './tell-theme.ts'
import { type TildaCart, type TildaProduct, type TildaWish, toCart, toStoreProduct, wishesOf } from './tilda-shapes.ts'
import { whenThere } from './when-there.ts'

/** What the page does not say. */
export interface TildaOptions {
  /** The catalogue part to read (`storepart` of a store block). Absent: every one that the page's own blocks name. */
  readonly storePart?: string | undefined
  /** ISO 4217. Absent: the cart block's. */
  readonly currency?: string | undefined
  /** Address of the catalogue. Absent: Tilda's own. */
  readonly api?: string | undefined
  /** Selector of what shows the number of pieces. Absent: `[data-castcart-count]`. */
  readonly badge?: string | undefined
}

/** One site, as this widget knows it. */
export interface TildaStore {
  readonly options: TildaOptions
  readonly known: KnownIds
  /** What can be bought, by the id that an add takes. */
  readonly wishes: Map<string, TildaWish>
  catalogue: Promise<readonly TildaProduct[]> | undefined
  last: Cart | undefined
  /** True while a change is our own: what the page draws meanwhile is no news. */
  acting: boolean
}

/** The functions of the cart block (ST100), all of them the page's own. */
export interface TildaPage {
  readonly cart: TildaCart
  readonly call: (name: string, ...given: unknown[]) => unknown
}

/** The cart block of the page; `undefined` where it is not there yet. */
export function tildaOnPage(): TildaPage | undefined {
  const cart = pageGlobal<TildaCart>('tcart')
  const add = pageGlobal<unknown>('tcart__addProduct')
  if (!Array.isArray(cart?.products) || typeof add !== 'function') return undefined
  const call: TildaPage['call'] = (name, ...given) => {
    const run = pageGlobal<(...given: unknown[]) => unknown>(name)
    return typeof run === 'function' ? run(...given) : undefined
  }
  return { cart, call }
}

/** The element of the cart block. */
export const cartBlock = () => globalThis.document?.querySelector<HTMLElement>('.t706')

/** The block's own code; the records of a page may have another. */
function currencyOf({ options }: TildaStore, context: CartContext): string {
  const records = globalThis.document?.querySelector<HTMLElement>('[data-tilda-currency]')?.dataset.tildaCurrency
  return options.currency ?? (records || cartBlock()?.dataset.projectCurrencyCode || context.currency || 'RUB')
}

/** Our cart of the page's. */
export function keepTilda(store: TildaStore, page: TildaPage, context: CartContext): Cart {
  // Another tab may have changed it.
  quietly(() => page.call('tcart__syncProductsObject__LStoObj'))
  store.last = toCart(tildaOnPage()?.cart ?? page.cart, store.known, currencyOf(store, context))
  return store.last
}

/** Pairs of record and part, as the page's store blocks begin with. */
function partsOf({ options }: TildaStore): readonly { readonly part: string; readonly recid?: string }[] {
  if (options.storePart) return [{ part: options.storePart }]
  const texts = [...(globalThis.document?.scripts ?? [])].map(({ textContent }) => textContent ?? '')
  return texts.flatMap((text) => {
    const part = /storepart['"]?\s*:\s*['"](\d+)/.exec(text)?.[1]
    const recid = /t_store_init\(\s*['"](\d+)/.exec(text)?.[1]
    return part ? [{ part, ...(recid && { recid }) }] : []
  })
}

/** The catalogue, read once for a round of questions. */
function readCatalogue(store: TildaStore, context: CartContext): Promise<readonly TildaProduct[]> {
  const parts = partsOf(store)
  if (!parts.length) return Promise.reject(new TypeError('tilda: no store block on this page; set `storePart`'))
  store.catalogue ??= inBatches(parts, (one) => readPart(store, one, context)).then((lists) => lists.flat())
  store.catalogue.catch(() => {
    store.catalogue = undefined
  })
  return store.catalogue
}

async function readPart(
  store: TildaStore,
  { part, recid }: { part: string; recid?: string },
  context: CartContext,
): Promise<readonly TildaProduct[]> {
  const what = { storepartuid: part, recid: recid ?? '', getparts: 'true', getoptions: 'true', slice: '1', size: '500' }
  const url = `${store.options.api ?? 'https://store.tildaapi.com'}/api/getproductslist/?${new URLSearchParams(what)}`
  const answer = await askStore<{ products?: readonly TildaProduct[] }>(url, context, { credentials: 'omit' })
  const { products = [] } = bodyOf(answer)
  for (const product of products) for (const [uid, wish] of wishesOf(product, recid)) store.wishes.set(uid, wish)
  return products
}

/** A product of the catalogue; `undefined` where it has none of that id or SKU. */
export async function findTilda(
  store: TildaStore,
  wanted: ProductInput,
  context: CartContext,
): Promise<StoreProduct | undefined> {
  const { platformId, sku } = wanted.ref ?? {}
  const found = (await readCatalogue(store, context)).find(
    (one) =>
      `${one.uid}` === platformId ||
      (sku && one.sku === sku) ||
      one.editions?.some((edition) => `${edition.uid}` === platformId || (sku && edition.sku === sku)),
  )
  return found && toStoreProduct(found, currencyOf(store, context))
}

/** The block has no events: its icon draws the number anew after each change, and other tabs write the storage. */
export function watchIcon(store: TildaStore, onChange: () => void): () => void {
  const off = new AbortController()
  const hear = () => store.acting || off.signal.aborted || onChange()
  whenThere(() => globalThis.document?.querySelector('.t706__carticon-counter') ?? undefined, off.signal).then(
    (counter) => {
      const observer = new MutationObserver(hear)
      observer.observe(counter, { childList: true, characterData: true, subtree: true })
      off.signal.addEventListener('abort', () => observer.disconnect())
    },
    () => {},
  )
  globalThis.window?.addEventListener('storage', ({ key }) => key === 'tcart' && hear(), { signal: off.signal })
  return () => off.abort()
}
