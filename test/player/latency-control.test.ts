import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { edgeDelay, jumpDistance, liveRate } from '../../src/player/latency-control.ts'

describe('liveRate', () => {
  it('leaves a quarter of a second alone', () => {
    expect(liveRate({ latency: 4.2, target: 4, buffer: 4, rate: 1 })).toBe(1)
  })

  it('hurries at most ten percent and dawdles at most five', () => {
    expect(liveRate({ latency: 9, target: 4, buffer: 4, rate: 1 })).toBe(1.1)
    expect(liveRate({ latency: 1, target: 4, buffer: 4, rate: 1 })).toBe(0.95)
  })

  it('does not hurry into an empty buffer', () => {
    expect(liveRate({ latency: 9, target: 4, buffer: 0.5, rate: 1.1 })).toBe(1)
  })

  it('brings any small error to within a quarter of a second in a minute and then rests', () => {
    fc.assert(
      fc.property(fc.double({ min: -3, max: 5, noNaN: true }), (error) => {
        let latency = 4 + error
        let rate = 1
        for (let quarter = 0; quarter < 400; quarter++) {
          rate = liveRate({ latency, target: 4, buffer: 3, rate })
          latency -= (rate - 1) * 0.25
        }
        expect(Math.abs(latency - 4)).toBeLessThanOrEqual(0.25)
        expect(rate).toBe(1)
      }),
    )
  })
})

describe('jumpDistance', () => {
  it('is three segments, and eight seconds at least', () => {
    expect([1, 2, 6].map(jumpDistance)).toEqual([8, 8, 18])
  })
})

describe('edgeDelay', () => {
  it('is the least delay seen lately', () => {
    const delay = edgeDelay()
    expect(delay.least()).toBeUndefined()
    for (const late of [900, 300, 1900]) delay.add(10_000, 10_000 + late)
    expect(delay.least()).toBe(0.3)
    for (let look = 0; look < 30; look++) delay.add(0, 700)
    expect(delay.least()).toBe(0.7)
  })

  it('starts anew where a clock jumped', () => {
    const delay = edgeDelay()
    delay.add(0, 500)
    delay.add(0, 60_000)
    expect(delay.least()).toBe(60)
  })
})
