import { countWhile } from '../lib/count-while.ts'

/** A fragment of a media playlist as hls.js describes it. */
export interface DatedFragment {
  /** Seconds on the element's timeline. */
  readonly start: number
  readonly duration: number
  /** ms since 1970 of `start`; `null` where the playlist gives none. */
  readonly programDateTime: number | null
  /** Number of the run between two discontinuities. */
  readonly cc: number
}

/** Seconds from a fragment's `start` to its first picture, which is what its date belongs to. */
export type LeadOf<F extends DatedFragment> = (fragment: F) => number

/** A date that was shown, ms since 1970, at a media time in seconds. */
export interface ClockReading {
  readonly time: number
  readonly date: number
}

/** How many fragments on either side vote on a fragment's date. */
const NEIGHBOURS = 2

/** Dates that differ by less (ms) agree. */
const AGREEMENT = 500

/** A step back by less (ms) is waited out; a greater one is not believed. */
const SMALL_STEP = 10_000

/** Index of the fragment at a media time, or the nearest one before it; -1 before the first. */
export function fragmentAt(fragments: readonly DatedFragment[], time: number): number {
  return countWhile(fragments, ({ start }) => start <= time) - 1
}

/** Date of the media's zero (ms) by one fragment; `NaN` without a date. */
function zeroBy<F extends DatedFragment>(fragment: F, leadOf: LeadOf<F>): number {
  return (fragment.programDateTime ?? Number.NaN) - (fragment.start + leadOf(fragment)) * 1000
}

/**
 * Date of the media's zero (ms) as a fragment has it, unless the median of it and its neighbours in the same run is far from that:
 * so one wrong or repeated EXT-X-PROGRAM-DATE-TIME does not move the clock. `null`: nobody around has a date.
 */
function zeroDate<F extends DatedFragment>(fragments: readonly F[], index: number, leadOf: LeadOf<F>): number | null {
  const own = fragments[index]
  if (!own) return null
  const votes = fragments
    .slice(Math.max(0, index - NEIGHBOURS), index + NEIGHBOURS + 1)
    .filter(({ cc }) => cc === own.cc)
    .map((fragment) => zeroBy(fragment, leadOf))
    .filter(Number.isFinite)
    .sort((a, b) => a - b)
  const median = votes[votes.length >> 1] ?? null
  const zero = zeroBy(own, leadOf)
  return median !== null && Math.abs(zero - median) < AGREEMENT ? zero : median
}

/** Date (ms since 1970) of a media time by the playlist's program dates; `null` without any. */
export function mediaDate<F extends DatedFragment>(
  fragments: readonly F[],
  time: number,
  leadOf: LeadOf<F> = () => 0,
): number | null {
  const zero = zeroDate(fragments, Math.max(0, fragmentAt(fragments, time)), leadOf)
  return zero === null ? null : zero + time * 1000
}

/** Media time (seconds) of a date, held inside the playlist; `null` without program dates. */
export function mediaTime<F extends DatedFragment>(
  fragments: readonly F[],
  date: number,
  leadOf: LeadOf<F> = () => 0,
): number | null {
  let first: number | null = null
  for (let index = fragments.length - 1; index >= 0; index--) {
    const zero = zeroDate(fragments, index, leadOf)
    const fragment = fragments[index]
    if (zero === null || !fragment) continue
    if (zero + fragment.start * 1000 <= date) return Math.min((date - zero) / 1000, fragment.start + fragment.duration)
    first = fragment.start
  }
  return first
}

/**
 * The reading to believe in normal playback: it never runs backwards, and never into a future (`limit`, ms) where it was not before.
 * A small step back is waited out; where a greater one is claimed, the media's own time is counted on from the last date.
 * Forget the last reading after a seek.
 */
export function steadyReading(last: ClockReading | null, time: number, date: number, limit: number): ClockReading {
  if (!last) return { time, date }
  if (time < last.time) return last
  const counted = last.date + (time - last.time) * 1000
  if (date > limit && counted <= limit) return { time, date: counted }
  if (date >= last.date) return { time, date }
  return { time, date: last.date - date < SMALL_STEP ? last.date : counted }
}
