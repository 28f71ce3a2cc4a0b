import type { Cart, CartBridge, CartContext, CartLine, CartResult } from '../model/cart.ts'
import { askCatalogue } from './ask-catalogue.ts'
import { bySet, learnLine, piecesOf } from './by-gain.ts'
import { type ForceCart, isMaster } from './sfcc-shapes.ts'
import {
  askForce,
  controllersOf,
  type ForceStore,
  findForce,
  keepForce,
  pidOf,
  productBy,
  readForce,
  type SfccOptions,
  tellForce,
} from './sfcc-store.ts'
import { rejected } from './store-json.ts'
import { jQueryOf, leaveFor, quietly } from './tell-theme.ts'

export type { SfccOptions } from './sfcc-store.ts'

interface Added {
  readonly error?: boolean
  readonly message?: string
  readonly cart: ForceCart
}

/**
 * The bridge of Salesforce Commerce Cloud storefronts of the reference architecture (SFRA controllers). Texts of refusals are translated, so the
 * catalogue decides. A `platformId` is a product id.
 * @throws CastcartError `bad-options` where neither the page nor the settings tell the address of the controllers
 */
export function sfcc(options: SfccOptions = {}): CartBridge {
  const root = controllersOf(options)
  const store: ForceStore = { options, root, known: new Map(), currency: options.currency, last: undefined }
  return {
    name: 'sfcc',
    read: (context) => readForce(store, context),
    products: (list, context) =>
      askCatalogue(list, { known: store.known, context }, (wanted, own) => findForce(store, wanted, own)),
    add: (line, context) => addLine(store, line, context),
    update: (lineId, quantity, context) => updateLine(store, { lineId, quantity }, context),
    applyVoucher: (code, context) => addCode(store, code, context),
    checkout: (cart) => (options.navigate ?? leaveFor)(cart.checkoutUrl ?? `${root}Checkout-Begin`),
    watch(onChange) {
      const body = jQueryOf('body')
      const hear = () => onChange(null)
      quietly(() => body?.on('product:afterAddToCart cart:update', hear))
      return () => void quietly(() => body?.off('product:afterAddToCart cart:update', hear))
    },
    reveal: () => tellForce(store),
  }
}

async function addLine(store: ForceStore, line: CartLine, context: CartContext): Promise<CartResult> {
  const pid = pidOf(line)
  if (!pid) return { outcome: 'rejected', reason: 'not-found' }
  learnLine(store.known, pid, line)
  const form = { pid, quantity: `${line.quantity}`, options: '[]', childProducts: '[]' }
  const answer = await askForce<Added>(store, ['Cart-AddProduct'], { context, form }).catch((cause) =>
    unknownOr(cause, { store, pid, context }),
  )
  if (!answer) return { outcome: 'rejected', reason: 'not-found', cart: await readForce(store, context) }
  if (answer.reason) return rejected(answer)
  const { error, message, cart: raw } = answer.body
  const cart = keepForce(store, raw, context)
  if (error) return whyNot(store, line, { context, message, cart })
  tellForce(store)
  return { outcome: 'added', cart, quantity: line.quantity }
}

/** An unknown product is an error page in the cart's controller and in the product's, while the cart itself can be read. */
async function unknownOr(
  cause: unknown,
  { store, pid, context }: { store: ForceStore; pid: string; context: CartContext },
): Promise<undefined> {
  if (context.signal.aborted || (await productBy(store, { pid }, context).catch(() => undefined))) throw cause
}

async function whyNot(
  store: ForceStore,
  line: CartLine,
  { context, message, cart }: { context: CartContext; message: string | undefined; cart: Cart },
): Promise<CartResult> {
  const product = await productBy(store, { pid: pidOf(line) ?? '' }, context)
  const held = piecesOf(cart, line) > 0
  const said = { outcome: 'rejected', message, cart } as const
  if (product && isMaster(product)) return { ...said, reason: 'needs-variant' }
  if (held) return { ...said, reason: 'limit-reached' }
  if (product?.available === false) return { ...said, reason: 'sold-out' }
  return { ...said, reason: line.quantity > 1 ? 'limit-reached' : 'refused' }
}

async function updateLine(
  store: ForceStore,
  { lineId, quantity }: { lineId: string; quantity: number },
  context: CartContext,
): Promise<CartResult> {
  const before = store.last?.[1] ?? (await readForce(store, context))
  const pid = store.last?.[0].items.find(({ UUID }) => UUID === lineId)?.id
  if (!pid) return { outcome: 'rejected', reason: 'not-found', cart: before }
  const query = { pid, uuid: lineId }
  const answer = quantity
    ? await askForce<ForceCart>(store, ['Cart-UpdateQuantity', { ...query, quantity: `${quantity}` }], { context })
    : await askForce<{ basket: ForceCart }>(store, ['Cart-RemoveProductLineItem', query], { context })
  if (answer.reason) {
    const cart = await readForce(store, context)
    const isThere = cart.items.some(({ id }) => id === lineId)
    return { ...rejected(answer), message: textOf(answer.body), reason: isThere ? 'limit-reached' : 'not-found', cart }
  }
  const after = keepForce(store, 'basket' in answer.body ? answer.body.basket : answer.body, context)
  tellForce(store)
  return bySet(lineId, quantity, { before, after })
}

const textOf = (body: unknown): string | undefined => {
  const { errorMessage } = (body ?? {}) as { errorMessage?: unknown }
  return typeof errorMessage === 'string' ? errorMessage : undefined
}

/** The code needs a token of the session, fresh each time. */
async function addCode(store: ForceStore, code: string, context: CartContext): Promise<CartResult> {
  const token = await askForce<{ csrf: { tokenName: string; token: string } }>(store, ['CSRF-Generate'], {
    context,
    form: {},
  })
  if (token.reason) return rejected(token)
  const { csrf } = token.body
  const query = { couponCode: code, [csrf.tokenName]: csrf.token }
  const answer = await askForce<ForceCart & { error?: boolean; errorMessage?: string }>(
    store,
    ['Cart-AddCoupon', query],
    {
      context,
    },
  )
  if (answer.reason) return { ...rejected(answer), message: textOf(answer.body) }
  if (answer.body.error) return { outcome: 'rejected', reason: 'refused', message: textOf(answer.body) }
  const cart = keepForce(store, answer.body, context)
  tellForce(store)
  return { outcome: 'added', cart, quantity: 0 }
}
