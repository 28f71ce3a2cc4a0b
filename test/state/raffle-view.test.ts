import { describe, expect, it } from 'vitest'
import { NOTHING_MINE } from '../../src/state/mine.ts'
import { raffleViews } from '../../src/state/raffle-view.ts'
import { emptyRoom, fold } from '../../src/state/room.ts'
import { hostEvent } from '../support/host-event.ts'

const T = 1_000_000
const raffle = {
  id: 'r',
  title: 'Mugs',
  organiser: 'Shop',
  rulesUrl: '/r',
  prizes: 1,
  closesAt: T + 60_000,
  seedHash: 'x',
}
const open = hostEvent(1, 'raffle.open', T, raffle)
const draw = hostEvent(3, 'raffle.draw', T + 70_000, {
  id: 'r',
  seed: 's',
  entries: ['me', 'you'],
  winners: ['me'],
  claimBy: T + 100_000,
})
const view = (events: readonly object[], picture: number, given: { now?: number; mine?: object } = {}) => {
  const { now = picture, mine = {} } = given
  const room = events.reduce(fold, emptyRoom()) as ReturnType<typeof emptyRoom>
  return raffleViews(room, { now, picture }, { ...NOTHING_MINE, ...mine })[0]
}

describe('raffleViews', () => {
  it('takes entries until the picture reaches the end or the host closes them', () => {
    expect(view([open], T + 30_000, { now: T + 99_000 })).toMatchObject({ stage: 'open', seconds: 30 })
    expect(view([open], T + 60_000)).toMatchObject({ stage: 'closed', seconds: 0 })
    expect(view([open, hostEvent(2, 'raffle.close', T + 5000, { id: 'r' })], T + 6000)?.stage).toBe('closed')
  })

  it('tells how many take part, and of a draw the entries that were drawn from', () => {
    expect(view([open, hostEvent(2, 'raffle.update', T, { id: 'r', entries: 7 })], T)?.entries).toBe(7)
    expect(view([open, draw], T + 70_000)?.entries).toBe(2)
  })

  it('knows this viewer’s entry, win, claim, and when it is too late to claim', () => {
    const mine = { entries: { r: 'me' } }
    expect(view([open, draw], T + 70_000, { mine })).toMatchObject({ stage: 'drawn', hasWon: true, isExpired: false })
    expect(view([open, draw], T + 70_000, { mine: { entries: { r: 'you' } } })?.hasWon).toBe(false)
    expect(view([open, draw], T + 70_000)).toMatchObject({ entry: undefined, hasWon: false })
    expect(view([open, draw], T + 70_000, { mine: { ...mine, claims: ['r'] } })?.hasClaimed).toBe(true)
    expect(view([open, draw], T + 70_000, { mine, now: T + 100_001 })?.isExpired).toBe(true)
  })

  it('knows nothing of a draw whose opening it has not seen', () => {
    expect(view([draw], T + 70_000)).toBeUndefined()
  })
})
