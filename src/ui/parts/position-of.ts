import type { Playback } from '../../model/player.ts'
import type { Show } from '../../model/show.ts'

/** What tells where in the media a moment is. */
export interface Timeline {
  readonly playback: Playback
  readonly show: Show | null
  /** Server time, ms since 1970. */
  readonly now: number
}

/** Seconds of media at a picture time (ms since 1970); `null` where nobody knows or the picture cannot go there. */
export function positionOf(date: number, { playback, show, now }: Timeline): number | null {
  const { live, position, latency, seekable } = playback
  const { startDate, clockOffset = 0 } = show?.video ?? {}
  const first = startDate ? Date.parse(startDate) + clockOffset : NaN
  const place = live && latency !== undefined ? position + (date - now) / 1000 + latency : (date - first) / 1000
  return place >= seekable[0] && place <= seekable[1] ? place : null
}

/** Seconds into the show at a moment; `null` where the show does not say when it began, or the moment is outside a day of it. */
export function secondsIn(date: number, show: Show | null): number | null {
  const began = Date.parse(show?.video?.startDate ?? show?.startsAt ?? '')
  const seconds = (date - began) / 1000
  return seconds >= 0 && seconds < 86_400 ? seconds : null
}
