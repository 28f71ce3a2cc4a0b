import { newId } from '../lib/new-id.ts'
import { plainText } from '../lib/plain-text.ts'
import { within } from '../lib/within.ts'
import { type Cart, type CartLine, type CartResult, cartResultSchema } from '../model/cart.ts'
import type { BasketStore, Call } from './basket-store.ts'
import { itemsOf, judge, type Wish, wishToAdd, wishToHave } from './judge.ts'

/** Seconds: a store that wants a longer pause is told on as a refusal. */
const LONGEST_PAUSE = 10

/** What a viewer wishes: a line in the cart, another quantity of one, or a code to count. */
export type Intent =
  | { readonly line: CartLine }
  | { readonly lineId: string; readonly quantity: number }
  | { readonly code: string }

/** Carries out one intent of the viewer. Rejects only where the page breaks the language itself. */
export async function carryOut(store: BasketStore, intent: Intent): Promise<CartResult> {
  const { bridge } = store.options
  if ('line' in intent) {
    const { line } = intent
    const before = await cartBefore(store, line)
    if (before === undefined) return { outcome: 'rejected', reason: 'unreachable' }
    return priced(await perform(store, wishToAdd(line), (context) => bridge.add(line, context), before), line)
  }
  if ('code' in intent) return perform(store, null, (context) => bridge.applyVoucher?.(intent.code, context))
  const { lineId, quantity } = intent
  return perform(store, wishToHave(lineId, quantity), (context) => bridge.update?.(lineId, quantity, context))
}

/**
 * The cart that an add is counted against: read anew where the product may be in it, for the one known may have been changed elsewhere since; `null`: there
 * is no reading it, `undefined`: the store does not answer.
 */
async function cartBefore(store: BasketStore, line: CartLine): Promise<Cart | null | undefined> {
  const { bridge } = store.options
  const known = store.cart()
  const mayHold = !known || known.items.some(({ productId = line.productId }) => productId === line.productId)
  if (!mayHold || bridge.counts || !bridge.read) return known
  const now = await store.read()
  if (now) store.learn(now)
  return now
}

/** One wish of the viewer, from the first request to what the store's cart says. */
async function perform(store: BasketStore, wish: Wish | null, call: Call, before = store.cart()): Promise<CartResult> {
  const { signal, bridge } = store.options
  const key = newId()
  let answer = await store.ask(cartResultSchema, call, { key })
  const seconds = pauseOf(answer)
  if (seconds <= LONGEST_PAUSE && (await pause(seconds, signal)))
    answer = await store.ask(cartResultSchema, call, { key })
  if (answer?.outcome === 'left') return answer
  const after = answer?.cart ?? (await store.read())
  if (after && !signal.aborted) store.spread(after)
  // A refusal with a cart was counted, too.
  if (bridge.counts && answer?.cart) return plain(answer)
  return plain(judge(answer ?? null, wish, before, after))
}

/** Seconds until the same wish may be sent once more; without end where the store did not put it off. */
const pauseOf = (answer: CartResult | undefined): number =>
  answer?.outcome === 'rejected'
    ? (answer.retryAfter ?? (answer.reason === 'rate-limited' ? 1 : Number.POSITIVE_INFINITY))
    : Number.POSITIVE_INFINITY

/** Stores answer with entities and markup; viewers read text. */
const plain = (result: CartResult): CartResult =>
  'message' in result && result.message ? { ...result, message: plainText(result.message) } : result

/** The result with the store's price where it is not the price that the viewer saw. */
function priced(result: CartResult, line: CartLine): CartResult {
  if (result.outcome !== 'added' && result.outcome !== 'partial') return result
  const seen = line.seenPrice
  const now = itemsOf(result.cart, line)[0]?.price
  const same = !seen || !now || (now.amount === seen.amount && now.currency === seen.currency)
  return same ? result : { ...result, priceNow: now }
}

/** Waits; false when `signal` aborts first. */
const pause = (seconds: number, signal: AbortSignal): Promise<boolean> =>
  within(seconds * 1000, signal, () => new Promise<never>(() => {})).catch(() => !signal.aborted)
