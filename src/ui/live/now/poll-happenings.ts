import { type PollView, pollViews } from '../../../state/poll-view.ts'
import type { Happening, Now } from './happening.ts'

const BARS = 'M5 20V11M12 20V4M19 20v-6'

/** Milliseconds of the picture for which a poll that is over is still told of. */
const FAREWELL = 25_000

/** The polls that are open, and those that have just been answered. */
export function pollHappenings(now: Now): Happening[] {
  const { room, moment } = now
  const time = moment.picture ?? moment.now
  return pollViews(room, moment)
    .filter(({ endedAt }) => endedAt === undefined || time - endedAt < FAREWELL)
    .map((view) => happeningOf(view, now))
}

function happeningOf(view: PollView, { model, mine, isReplay }: Now): Happening {
  const { commands, say, t } = model
  const { id, poll, at, stage, seconds, total, options, correct } = view
  const chosen = Object.hasOwn(mine.votes, id) ? mine.votes[id] : undefined
  const canVote = stage === 'open' && !isReplay && model.state.$can.get().actions.includes('poll.vote')
  const isAsked = canVote && chosen === undefined
  const right = options.find(({ isRight }) => isRight)
  const wasRight = correct !== undefined && chosen === correct
  return {
    key: `poll/${id}`,
    rank: isAsked ? 20 : stage === 'open' ? 40 : wasRight ? 8 : 50,
    at,
    kind: t(wasRight ? 'poll.right' : poll.quiz ? 'poll.quiz' : 'poll.title'),
    title: right ? t('poll.answer', { answer: say(right.label) }) : say(poll.question),
    text: total ? t('poll.votes', { count: total }) : undefined,
    icon: BARS,
    seconds: isReplay ? undefined : seconds,
    words: t(isAsked ? (poll.quiz ? 'poll.guess' : 'poll.vote') : 'poll.results'),
    act: () => commands.showSheet({ name: 'poll', id }),
    isGood: wasRight,
  }
}
