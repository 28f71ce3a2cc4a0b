import { type RaffleView, raffleViews } from '../../../state/raffle-view.ts'
import { noteSeen, tookSince } from '../join/first-seen.ts'
import { GIFT } from '../join/gift-icon.ts'
import type { Happening, Now } from './happening.ts'

/** Milliseconds of the picture for which a draw is still told to those who did not win. */
const FAREWELL = 40_000
/** Milliseconds of the picture for which a giveaway whose entries ended waits to be drawn. */
const PATIENCE = 600_000

/** The giveaways that are on, and those whose draw this viewer should see. */
export function raffleHappenings(now: Now): Happening[] {
  const { room, moment, mine } = now
  const time = moment.picture ?? moment.now
  return raffleViews(room, moment, mine)
    .filter(({ endedAt = time, drawnAt, hasWon, hasClaimed, isExpired }) =>
      drawnAt === undefined
        ? time - endedAt < PATIENCE
        : (hasWon && !hasClaimed && !isExpired) || time - drawnAt < FAREWELL,
    )
    .map((view) => happeningOf(view, now))
}

function happeningOf(view: RaffleView, now: Now): Happening {
  const { say, t, commands } = now.model
  const { id, raffle, at, stage, entries, entry, seconds, hasWon, hasClaimed, isExpired } = view
  const canClaim = hasWon && !hasClaimed && !isExpired
  const isAsked = mayEnter(view, now)
  const isTap = isAsked && raffle.entry === 'first-tap'
  const see = () => commands.showSheet({ name: 'raffle', id })
  return {
    key: `raffle/${id}`,
    rank: canClaim ? 0 : rankOf(view, isAsked),
    at: view.drawnAt ?? at,
    kind: t(
      hasWon ? 'raffle.won' : stage !== 'drawn' ? 'raffle.title' : entry === undefined ? 'raffle.drawn' : 'raffle.lost',
    ),
    title: say(raffle.title),
    text: stage !== 'drawn' && entries ? t('raffle.in', { count: entries }) : undefined,
    icon: GIFT,
    seconds: stage === 'open' && !now.isReplay ? seconds : undefined,
    words: t(
      canClaim ? 'raffle.claim' : isAsked ? wordsOf(raffle.entry) : stage === 'drawn' ? 'raffle.winners' : 'raffle.see',
    ),
    act: isTap ? () => tap(view, now, see) : see,
    seen: isTap ? () => noteSeen(now.model, id) : undefined,
    isGood: hasWon,
  }
}

/** Whether there is something for this viewer to do. */
function mayEnter({ stage, entry }: RaffleView, { isReplay, model }: Now): boolean {
  const { actions } = model.state.$can.get()
  return stage === 'open' && entry === undefined && !isReplay && actions.includes('raffle.enter')
}

function rankOf({ stage, raffle, entry }: RaffleView, isAsked: boolean): number {
  if (isAsked) return raffle.entry === 'first-tap' ? 10 : 22
  if (stage === 'drawn') return entry === undefined ? 35 : 12
  return stage === 'closed' ? 30 : 42
}

const wordsOf = (entry: RaffleView['raffle']['entry']): string =>
  entry === 'first-tap' ? 'raffle.tap' : 'raffle.enter'

/** What the desk says no to is told on the sheet. */
async function tap({ id }: RaffleView, { model }: Now, see: () => void): Promise<void> {
  const { ok } = await model.commands.send('raffle.enter', { id, took: tookSince(model, id) })
  if (!ok) see()
}
