import type { Sheet } from '../../../state/create-state.ts'
import join from './join.css'
import { OfferSheet } from './offer-sheet.tsx'
import { PollSheet } from './poll-sheet.tsx'
import { RaffleSheet } from './raffle-sheet.tsx'

/** What the sheets of what a viewer can take part in wear. */
export const styles: string = join

/** The sheets that this part draws. */
export type JoinSheetName = Extract<Sheet, { name: 'poll' | 'raffle' | 'offer' }>

/** A poll, a giveaway or an offer with everything about it. */
export function JoinSheet({ sheet }: { sheet: JoinSheetName }) {
  if (sheet.name === 'offer') return <OfferSheet key="offer" id={sheet.id} />
  if (sheet.name === 'raffle') return <RaffleSheet key={sheet.id} id={sheet.id} />
  return <PollSheet key={sheet.id} id={sheet.id} />
}
