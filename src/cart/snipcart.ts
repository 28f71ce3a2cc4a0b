import { pageGlobal } from '../lib/page-global.ts'
import type { Cart, CartBridge, CartContext, CartLine, CartResult } from '../model/cart.ts'
import type { ProductInput } from '../model/product.ts'
import { askCatalogue } from './ask-catalogue.ts'
import { byGain, bySet, learnLine } from './by-gain.ts'
import type { KnownIds, StoreProduct } from './join-product.ts'
import { readPage } from './page-product.ts'
import {
  definitionsIn,
  hasCode,
  idAndChoices,
  idOf,
  type SnipCart,
  type SnipDefinition,
  toCart,
  toStoreProduct,
} from './snipcart-shapes.ts'
import { NO_CURRENCY } from './store-money.ts'
import { quietly, showCount } from './tell-theme.ts'
import { whenThere } from './when-there.ts'
import { whileActing } from './while-acting.ts'

/** What the page does not say. */
export interface SnipcartOptions {
  /** ISO 4217. Absent: the cart's. */
  readonly currency?: string | undefined
  /** Selector of what shows the number of pieces. Absent: `[data-castcart-count]`. */
  readonly badge?: string | undefined
}

/** The script on the page (docs.snipcart.com/v3/sdk). */
interface Snipcart {
  readonly store: { getState(): { readonly cart: SnipCart }; subscribe(heard: () => void): () => void }
  readonly api: {
    readonly cart: {
      readonly items: {
        add(item: object): Promise<unknown>
        update(item: object): Promise<unknown>
        remove(uniqueId: string): Promise<unknown>
      }
      applyDiscount(code: string): Promise<unknown>
    }
    readonly theme?: { readonly cart?: { open?(): void; close?(): void } }
  }
}

interface Store {
  readonly options: SnipcartOptions
  readonly known: KnownIds
  /** What pages say of their products, by id. */
  readonly definitions: Map<string, SnipDefinition>
  last: Cart | undefined
  /** True while a change is our own: what the script tells meanwhile is no news. */
  acting: boolean
}

/**
 * The bridge of a page with Snipcart 3. What a product costs is what its own page says (the button's `data-item-*`), since Snipcart checks the
 * order there; stock is known to nobody before the checkout. A `platformId` is the item's id, or `mug?Size=Large` with the choices.
 */
export function snipcart(options: SnipcartOptions = {}): CartBridge {
  const store: Store = { options, known: new Map(), definitions: new Map(), last: undefined, acting: false }
  return {
    name: 'snipcart',
    counts: true,
    read: async (context) => keep(store, await whenThere(onPage, context.signal), context),
    products: (list, context) =>
      askCatalogue(list, { known: store.known, context }, (wanted, own) => find(store, wanted, own)),
    add: (line, context) => addLine(store, line, context),
    async update(lineId, quantity, context) {
      const page = await whenThere(onPage, context.signal)
      const before = keep(store, page, context)
      if (!before.items.some(({ id }) => id === lineId))
        return { outcome: 'rejected', reason: 'not-found', cart: before }
      const { items } = page.api.cart
      const { cart: after } = await attempt(store, context, () =>
        quantity ? items.update({ uniqueId: lineId, quantity }) : items.remove(lineId),
      )
      return bySet(lineId, quantity, { before, after })
    },
    async applyVoucher(code, context) {
      const page = await whenThere(onPage, context.signal)
      const { cart, message } = await attempt(store, context, () => page.api.cart.applyDiscount(code))
      return message === undefined && hasCode(page.store.getState().cart, code)
        ? { outcome: 'added', cart, quantity: 0 }
        : { outcome: 'rejected', reason: 'refused', message: message || undefined, cart }
    },
    checkout: () => onPage()?.api.theme?.cart?.open?.(),
    watch: (onChange) => watchPage(store, () => onChange(null)),
    reveal: () => store.last && showCount(store.last.quantity, options.badge),
  }
}

function onPage(): Snipcart | undefined {
  const found = pageGlobal<Snipcart>('Snipcart')
  return quietly(() => (found?.api.cart.items.add && found.store.getState().cart ? found : undefined))
}

function keep(store: Store, page: Snipcart, context: CartContext): Cart {
  const fallback = store.options.currency ?? context.currency ?? NO_CURRENCY
  store.last = toCart(page.store.getState().cart, store.known, fallback)
  return store.last
}

/** Makes a change and reads what came of it; `message`: the script refused. Its own cart, which opens by itself, is shut again. */
async function attempt(
  store: Store,
  context: CartContext,
  run: () => Promise<unknown>,
): Promise<{ readonly cart: Cart; readonly message: string | undefined }> {
  const page = await whenThere(onPage, context.signal)
  return whileActing(store, context.signal, async () => {
    const message = await run().then(
      () => undefined,
      (cause: unknown) => (cause instanceof Error ? cause.message : ''),
    )
    const cart = keep(store, page, context)
    showCount(cart.quantity, store.options.badge)
    quietly(() => page.api.theme?.cart?.close?.())
    return { cart, message }
  })
}

async function addLine(store: Store, line: CartLine, context: CartContext): Promise<CartResult> {
  const [id, choices] = idAndChoices(line.ref.platformId ?? line.ref.sku ?? '')
  const found = store.definitions.get(id) ?? (await define(store, { id, url: line.url }, context))
  if (!found) return { outcome: 'rejected', reason: 'not-found' }
  if (found.choices.some(({ name }) => choices[name] === undefined))
    return { outcome: 'rejected', reason: 'needs-variant' }
  learnLine(store.known, idOf(found.id, choices), line)
  const page = await whenThere(onPage, context.signal)
  const before = keep(store, page, context)
  const { cart: after, message } = await attempt(store, context, () =>
    page.api.cart.items.add(itemOf(found, line, choices)),
  )
  return byGain({ before, after, line }, async () => 'refused', message || undefined)
}

/** Partner and host go along as metadata, which the customer does not see. */
const itemOf = (
  found: SnipDefinition,
  { quantity, partner, host }: CartLine,
  choices: Record<string, string>,
): object => ({
  ...{ id: found.id, name: found.name, url: found.url, image: found.image, description: found.description, quantity },
  price: found.price.trim().startsWith('{') ? JSON.parse(found.price) : Number(found.price),
  ...(found.maxQuantity !== undefined && { maxQuantity: found.maxQuantity }),
  ...(found.choices.length && {
    customFields: found.choices.map(({ name, values }) => ({
      ...{ name, value: choices[name] },
      options: values.map(({ text, extra }) => (extra === '0' ? text : `${text}[${extra}]`)).join('|'),
    })),
  }),
  ...((partner || host) && { metadata: { castcart_partner: partner, castcart_host: host } }),
})

async function define(
  store: Store,
  { id, url }: { id: string; url: string | undefined },
  context: CartContext,
): Promise<SnipDefinition | undefined> {
  const page = url ? await readPage(url, context) : undefined
  const all = page ? definitionsIn(page.html, page.url) : []
  for (const one of all) store.definitions.set(one.id, one)
  return all.find((one) => one.id === id) ?? (id || all.length !== 1 ? undefined : all[0])
}

async function find(store: Store, wanted: ProductInput, context: CartContext): Promise<StoreProduct | undefined> {
  const [id] = idAndChoices(wanted.ref?.platformId ?? wanted.ref?.sku ?? '')
  const found = await define(store, { id, url: wanted.url }, context)
  if (!found) return undefined
  const cart = onPage()?.store.getState().cart
  return toStoreProduct(
    found,
    store.options.currency ?? cart?.currency?.toUpperCase() ?? context.currency ?? NO_CURRENCY,
  )
}

/** The script tells of every change of its state; news is another number of pieces or another sum. */
function watchPage(store: Store, onChange: () => void): () => void {
  const off = new AbortController()
  const mark = ({ items, total }: SnipCart) =>
    `${items.items.map(({ uniqueId, quantity }) => `${uniqueId} ${quantity}`)} ${total}`
  whenThere(onPage, off.signal).then(
    (page) => {
      let seen = mark(page.store.getState().cart)
      const hear = () => {
        const now = mark(page.store.getState().cart)
        if (now !== seen && !store.acting) onChange()
        seen = now
      }
      const stop = quietly(() => page.store.subscribe(hear))
      off.signal.addEventListener('abort', () => quietly(() => stop?.()))
    },
    () => {},
  )
  return () => off.abort()
}
