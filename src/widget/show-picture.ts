import { safeUrl } from '../lib/safe-url.ts'
import type { ServerClock } from '../lib/server-clock.ts'
import { CastcartError } from '../model/error.ts'
import type { Playback, Player, PlayerOptions, PlayerSource } from '../model/player.ts'
import { createPlayer } from '../player/create-player.ts'
import type { RunOptions } from './conduct-options.ts'
import { readsCues } from './cues-of.ts'
import { reportProgress } from './report-progress.ts'

/** How far behind a picture is taken to be before its first frame, ms. */
const USUAL_LATENCY = 6000
/** How long a picture that plays may be without a date before it counts as having none, ms. */
const UNDATED_AFTER = 3000
/** Who is further past the end of a clip than this went there by hand, ms. */
const PAST = 2000

/** What a show's picture works with. */
export interface PictureOptions extends RunOptions {
  readonly clock: ServerClock
  readonly replay: boolean
  /** A frame was presented, or playback changed. */
  readonly onMove: () => void
}

/** The picture of a show: its player, begun when it is wanted and there is something to play. */
export interface ShowPicture {
  readonly player: () => Player | null
  /** Picture time that the room goes by, ms since 1970; `null`: the picture has none and never will, as far as can be told. */
  now(): number | null
  /** Begins to play. */
  play(): void
  /** Loads and leaves it standing. */
  load(): void
  /** Begins now what was wanted before it could. */
  begin(): void
  clip(from: number, until: number | undefined): void
}

/** See {@link ShowPicture}. Nothing throws: what fails is told, and is in `$playback`. */
export function createShowPicture(options: PictureOptions): ShowPicture {
  const { stores, signal, clock, replay, onMove } = options
  let player: Player | null = null
  let isBegun = false
  let wanted = false
  let moving = true
  const timeWithout = undatedTime(options)
  const clip = clipEnd(options.start.until)

  const now = (): number | null => {
    const { phase } = stores.$playback.get()
    const isOver = phase === 'ended' && !replay
    if (!options.show.video || phase === 'away' || phase === 'failed' || isOver) return null
    return player?.pictureTime() ?? timeWithout()
  }
  const move = () => {
    if (clip.isReached(now())) player?.pause()
    onMove()
  }
  const begin = () => {
    const status = stores.$status.get()
    if (!wanted || isBegun || status === 'scheduled' || signal.aborted) return
    const source = sourceOf(options)
    if (!source) return
    // The player tells what it does before it is there to be asked.
    isBegun = true
    player = createPlayer({
      ...given(options, source, status, clock.now()),
      onFrame: move,
      onPlayback: hear(options, move),
    })
    if (moving) player.play()
  }
  const want = (isMoving: boolean) => {
    wanted = true
    moving = isMoving
    begin()
  }
  return {
    player: () => player,
    now,
    begin,
    load: () => want(false),
    play() {
      want(true)
      player?.play()
    },
    clip(from, until) {
      clip.set(until)
      player?.seekToDate(from)
      player?.play()
    },
  }
}

/** Keeps `$playback`, and tells of the first frame and of what went wrong. */
function hear(options: PictureOptions, move: () => void): (playback: Playback) => void {
  const { stores, announcer, moment, replay, show } = options
  const progress = reportProgress((percent) => announcer.tell('video-progressed', { ...moment(), percent }))
  return (playback) => {
    const { phase, trouble, started } = playback
    if (phase === 'away' || phase === 'failed')
      options.report(new CastcartError('no-video', `${safeUrl(show.video?.src, options.base)}: ${trouble}`))
    const isFirst = started && !stores.$playback.get().started
    stores.$playback.set(playback)
    if (replay) progress(playback)
    if (isFirst) announcer.tell('video-started', moment())
    move()
  }
}

/** Where the picture is taken to be while it has no date. Before the first dated frame nothing may flash up that it has not reached. */
function undatedTime({ show, stores, clock, replay }: PictureOptions): () => number | null {
  let since = 0
  return () => {
    const { started } = stores.$playback.get()
    if (started) since ||= clock.now()
    if (started && clock.now() - since > UNDATED_AFTER) return null
    if (replay) return Date.parse(show.video?.startDate ?? show.startsAt ?? '') || 0
    return clock.now() - (show.video?.latency ?? USUAL_LATENCY / 1000) * 1000
  }
}

/** Where a clip ends: reached once, by playing; who went past it by hand goes on. */
function clipEnd(until: number | undefined) {
  return {
    set(next: number | undefined) {
      until = next
    },
    isReached(now: number | null): boolean {
      if (until === undefined || now === null || now < until) return false
      const isPlayed = now < until + PAST
      until = undefined
      return isPlayed
    },
  }
}

function given(
  { video, clock, options, start, locale, signal, show, stores }: PictureOptions,
  source: PlayerSource,
  status: string,
  now: number,
): Omit<PlayerOptions, 'onFrame' | 'onPlayback'> {
  // A recording that is shown as if live begins where it is by now.
  const isPremiere = show.asLive && status === 'live' && start.date === undefined
  return {
    video,
    source,
    serverNow: clock.now,
    freshSource: options.freshSource,
    start: isPremiere ? { ...start, date: now } : start,
    muted: stores.$playback.get().muted,
    locale,
    signal,
  }
}

function sourceOf({ show, base, adapter, replay }: PictureOptions): PlayerSource | null {
  const src = safeUrl(show.video?.src, base)
  if (!show.video || !src) return null
  const { poster, startDate, clockOffset = 0, latency, captions } = show.video
  return {
    src,
    poster: safeUrl(poster, base) ?? undefined,
    startDate: startDate === undefined ? undefined : Date.parse(startDate),
    clockOffset,
    latency,
    captions: Array.isArray(captions) ? captions.flatMap((track) => sidecar(track, base)) : captions,
    hasCues: readsCues(adapter),
    live: !replay && !show.asLive,
  }
}

function sidecar(track: { src: string; lang: string; label: string }, base: string) {
  const src = safeUrl(track.src, base)
  return src ? [{ ...track, src }] : []
}
