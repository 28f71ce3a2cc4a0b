import type { LiveEvent, Raffle, RaffleDraw } from '../model/event.ts'
import type { RaffleFacts } from './empty-room.ts'
import type { Mine } from './mine.ts'
import type { Moment } from './offer-view.ts'
import type { Room } from './room.ts'

/** A giveaway as the viewer sees it. */
export interface RaffleView {
  readonly id: string
  /** As it was told last, but for the seed's hash and how many win: these are the first opening's. */
  readonly raffle: Raffle
  /** When it was opened, picture time. */
  readonly at: number
  /** `closed`: no more entries, not drawn yet. */
  readonly stage: 'open' | 'closed' | 'drawn'
  /** When entries ended, picture time; absent while they are open. */
  readonly endedAt?: number | undefined
  /** How many take part. */
  readonly entries: number
  /** Whole seconds in which one can still enter. */
  readonly seconds: number
  readonly draw?: RaffleDraw | undefined
  /** When it was drawn, picture time. */
  readonly drawnAt?: number | undefined
  /** This viewer's pseudonym in it; absent: not entered. */
  readonly entry?: string | undefined
  readonly hasWon: boolean
  readonly hasClaimed: boolean
  /** Too late to claim. */
  readonly isExpired: boolean
}

/** The giveaways that the picture has reached, newest first. Entries end when the host closes them or the picture reaches `closesAt`. */
export function raffleViews(room: Room, moment: Moment, mine: Mine): RaffleView[] {
  return Object.values(room.raffles)
    .flatMap((facts) => (facts.open ? [viewOf(facts.open, facts, { moment, mine })] : []))
    .sort((a, b) => b.at - a.at)
}

function viewOf(
  open: LiveEvent<'raffle.open'>,
  { first = open, update, close, draw }: RaffleFacts,
  { moment, mine }: { readonly moment: Moment; readonly mine: Mine },
): RaffleView {
  const { id, closesAt } = open.data
  const { seedHash, prizes } = first.data
  const time = moment.picture ?? moment.now
  const entry = Object.hasOwn(mine.entries, id) ? mine.entries[id] : undefined
  const isOver = close !== undefined || time >= closesAt
  return {
    id,
    raffle: { ...open.data, seedHash, prizes },
    at: open.at,
    stage: draw ? 'drawn' : isOver ? 'closed' : 'open',
    endedAt: isOver ? Math.min(close?.at ?? Infinity, closesAt) : undefined,
    entries: Math.max(update?.data.entries ?? 0, draw?.data.entries.length ?? 0),
    seconds: draw || isOver ? 0 : Math.ceil((closesAt - time) / 1000),
    draw: draw?.data,
    drawnAt: draw?.at,
    entry,
    hasWon: entry !== undefined && (draw?.data.winners.includes(entry) ?? false),
    hasClaimed: mine.claims.includes(id),
    isExpired: moment.now > (draw?.data.claimBy ?? Infinity),
  }
}
