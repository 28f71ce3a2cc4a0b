import type { CartBridge, CartContext, CartLine, CartResult } from '../model/cart.ts'
import { findVariant } from './find-variant.ts'
import { marksOf } from './marks-of.ts'
import { rejected, type StoreAnswer } from './store-json.ts'
import { catalogue, findOne } from './woocommerce-catalogue.ts'
import type { WooCart } from './woocommerce-shapes.ts'
import { keep, openStore, readRaw, send, type WoocommerceOptions, type WooStore } from './woocommerce-store.ts'
import { tellTheme, wakeTheme, watchTheme } from './woocommerce-theme.ts'

export type { WoocommerceOptions } from './woocommerce-store.ts'

/**
 * The bridge of WooCommerce, by the Store API with its nonce (developer.woocommerce.com/docs/apis/store-api). A `platformId` is the
 * product's id, or the variation's for a variant; a `handle` is the slug. Every write answers with the whole cart.
 */
export function woocommerce(options: WoocommerceOptions = {}): CartBridge {
  const store = openStore(options)
  return {
    name: 'woocommerce',
    read: async (context) => keep(store, await readRaw(store, context)),
    products: (list, context) => catalogue(store, list, context),
    add: (line, context) => addLine(store, line, context),
    update: (lineId, quantity, context) => updateLine(store, { lineId, quantity }, context),
    applyVoucher: (code, context) => addCode(store, code, context),
    checkout: (cart) => store.navigate(cart.checkoutUrl ?? store.checkoutUrl),
    watch(onChange) {
      const off = new AbortController()
      watchTheme(store, () => onChange(null), off.signal)
      return () => off.abort()
    },
    reveal: () => tellTheme(store),
  }
}

async function addLine(store: WooStore, line: CartLine, context: CartContext): Promise<CartResult> {
  const { platformId = '' } = line.ref
  // What the viewer sees is known; a bare id of the page's author goes to the shop as it is.
  const found = /^\d+(\?|$)/.test(platformId)
    ? { id: platformId }
    : await findVariant(line, store.known, (wish) => findOne(store, wish, context))
  if ('reason' in found) return { outcome: 'rejected', reason: found.reason }
  const [id = '', chosen] = found.id.split('?')
  store.known.set(id, { productId: line.productId, variantId: line.variantId })
  const variation = [...new URLSearchParams(chosen)].map(([attribute, value]) => ({ attribute, value }))
  wakeTheme()
  const wish = { id: Number(id), quantity: line.quantity, ...(variation.length && { variation }) }
  const result = outcome(store, await write(store, 'cart/add-item', context, wish), line.quantity)
  const [namespace, data] = [store.options.extension, marksOf(line)]
  // What is bought counts, whether or not it is told who brought the buyer.
  if (namespace && data && result.outcome === 'added')
    await write(store, 'cart/extensions', context, { namespace, data }).catch(() => {})
  return result
}

async function updateLine(
  store: WooStore,
  { lineId: key, quantity }: { lineId: string; quantity: number },
  context: CartContext,
): Promise<CartResult> {
  const answer = quantity
    ? await write(store, 'cart/update-item', context, { key, quantity })
    : await write(store, 'cart/remove-item', context, { key })
  return outcome(store, answer, quantity)
}

async function addCode(store: WooStore, code: string, context: CartContext): Promise<CartResult> {
  return outcome(store, await write(store, 'cart/apply-coupon', context, { code }), 0)
}

/** Where no nonce is known the cart is read first: its answer brings one. */
async function write(store: WooStore, path: string, context: CartContext, json: object): Promise<StoreAnswer<WooCart>> {
  if (!store.nonce) await readRaw(store, context)
  return send<WooCart>(store, path, context, { json })
}

function outcome(store: WooStore, answer: StoreAnswer<WooCart>, quantity: number): CartResult {
  if (answer.reason) return rejected(answer)
  const cart = keep(store, answer.body)
  tellTheme(store)
  return { outcome: 'added', cart, quantity }
}
