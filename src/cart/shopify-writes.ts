import type { CartContext, CartLine, CartRefusal, CartResult } from '../model/cart.ts'
import { act, gidOf, lineIdOf, ownAction } from './shopify-actions.ts'
import { idOf, type ShopifyCart } from './shopify-shapes.ts'
import { findProduct, keep, readRaw, type ShopifyStore, send } from './shopify-store.ts'
import { refreshTheme } from './shopify-theme.ts'

/** Who brought the viewer and who hosted: a leading underscore keeps a line's property out of the customer's sight. */
const marksOf = ({ partner, host }: CartLine): readonly (readonly [name: string, value: string])[] => [
  ...(partner ? [['_castcart_partner', partner] as const] : []),
  ...(host ? [['_castcart_host', host] as const] : []),
]

/** Adds by the theme's own action where it has one, else by `cart/add.js`; the cart, read again, says what is in it. */
export async function addLine(
  store: ShopifyStore,
  line: CartLine,
  badge: string,
  context: CartContext,
): Promise<CartResult> {
  const id = await variantOf(store, line, context)
  if (typeof id === 'string') return { outcome: 'rejected', reason: id }
  store.known.set(id, { productId: line.productId, variantId: line.variantId })
  const action = ownAction()
  const { signal } = context
  const answer = await (action
    ? act(store, action, { signal, lines: [themeLine(id, line)] })
    : send<object>(store, 'cart/add.js', context, { items: [itemOf(id, line)] }))
  if (answer.reason === 'rate-limited') return { outcome: 'rejected', ...answer }
  const raw = await readRaw(store, context)
  const cart = keep(store, raw)
  if (!action) refreshTheme(raw, cart, badge)
  if (!answer.reason) return { outcome: 'added', cart, quantity: line.quantity }
  const { reason, message } = answer
  if (reason !== 'refused') return { outcome: 'rejected', reason, message, cart }
  const held = raw.items.some(({ variant_id }) => variant_id === id)
  return { outcome: 'rejected', reason: held ? 'limit-reached' : await whyNot(store, id, line, context), message, cart }
}

/** Sets a line's quantity. Where the store sets less than was asked, it is partial. */
export async function updateLine(
  store: ShopifyStore,
  id: string,
  quantity: number,
  badge: string,
  context: CartContext,
): Promise<CartResult> {
  const before = store.last?.[1].items.find((item) => item.id === id)?.quantity
  const action = ownAction()
  const { signal } = context
  const line = action && (await lineIdOf(store, id))
  const answer = await (action && line
    ? act(store, action, { signal, lines: [{ id: line, quantity }] })
    : send<ShopifyCart>(store, 'cart/change.js', context, { id, quantity }))
  if (answer.reason && answer.reason !== 'refused') return { outcome: 'rejected', ...answer }
  // The theme answers in another shape, and a refusal may have changed something all the same.
  const told = 'body' in answer && isCart(answer.body) ? answer.body : undefined
  const message = 'message' in answer ? answer.message : undefined
  const raw = told ?? (await readRaw(store, context))
  const cart = keep(store, raw)
  if (!line) refreshTheme(raw, cart, badge)
  const now = cart.items.find((item) => item.id === id)?.quantity ?? 0
  if (now === quantity) return { outcome: 'added', cart, quantity }
  if (now && now !== before) return { outcome: 'partial', cart, quantity: now, reason: 'limit-reached', message }
  return { outcome: 'rejected', reason: now ? 'limit-reached' : 'not-found', message, cart }
}

/** Applies a code beside those that count already, since `discount` replaces them all. */
export async function addCode(
  store: ShopifyStore,
  code: string,
  badge: string,
  context: CartContext,
): Promise<CartResult> {
  const codes = ((await readRaw(store, context)).discount_codes ?? []).filter(({ applicable }) => applicable)
  const discount = [...codes.map((one) => one.code), code]
  const action = ownAction()
  const { signal } = context
  const answer = await (action
    ? act(store, action, { signal, discountCodes: discount })
    : send<ShopifyCart>(store, 'cart/update.js', context, { discount: discount.join() }))
  if (answer.reason) return { outcome: 'rejected', ...answer }
  const raw = isCart(answer.body) ? answer.body : await readRaw(store, context)
  const cart = keep(store, raw)
  if (!action) refreshTheme(raw, cart, badge)
  const counts = raw.discount_codes?.some((one) => one.applicable && one.code.toLowerCase() === code.toLowerCase())
  return counts ? { outcome: 'added', cart, quantity: 0 } : { outcome: 'rejected', reason: 'refused', cart }
}

/** An answer of `cart.js`; that of the theme is of another shape. */
const isCart = (answer: object | undefined): answer is ShopifyCart => answer !== undefined && 'item_count' in answer

/** Texts are translated, so the catalogue is asked. */
async function whyNot(store: ShopifyStore, id: number, line: CartLine, context: CartContext): Promise<CartRefusal> {
  const product = (await findProduct(store, line, context)).body
  if (!product) return 'refused'
  const variant = product.variants.find((one) => one.id === id)
  if (!variant) return 'not-found'
  return variant.available ? 'refused' : 'sold-out'
}

async function variantOf(store: ShopifyStore, line: CartLine, context: CartContext): Promise<number | CartRefusal> {
  const id = idOf(line.ref.platformId)
  if (id) return id
  const answer = await findProduct(store, line, context)
  if (answer.reason) return answer.reason
  const { variants } = answer.body
  const { sku } = line.ref
  const found = (sku && variants.find((one) => one.sku === sku)) || (variants.length === 1 ? variants[0] : undefined)
  return found?.id ?? 'needs-variant'
}

function themeLine(id: number, line: CartLine) {
  const marks = marksOf(line)
  const attributes = marks.length ? { attributes: marks.map(([key, value]) => ({ key, value })) } : {}
  return { merchandiseId: gidOf(id), quantity: line.quantity, ...attributes }
}

function itemOf(id: number, line: CartLine) {
  const marks = marksOf(line)
  return { id, quantity: line.quantity, properties: marks.length ? Object.fromEntries(marks) : undefined }
}
