import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LiveEvent, parseEvent } from '../../src/model/event.ts'
import { foldAll } from '../../src/state/fold-all.ts'
import { emptyRoom, foldEvent, type Room } from '../../src/state/room.ts'
import { anyLog } from '../support/any-event.ts'

const checked = (log: readonly unknown[]) =>
  log.map(parseEvent).flatMap((parsed): LiveEvent[] => (parsed.ok ? [parsed.event] : []))

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return
  Object.freeze(value)
  Object.values(value).forEach(freeze)
}

/** More messages than a room keeps, with twins of a host's and a viewer's kind. */
const manyMessages = () =>
  fc.array(
    fc.record({
      id: fc.nat(260),
      at: fc.nat(400),
      seq: fc.option(fc.integer({ min: 1, max: 99 }), { nil: undefined }),
    }),
    { minLength: 150, maxLength: 400 },
  )
const message = ({ id, at, seq }: { id: number; at: number; seq: number | undefined }): LiveEvent => ({
  ...(seq === undefined ? {} : { epoch: 'e', seq }),
  ...{ v: 1, id: `m${id}`, at, type: 'chat.message' },
  data: { author: { id: 'v', name: 'V', role: 'viewer' }, text: `${id} at ${at}` },
})

describe('foldAll', () => {
  const oneByOne = (room: Room, events: readonly LiveEvent[]) => events.reduce(foldEvent, room)

  it('ends where one event after the other does, wherever the log is cut', () => {
    fc.assert(
      fc.property(anyLog(), fc.nat(80), (log, cut) => {
        const events = checked(log)
        const parts = [events.slice(0, cut), events.slice(cut)]
        expect(parts.reduce(foldAll, emptyRoom())).toEqual(oneByOne(emptyRoom(), events))
      }),
      { numRuns: 400 },
    )
  })

  it('keeps the same newest messages as one after the other does, however many there are', () => {
    fc.assert(
      fc.property(manyMessages(), fc.integer({ min: 1, max: 60 }), (list, size) => {
        const events = list.map(message)
        let room = emptyRoom()
        for (let from = 0; from < events.length; from += size) room = foldAll(room, events.slice(from, from + size))
        expect(room).toEqual(oneByOne(emptyRoom(), events))
      }),
      { numRuns: 60 },
    )
  })

  it('changes no room that it was given, and gives the same room back where nothing changes', () => {
    fc.assert(
      fc.property(anyLog(), anyLog(), (before, after) => {
        const room = oneByOne(emptyRoom(), checked(before))
        freeze(room)
        const next = foldAll(room, checked(after))
        freeze(next)
        expect(next === room).toBe(JSON.stringify(next) === JSON.stringify(room))
        expect(foldAll(next, checked(after))).toBe(next)
      }),
      { numRuns: 300 },
    )
  })
})
