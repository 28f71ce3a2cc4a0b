import type { CartBridge, CartContext, CartLine, CartResult } from '../model/cart.ts'
import { findVariant } from './find-variant.ts'
import { keptValue } from './kept-value.ts'
import { marksOf } from './marks-of.ts'
import { CART, type MedusaCart } from './medusa-shapes.ts'
import {
  ask,
  catalogue,
  keep,
  type MedusaOptions,
  type MedusaStore,
  productOf,
  readCart,
  readRaw,
  regionOf,
} from './medusa-store.ts'
import { needSetting } from './need-setting.ts'
import { bodyOf, rejected, type StoreAnswer, type StoreRefusal } from './store-json.ts'
import { leaveFor, showCount } from './tell-theme.ts'

export type { MedusaOptions } from './medusa-store.ts'

/**
 * The bridge of a Medusa shop, version 2 (its Store API). It adds all or nothing, so there is no partial outcome. The cart's id is the
 * storefront's and is shared with it. A `platformId` is the product's id, or the variant's for a variant.
 */
export function medusa(options: MedusaOptions): CartBridge {
  const { navigate = leaveFor, cartKey = 'cart_id', getCartId, setCartId } = options
  needSetting(options.publishableKey, 'medusa', 'publishableKey')
  const here = globalThis.location?.href
  const url = new URL(needSetting(options.url, 'medusa', 'url').replace(/\/*$/, '/'), here).href
  const checkoutUrl = new URL(options.checkoutUrl ?? '/checkout', here ?? url).href
  const store: MedusaStore = {
    options,
    place: { url, checkoutUrl, withTax: !!options.countryCode, lowest30Field: options.lowest30Field },
    cartId: keptValue(cartKey, { key: cartKey, get: getCartId, set: setCartId }),
    known: new Map(),
  }
  return {
    name: 'medusa',
    read: (context) => readCart(store, context),
    products: (list, context) => catalogue(store, list, context),
    add: (line, context) => add(store, line, context),
    update: (lineId, quantity, context) => update(store, lineId, quantity, context),
    applyVoucher: (code, context) => applyCode(store, code, context),
    checkout: (cart) => navigate(cart.checkoutUrl ?? checkoutUrl),
    watch: (onChange) => store.cartId.watch(() => onChange(null)),
    reveal: () => store.last && showCount(store.last.quantity, options.badge),
  }
}

async function add(store: MedusaStore, line: CartLine, context: CartContext): Promise<CartResult> {
  const find = (wish: CartLine) => productOf(store, wish, context)
  const found = await findVariant(line, store.known, find)
  if ('reason' in found) return { outcome: 'rejected', reason: found.reason }
  const { quantity } = line
  const answer = await intoCart(store, { variant_id: found.id, quantity, metadata: marksOf(line) }, context)
  if (!answer.reason) return { outcome: 'added', cart: keep(store, answer.body.cart), quantity }
  if (!isShort(answer)) return rejected(answer)
  // The shop says the same of what is gone and of what is too much: its catalogue tells them apart.
  const product = await find({ ...line, ref: { ...line.ref, platformId: found.id } })
  const available = product?.variants.find(({ id }) => id === found.id)?.stock
  return { outcome: 'rejected', reason: available === 0 ? 'sold-out' : 'limit-reached', available }
}

/** Adds to the viewer's cart, and to a new one where that is gone or has become an order. */
async function intoCart(
  store: MedusaStore,
  item: object,
  context: CartContext,
): Promise<StoreAnswer<{ cart: MedusaCart }>> {
  const known = await store.cartId.get()
  const put = (id: string) => change(store, [id, 'line-items'], { json: item }, context)
  if (!known) return put(await newCart(store, context))
  const answer = await put(known)
  if (!answer.reason || answer.reason === 'rate-limited' || isShort(answer)) return answer
  return (await readRaw(store, context)) ? answer : put(await newCart(store, context))
}

/** Begins a cart. A second try after a lost answer is safe: what nobody knows the id of stays empty. */
async function newCart(store: MedusaStore, context: CartContext): Promise<string> {
  const region_id = (await regionOf(store, context)).id
  const json = { region_id, sales_channel_id: store.options.salesChannelId }
  const once = () => ask<{ cart: MedusaCart }>(store, ['carts', { fields: 'id' }], context, { json })
  const { cart } = bodyOf(await once().catch(once))
  store.cartId.learn(cart.id)
  await store.cartId.keep()
  return cart.id
}

async function update(store: MedusaStore, lineId: string, quantity: number, context: CartContext): Promise<CartResult> {
  const id = await store.cartId.get()
  if (!id) return { outcome: 'rejected', reason: 'not-found' }
  const request = quantity ? { json: { quantity } } : { method: 'DELETE' }
  const answer = await change(store, [id, 'line-items', lineId], request, context)
  if (!answer.reason) return { outcome: 'added', cart: keep(store, answer.body.cart), quantity }
  return rejected(isShort(answer) ? { ...answer, reason: 'limit-reached' } : answer)
}

async function applyCode(store: MedusaStore, code: string, context: CartContext): Promise<CartResult> {
  const id = await store.cartId.get()
  if (!id) return { outcome: 'rejected', reason: 'refused' }
  const answer = await change(store, [id, 'promotions'], { json: { promo_codes: [code] } }, context)
  if (answer.reason) return rejected(answer)
  const { cart } = answer.body
  const counts = cart.promotions?.some((one) => one.code?.toLowerCase() === code.toLowerCase())
  const now = keep(store, cart)
  return counts ? { outcome: 'added', cart: now, quantity: 0 } : { outcome: 'rejected', reason: 'refused', cart: now }
}

/** One write; what is taken out of a cart answers with the cart as its `parent`. */
async function change(
  store: MedusaStore,
  path: readonly string[],
  request: { readonly json?: object; readonly method?: string },
  context: CartContext,
): Promise<StoreAnswer<{ cart: MedusaCart }>> {
  type Body = { cart?: MedusaCart; parent?: MedusaCart }
  const place = `carts/${path.map(encodeURIComponent).join('/')}`
  const answer = await ask<Body>(store, [place, { fields: CART }], context, request)
  if (answer.reason) return answer
  const cart = answer.body.cart ?? answer.body.parent
  if (!cart) throw new TypeError('the shop answered without a cart')
  return { ...answer, body: { cart } }
}

const isShort = ({ body }: StoreRefusal) => (body as { code?: unknown } | undefined)?.code === 'insufficient_inventory'
