import type { Cart, CartItem, CartLine, CartRefusal, CartResult } from '../model/cart.ts'

/** One viewer's wish, in a shape that a cart read before and after can be held against. */
export interface Wish {
  /** Pieces wanted: to be added, or to be on the line. */
  readonly wanted: number
  /** Pieces that the cart shows of it; 0 or less: nothing happened. */
  readonly got: (before: Cart | null, after: Cart) => number
  /** The wish is a state: a cart that is in it has fulfilled it, whatever the answer was. */
  readonly state?: boolean
}

/** A wish to add: what counts is how many pieces the cart has gained. */
export const wishToAdd = (line: CartLine): Wish => ({
  wanted: line.quantity,
  got(before, after) {
    const told = after.items.some(({ productId }) => productId !== undefined)
    const count = (cart: Cart) => (told ? piecesOf(cart, line) : cart.quantity)
    return Math.min(Math.max(count(after) - (before ? count(before) : 0), 0), line.quantity)
  },
})

/** A wish to have a line's quantity: what counts is how many pieces are there, if that has changed. */
export const wishToHave = (lineId: string, wanted: number): Wish => ({
  wanted,
  state: true,
  got(before, after) {
    const count = (cart: Cart | null) => cart?.items.find(({ id }) => id === lineId)?.quantity ?? 0
    const now = count(after)
    return now === wanted || (before && now !== count(before)) ? now : -1
  },
})

/**
 * The outcome of a wish from what the cart shows. Without an answer (`null`: it was lost) the cart alone decides; where it was never read before, nothing
 * tells what an add has put in, and none is claimed. A refusal becomes
 * partial where the cart has gained some: several platforms add what they have and answer with an error all the same. So does an
 * acceptance where the cart holds fewer pieces than wanted, since others cut the quantity down and say nothing; where it holds as many, the
 * cart known before may have been emptied elsewhere.
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
  const got = (before || wish?.state ? wish?.got(before, after) : undefined) ?? -1
  if (got === wish?.wanted && (!answer || wish.state)) return { outcome: 'added', cart: after, quantity: got }
  if (got > 0 && wish && got !== wish.wanted && (before || !answer)) {
    const reason: CartRefusal = answer?.reason ?? 'limit-reached'
    return { outcome: 'partial', cart: after, quantity: got, reason, message: answer?.message }
  }
  return { ...refusal, cart: after }
}

function confirmed(answer: CartResult & { outcome: 'added' }, wish: Wish | null, before: Cart | null): CartResult {
  if (!wish || wish.got(null, answer.cart) === wish.wanted) return answer
  const got = before ? wish.got(before, answer.cart) : 0
  return got > 0 ? { ...answer, outcome: 'partial', quantity: got, reason: 'limit-reached' } : answer
}

/** The items of a cart that are this product, and this variant where both name one. */
export const itemsOf = (cart: Cart, line: CartLine): readonly CartItem[] =>
  cart.items.filter(
    ({ productId, variantId }) =>
      productId === line.productId && (!variantId || !line.variantId || variantId === line.variantId),
  )

const piecesOf = (cart: Cart, line: CartLine) => itemsOf(cart, line).reduce((sum, { quantity }) => sum + quantity, 0)
