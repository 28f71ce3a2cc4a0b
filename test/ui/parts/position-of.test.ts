import { describe, expect, it } from 'vitest'
import { positionOf, secondsIn } from '../../../src/ui/parts/position-of.ts'
import { demoShow, NOW, playing } from '../../support/ui-harness.tsx'

const recorded = (clockOffset?: number) => ({
  ...demoShow,
  video: { src: '/a.m3u8', startDate: new Date(NOW).toISOString(), ...(clockOffset ? { clockOffset } : {}) },
})
const replay = { ...playing, live: false, latency: undefined, position: 60, seekable: [0, 600] as const }

describe('positionOf', () => {
  it('counts a recording from the date of its first frame', () => {
    expect(positionOf(NOW + 90_000, { playback: replay, show: recorded(), now: NOW * 2 })).toBe(90)
  })

  it('reckons with the offset of the encoder clock', () => {
    expect(positionOf(NOW + 90_000, { playback: replay, show: recorded(2000), now: NOW })).toBe(88)
  })

  it('counts a live show from where the picture is now', () => {
    const playback = { ...playing, position: 700, latency: 10, seekable: [100, 720] as const }
    expect(positionOf(NOW - 70_000, { playback, show: demoShow, now: NOW })).toBe(640)
  })

  it('is null where the picture cannot go', () => {
    const playback = { ...playing, position: 700, latency: 10, seekable: [650, 720] as const }
    expect(positionOf(NOW - 70_000, { playback, show: demoShow, now: NOW })).toBeNull()
    expect(positionOf(NOW - 1000, { playback: replay, show: recorded(), now: NOW })).toBeNull()
  })

  it('is null for a recording that has no date', () => {
    expect(positionOf(NOW, { playback: replay, show: demoShow, now: NOW })).toBeNull()
  })
})

describe('secondsIn', () => {
  it('counts from the start of the show', () => {
    expect(secondsIn(NOW, demoShow)).toBe(720)
  })

  it('is null before the show and for a show without a start', () => {
    expect(secondsIn(NOW - 86_400_000, demoShow)).toBeNull()
    expect(secondsIn(NOW, null)).toBeNull()
  })
})
