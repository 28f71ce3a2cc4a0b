import type { Captions } from './show.ts'

/**
 * What the picture is doing.
 * `idle`: nothing loaded · `loading`: no frame yet · `blocked`: the browser wants a tap · `waiting`: out of data ·
 * `away`: the stream is not there, retried in the background · `failed`: it cannot play here.
 */
export type PlaybackPhase =
  | 'idle'
  | 'loading'
  | 'blocked'
  | 'playing'
  | 'paused'
  | 'waiting'
  | 'away'
  | 'ended'
  | 'failed'

/** Why the picture is away or failed. */
export type PlaybackTrouble = 'not-found' | 'network' | 'expired' | 'decode' | 'unsupported' | 'engine'

/** The picture in one value; times are seconds of media unless said. */
export interface Playback {
  readonly phase: PlaybackPhase
  readonly trouble?: PlaybackTrouble | undefined
  readonly muted: boolean
  /** True once the viewer chose sound or silence: then no unmute prompt is shown. */
  readonly soundChosen: boolean
  /** False for a recording. */
  readonly live: boolean
  readonly position: number
  /** Infinity while live; 0 when unknown. */
  readonly duration: number
  /** What can be sought, as positions. */
  readonly seekable: readonly [start: number, end: number]
  /** Seconds behind the live edge's date; absent: not live or not known. */
  readonly latency?: number | undefined
  /** At the live edge, as far as the player's own buffer policy goes. */
  readonly atLiveEdge: boolean
  readonly rate: number
  /** True after the first frame was presented. */
  readonly started: boolean
  readonly captions: 'none' | 'off' | 'on'
}

/** What a player is to play; addresses absolute and checked. */
export interface PlayerSource {
  readonly src: string
  readonly poster?: string | undefined
  /** ms since 1970 of the first frame, for media without program date time. */
  readonly startDate?: number | undefined
  /** ms added to the media's date to get server time. */
  readonly clockOffset: number
  /** seconds, for a picture without a date. */
  readonly latency?: number | undefined
  readonly captions?: Captions | undefined
  /** Somebody reads the metadata cues that are in the stream. */
  readonly hasCues?: boolean | undefined
  readonly live: boolean
}

/** What the player is given beside its source. */
export interface PlayerOptions {
  readonly video: HTMLVideoElement
  readonly source: PlayerSource
  /** Server time now, ms: for a picture dated by latency. */
  readonly serverNow: () => number
  /** Called with every change, at most 4 times a second for the position alone. */
  readonly onPlayback: (playback: Playback) => void
  /** Called once per presented frame while visible, at least 4 times a second otherwise. */
  readonly onFrame: () => void
  /** Asks the page for a fresh address after the old one expired; absent: the same address is tried again. */
  readonly freshSource?: (() => Promise<string>) | undefined
  /** Where to begin: a date (live or dated), else seconds. Absent: the live edge, or 0. */
  readonly start?: { readonly date?: number | undefined; readonly position?: number | undefined } | undefined
  readonly muted: boolean
  /** Language of the captions, BCP 47; where there are none in it, the browser's. */
  readonly locale: string
  readonly signal: AbortSignal
}

/** The picture, driven. Everything it learns goes to `onPlayback`; nothing throws or rejects. */
export interface Player {
  play(): void
  pause(): void
  /** Seconds of media. */
  seek(position: number): void
  /** Goes to a picture time (ms since 1970); ignored without one. */
  seekToDate(date: number): void
  goLive(): void
  setMuted(muted: boolean): void
  setRate(rate: number): void
  setCaptions(on: boolean): void
  /** Tries again now after `away` or `failed`. */
  retry(): void
  /** Server time of the frame on screen, ms since 1970; `null`: this picture has no date. */
  pictureTime(): number | null
}
