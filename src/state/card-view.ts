import type { Card } from '../model/event.ts'
import type { Room } from './room.ts'

/** A call to action that the host shows now. */
export interface CardView {
  readonly card: Card
  /** When it was shown, picture time. */
  readonly at: number
}

/** The calls to action that stand, newest first. One that was taken down never comes back under its id. */
export function cardViews(room: Room): CardView[] {
  return Object.values(room.cards)
    .flatMap(({ show, hide }) => (show && !hide ? [{ card: show.data, at: show.at }] : []))
    .sort((a, b) => b.at - a.at)
}
