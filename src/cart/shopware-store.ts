import { pageGlobal } from '../lib/page-global.ts'
import type { Cart, CartContext, CartLine } from '../model/cart.ts'
import type { ProductInput } from '../model/product.ts'
import { inBatches } from './ask-catalogue.ts'
import type { KnownIds, StoreProduct } from './join-product.ts'
import { metaOf, pageProduct, readPage } from './page-product.ts'
import { toStoreProduct, type WareProduct } from './shopware-shapes.ts'
import { askStore, bodyOf } from './store-json.ts'
import { quietly, showCount } from './tell-theme.ts'

/** Where the shop is, and what its pages do not say. */
export interface ShopwareOptions {
  /** Root of the sales channel's domain, with its language path. Absent: the page's origin. */
  readonly root?: string | undefined
  /** The sales channel's public access key: then stock, variants and 30-day prices come from the Store API, else from product pages. */
  readonly accessKey?: string | undefined
  /** ISO 4217. Absent: what product pages say. */
  readonly currency?: string | undefined
  /** Selector of what shows the number of pieces. Absent: `[data-castcart-count]`. */
  readonly badge?: string | undefined
  /** Goes to the checkout. Absent: in this tab. */
  readonly navigate?: ((url: string) => void) | undefined
}

/** One shop, as this widget knows it. */
export interface WareStore {
  readonly options: ShopwareOptions
  /** Ends in a slash. */
  readonly root: string
  readonly known: KnownIds
  currency: string | undefined
  /** Of the viewer's session, for the Store API. */
  token: string | undefined
  last: Cart | undefined
  /** Refreshes of the theme's widget that are our own and not heard of yet. */
  ours: number
}

interface Plugin {
  fetch?(): void
  readonly $emitter?: { subscribe(event: string, heard: () => void): void }
}

/** The currency that a product page tells; the cart tells none. */
export const currencyIn = (html: string): string | undefined =>
  metaOf(html, 'priceCurrency') ??
  metaOf(html, 'product:price:currency') ??
  /"priceCurrency"\s*:\s*"([A-Z]{3})"/.exec(html)?.[1]

const soldOn = (html: string) => /lineItems\[([0-9a-f]{32})\]\[id\]/.exec(html)?.[1]

/** The id that an add takes: `platformId`, else by product number, else what the line's page sells. */
export async function idOf(
  store: WareStore,
  { ref, url }: CartLine,
  context: CartContext,
): Promise<string | undefined> {
  if (ref.platformId) return ref.platformId
  if (ref.sku && store.options.accessKey) {
    const [found] = await search(store, [{ field: 'productNumber', value: ref.sku }], context)
    if (found) return found.id
  }
  const page = url ? await readPage(url, context) : undefined
  return page && soldOn(page.html)
}

/** A product with its variants; `undefined` where this sales channel does not have it. */
export const findWare = (
  store: WareStore,
  wanted: ProductInput,
  context: CartContext,
): Promise<StoreProduct | undefined> =>
  store.options.accessKey ? findByApi(store, wanted, context) : findByPages(store, wanted, context)

/** Each variant that the show names has a page; without any, the product's own. */
async function findByPages(
  store: WareStore,
  wanted: ProductInput,
  context: CartContext,
): Promise<StoreProduct | undefined> {
  const ids = [...new Set([wanted, ...(wanted.variants ?? [])].flatMap(({ ref }) => ref?.platformId ?? []))]
  const urls = ids.length ? ids.map((id) => `${store.root}detail/${id}`) : [wanted.url ?? ''].filter(Boolean)
  const found = await inBatches(urls, async (url) => {
    const page = await readPage(url, context)
    if (!page) return []
    store.currency ??= currencyIn(page.html)
    const id = soldOn(page.html)
    const product = pageProduct(page, id ?? url.split('/').at(-1) ?? '', store.currency)
    // Only what can be bought has a form; its availability may be "limited" either way.
    const variants = product?.variants.map((variant) => ({ ...variant, available: !!id })) ?? []
    return product ? [{ ...product, variants }] : []
  })
  const [first, ...rest] = found.flat()
  return first && { ...first, axes: [], variants: [first, ...rest].flatMap(({ variants }) => variants) }
}

async function findByApi(
  store: WareStore,
  wanted: ProductInput,
  context: CartContext,
): Promise<StoreProduct | undefined> {
  const refs = [wanted, ...(wanted.variants ?? [])].map(({ ref }) => ref)
  const ids = refs.flatMap((ref) => ref?.platformId ?? [])
  const numbers = ids.length ? [] : refs.flatMap((ref) => ref?.sku ?? [])
  const filters = [
    ...ids.flatMap((value) => [
      { field: 'id', value },
      { field: 'parentId', value },
    ]),
    ...numbers.map((value) => ({ field: 'productNumber', value })),
  ]
  const found = filters.length ? await search(store, filters, context) : []
  const parents = new Set(found.map(({ parentId }) => parentId))
  const buyable = found.filter(({ id }) => !parents.has(id))
  const page = wanted.ref?.platformId
  return buyable.length
    ? { ...toStoreProduct(buyable, await currencyOf(store, context)), url: page && `${store.root}detail/${page}` }
    : undefined
}

async function currencyOf(store: WareStore, context: CartContext): Promise<string> {
  if (store.currency) return store.currency
  const answer = await askStore<{ currency: { isoCode: string } }>(apiOf(store, 'context'), context, {
    headers: keysOf(store),
  })
  store.currency = bodyOf(answer).currency.isoCode
  return store.currency
}

const apiOf = ({ root }: WareStore, path: string) => new URL(`/store-api/${path}`, root).href
const keysOf = ({ options, token }: WareStore): Record<string, string> => ({
  'sw-access-key': options.accessKey ?? '',
  ...(token && { 'sw-context-token': token }),
})

async function search(
  store: WareStore,
  filters: readonly { field: string; value: string }[],
  context: CartContext,
): Promise<readonly WareProduct[]> {
  const queries = filters.map((filter) => ({ type: 'equals', ...filter }))
  const criteria = {
    limit: 100,
    filter: [{ type: 'multi', operator: 'or', queries }],
    associations: { options: { associations: { group: {} } }, cover: { associations: { media: {} } } },
  }
  const answer = await askStore<{ elements: readonly WareProduct[] }>(apiOf(store, 'product'), context, {
    json: criteria,
    headers: keysOf(store),
  })
  return bodyOf(answer).elements
}

const widgets = (): readonly Plugin[] => {
  const manager = pageGlobal<{ getPluginInstances?(name: string): readonly Plugin[] }>('PluginManager')
  return quietly(() => [...(manager?.getPluginInstances?.('CartWidget') ?? [])]) ?? []
}

/** Lets the theme's own cart widget draw itself anew; the drawer stays shut. */
export function tellWare(store: WareStore): void {
  if (!store.last) return
  showCount(store.last.quantity, store.options.badge)
  for (const widget of widgets()) {
    store.ours += 1
    quietly(() => widget.fetch?.())
  }
}

/** Calls back when the theme's widget draws itself anew for another reason than us; it does so after every change of the theme's. */
export function watchWare(store: WareStore, onChange: () => void): () => void {
  let isOn = true
  const hear = () => {
    if (store.ours > 0) store.ours -= 1
    else if (isOn) onChange()
  }
  for (const { $emitter } of widgets()) quietly(() => $emitter?.subscribe('fetch', hear))
  return () => {
    isOn = false
  }
}
