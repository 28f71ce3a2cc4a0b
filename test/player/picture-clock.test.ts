import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DatedFragment, fragmentAt, mediaDate, mediaTime, steadyReading } from '../../src/player/picture-clock.ts'

const T0 = 1_795_197_600_000

/** Two-second fragments whose dates are bent by index. */
const fragments = (
  count: number,
  bend: (index: number) => number | null = () => 0,
  cc: (index: number) => number = () => 0,
) =>
  Array.from({ length: count }, (_, index): DatedFragment => {
    const bent = bend(index)
    return {
      start: index * 2,
      duration: 2,
      programDateTime: bent === null ? null : T0 + index * 2000 + bent,
      cc: cc(index),
    }
  })

describe('fragmentAt', () => {
  it('finds the fragment that a time lies in', () => {
    const list = fragments(5)
    expect([-1, 0, 1.9, 2, 9, 100].map((time) => fragmentAt(list, time))).toEqual([-1, 0, 0, 1, 4, 4])
  })
})

describe('mediaDate', () => {
  it('counts from the date of the fragment', () => {
    expect(mediaDate(fragments(10), 7.25)).toBe(T0 + 7250)
  })

  it('is null without dates or fragments', () => {
    expect(
      mediaDate(
        fragments(4, () => null),
        3,
      ),
    ).toBeNull()
    expect(mediaDate([], 3)).toBeNull()
  })

  it('takes a missing date from its neighbours', () => {
    expect(
      mediaDate(
        fragments(6, (index) => (index === 3 ? null : 0)),
        6.5,
      ),
    ).toBe(T0 + 6500)
  })

  it('outvotes one bad date wherever it stands and however bad it is', () => {
    fc.assert(
      fc.property(
        fc.nat(19),
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.double({ min: 0, max: 39.9, noNaN: true }),
        (bad, by, time) => {
          const list = fragments(20, (index) => (index === bad ? by : 0))
          const error = Math.abs((mediaDate(list, time) ?? 0) - T0 - time * 1000)
          expect(error).toBeLessThan(Math.abs(by) < 500 ? 500 : 0.01)
        },
      ),
    )
  })

  it('outvotes a date that is not a number', () => {
    expect(
      mediaDate(
        fragments(6, (index) => (index === 2 ? Number.NaN : 0)),
        5,
      ),
    ).toBe(T0 + 5000)
  })

  it('outvotes a date that is given twice', () => {
    expect(
      mediaDate(
        fragments(8, (index) => (index === 4 ? -2000 : 0)),
        9,
      ),
    ).toBe(T0 + 9000)
  })

  it('believes a gap at a discontinuity on either side of it', () => {
    const list = fragments(
      10,
      (index) => (index < 5 ? 0 : 60_000),
      (index) => (index < 5 ? 0 : 1),
    )
    expect([mediaDate(list, 9.9), mediaDate(list, 10)]).toEqual([T0 + 9900, T0 + 70_000])
  })

  it('starts a date at the first picture where a fragment begins earlier', () => {
    expect(mediaDate(fragments(4), 3, () => 0.13)).toBe(T0 + 3000 - 130)
  })
})

describe('mediaTime', () => {
  it('undoes mediaDate, held inside the playlist', () => {
    const list = fragments(10)
    fc.assert(
      fc.property(fc.double({ min: -5, max: 30, noNaN: true }), (time) => {
        expect(mediaTime(list, T0 + time * 1000)).toBeCloseTo(Math.min(20, Math.max(0, time)), 3)
      }),
    )
  })

  it('is null without dates', () => {
    expect(
      mediaTime(
        fragments(4, () => null),
        T0,
      ),
    ).toBeNull()
  })
})

describe('steadyReading', () => {
  const play = (list: readonly DatedFragment[], until: number, limit = Number.POSITIVE_INFINITY) => {
    const dates: number[] = []
    let last: ReturnType<typeof steadyReading> | null = null
    for (let frame = 0; frame < until * 25; frame++) {
      const time = frame / 25
      const date = mediaDate(list, time)
      if (date === null) continue
      last = steadyReading(last, time, date, limit)
      dates.push(last.date)
    }
    return dates
  }

  it('never runs backwards in normal playback, whatever dates the playlist claims', () => {
    const bend = fc.oneof(fc.constant(null), fc.constant(0), fc.integer({ min: -1e9, max: 1e9 }))
    fc.assert(
      fc.property(
        fc.array(bend, { minLength: 8, maxLength: 8 }),
        fc.array(fc.nat(2), { minLength: 8, maxLength: 8 }),
        (bends, runs) => {
          const cc = runs.map((_, index) => runs.slice(0, index + 1).reduce((sum, run) => sum + (run === 2 ? 1 : 0), 0))
          const dates = play(
            fragments(
              8,
              (index) => bends[index] ?? null,
              (index) => cc[index] ?? 0,
            ),
            16,
          )
          expect(dates.every((date, index) => index === 0 || date >= (dates[index - 1] ?? 0))).toBe(true)
        },
      ),
    )
  })

  it('waits out a small step back', () => {
    const list = fragments(
      12,
      (index) => (index < 6 ? 0 : -3000),
      (index) => (index < 6 ? 0 : 1),
    )
    expect(play(list, 24).at(-1)).toBeCloseTo(T0 + 23_960 - 3000, 0)
  })

  it('counts on where an hour back is claimed', () => {
    const list = fragments(
      12,
      (index) => (index < 6 ? 0 : -3_600_000),
      (index) => (index < 6 ? 0 : 1),
    )
    expect(play(list, 24).at(-1)).toBeCloseTo(T0 + 23_960, 0)
  })

  it('does not follow a live picture into the future', () => {
    const list = fragments(
      12,
      (index) => (index < 6 ? 0 : 3_600_000),
      (index) => (index < 6 ? 0 : 1),
    )
    expect(play(list, 24, T0 + 60_000).at(-1)).toBeCloseTo(T0 + 23_960, 0)
  })

  it('holds where the time itself slips back by a frame', () => {
    expect(steadyReading({ time: 5, date: 500 }, 4.96, 460, 1e9)).toEqual({ time: 5, date: 500 })
  })
})
