import type { CartBridge, CartContext, CartLine, CartRefusal, CartResult } from '../model/cart.ts'
import { findVariant } from './find-variant.ts'
import { keptValue } from './kept-value.ts'
import { marksOf } from './marks-of.ts'
import { needSetting } from './need-setting.ts'
import { rejected, type StoreAnswer } from './store-json.ts'
import { leaveFor, showCount } from './tell-theme.ts'
import { ORDER, type VendureOrder } from './vendure-shapes.ts'
import { ask, catalogue, keep, productOf, readCart, type VendureOptions, type VendureStore } from './vendure-store.ts'

export type { VendureOptions } from './vendure-store.ts'

/** What a mutation of the active order answers with: the order, or a refusal as a value. */
interface Outcome {
  readonly errorCode?: string
  readonly message?: string
  readonly quantityAvailable?: number
  readonly order?: VendureOrder
}
type Changed = Partial<VendureOrder> & Outcome

const REFUSED = '...on ErrorResult{errorCode message}'
const CHANGED = `...on Order{${ORDER}}${REFUSED}`
const STOCK = `...on InsufficientStockError{quantityAvailable order{${ORDER}}}`
/** In the Order's first state alone lines may change. */
const REOPEN = `mutation{r:transitionOrderToState(state:"AddingItems"){__typename}}`

/**
 * The bridge of a Vendure shop (its Shop API, GraphQL). Refusals come as values with HTTP 200; what is short of stock is added as far as
 * it goes. A `platformId` is the product's id, or the variant's for a variant; a `handle` is the slug.
 */
export function vendure(options: VendureOptions): CartBridge {
  const { navigate = leaveFor, getToken, setToken, tokenKey } = options
  const here = globalThis.location?.href
  const url = new URL(needSetting(options.url, 'vendure', 'url'), here)
  const store: VendureStore = {
    options,
    url: url.href,
    checkoutUrl: new URL(options.checkoutUrl ?? '/checkout', here ?? url).href,
    token: keptValue('castcart:vendure', { key: tokenKey, get: getToken, set: setToken }),
    known: new Map(),
  }
  return {
    name: 'vendure',
    read: (context) => readCart(store, context),
    products: (list, context) => catalogue(store, list, context),
    add: (line, context) => add(store, line, context),
    update: (lineId, quantity, context) => update(store, lineId, quantity, context),
    applyVoucher: (code, context) => applyCode(store, code, context),
    checkout: (cart) => navigate(cart.checkoutUrl ?? store.checkoutUrl),
    watch: (onChange) => store.token.watch(() => onChange(null)),
    reveal: () => store.last && showCount(store.last.quantity, options.badge),
  }
}

async function add(store: VendureStore, line: CartLine, context: CartContext): Promise<CartResult> {
  const found = await findVariant(line, store.known, (wish) => productOf(store, wish, context))
  if ('reason' in found) return { outcome: 'rejected', reason: found.reason }
  const told = marksOf(line, store.options)
  const [type, given] = told ? [',$f:OrderLineCustomFieldsInput', ',customFields:$f'] : ['', '']
  const query = `mutation($id:ID!,$n:Int!${type}){r:addItemToOrder(productVariantId:$id,quantity:$n${given}){${CHANGED}${STOCK}}}`
  const answer = await change(store, query, { id: found.id, n: line.quantity, ...(told && { f: told }) }, context)
  if (answer.reason) return refused(answer)
  const { errorCode, message, quantityAvailable = 0, order } = answer.body
  if (isOrder(answer.body)) return { outcome: 'added', cart: keep(store, answer.body), quantity: line.quantity }
  if (errorCode !== 'INSUFFICIENT_STOCK_ERROR' || !order)
    return { outcome: 'rejected', reason: reasonOf(errorCode), message }
  const cart = keep(store, order)
  if (quantityAvailable > 0)
    return { outcome: 'partial', cart, quantity: quantityAvailable, reason: 'limit-reached', message }
  const isHeld = order.lines.some(({ productVariant, quantity }) => productVariant.id === found.id && quantity > 0)
  // The shop has one sentence for both; the widget's own says more.
  if (!isHeld) return { outcome: 'rejected', reason: 'sold-out', cart }
  return { outcome: 'rejected', reason: 'limit-reached', message, cart }
}

async function update(
  store: VendureStore,
  lineId: string,
  quantity: number,
  context: CartContext,
): Promise<CartResult> {
  const query = `mutation($id:ID!,$n:Int!){r:adjustOrderLine(orderLineId:$id,quantity:$n){${CHANGED}${STOCK}}}`
  const answer = await change(store, query, { id: lineId, n: quantity }, context)
  if (answer.reason) return refused(answer)
  const { errorCode, message, order } = answer.body
  if (isOrder(answer.body)) return { outcome: 'added', cart: keep(store, answer.body), quantity }
  const now = order?.lines.find(({ id }) => id === lineId)?.quantity
  if (!order || now === undefined) return { outcome: 'rejected', reason: reasonOf(errorCode), message }
  return { outcome: 'partial', cart: keep(store, order), quantity: now, reason: 'limit-reached', message }
}

async function applyCode(store: VendureStore, code: string, context: CartContext): Promise<CartResult> {
  const query = `mutation($code:String!){r:applyCouponCode(couponCode:$code){${CHANGED}}}`
  const answer = await change(store, query, { code }, context)
  if (answer.reason) return refused(answer)
  if (isOrder(answer.body)) return { outcome: 'added', cart: keep(store, answer.body), quantity: 0 }
  return { outcome: 'rejected', reason: 'refused', message: answer.body.message }
}

/** A change of the active order. One that waits for its payment is taken back to the cart once: its viewer came back to shop. */
async function change(
  store: VendureStore,
  query: string,
  variables: object,
  context: CartContext,
): Promise<StoreAnswer<Changed>> {
  const once = () => ask<{ r: Changed }>(store, query, variables, context)
  try {
    let answer = await once()
    if (!answer.reason && answer.body.r.errorCode === 'ORDER_MODIFICATION_ERROR') {
      await ask(store, REOPEN, {}, context)
      answer = await once()
    }
    return answer.reason ? answer : { ...answer, body: answer.body.r }
  } finally {
    // After a lost answer too: the cart may be in that session.
    await store.token.keep()
  }
}

const isOrder = (answer: Changed): answer is VendureOrder & Outcome => answer.lines !== undefined

/** GraphQL errors name what was wrong in a code. */
function refused(answer: StoreAnswer<unknown> & { reason: CartRefusal }): CartResult {
  const [first] = Array.isArray(answer.body) ? (answer.body as { extensions?: { code?: string } }[]) : []
  return rejected({ ...answer, reason: GRAPHQL[first?.extensions?.code ?? ''] ?? answer.reason })
}

/** A line of another order is told as bad input. */
const GRAPHQL: Readonly<Record<string, CartRefusal>> = {
  ENTITY_NOT_FOUND: 'not-found',
  USER_INPUT_ERROR: 'not-found',
  FORBIDDEN: 'signed-out',
}

const reasonOf = (code: string | undefined): CartRefusal =>
  code === 'ORDER_LIMIT_ERROR' || code === 'INSUFFICIENT_STOCK_ERROR' ? 'limit-reached' : 'refused'
