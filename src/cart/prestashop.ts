import type { Cart, CartBridge, CartContext, CartLine, CartResult } from '../model/cart.ts'
import { askCatalogue } from './ask-catalogue.ts'
import { byGain, learnLine } from './by-gain.ts'
import { keyOf, lineIdOf, type PrestaAnswer, toVariant } from './prestashop-shapes.ts'
import {
  askCart,
  changeCart,
  checkoutOf,
  findPresta,
  hasChoice,
  idsOf,
  keepCart,
  type PrestaEvent,
  type PrestaStore,
  type PrestashopOptions,
  prestaTheme,
  QUIET,
  quickView,
  tellPresta,
} from './prestashop-store.ts'
import { bodyOf, rejected } from './store-json.ts'
import { leaveFor, quietly, rootOf } from './tell-theme.ts'

export type { PrestashopOptions } from './prestashop-store.ts'

/**
 * The bridge of PrestaShop 1.7 to 9 (its `CartController` and `core.js`). Refusals are translated texts, so they decide nothing: the
 * catalogue does. A `platformId` is `1`, or `1-41` with the combination, which PrestaShop would otherwise choose by itself.
 */
export function prestashop(options: PrestashopOptions = {}): CartBridge {
  const page = prestaTheme()
  const token = typeof page?.static_token === 'string' ? page.static_token : ''
  const store: PrestaStore = { options, root: rootOf(options.root ?? page?.urls?.base_url), known: new Map(), token }
  return {
    name: 'prestashop',
    counts: true,
    read: (context) => readCart(store, context),
    products: (list, context) =>
      askCatalogue(list, { known: store.known, context }, (wanted, own) => findPresta(store, wanted, own)),
    add: (line, context) => addLine(store, line, context),
    update: (lineId, quantity, context) => updateLine(store, { lineId, quantity }, context),
    applyVoucher: (code, context) => addCode(store, code, context),
    checkout: (cart) => (options.navigate ?? leaveFor)(cart.checkoutUrl ?? checkoutOf(store)),
    watch(onChange) {
      const hear = (data?: PrestaEvent) => {
        if (data?.reason?.linkAction !== QUIET) onChange(null)
      }
      quietly(() => prestaTheme()?.on?.('updateCart', hear))
      return () => quietly(() => prestaTheme()?.removeListener?.('updateCart', hear))
    },
    reveal: () => tellPresta(store),
  }
}

const readCart = async (store: PrestaStore, context: CartContext): Promise<Cart> =>
  keepCart(store, bodyOf(await askCart(store, context)), context)

const textOf = ({ errors }: PrestaAnswer): string | undefined =>
  (typeof errors === 'string' ? errors : errors?.[0]) || undefined

async function addLine(store: PrestaStore, line: CartLine, context: CartContext): Promise<CartResult> {
  const [id, combination] = idsOf(line)
  if (!id) return { outcome: 'rejected', reason: 'not-found' }
  if (!combination && (await hasChoice(store, id, context))) return { outcome: 'rejected', reason: 'needs-variant' }
  const key = `${id}-${combination ?? 0}`
  learnLine(store.known, key, line)
  // What was held may have been taken out elsewhere; held against it, an add would look like none, and be sent again.
  const before = heldOf(store, key) === 0 ? undefined : await readCart(store, context)
  const held = heldOf(store, key) ?? 0
  const took = ({ quantity }: PrestaAnswer) => Number(quantity) > held
  const fields = { add: '1', id_product: id, id_product_attribute: combination ?? '0', qty: `${line.quantity}` }
  const answer = await changeCart(store, context, { fields, took })
  if (answer.reason) return rejected(answer)
  if (answer.body.hasError) return whyNot(store, line, { context, body: answer.body })
  const cart = keepCart(store, answer.body, context)
  if (!took(answer.body)) return { outcome: 'rejected', reason: held ? 'limit-reached' : 'signed-out', cart }
  tellPresta(store)
  return byGain({ before, after: cart, line }, async () => 'refused')
}

/** Pieces in the cart as last seen; `undefined`: it was never seen. */
const heldOf = ({ last }: PrestaStore, key: string): number | undefined =>
  last && Number(last[0].products.find((item) => keyOf(item) === key)?.quantity ?? 0)

/** Texts are translated, so the catalogue is asked. */
async function whyNot(
  store: PrestaStore,
  line: CartLine,
  { context, body }: { context: CartContext; body: PrestaAnswer },
): Promise<CartResult> {
  const message = textOf(body)
  if (Number(body.quantity) > 0) return { outcome: 'rejected', reason: 'limit-reached', message }
  const [id = '', combination = '0'] = idsOf(line)
  const view = await quickView(store, context, { id_product: id, id_product_attribute: combination })
  if (!view) return { outcome: 'rejected', reason: 'not-found', message }
  const { available, stock } = toVariant(view.product, 'EUR')
  if (!available) return { outcome: 'rejected', reason: 'sold-out', message }
  return stock !== undefined && stock < line.quantity
    ? { outcome: 'rejected', reason: 'limit-reached', message, available: stock }
    : { outcome: 'rejected', reason: 'refused', message }
}

/** Sent as a difference, as the shop wants it; so the cart is read first: a line that is gone would be added anew. */
async function updateLine(
  store: PrestaStore,
  { lineId, quantity }: { lineId: string; quantity: number },
  context: CartContext,
): Promise<CartResult> {
  const now = await readCart(store, context)
  const item = store.last?.[0].products.find((one) => lineIdOf(one) === lineId)
  const held = piecesOf(now, lineId)
  if (!item || !held) return { outcome: 'rejected', reason: 'not-found', cart: now }
  if (held === quantity) return { outcome: 'added', cart: now, quantity }
  const step = { update: '1', op: quantity > held ? 'up' : 'down', qty: `${Math.abs(quantity - held)}` }
  const fields: Record<string, string> = {
    ...(quantity ? step : { delete: '1' }),
    id_product: `${item.id_product}`,
    id_product_attribute: `${item.id_product_attribute}`,
    id_customization: `${Number(item.id_customization) || 0}`,
  }
  const took = (answer: PrestaAnswer) => Number(answer.quantity ?? 0) !== held
  const answer = await changeCart(store, context, { fields, took })
  if (answer.reason) return rejected(answer)
  const message = textOf(answer.body)
  if (answer.body.hasError) return { outcome: 'rejected', reason: 'limit-reached', message }
  const cart = keepCart(store, answer.body, context)
  tellPresta(store)
  const got = piecesOf(cart, lineId)
  if (got === quantity) return { outcome: 'added', cart, quantity }
  return got === held
    ? { outcome: 'rejected', reason: 'limit-reached', message, cart }
    : { outcome: 'partial', cart, quantity: got, reason: 'limit-reached', message }
}

const piecesOf = (cart: Cart, lineId: string): number => cart.items.find(({ id }) => id === lineId)?.quantity ?? 0

async function addCode(store: PrestaStore, code: string, context: CartContext): Promise<CartResult> {
  const took = ({ cart }: PrestaAnswer) =>
    Object.values(cart?.vouchers?.added ?? {}).some((one) => one.code?.toLowerCase() === code.toLowerCase())
  const answer = await changeCart(store, context, { fields: { addDiscount: '1', discount_name: code }, took })
  if (answer.reason) return rejected(answer)
  if (answer.body.hasError) return { outcome: 'rejected', reason: 'refused', message: textOf(answer.body) }
  const cart = keepCart(store, answer.body, context)
  tellPresta(store)
  return took(answer.body) ? { outcome: 'added', cart, quantity: 0 } : { outcome: 'rejected', reason: 'refused', cart }
}
