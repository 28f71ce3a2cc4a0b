import type { LiveEvent, Poll } from '../model/event.ts'
import type { PollFacts } from './empty-room.ts'
import type { Moment } from './offer-view.ts'
import type { Room } from './room.ts'

/** One answer of a poll as the viewer sees it. */
export interface PollOption {
  readonly id: string
  readonly label: Poll['options'][number]['label']
  readonly votes: number
  /** Of all votes, 0 to 1; 0 while there are none. */
  readonly share: number
  /** Of a quiz that is over: whether it is the right one. */
  readonly isRight: boolean
}

/** A poll as the viewer sees it. */
export interface PollView {
  readonly id: string
  readonly poll: Poll
  /** When it was opened, picture time. */
  readonly at: number
  /** When it was over, picture time; absent while it is open. */
  readonly endedAt?: number | undefined
  readonly stage: 'open' | 'closed'
  readonly options: readonly PollOption[]
  readonly total: number
  /** Whole seconds to its end; absent: until the host closes it. */
  readonly seconds?: number | undefined
  /** The right answer of a quiz, once it is told. */
  readonly correct?: string | undefined
}

/**
 * The polls that the picture has reached, newest first. One is over when the host closes it or when the picture reaches `closesAt`; the
 * last votes may be counted a little after that.
 */
export function pollViews(room: Room, moment: Moment): PollView[] {
  return Object.values(room.polls)
    .flatMap((facts) => (facts.open ? [viewOf(facts.open, facts, moment)] : []))
    .sort((a, b) => b.at - a.at)
}

function viewOf(open: LiveEvent<'poll.open'>, { update, close }: PollFacts, { now, picture }: Moment): PollView {
  const poll = open.data
  const { closesAt = Infinity } = poll
  const time = picture ?? now
  const endedAt = Math.min(close?.at ?? Infinity, closesAt <= time ? closesAt : Infinity)
  const isOver = endedAt < Infinity
  const votes = newest(update, close)
  const counts = poll.options.map(({ id }) => (Object.hasOwn(votes, id) ? (votes[id] ?? 0) : 0))
  const total = counts.reduce((sum, count) => sum + count, 0)
  const correct = poll.quiz ? close?.data.correct : undefined
  return {
    id: poll.id,
    poll,
    at: open.at,
    endedAt: isOver ? endedAt : undefined,
    stage: isOver ? 'closed' : 'open',
    options: poll.options.map(({ id, label }, index) => ({
      id,
      label,
      votes: counts[index] ?? 0,
      share: total ? (counts[index] ?? 0) / total : 0,
      isRight: id === correct,
    })),
    total,
    seconds: isOver || closesAt === Infinity ? undefined : Math.ceil((closesAt - time) / 1000),
    correct,
  }
}

/** The votes as they were told last; those of a close may be followed by ones that were on their way. */
function newest(
  update: LiveEvent<'poll.update'> | undefined,
  close: LiveEvent<'poll.close'> | undefined,
): Readonly<Record<string, number>> {
  const last = close?.data.votes
  if (last && (close.seq ?? 0) > (update?.seq ?? 0)) return last
  return update?.data.votes ?? last ?? {}
}
