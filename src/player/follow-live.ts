import type { Engine } from './engine.ts'
import { edgeDelay, jumpDistance, liveRate } from './latency-control.ts'
import { secondsAhead } from './seconds-ahead.ts'

/** What following needs to see and move. */
export interface FollowOptions {
  readonly video: HTMLVideoElement
  readonly engine: () => Engine | undefined
  /** The media's date of a media time (ms); `null`: undated. */
  readonly dateAt: (time: number) => number | null
  /** ms that never jump. */
  readonly now: () => number
}

/** Keeps a live picture at its distance from now. */
export interface LiveFollower {
  /** The viewer's own rate; 1 lets the follower adjust it. */
  rate: number
  /** A moved playlist: the date of its end, ms. */
  edge(date: number): void
  /** To be called a few times a second while pictures can move. */
  tick(mayJump: boolean): void
  goLive(): void
  /** After a beginning or a pause: follows on where the picture is so near that it was not left behind on purpose. */
  judge(): void
  /** After the viewer sought: follows on only where that led to the edge itself. */
  sought(): void
  /** A new source: nothing measured holds any more. */
  restart(): void
  atEdge(): boolean
}

/** Milliseconds between two jumps. */
const JUMP_EVERY = 5_000

/**
 * Distance is measured by date where the media has dates: the playlist's end is seen only when it is asked for, so that distance from
 * it wavers by up to a segment, while the date does not. The target is what the engine wants behind the end, plus how late
 * the end is published.
 */
export function followLive({ video, engine, dateAt, now }: FollowOptions): LiveFollower {
  const delay = edgeDelay()
  let following = true
  let jumpedAt = Number.NEGATIVE_INFINITY

  const measure = (): { latency: number; target: number } | null => {
    const byEdge = engine()?.latency()
    if (!byEdge) return null
    const date = dateAt(video.currentTime)
    const late = delay.least()
    if (date === null || late === undefined) return { latency: byEdge.behind, target: byEdge.wanted }
    return { latency: (now() - date) / 1000, target: byEdge.wanted + late }
  }
  const distance = () => jumpDistance(engine()?.segment() ?? 0)
  /** Seconds behind the target; where that is not known, none. */
  const behind = () => {
    const found = measure()
    return found ? found.latency - found.target : 0
  }
  /** How far behind the target still counts as the edge, s: the edge moves by a segment at a time. */
  const edgeWidth = () => Math.max(1.5, engine()?.segment() ?? 0)
  const jump = () => {
    const position = engine()?.livePosition()
    if (position === null || position === undefined) return
    jumpedAt = now()
    video.currentTime = position
  }
  const apply = (rate: number) => {
    if (video.playbackRate !== rate) video.playbackRate = rate
  }

  const follower: LiveFollower = {
    rate: 1,
    edge: (date) => delay.add(date, now()),
    tick(mayJump) {
      const found = engine()?.live() ? measure() : null
      if (!found || !following || follower.rate !== 1 || video.paused) return apply(follower.rate)
      if (found.latency - found.target > distance()) {
        apply(1)
        if (mayJump && now() - jumpedAt > JUMP_EVERY) jump()
        return
      }
      apply(liveRate({ ...found, buffer: secondsAhead(video), rate: video.playbackRate }))
    },
    goLive() {
      following = true
      const found = measure()
      if (!found || Math.abs(found.latency - found.target) > 1) jump()
    },
    judge() {
      following = behind() < distance()
    },
    sought() {
      following = behind() < edgeWidth()
    },
    restart() {
      delay.clear()
      jumpedAt = Number.NEGATIVE_INFINITY
    },
    atEdge() {
      const found = following && engine()?.live() ? measure() : null
      return found !== null && found.latency - found.target < edgeWidth()
    },
  }
  return follower
}
