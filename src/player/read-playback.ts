import { toJson } from '../lib/to-json.ts'
import type { Playback, PlaybackPhase } from '../model/player.ts'

/** The parts of a media element that its phase is read from. */
export type ElementState = Pick<HTMLVideoElement, 'paused' | 'ended' | 'seeking' | 'readyState'>

/** What is known beside the element. */
export interface PhaseFacts {
  readonly wanted: boolean
  readonly blocked: boolean
  readonly started: boolean
  readonly hopeless: boolean
  readonly troubled: boolean
}

/** `HAVE_FUTURE_DATA`: enough to go on. */
const CAN_MOVE = 3

/** True while frames follow one another. What has ended is paused too, by the standard: a browser that does not know the length calls ended what still plays. */
export function isMoving({ paused, seeking, readyState }: ElementState): boolean {
  return !paused && !seeking && readyState >= CAN_MOVE
}

/** The phase of a picture. What still moves is `playing`, whatever is wrong behind it. */
export function phaseOf(element: ElementState, facts: PhaseFacts): PlaybackPhase {
  if (facts.hopeless) return 'failed'
  if (isMoving(element)) return facts.started ? 'playing' : 'loading'
  if (facts.troubled) return 'away'
  if (facts.blocked) return 'blocked'
  if (element.ended && element.paused) return 'ended'
  if (!facts.wanted) return facts.started || element.readyState > 0 ? 'paused' : 'idle'
  return facts.started ? 'waiting' : 'loading'
}

/** What runs by itself. */
const RUNNING = ['position', 'latency', 'seekable']

/** True where two values differ in nothing but what runs by itself: position, latency and what can be sought. */
export function isSameButRunning(a: Playback, b: Playback): boolean {
  const keys = Object.keys({ ...a, ...b }) as (keyof Playback)[]
  return keys.every((key) => RUNNING.includes(key) || a[key] === b[key])
}

/**
 * Passes a playback on where it is news: at once when anything but running figures changed, those at most four times a second
 * (by `now`, ms), and never the same twice.
 */
export function publishNews(onPlayback: (playback: Playback) => void, now: () => number): (playback: Playback) => void {
  let last: Playback | undefined
  let at = Number.NEGATIVE_INFINITY
  return (next) => {
    if (last && isSameButRunning(last, next) && (now() - at < 250 || toJson(last) === toJson(next))) return
    last = next
    at = now()
    onPlayback(next)
  }
}
