/** What keeps a live picture at its distance. */
export interface LatencySample {
  /** Seconds behind now. */
  readonly latency: number
  /** Seconds behind now that are wanted. */
  readonly target: number
  /** Seconds of media ahead of the playhead. */
  readonly buffer: number
  /** The rate in use. */
  readonly rate: number
}

/** Seconds of error that are left alone, and that a correction stops at. */
const START = 0.25
const STOP = 0.05

/**
 * The rate that brings a live picture to its target without being heard: at most 10 % fast or 5 % slow, begun a quarter of a second
 * off and ended at a twentieth (so it does not flutter), never fast with less than a second in the buffer.
 */
export function liveRate({ latency, target, buffer, rate }: LatencySample): number {
  const error = latency - target
  const size = Math.abs(error)
  if (size < STOP || (rate === 1 && size < START)) return 1
  if (rate !== 1 && error > 0 !== rate > 1) return 1
  if (error > 0) return buffer < 1 ? 1 : 1 + Math.min(0.1, Math.max(0.02, Math.round(error * 10) / 100))
  return 1 - Math.min(0.05, Math.max(0.02, Math.round(size * 10) / 100))
}

/** Seconds behind the target from which a picture that follows the live edge jumps instead of hurrying. */
export function jumpDistance(segment: number): number {
  return Math.max(3 * segment, 8)
}

/** Seconds by which a sample may exceed the least: beyond it the clock slept or the stream restarted, and counting starts anew. */
const DELAY_STEP = 8

/**
 * How many seconds late the newest media is published: the least of the newest 30 looks at the playlist's end, each given as the
 * end's date and the moment it was seen (both ms, the second by a clock that never jumps).
 */
export function edgeDelay(): { add(date: number, now: number): void; least(): number | undefined; clear(): void } {
  let samples: number[] = []
  const least = () => (samples.length ? Math.min(...samples) : undefined)
  return {
    least,
    add(date, now) {
      const delay = (now - date) / 1000
      if (delay > (least() ?? delay) + DELAY_STEP) samples = []
      samples.push(delay)
      if (samples.length > 30) samples.shift()
    },
    clear() {
      samples = []
    },
  }
}
