import type { Cart, CartBridge, CartContext, CartLine, CartRefusal, CartResult } from '../model/cart.ts'
import { askCatalogue } from './ask-catalogue.ts'
import { byGain, bySet, learnLine } from './by-gain.ts'
import { marksOf } from './marks-of.ts'
import { readPage } from './page-product.ts'
import { hasCode, toCart, type WareCart } from './shopware-shapes.ts'
import {
  currencyIn,
  findWare,
  idOf,
  type ShopwareOptions,
  tellWare,
  type WareStore,
  watchWare,
} from './shopware-store.ts'
import { askStore, bodyOf, rejected, type StoreAnswer } from './store-json.ts'
import { NO_CURRENCY } from './store-money.ts'
import { leaveFor, rootOf } from './tell-theme.ts'

export type { ShopwareOptions } from './shopware-store.ts'

/** A route that answers with JSON, so that no page is rendered for us. */
const TO_JSON = 'frontend.checkout.cart.json'
/**
 * The bridge of a Shopware 6 storefront, 6.5 or later (`CartLineItemController`, `checkout/cart.json`). The shop corrects quantities by itself
 * and tells of it in translated words, so what the cart has gained decides. A `platformId` is the product's or variant's id.
 */
export function shopware(options: ShopwareOptions = {}): CartBridge {
  const { currency } = options
  const first = { currency, token: undefined, last: undefined, ours: 0 }
  const store: WareStore = { options, root: rootOf(options.root), known: new Map(), ...first }
  return {
    name: 'shopware',
    counts: true,
    read: (context) => readCart(store, context),
    products: (list, context) =>
      askCatalogue(list, { known: store.known, context }, (wanted, own) => findWare(store, wanted, own)),
    add: (line, context) => addLine(store, line, context),
    async update(lineId, quantity, context) {
      const before = store.last
      const path = quantity ? `change-quantity/${lineId}` : `delete/${lineId}`
      const answer = await write(store, `checkout/line-item/${path}`, { context, fields: { quantity: `${quantity}` } })
      if (answer.reason) return rejected(answer)
      return bySet(lineId, quantity, { before, after: await told(store, answer.body, context) })
    },
    async applyVoucher(code, context) {
      const answer = await write(store, 'checkout/promotion/add', { context, fields: { code } })
      if (answer.reason) return rejected(answer)
      const cart = await told(store, answer.body, context)
      if (hasCode(answer.body, code)) return { outcome: 'added', cart, quantity: 0 }
      return { outcome: 'rejected', reason: 'refused', message: messageOf(answer.body), cart }
    },
    checkout: (cart) => (options.navigate ?? leaveFor)(cart.checkoutUrl ?? `${store.root}checkout/confirm`),
    watch: (onChange) => watchWare(store, () => onChange(null)),
    reveal: () => tellWare(store),
  }
}

const AJAX = { headers: { 'x-requested-with': 'XMLHttpRequest' } }

async function readCart(store: WareStore, context: CartContext): Promise<Cart> {
  const answer = await askStore<WareCart>(`${store.root}checkout/cart.json`, context, AJAX)
  return keep(store, bodyOf(answer), context)
}

/** A change; the shop redirects to its cart as JSON. */
const write = (
  { root }: WareStore,
  path: string,
  { context, fields }: { context: CartContext; fields: Record<string, string> },
): Promise<StoreAnswer<WareCart>> =>
  askStore(root + path, context, { ...AJAX, form: new URLSearchParams({ ...fields, redirectTo: TO_JSON }) })

async function keep(store: WareStore, raw: WareCart, context: CartContext): Promise<Cart> {
  store.token = raw.token ?? store.token
  store.currency ??= context.currency ?? pageCurrency() ?? (await boughtIn(store, raw, context))
  store.last = toCart(raw, store.known, store.currency ?? NO_CURRENCY, store.root)
  return store.last
}

/** The cart names no currency; the page of what is in it does. */
async function boughtIn(store: WareStore, raw: WareCart, context: CartContext): Promise<string | undefined> {
  const id = raw.lineItems.find(({ type }) => type === 'product')?.referencedId
  const page = id ? await readPage(`${store.root}detail/${id}`, context) : undefined
  return page && currencyIn(page.html)
}

const pageCurrency = () =>
  globalThis.document
    ?.querySelector('meta[itemprop="priceCurrency"],meta[property="product:price:currency"]')
    ?.getAttribute('content') ?? undefined

async function told(store: WareStore, raw: WareCart, context: CartContext): Promise<Cart> {
  const cart = await keep(store, raw, context)
  tellWare(store)
  return cart
}

async function addLine(store: WareStore, line: CartLine, context: CartContext): Promise<CartResult> {
  const id = await idOf(store, line, context)
  if (!id) return { outcome: 'rejected', reason: 'not-found' }
  learnLine(store.known, id, line)
  // An answer without errors is no yes: what was corrected on the way is no error of the cart that it shows.
  const before = await readCart(store, context)
  const of = (name: string) => `lineItems[${id}][${name}]`
  const fields = {
    [of('id')]: id,
    [of('referencedId')]: id,
    [of('type')]: 'product',
    [of('quantity')]: `${line.quantity}`,
    [of('stackable')]: '1',
    [of('removable')]: '1',
    ...payloadOf(id, line),
  }
  const answer = await write(store, 'checkout/line-item/add', { context, fields })
  if (answer.reason) return rejected(answer)
  const after = await told(store, answer.body, context)
  return byGain({ before, after, line }, () => whyNot(store, id, { context, raw: answer.body }), messageOf(answer.body))
}

/** A line's payload goes into the order with it; no page of the shop shows it (Shopware's `ProductLineItemFactory`). */
const payloadOf = (id: string, line: CartLine): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(marksOf(line) ?? {}).map(([name, value]) => [`lineItems[${id}][payload][${name}]`, value]),
  )

const messageOf = ({ errors }: WareCart): string | undefined =>
  Object.values(errors ?? {}).flatMap((error) => (error as { message?: string }).message ?? [])[0]

const KEYS: Readonly<Record<string, CartRefusal>> = {
  'product-out-of-stock': 'sold-out',
  'product-not-found': 'not-found',
  'product-stock-reached': 'limit-reached',
}

async function whyNot(
  store: WareStore,
  id: string,
  { context, raw }: { context: CartContext; raw: WareCart },
): Promise<CartRefusal> {
  const keys = Object.values(raw.errors ?? {}).map((error) => KEYS[(error as { messageKey?: string }).messageKey ?? ''])
  const reason = keys.find(Boolean)
  if (reason) return reason
  const found = await findWare(store, { id, title: '', ref: { platformId: id } }, context)
  if (!found) return 'not-found'
  const [variant] = found.variants
  return variant?.available && variant.stock !== 0 ? 'refused' : 'sold-out'
}
