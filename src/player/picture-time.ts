import type { PlayerSource } from '../model/player.ts'
import type { Engine } from './engine.ts'
import { type ClockReading, steadyReading } from './picture-clock.ts'
import type { Frames } from './tick-frames.ts'

/** A picture may be this far (ms) in the server's future before its date is doubted: encoders' clocks are off. */
const FUTURE = 10_000

/** Where a picture's date comes from. */
export interface PictureTimeOptions {
  readonly video: HTMLVideoElement
  readonly source: PlayerSource
  readonly frames: Frames
  readonly engine: () => Engine | undefined
  readonly serverNow: () => number
}

/** Server time of the frame on screen. */
export interface PictureTime {
  read(): number | null
  /** The media's own date of a media time (ms), without steadying; `null`: undated. */
  dateAt(time: number): number | null
  /** Media time of a server date; `null`: undated. */
  timeOf(date: number): number | null
  /** The timeline was broken: by a seek or a new source. */
  forget(): void
}

/**
 * Dates pictures, by program date time, else by the source's start date, else (live) by how far the picture is behind now:
 * the show's own figure, corrected by how far this viewer is from where a viewer should be, or the measured one.
 */
export function createPictureTime({ video, source, frames, engine, serverNow }: PictureTimeOptions): PictureTime {
  let last: ClockReading | null = null
  let held: number | null = null
  const { startDate, clockOffset } = source

  const dateAt = (time: number): number | null => {
    const date = engine()?.dateAt(time) ?? (startDate === undefined ? null : startDate + time * 1000)
    return date === null ? null : date + clockOffset
  }
  const byLatency = (): number | null => {
    const running = engine()
    if (!(running?.live() ?? source.live)) return null
    const measured = running?.latency()
    const extra = measured ? Math.max(0, measured.behind - measured.wanted) : 0
    const seconds = source.latency === undefined ? measured?.behind : source.latency + extra
    return seconds === undefined ? null : serverNow() - seconds * 1000
  }

  return {
    dateAt,
    timeOf(date) {
      const time = engine()?.timeOf(date - clockOffset)
      if (time !== null && time !== undefined) return time
      return startDate === undefined ? null : Math.max(0, (date - clockOffset - startDate) / 1000)
    },
    read() {
      if (video.readyState < 2 || (video.seeking && held !== null)) return held
      const time = frames.time()
      const dated = dateAt(time)
      if (dated === null && video.paused && last) return last.date
      const date = dated ?? byLatency()
      if (date === null) return null
      last = steadyReading(last, time, date, source.live ? serverNow() + FUTURE : Number.POSITIVE_INFINITY)
      held = last.date
      return held
    },
    forget() {
      last = null
    },
  }
}
