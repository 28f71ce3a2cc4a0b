import type { Captions } from '../model/show.ts'
import type { Fault } from './recovery.ts'

/** Where an engine is to begin; empty: the live edge, or 0. */
export interface StartAt {
  /** Media date, ms since 1970. */
  readonly date?: number | undefined
  /** Seconds. */
  readonly position?: number | undefined
}

/** What an engine is given. */
export interface EngineHost {
  readonly video: HTMLVideoElement
  readonly captions: Captions | undefined
  /** Metadata that is in the stream is wanted as cues of the element. */
  readonly hasCues?: boolean | undefined
  onFault(fault: Fault): void
  /** Something an engine is asked for has changed. */
  onChange(): void
  /** The newest media's date (ms) at the moment a moved live playlist was seen. */
  onEdge(date: number): void
}

/** One way of making pictures move. Nothing throws; what goes wrong is told by `onFault`. */
export interface Engine {
  /** Begins, or begins anew, leaving the element's `muted` and `paused` alone. */
  load(src: string, start: StartAt): void
  /** Goes on asking after the network failed, with the buffer kept. */
  resume(): void
  recoverMedia(): void
  /** `undefined` until known. */
  live(): boolean | undefined
  /** Media date (ms since 1970) of a media time in seconds; `null`: no dates in this media. */
  dateAt(time: number): number | null
  /** Media time of a date, held inside what can be sought. */
  timeOf(date: number): number | null
  /** Seconds, start and end of what can be sought. */
  seekable(): readonly [number, number]
  /** Where a live viewer should be, in seconds of media. */
  livePosition(): number | null
  /** Seconds behind the newest media, and how many are wanted. */
  latency(): { readonly behind: number; readonly wanted: number } | null
  /** Seconds of one segment. */
  segment(): number
  /** How many segments were handed to the decoder so far: what stands still while they come is stuck. */
  appended(): number
  /** True where a live playlist has not moved for three segments. */
  frozen(): boolean
  /** `none`: no captions in the stream. */
  captions(): 'none' | 'off' | 'on'
  setCaptions(on: boolean): void
  /** Leaves the element without a source. */
  destroy(): void
}
