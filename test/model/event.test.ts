import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseEvent, waitsForPicture } from '../../src/model/event.ts'
import { anyEvent, anyGarbage } from '../support/any-event.ts'

const host = (type: string, data: unknown) => ({ v: 1, epoch: 'e', seq: 1, id: 'x', at: 1, type, data })
const waits = (type: string, data: unknown, replay = false) => {
  const parsed = parseEvent(host(type, data))
  if (!parsed.ok) throw new Error(parsed.problem)
  return waitsForPicture(parsed.event, replay)
}
const author = (role: string) => ({ author: { id: 'a', name: 'A', role }, text: 'hi' })

describe('parseEvent', () => {
  it('reads every event of the normative log', () => {
    const lines = readFileSync(new URL('../support/normative/events.jsonl', import.meta.url), 'utf8')
      .trim()
      .split('\n')
    for (const line of lines) expect(parseEvent(JSON.parse(line))).toMatchObject({ ok: true })
  })

  it('takes all that is an event and never throws at what is none', () => {
    fc.assert(
      fc.property(anyEvent(), (event) => {
        expect(parseEvent(event).ok).toBe(true)
      }),
    )
    fc.assert(
      fc.property(anyGarbage(), (garbage) => {
        expect(parseEvent(garbage).ok).toBe(false)
      }),
    )
  })

  it('refuses an offer whose end is not after its start, and says so', () => {
    const terms = { id: 'o', kind: 'delivery', title: 'Delivery on us', productIds: [], how: 'note', opensAt: 2000 }
    expect(parseEvent(host('offer.open', { ...terms, closesAt: 2001 })).ok).toBe(true)
    for (const closesAt of [1000, 2000])
      expect(parseEvent(host('offer.open', { ...terms, closesAt }))).toMatchObject({
        ok: false,
        problem: expect.stringContaining('closesAt later than opensAt'),
      })
  })

  it('keeps the place in the log of an event that it refuses', () => {
    expect(parseEvent(host('from.the.future', {}))).toMatchObject({ ok: false, place: { epoch: 'e', seq: 1 } })
    expect(parseEvent(host('product.pin', { ids: 'mug' }))).toEqual({
      ok: false,
      problem: 'event product.pin "x" data.ids: found "mug", expected array',
      place: { epoch: 'e', seq: 1 },
    })
  })

  it('drops prices and other fields that an event may not carry', () => {
    const parsed = parseEvent(host('product.pin', { ids: ['mug'], price: 1 }))
    expect(parsed.ok && parsed.event.data).toEqual({ ids: ['mug'] })
  })
})

describe('waitsForPicture', () => {
  it('holds what the host shows and lets truth and safety through', () => {
    expect(waits('product.pin', { ids: [] })).toBe(true)
    expect(waits('offer.close', { id: 'o', reason: 'time' })).toBe(true)
    expect(waits('offer.close', { id: 'o', reason: 'sold-out' })).toBe(false)
    expect(waits('show.state', { status: 'ended' })).toBe(true)
    expect(waits('show.state', { status: 'interrupted' })).toBe(false)
    expect(waits('chat.message', author('host'))).toBe(true)
    expect(waits('chat.message', author('viewer'))).toBe(false)
    expect(waits('poll.update', { id: 'p', votes: {} })).toBe(false)
  })

  it('goes by the playhead in a replay, but for deletions and what the store owns', () => {
    expect(waits('chat.message', author('viewer'), true)).toBe(true)
    expect(waits('show.state', { status: 'live' }, true)).toBe(true)
    expect(waits('chat.delete', { ids: [] }, true)).toBe(false)
    expect(waits('product.stock', { id: 'mug', stock: 1 }, true)).toBe(false)
  })
})
