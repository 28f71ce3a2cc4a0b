import { describe, expect, it } from 'vitest'
import { checkDraw, drawRaffle, hashSeed } from '../../src/state/draw-raffle.ts'
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

  it('holds a draw to the seed and the prizes of the first opening, whatever was opened over it', () => {
    const entries = ['aaa', 'bbb', 'ccc']
    const cheat = (seq: number, change: object) => hostEvent(seq, 'raffle.open', T + seq, { ...raffle, ...change })
    const drawn = (seed: string, prizes: number) => {
      const winners = drawRaffle({ seed, entries, prizes })
      return hostEvent(9, 'raffle.draw', T + 70_000, { id: 'r', seed, entries, winners })
    }
    const checked = (...events: object[]) => {
      const seen = view(events, T + 80_000)
      return seen?.draw && checkDraw(seen.raffle, seen.draw)
    }
    const honest = cheat(1, { seedHash: hashSeed('honest') })
    expect(checked(honest, drawn('honest', 1))).toEqual({ ok: true })
    const sealedAnew = cheat(3, { seedHash: hashSeed('chosen') })
    expect(checked(honest, sealedAnew, drawn('chosen', 1))).toEqual({ ok: false, why: 'seed' })
    const onePrizeMore = cheat(3, { seedHash: hashSeed('honest'), prizes: 2 })
    expect(checked(honest, onePrizeMore, drawn('honest', 2))).toEqual({ ok: false, why: 'winners' })
    expect(view([honest, cheat(3, { title: 'Cups' })], T + 10)?.raffle.title).toBe('Cups')
  })

  it('knows nothing of a draw whose opening it has not seen', () => {
    expect(view([draw], T + 70_000)).toBeUndefined()
  })
})
