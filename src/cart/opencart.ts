import type { Cart, CartBridge, CartContext, CartLine, CartResult } from '../model/cart.ts'
import { askCatalogue } from './ask-catalogue.ts'
import { bySet, learnLine } from './by-gain.ts'
import {
  addressOf,
  checkoutOf,
  findOpen,
  isVersionFour,
  keepOpen,
  type OpenAnswer,
  type OpencartOptions,
  type OpenReply,
  type OpenStore,
  readOpen,
  sendOpen,
  tellOpen,
  watchOpen,
  wishOf,
} from './opencart-store.ts'
import { readPage } from './page-product.ts'
import { leaveFor, rootOf } from './tell-theme.ts'

export type { OpencartOptions } from './opencart-store.ts'

/**
 * The bridge of OpenCart 3 and 4. The shop has no JSON cart for shoppers, so its cart page is read; and it adds any quantity of
 * anything, so what it then marks as short of stock is taken out again and refused. A `platformId` is `42`, or `42:218=5,223=7` with the
 * choices of its options.
 */
export function opencart(options: OpencartOptions = {}): CartBridge {
  const isFour = isVersionFour(options.version)
  const root = rootOf(options.root ?? globalThis.document?.querySelector('base')?.href)
  const { currency } = options
  const store: OpenStore = { options, root, isFour, known: new Map(), rows: new Map(), currency, last: undefined }
  return {
    name: 'opencart',
    counts: true,
    read: (context) => readOpen(store, context),
    products: (list, context) =>
      askCatalogue(list, { known: store.known, context }, (wanted, own) => findOpen(store, wanted, own)),
    add: (line, context) => addLine(store, line, context),
    update: (lineId, quantity, context) => updateLine(store, { lineId, quantity }, context),
    applyVoucher: (code, context) => addCode(store, code, context),
    checkout: (cart) => (options.navigate ?? leaveFor)(cart.checkoutUrl ?? checkoutOf(store)),
    watch: (onChange) => watchOpen(() => onChange(null)),
    reveal: () => tellOpen(store),
  }
}

const isOut = (store: OpenStore, lineId: string): boolean =>
  store.last?.[0].lines.find(({ item }) => item.id === lineId)?.isShort ?? false

const heldOf = (cart: Cart | undefined, lineId: string): number =>
  cart?.items.find(({ id }) => id === lineId)?.quantity ?? 0

async function addLine(store: OpenStore, line: CartLine, context: CartContext): Promise<CartResult> {
  const wish = await wishOf(line, context)
  if (!wish) return { outcome: 'rejected', reason: 'not-found' }
  const ids = { productId: line.productId, variantId: line.variantId }
  if (!Object.keys(wish.options).length) learnLine(store.known, wish.id, line)
  // What is short is put back to what was held, so what is held must be known.
  const before = await readOpen(store, context)
  const fields = { product_id: wish.id, quantity: `${line.quantity}`, ...wish.options }
  const { body, later } = await sendOpen(store, 'checkout/cart.add', { context, fields })
  if (later !== undefined) return { outcome: 'rejected', reason: 'rate-limited', retryAfter: later }
  if (body.success === undefined) return whyNot(store, wish.id, { context, body })
  const after = await readOpen(store, context)
  const row = after.items.find(({ id, quantity }) => quantity > heldOf(before, id))
  if (!row) return { outcome: 'rejected', reason: 'refused', cart: after }
  store.rows.set(row.id, ids)
  if (isOut(store, row.id)) return takeOut(store, { lineId: row.id, held: heldOf(before, row.id), line }, context)
  const cart = store.last ? keepOpen(store, store.last[0]) : after
  tellOpen(store)
  const got = row.quantity - heldOf(before, row.id)
  return got < line.quantity
    ? { outcome: 'partial', cart, quantity: got, reason: 'limit-reached' }
    : { outcome: 'added', cart, quantity: line.quantity }
}

/** The shop told only what it did not do: a choice is missing, or its page says that there is no such product. */
async function whyNot(
  store: OpenStore,
  product: string,
  { context, body }: { context: CartContext; body: OpenAnswer },
): Promise<CartResult> {
  const { error } = body
  const message = textOf(error)
  if (typeof error === 'object' && Object.keys(error).some((key) => key.startsWith('option')))
    return { outcome: 'rejected', reason: 'needs-variant', message }
  const page = await readPage(addressOf(store, 'product/product', { product_id: product }), context)
  return { outcome: 'rejected', reason: page ? 'refused' : 'not-found', message }
}

const textOf = (error: OpenAnswer['error']): string | undefined =>
  typeof error === 'string'
    ? error
    : Object.values(error ?? {}).find((text): text is string => typeof text === 'string')

/** Puts a line back to what was held, since the shop took more than it has; with one piece it tells whether it has any. */
async function takeOut(
  store: OpenStore,
  { lineId, held, line }: { lineId: string; held: number; line: CartLine },
  context: CartContext,
): Promise<CartResult> {
  let hasSome = held > 0
  if (!hasSome && line.quantity > 1) {
    await setQuantity(store, { lineId, quantity: 1 }, context)
    await readOpen(store, context)
    hasSome = !isOut(store, lineId)
  }
  await setQuantity(store, { lineId, quantity: held }, context)
  const cart = await readOpen(store, context)
  return { outcome: 'rejected', reason: hasSome ? 'limit-reached' : 'sold-out', cart }
}

interface Wish {
  readonly lineId: string
  readonly quantity: number
}

/** Sends a quantity; 0 removes. Version 3 takes a list of them. */
function setQuantity(store: OpenStore, { lineId, quantity }: Wish, context: CartContext): Promise<OpenReply> {
  if (!quantity) return sendOpen(store, 'checkout/cart.remove', { context, fields: { key: lineId } })
  const fields: Record<string, string> = store.isFour
    ? { key: lineId, quantity: `${quantity}` }
    : { [`quantity[${lineId}]`]: `${quantity}` }
  return sendOpen(store, 'checkout/cart.edit', { context, fields })
}

async function updateLine(store: OpenStore, wish: Wish, context: CartContext): Promise<CartResult> {
  const { lineId, quantity } = wish
  const before = await readOpen(store, context)
  const held = heldOf(before, lineId)
  if (!held) return { outcome: 'rejected', reason: 'not-found', cart: before }
  const { later } = await setQuantity(store, wish, context)
  if (later !== undefined) return { outcome: 'rejected', reason: 'rate-limited', retryAfter: later }
  const after = await readOpen(store, context)
  if (isOut(store, lineId) && quantity > held) {
    await setQuantity(store, { lineId, quantity: held }, context)
    return { outcome: 'rejected', reason: 'limit-reached', cart: await readOpen(store, context) }
  }
  tellOpen(store)
  return bySet(lineId, quantity, { before, after })
}

async function addCode(store: OpenStore, code: string, context: CartContext): Promise<CartResult> {
  const route = store.isFour ? 'extension/opencart/total/coupon.save' : 'extension/total/coupon.coupon'
  const { body, later } = await sendOpen(store, route, { context, fields: { coupon: code } })
  if (later !== undefined) return { outcome: 'rejected', reason: 'rate-limited', retryAfter: later }
  const cart = await readOpen(store, context)
  tellOpen(store)
  return body.error === undefined
    ? { outcome: 'added', cart, quantity: 0 }
    : { outcome: 'rejected', reason: 'refused', message: textOf(body.error), cart }
}
