import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LiveEvent, parseEvent, waitsForPicture } from '../../src/model/event.ts'
import { chatLines } from '../../src/state/chat-line.ts'
import { NOTHING_MINE } from '../../src/state/mine.ts'
import { raffleViews } from '../../src/state/raffle-view.ts'
import { compact, emptyRoom, foldEvent } from '../../src/state/room.ts'
import { createShowLog } from '../../src/state/show-log.ts'
import { anyLog } from '../support/any-event.ts'
import { hostEvent } from '../support/host-event.ts'

const checked = (log: readonly unknown[]): LiveEvent[] =>
  log.flatMap((raw) => {
    const parsed = parseEvent(raw)
    return parsed.ok ? [parsed.event] : []
  })

/** The promise itself: everything that passes at once, and what the picture has reached. */
const expected = (log: readonly LiveEvent[], picture: number, replay: boolean) =>
  log.filter((event) => !waitsForPicture(event, replay) || event.at <= picture).reduce(foldEvent, emptyRoom())

/** A host's key is its place in the log: one event per place, as the link delivers them. */
const unique = (log: readonly LiveEvent[]) => [
  ...new Map(log.map((event) => [`${event.seq ?? 'v'}:${event.id}`, event])).values(),
]

const pin = (seq: number, at: number): LiveEvent => ({
  v: 1,
  epoch: 'e',
  seq,
  id: `e${seq}`,
  at,
  type: 'product.pin',
  data: { ids: [`p${seq}`] },
})
const pinned = (log: ReturnType<typeof createShowLog>) => log.room().now.pin?.data.ids[0]

describe('createShowLog', () => {
  it('shows, after any walk of the picture, just what the picture has reached', () => {
    fc.assert(
      fc.property(
        anyLog(),
        fc.array(fc.nat({ max: 100_000 }), { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        fc.nat(),
        (raw, walk, replay, cut) => {
          const events = unique(checked(raw))
          const log = createShowLog({ replay })
          const middle = cut % (events.length + 1)
          log.add(events.slice(0, middle), 0)
          for (const picture of walk.slice(0, -1)) log.moveTo(picture)
          log.add(events.slice(middle), 0)
          const last = walk.at(-1) ?? 0
          log.moveTo(last)
          expect(log.room()).toEqual(expected(events, last, replay))
          expect(log.roomAt(last)).toEqual(expected(events, last, replay))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('shows everything at once to a picture without a date', () => {
    const log = createShowLog({ replay: false })
    log.moveTo(null)
    log.add([pin(1, 5000)], 0)
    expect(pinned(log)).toBe('p1')
  })

  it('holds a pin until the picture gets there', () => {
    const log = createShowLog({ replay: false })
    log.moveTo(1000)
    expect(log.add([pin(1, 5000)], 0)).toBe(false)
    expect(pinned(log)).toBeUndefined()
    expect(log.moveTo(4999)).toBe(false)
    expect(log.moveTo(5000)).toBe(true)
    expect(pinned(log)).toBe('p1')
    log.moveTo(4000)
    expect(pinned(log)).toBeUndefined()
  })

  it('shows a held event when it has waited for as long as the cap allows, and keeps it', () => {
    const log = createShowLog({ replay: false })
    log.moveTo(1000)
    log.add([pin(1, 50_000)], 100)
    log.moveTo(1100, 99)
    expect(pinned(log)).toBeUndefined()
    log.moveTo(1200, 100)
    expect(pinned(log)).toBe('p1')
    log.moveTo(1300)
    expect(pinned(log)).toBe('p1')
  })

  it('forgets everything on reset', () => {
    const log = createShowLog({ replay: false })
    log.moveTo(null)
    log.add([pin(1, 1)], 0)
    log.reset()
    expect(log.room()).toEqual(emptyRoom())
    log.add([pin(1, 1)], 0)
    expect(pinned(log)).toBe('p1')
  })

  it('shows who joins late, or comes back, what it shows those who were there: in the middle of raffle, poll and offer, and in the window to seek in', () => {
    const file = new URL('../../examples/live-shop/replay/replay.events.jsonl', import.meta.url)
    const events = unique(
      checked(
        readFileSync(file, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      ),
    )
    const [first = 0, last = 0] = [events[0]?.at, events.at(-1)?.at]
    const window = 60_000
    for (let now = first + 7000; now < last; now += 7000) {
      const [there, late] = [createShowLog({ replay: false }), createShowLog({ replay: false })]
      const past = events.filter(({ at }) => at <= now)
      const rest = events.filter(({ at }) => at > now && at <= now + 20_000)
      for (let at = first; at <= now; at += 1000) {
        there.add(
          past.filter((event) => event.at > at - 1000 && event.at <= at),
          at,
        )
        there.moveTo(at - 5000)
      }
      there.add(past, now)
      late.moveTo(now - 5000)
      late.add(checked(compact(past, { since: now - window }).events), now)
      for (const log of [there, late]) log.add(rest, now)
      for (const picture of [now - 5000, now - 30_000, now, now + 15_000]) {
        for (const log of [there, late]) log.moveTo(picture)
        expect(late.room()).toEqual(there.room())
      }
    }
  })

  it('tells a winner when the picture reaches the draw and not before, however the picture goes over it', () => {
    const raffle = {
      id: 'r',
      title: 'Mugs',
      organiser: 'Shop',
      rulesUrl: '/r',
      prizes: 1,
      closesAt: 9000,
      seedHash: 'x',
    }
    const draw = { id: 'r', seed: 's', entries: ['me', 'you'], winners: ['me'] }
    const log = createShowLog({ replay: false })
    log.moveTo(2000)
    log.add(checked([hostEvent(1, 'raffle.open', 1000, raffle), hostEvent(2, 'raffle.draw', 10_000, draw)]), 0)
    const mine = { ...NOTHING_MINE, entries: { r: 'me' } }
    const won = [9999, 10_000, 5000, 12_000, 9000, 10_001].map((picture) => {
      log.moveTo(picture)
      return raffleViews(log.room(), { now: 20_000, picture }, mine)[0]?.hasWon
    })
    expect(won).toEqual([false, true, false, true, false, true])
  })

  it('replays a show without what was deleted, wherever the picture is, and with its raffle ended', () => {
    const said = (seq: number, text: string) =>
      hostEvent(seq, 'chat.message', seq * 1000, { author: { id: 'h', name: 'H', role: 'host' }, text })
    const raffle = {
      id: 'r',
      title: 'Mugs',
      organiser: 'Shop',
      rulesUrl: '/r',
      prizes: 1,
      closesAt: 9000,
      seedHash: 'x',
    }
    const log = createShowLog({ replay: true })
    const bad = said(1, 'bad')
    const deletion = hostEvent(9, 'chat.delete', 50_000, { ids: [bad.id] })
    log.add(checked([bad, said(2, 'good'), hostEvent(3, 'raffle.open', 3000, raffle), deletion]), 0)
    for (const picture of [4000, 60_000]) {
      log.moveTo(picture)
      expect(chatLines(log.room(), []).map(({ text }) => text)).toEqual(['good'])
    }
    expect(raffleViews(log.room(), { now: 1e6, picture: 60_000 }, NOTHING_MINE)[0]?.stage).toBe('closed')
  })

  it('reaches any point of three hours and 20,000 events within 128 folds', () => {
    const span = 3 * 3600_000
    const events = Array.from({ length: 20_000 }, (_, i): LiveEvent => {
      const at = Math.round((i / 20_000) * span)
      if (i % 10 === 0) return { ...pin((i % 500) + 1, at), seq: i + 1, id: `e${i}` }
      return {
        v: 1,
        id: `c${i}`,
        at,
        type: 'chat.message',
        data: { author: { id: 'v', name: 'V', role: 'viewer' }, text: `m${i}` },
      }
    })
    const log = createShowLog({ replay: true })
    for (let i = 0; i < events.length; i += 500) log.add(events.slice(i, i + 500), 0)
    const times = Array.from({ length: 200 }, (_, i) => {
      const picture = (i * 7919 * 1000) % span
      const begin = performance.now()
      log.moveTo(picture)
      const took = performance.now() - begin
      if (i % 40 === 0) expect(log.room()).toEqual(expected(events, picture, true))
      return took
    }).sort((a, b) => a - b)
    expect(times[Math.floor(times.length * 0.9)]).toBeLessThan(5)
  }, 30_000)
})
