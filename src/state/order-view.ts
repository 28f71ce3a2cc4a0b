import { cleanWords } from '../lib/clean-words.ts'
import type { Room } from './empty-room.ts'
import type { Moment } from './offer-view.ts'

/** How long it is told that somebody bought something, ms. */
const STANDS = 8000

/** A confirmed order, while it is news. */
export interface OrderView {
  readonly key: string
  readonly productId: string
  /** What the buyer agreed to show; empty: nothing. */
  readonly name: string
  readonly place: string
}

/**
 * The newest order, if it is news at this moment; `null`: none. It shows when it happens, in a replay when the picture gets there.
 */
export function orderView({ now }: Room, moment: Moment, isReplay: boolean): OrderView | null {
  const { order } = now
  if (!order) return null
  const age = (isReplay ? (moment.picture ?? -Infinity) : moment.now) - order.at
  if (age < -STANDS || age >= STANDS) return null
  const { productId, name = '', place = '' } = order.data
  return { key: order.id, productId, name: cleanWords(name), place: cleanWords(place) }
}
