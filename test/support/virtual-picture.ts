import type { Engine } from '../../src/player/engine.ts'
import { type DatedFragment, mediaDate } from '../../src/player/picture-clock.ts'
import { createPictureTime, type PictureTime } from '../../src/player/picture-time.ts'
import type { VirtualTime } from './virtual-time.ts'

/** A live picture without pixels: it plays with the virtual clock, some seconds behind, and its playlist has wrong dates. */
export interface VirtualPicture {
  /** What the player's own clock says of the frame on screen. */
  readonly clock: PictureTime
  /** When that frame was made. */
  truth(): number
  /** Plays on at the live edge, where it would be had it never stood still. */
  seekToLive(): void
  /** Stands still for so many ms, as it does while the machine sleeps. */
  miss(ms: number): void
  /** How many dates of the playlist are wrong or missing. */
  readonly faults: number
}

/** Seconds of one fragment. */
const FRAGMENT = 2
/** Fragments before and after the playhead that the playlist holds. */
const WINDOW = 8
/** Ms that the picture is behind. */
const LATENCY = 6000
/** One date in this many may be wrong, so that its neighbours can outvote it. */
const APART = 3

/**
 * @param begun ms since 1970 at virtual time 0
 * @param random decides which dates are bad: a day off, the same as the one before, back by half a minute, or missing
 */
export function createVirtualPicture(
  time: VirtualTime,
  begun: number,
  options: { readonly random: () => number; readonly serverNow: () => number },
): VirtualPicture {
  const { random, serverNow } = options
  const fragments: DatedFragment[] = []
  let missed = 0
  let faults = 0

  const dateOf = (position: number) => begun - LATENCY + position * 1000
  const position = () => (time.now() - missed) / 1000
  const wrongDate = (index: number): number | null => {
    faults++
    const date = dateOf(index * FRAGMENT)
    const before = fragments[index - 1]?.programDateTime ?? date
    return [null, before, date + 86_400_000, date - 30_000, date + 3000][Math.floor(random() * 5)] ?? null
  }
  const fragment = (index: number): DatedFragment => {
    const isWrong = index % APART === 2 && random() < 0.6
    return {
      start: index * FRAGMENT,
      duration: FRAGMENT,
      cc: 0,
      programDateTime: isWrong ? wrongDate(index) : dateOf(index * FRAGMENT),
    }
  }
  const playlist = () => {
    const newest = Math.floor(position() / FRAGMENT) + WINDOW
    while (fragments.length <= newest) fragments.push(fragment(fragments.length))
    return fragments.slice(Math.max(0, newest - 2 * WINDOW), newest + 1)
  }
  const engine = { dateAt: (at: number) => mediaDate(playlist(), at), live: () => true, latency: () => null }
  const clock = createPictureTime({
    video: { readyState: 4, seeking: false, paused: false } as HTMLVideoElement,
    source: { src: '', clockOffset: 0, live: true } as never,
    frames: { time: position },
    engine: () => engine as Partial<Engine> as Engine,
    serverNow,
  })

  return {
    clock,
    truth: () => dateOf(position()),
    seekToLive() {
      missed = 0
      clock.forget()
    },
    miss(ms) {
      missed += ms
    },
    get faults() {
      return faults
    },
  }
}
