import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHAT_LIMIT, compact, emptyRoom, eventsOf, fold, type Room } from '../../src/state/room.ts'
import { anyEvent, anyGarbage, anyLog } from '../support/any-event.ts'

const foldAll = (events: readonly unknown[], from: Room = emptyRoom()) => events.reduce<Room>(fold, from)

describe('fold', () => {
  it('ends in the same room in whatever order the events arrive', () => {
    fc.assert(
      fc.property(
        anyLog().chain((log) => fc.tuple(fc.constant(log), fc.shuffledSubarray(log, { minLength: log.length }))),
        ([log, shuffled]) => {
          expect(foldAll(shuffled)).toEqual(foldAll(log))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('is not changed by repetition', () => {
    fc.assert(
      fc.property(anyLog(), fc.array(fc.nat(), { maxLength: 40 }), (log, again) => {
        const doubled = [...log, ...again.map((i) => log[i % log.length]), ...log]
        expect(foldAll(doubled)).toEqual(foldAll(log))
      }),
      { numRuns: 200 },
    )
  })

  it('leaves the room as it was for anything that is no event of its log', () => {
    fc.assert(
      fc.property(anyLog(), anyGarbage(), (log, garbage) => {
        const room = foldAll(log)
        expect(fold(room, garbage)).toBe(room)
      }),
      { numRuns: 300 },
    )
  })

  it('does not touch the room it is given', () => {
    fc.assert(
      fc.property(anyLog(), anyEvent(), (log, event) => {
        const room = foldAll(log)
        const text = JSON.stringify(room)
        fold(room, event)
        expect(JSON.stringify(room)).toBe(text)
      }),
      { numRuns: 200 },
    )
  })

  it('makes rooms that survive JSON', () => {
    fc.assert(
      fc.property(anyLog(), (log) => {
        const room = foldAll(log)
        expect(JSON.parse(JSON.stringify(room))).toEqual(room)
      }),
      { numRuns: 200 },
    )
  })

  it('keeps the newest chat messages only, whatever was deleted when', () => {
    const message = (i: number) => ({
      v: 1,
      id: `m${i}`,
      at: i,
      type: 'chat.message',
      data: { author: { id: 'v', name: 'V', role: 'viewer' }, text: String(i) },
    })
    const remove = { v: 1, epoch: 'e', seq: 1, id: 'd', at: 1, type: 'chat.delete', data: { ids: ['m299'] } }
    const messages = Array.from({ length: 300 }, (_, i) => message(i))
    const room = foldAll([...messages, remove])
    expect(room.chat).toHaveLength(CHAT_LIMIT)
    expect(room.chat[0]?.id).toBe('m100')
    expect(foldAll([remove, ...messages])).toEqual(room)
  })

  it('never opens a closed offer again', () => {
    const terms = { id: 'o', kind: 'percent', title: 'O', productIds: [], opensAt: 1, closesAt: 9, how: 'note' }
    const open = (seq: number) => ({ v: 1, epoch: 'e', seq, id: `e${seq}`, at: seq, type: 'offer.open', data: terms })
    const close = { v: 1, epoch: 'e', seq: 2, id: 'e2', at: 2, type: 'offer.close', data: { id: 'o', reason: 'host' } }
    expect(foldAll([open(1), close, open(3)]).offers.o?.close?.seq).toBe(2)
  })

  it('keeps a giveaway’s first opening beside the newest, and its first draw', () => {
    const event = (seq: number, type: string, data: object) => ({
      v: 1,
      epoch: 'e',
      seq,
      id: `e${seq}`,
      at: seq,
      type,
      data,
    })
    const terms = { id: 'r', title: 'R', organiser: 'O', rulesUrl: '/r', prizes: 1, closesAt: 9, seedHash: 'x' }
    const draw = { id: 'r', seed: 's', entries: ['a', 'b'], winners: ['a'] }
    const log = [
      event(1, 'raffle.open', terms),
      event(2, 'raffle.open', { ...terms, seedHash: 'y' }),
      event(3, 'raffle.open', { ...terms, seedHash: 'z' }),
      event(4, 'raffle.draw', draw),
      event(5, 'raffle.draw', { ...draw, winners: ['b'] }),
    ]
    for (const order of [log, log.toReversed(), compact(log).events]) {
      const { open, first, draw: drawn } = foldAll(order).raffles.r ?? {}
      expect([open?.seq, first?.seq, drawn?.seq]).toEqual([3, 1, 4])
    }
  })

  it('takes host events only with a place in the log, and roles only from there', () => {
    const pin = { v: 1, id: 'x', at: 1, type: 'product.pin', data: { ids: ['mug'] } }
    expect(fold(emptyRoom(), pin)).toEqual(emptyRoom())
    const claim = {
      v: 1,
      id: 'y',
      at: 1,
      type: 'chat.message',
      data: { author: { id: 'v', name: 'Mira', role: 'host' }, text: 'hi' },
    }
    expect(fold(emptyRoom(), claim).chat[0]?.data.author.role).toBe('viewer')
  })

  it('is safe with ids that every object is born with', () => {
    const event = {
      v: 1,
      epoch: 'e',
      seq: 1,
      id: 'x',
      at: 1,
      type: 'offer.close',
      data: { id: '__proto__', reason: 'host' },
    }
    expect(fold(emptyRoom(), event)).toEqual(emptyRoom())
    expect(Object.keys(Object.prototype)).toEqual([])
  })
})

describe('compact', () => {
  it('gives a snapshot which, with the tail of the log after it, folds to the room of the whole log', () => {
    fc.assert(
      fc.property(anyLog(), fc.nat(), fc.option(fc.nat({ max: 100_000 }), { nil: undefined }), (log, cut, since) => {
        const at = cut % (log.length + 1)
        const snapshot = compact(log.slice(0, at), since === undefined ? {} : { since })
        const start = emptyRoom(snapshot.epoch || null)
        expect(foldAll([...snapshot.events, ...log.slice(at)], start)).toEqual(foldAll(log))
      }),
      { numRuns: 300 },
    )
  })

  it('keeps nothing that a later event has replaced', () => {
    fc.assert(
      fc.property(anyLog(), (log) => {
        const snapshot = compact(log)
        expect(snapshot.events).toEqual(eventsOf(foldAll(log)))
        expect(compact(snapshot.events).events).toEqual(snapshot.events)
      }),
      { numRuns: 200 },
    )
  })

  it('keeps every host event of the window as it was, and what was shown when it begins', () => {
    const pin = (seq: number) => ({
      v: 1,
      epoch: 'e',
      seq,
      id: `e${seq}`,
      at: seq * 1000,
      type: 'product.pin',
      data: { ids: ['mug'] },
    })
    const log = [1, 2, 3, 4, 5].map(pin)
    expect(compact(log).events).toHaveLength(1)
    expect(compact(log, { since: 3000 }).events).toEqual(log.slice(1))
    expect(compact(log)).toMatchObject({ v: 1, epoch: 'e', seq: 5, at: 5000 })
  })
})
