import { describe, expect, it } from 'vitest'
import type { EventMoment, PublicEventName, TrackSink } from '../../src/model/track.ts'
import { callback } from '../../src/track/callback.ts'
import { fanOut } from '../../src/track/fan-out.ts'

const payload: EventMoment = { eventId: 'e', showId: 'friday', mode: 'live', muted: true, preview: false }

describe('fanOut', () => {
  it('tells every sink, though one throws and another rejects', async () => {
    const told: string[] = []
    const caught: string[] = []
    const sinks: TrackSink[] = [
      {
        name: 'throws',
        track() {
          throw new Error('sink')
        },
      },
      { name: 'rejects', track: async () => Promise.reject(new Error('later')) },
      callback((name) => void told.push(name)),
    ]
    fanOut(sinks, (_cause, sink) => caught.push(sink))('player-opened', payload)
    expect(told).toEqual(['player-opened'])
    await expect.poll(() => caught).toEqual(['throws', 'rejects'])
  })

  it('tells of one event id once', () => {
    const told: PublicEventName[] = []
    const tell = fanOut([callback((name) => void told.push(name))])
    for (const eventId of ['a', 'a', 'b', 'a']) tell('message-sent', { ...payload, eventId })
    expect(told).toHaveLength(2)
  })
})
