import type { Cart, CartLine, CartRefusal, CartResult } from '../model/cart.ts'
import type { KnownIds } from './join-product.ts'
import { itemsOf, piecesOf as piecesOn, whyNone, wishToAdd } from './judge.ts'

/** Remembers which of the show's products an id of the store is, so that the line is found in its cart. */
export function learnLine(known: KnownIds, id: string, { productId, variantId }: CartLine): void {
  if (known.get(id)?.productId !== productId) known.set(id, { productId, variantId })
}

/** Pieces of a product, and of its variant where both name one, in a cart. */
export const piecesOf = (cart: Cart | undefined, line: CartLine): number => (cart ? piecesOn(itemsOf(cart, line)) : 0)

/**
 * What became of an add where the store tells only its cart: all of it, some, or none.
 * @param before the cart as it was just before, for one remembered may have been changed elsewhere since; absent: it counts as empty
 * @param whyNot the reason of a store that has added nothing and holds none
 */
export async function byGain(
  { before, after, line }: { before: Cart | undefined; after: Cart; line: CartLine },
  whyNot: () => Promise<CartRefusal>,
  message?: string,
): Promise<CartResult> {
  const got = wishToAdd(line).got(before ?? null, after)
  if (got === line.quantity) return { outcome: 'added', cart: after, quantity: got }
  if (got > 0) return { outcome: 'partial', cart: after, quantity: got, reason: 'limit-reached', message }
  const none = whyNone(line, before ?? { ...after, items: [] }, after)
  const why = none && none !== 'refused' ? none : await whyNot()
  // Where another line has gained, a no without a reason may be a yes.
  return { outcome: 'rejected', reason: none || why !== 'refused' ? why : 'unreachable', message, cart: after }
}

/** What became of a line's new quantity where the store tells only its cart. */
export function bySet(
  lineId: string,
  quantity: number,
  { before, after }: { before: Cart | undefined; after: Cart },
): CartResult {
  const count = (cart: Cart | undefined) => cart?.items.find(({ id }) => id === lineId)?.quantity ?? 0
  const now = count(after)
  if (now === quantity) return { outcome: 'added', cart: after, quantity }
  return now > 0 && now !== count(before)
    ? { outcome: 'partial', cart: after, quantity: now, reason: 'limit-reached' }
    : { outcome: 'rejected', reason: now ? 'limit-reached' : 'not-found', cart: after }
}
