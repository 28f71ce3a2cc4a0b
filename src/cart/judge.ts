import type { Cart, CartItem, CartLine, CartRefusal, CartResult } from '../model/cart.ts'

/** One viewer's wish, in a shape that a cart read before and after can be held against. */
export interface Wish {
  /** Pieces wanted: to be added, or to be on the line. */
  readonly wanted: number
  /** Pieces that the cart shows of it; 0 or less: nothing happened. */
  readonly got: (before: Cart | null, after: Cart) => number
  /** Why the cart shows none of it; absent: the wish is a state, and a cart that is in it has fulfilled it, whatever the answer was. */
  readonly why?: (before: Cart, after: Cart) => CartRefusal | null
}

/** A wish to add: what counts is how many pieces the cart has gained. */
export const wishToAdd = (line: CartLine): Wish => ({
  wanted: line.quantity,
  got(before, after) {
    const mine = itemsOf(after, line)
    // A cart read before the product was known names the line alone.
    const had = before?.items.filter(
      (one) => isOf(line, one) || mine.some(({ id, title }) => one.id === id && one.title === title),
    )
    const isTold = after.items.some(({ productId }) => productId !== undefined)
    const gain = isTold ? piecesOf(mine) - piecesOf(had) : after.quantity - (before?.quantity ?? 0)
    return Math.min(Math.max(gain, 0), line.quantity)
  },
  why: (before, after) => whyNone(line, before, after),
})

/**
 * Why a cart shows no more of a line than before: `unreachable` where pieces that may be it were taken out meanwhile, so that nobody can tell; `null`: another
 * line has gained, which may be it under a name that is not known, as a bundle's parts are.
 */
export function whyNone(line: CartLine, before: Cart, after: Cart): CartRefusal | null {
  const had = new Map(before.items.map(({ id, quantity }) => [id, quantity]))
  let reason: CartRefusal = 'refused'
  let hasOther = false
  for (const item of after.items) {
    const gain = item.quantity - (had.get(item.id) ?? 0)
    if (gain > 0) hasOther = true
    const isMine = isOf(line, item)
    if (gain < 0 && (isMine || !item.productId)) reason = 'unreachable'
    else if (isMine && reason === 'refused') reason = 'limit-reached'
  }
  if (hasOther) return itemsOf(after, line).length ? 'unreachable' : null
  return reason
}

/** A wish to have a line's quantity: what counts is how many pieces are there, if that has changed. */
export const wishToHave = (lineId: string, wanted: number): Wish => ({
  wanted,
  got(before, after) {
    const count = (cart: Cart | null) => cart?.items.find(({ id }) => id === lineId)?.quantity ?? 0
    const now = count(after)
    return now === wanted || (before && now !== count(before)) ? now : -1
  },
})

/**
 * The outcome of a wish from what the cart shows. Without an answer (`null`: it was lost) the cart alone decides; where it was never read before, nothing
 * tells what an add has put in, and none is claimed. A refusal becomes partial where the cart has gained some: several platforms add what they have and
 * answer with an error all the same. An acceptance becomes what the cart has gained, since others cut the quantity down and say nothing.
 */
export function judge(
  answer: CartResult | null,
  wish: Wish | null,
  before: Cart | null,
  after: Cart | undefined,
): CartResult {
  if (answer?.outcome === 'added') return confirmed(answer, wish, before)
  if (answer && answer.outcome !== 'rejected') return answer
  const refusal = answer ?? ({ outcome: 'rejected', reason: 'unreachable' } as const)
  if (!after) return refusal
  const got = (before || !wish?.why ? wish?.got(before, after) : undefined) ?? -1
  if (got === wish?.wanted && (!answer || !wish.why)) return { outcome: 'added', cart: after, quantity: got }
  if (got > 0 && wish && got !== wish.wanted && (before || !answer)) {
    const reason: CartRefusal = answer?.reason ?? 'limit-reached'
    return { outcome: 'partial', cart: after, quantity: got, reason, message: answer?.message }
  }
  return { ...refusal, cart: after }
}

function confirmed(answer: CartResult & { outcome: 'added' }, wish: Wish | null, before: Cart | null): CartResult {
  const { cart } = answer
  const got = wish?.got(before, cart) ?? 0
  if (!wish || got === wish.wanted) return answer
  if (got > 0) return { ...answer, outcome: 'partial', quantity: got, reason: 'limit-reached' }
  const reason = before && wish.why?.(before, cart)
  return reason ? { outcome: 'rejected', reason, cart } : answer
}

/** Whether an item is this product, and this variant where both name one. */
const isOf = (line: CartLine, { productId, variantId }: CartItem) =>
  productId === line.productId && (!variantId || !line.variantId || variantId === line.variantId)

/** The items of a cart that are this product, and this variant where both name one. */
export const itemsOf = (cart: Cart, line: CartLine): readonly CartItem[] => cart.items.filter((one) => isOf(line, one))

/** Pieces on some lines of a cart. */
export const piecesOf = (items: readonly CartItem[] = []): number =>
  items.reduce((sum, { quantity }) => sum + quantity, 0)
