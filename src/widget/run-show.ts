import { createLink, type LinkOptions } from '../adapters/link.ts'
import { safeUrl } from '../lib/safe-url.ts'
import { createServerClock } from '../lib/server-clock.ts'
import type { ActionResult, ViewerAction } from '../model/action.ts'
import type { EventAdapter } from '../model/adapter.ts'
import { CastcartError, type ErrorCode } from '../model/error.ts'
import type { LiveEvent } from '../model/event.ts'
import type { Playback, Player, PlayerSource } from '../model/player.ts'
import type { ShowStatus } from '../model/show.ts'
import { answerViews } from '../state/answer-view.ts'
import { type ChatLine, chatLines } from '../state/chat-line.ts'
import { offerViews } from '../state/offer-view.ts'
import { type Catalogue, productViews } from '../state/product-view.ts'
import { createShowLog } from '../state/show-log.ts'
import type { ConductOptions } from './conduct.ts'
import { cuesOf, readsCues } from './cues-of.ts'
import { reportProgress } from './report-progress.ts'
import { statusOf } from './status-of.ts'

/** Longest that a held event waits for a picture at the live edge, ms; twice the latency where that is more. */
const CAP = 30_000
/** How far behind a picture is taken to be before its first frame, ms. */
const USUAL_LATENCY = 6000
/** How long a picture that plays may be without a date before it counts as having none, ms. */
const UNDATED_AFTER = 3000
/** Chat is painted at most this often, ms. */
const CHAT_PACE = 100

/** What one run of a show works with. */
export interface RunOptions extends ConductOptions {
  readonly adapter: EventAdapter | null
  readonly catalogue: () => Catalogue
  readonly ownLines: () => readonly ChatLine[]
  /** Something on screen may have changed, for public events. */
  readonly onRoom: () => void
}

/** A show that runs: events flow, the picture plays, the stores tell. */
export interface Run {
  readonly player: () => Player | null
  /** Begins to play. */
  play(): void
  /** Loads the picture and leaves it standing. */
  load(): void
  send(action: ViewerAction): Promise<ActionResult>
  pictureTime(): number | null
  /** Plays from a picture time (ms since 1970) and pauses at `until`; without it, goes on. */
  clip(from: number, until: number | undefined): void
  /** Computes the stores anew after the catalogue or the viewer's own messages changed. */
  refresh(): void
}

/** Joins log, clock, link and picture: what is on screen is a function of show, events, playhead and server clock. */
export function runShow(options: RunOptions): Run {
  const { show, stores, adapter, signal, video } = options
  const report = (code: ErrorCode, message: string) => options.report(new CastcartError(code, message))
  const clock = createServerClock()
  const replay = statusOf(show, clock.now()) === 'replay' || adapter?.recorded === true
  const log = createShowLog({ replay })
  const progress = reportProgress((percent) =>
    options.announcer.tell('video-progressed', { ...options.moment(), percent }),
  )
  const pace = pacer(() => stores.$chat.set(chatLines(log.room(), options.ownLines(), lines)), signal)
  const lines = new WeakMap()
  let player: Player | null = null
  let wanted = false
  let moving = true
  let undatedSince = 0
  /** Picture time at which a clip ends. */
  let until = options.start.until
  /** Offers this viewer saw close: they never open again, wherever the picture goes. */
  const closed = new Set<string>()
  let send: ((action: ViewerAction) => Promise<ActionResult>) | undefined

  const statusNow = (): ShowStatus =>
    replay && !show.asLive ? 'replay' : (log.room().now.state?.data.status ?? statusOf(show, clock.now()))
  const publish = () => {
    const room = log.room()
    const before = stores.$room.get()
    const status = statusNow()
    stores.$room.set(room)
    if (stores.$status.get() !== status) stores.$status.set(status)
    if (room.products !== before.products || room.now.pin !== before.now.pin) refreshProducts()
    if (room.offers !== before.offers) refreshOffers()
    if (room.chat !== before.chat || room.deleted !== before.deleted) pace()
    if (room !== before) options.onRoom()
    if (wanted) startPlayer()
  }
  const refreshProducts = () =>
    stores.$products.set(productViews(show.products, log.room(), { catalogue: options.catalogue(), replay }))
  const refreshOffers = () => {
    const offers = offerViews(log.room(), { now: clock.now(), picture: picture() }, replay).filter(
      ({ id, stage }) => stage !== 'open' || !closed.has(id),
    )
    for (const { id, stage } of offers) if (stage === 'closed') closed.add(id)
    if (offers.length || stores.$offers.get().length) stores.$offers.set(offers)
  }
  const picture = (): number | null => {
    const { phase, started } = stores.$playback.get()
    const isOver = phase === 'ended' && !replay
    if (!show.video || phase === 'away' || phase === 'failed' || isOver) return null
    const now = player?.pictureTime() ?? null
    if (now !== null) return now
    // The first frames may come before their date: nothing may flash up meanwhile that the picture has not reached.
    if (started) undatedSince ||= clock.now()
    if (started && clock.now() - undatedSince > UNDATED_AFTER) return null
    return replay
      ? Date.parse(show.video.startDate ?? show.startsAt ?? '') || 0
      : clock.now() - (show.video.latency ?? USUAL_LATENCY / 1000) * 1000
  }
  const endClip = () => {
    const now = until === undefined ? null : picture()
    if (until === undefined || now === null || now < until) return
    // Who went past its end by hand goes on.
    if (now < until + 2000) player?.pause()
    until = undefined
  }
  const move = () => {
    endClip()
    const { atLiveEdge, phase, latency = 0 } = stores.$playback.get()
    const capped = !replay && atLiveEdge && phase !== 'paused'
    if (log.moveTo(picture(), capped ? performance.now() - Math.max(CAP, 2000 * latency) : undefined)) publish()
  }
  const tick = () => {
    stores.$now.set(clock.now())
    stores.$picture.set(picture())
    move()
    if (stores.$status.get() !== statusNow()) publish()
    refreshOffers()
    options.onRoom()
  }
  const startPlayer = () => {
    const status = stores.$status.get()
    if (player || status === 'scheduled' || signal.aborted) return
    const source = sourceOf(options, replay)
    if (!source) return
    player = pendingPlayer
    import('../player/create-player.ts').then(
      ({ createPlayer }) => {
        if (signal.aborted) return
        const made = createPlayer({
          video,
          source,
          serverNow: clock.now,
          onPlayback: (playback: Playback) => {
            const { phase, trouble } = playback
            if (phase === 'away' || phase === 'failed') report('no-video', `${source.src}: ${trouble}`)
            const isFirst = playback.started && !stores.$playback.get().started
            stores.$playback.set(playback)
            if (replay) progress(playback)
            if (isFirst) options.announcer.tell('video-started', options.moment())
            move()
          },
          onFrame: move,
          freshSource: options.options.freshSource,
          start: startOf(options, status, clock.now()),
          muted: options.start.muted ?? true,
          locale: options.locale,
          signal,
        })
        player = made
        if (moving) made.play()
      },
      (cause) => {
        player = null
        options.report(new CastcartError('no-chunk', 'the player could not be loaded', cause))
        stores.$playback.set({ ...stores.$playback.get(), phase: 'failed', trouble: 'engine' })
      },
    )
  }

  stores.$now.set(clock.now())
  refreshProducts()
  publish()
  const timer = setInterval(tick, 1000)
  signal.addEventListener('abort', () => clearInterval(timer))
  if (adapter) {
    stores.$connection.set('connecting')
    const linkOptions: LinkOptions = {
      adapter,
      fetch: fetch.bind(globalThis),
      locale: options.locale,
      getToken: options.options.getToken,
      picture,
      metadata: readsCues(adapter)
        ? cuesOf(video, (cause) => report('no-chunk', `the reader of cues did not load: ${cause}`))
        : undefined,
      clock,
      signal,
      onEvents(events: readonly LiveEvent[]) {
        const changed = log.add(events, performance.now())
        if (events.some(isPin)) stores.$moments.set(momentsOf(log.events()))
        if (events.some(isAnswer)) stores.$answers.set(answerViews(log.events()))
        if (log.moveTo(picture()) || changed) publish()
      },
      onReset() {
        log.reset()
        stores.$moments.set([])
        stores.$answers.set([])
      },
      onStatus(status, code) {
        const isFirst = stores.$connection.get() === 'connecting'
        if (status === 'denied') report('no-events', `the event source (${adapter.name}) refuses: ${code}`)
        else if (status === 'reconnecting' && isFirst)
          report('no-events', `the event source (${adapter.name}) does not answer: ${code}`)
        stores.$connection.set(status)
      },
      onProblem: debug(),
    }
    send = createLink(linkOptions).send
    if (adapter.beside?.length)
      import('../adapters/link-beside.ts').then(
        ({ linkBeside }) => linkBeside(linkOptions),
        (cause) => report('no-chunk', `what runs beside the log did not load: ${cause}`),
      )
  }
  return {
    player: () => player,
    load() {
      wanted = true
      moving = false
      startPlayer()
    },
    play() {
      wanted = true
      moving = true
      startPlayer()
      player?.play()
    },
    send: async (action) => (send ? send(action) : { ok: false, reason: 'offline' }),
    pictureTime: () => player?.pictureTime() ?? null,
    clip(from, end) {
      until = end
      player?.seekToDate(from)
      player?.play()
    },
    refresh() {
      refreshProducts()
      pace()
    },
  }
}

/** Stands for the player while its code is on the way. */
const pendingPlayer: Player = {
  play() {},
  pause() {},
  seek() {},
  seekToDate() {},
  goLive() {},
  setMuted() {},
  setRate() {},
  setCaptions() {},
  retry() {},
  pictureTime: () => null,
}

/** A recording that is shown as if live begins where it is by now. */
function startOf({ show, start }: ConductOptions, status: string, now: number): ConductOptions['start'] {
  return show.asLive && status === 'live' && start.date === undefined ? { ...start, date: now } : start
}

function sourceOf({ show, base, adapter }: RunOptions, replay: boolean): PlayerSource | null {
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

const isPin = (event: LiveEvent): event is LiveEvent<'product.pin'> => event.type === 'product.pin'
const isAnswer = ({ type }: LiveEvent): boolean => type === 'question.answer'
const momentsOf = (events: readonly LiveEvent[]) =>
  events.filter(isPin).flatMap(({ at, data }) => data.ids.map((productId) => ({ productId, at })))

/** Calls at once, then at most once every {@link CHAT_PACE} ms, the last time after the last call. */
function pacer(act: () => void, signal: AbortSignal): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let again = false
  const run = () => {
    timer = undefined
    if (!again || signal.aborted) return
    again = false
    act()
    timer = setTimeout(run, CHAT_PACE)
  }
  return () => {
    again = true
    if (timer === undefined) run()
  }
}

/** The developer's log: the first twenty problems, then silence. */
function debug(): (problem: string) => void {
  let count = 0
  return (problem) => {
    if (++count <= 20) console.debug(`[castcart] ${problem}`)
  }
}
