import { newId } from '../lib/new-id.ts'
import type { ViewerAction } from '../model/action.ts'
import { CastcartError, type ErrorCode } from '../model/error.ts'
import type { Show } from '../model/show.ts'
import type { EventMoment } from '../model/track.ts'
import type { ChatLine } from '../state/chat-line.ts'
import { NO_PLAYBACK } from '../state/create-state.ts'
import { emptyRoom } from '../state/empty-room.ts'
import { readMine } from '../state/mine.ts'
import type { Conduct } from './conduct.ts'
import type { SessionOptions } from './conduct-options.ts'
import { createVideo } from './create-video.ts'
import { type LoadedShow, loadShow } from './load-show.ts'
import { type Bookmark, type Start, startFrom } from './resume.ts'

/** How old a show document may be when it is opened: what was read as the pointer came near in the morning is not tonight's show. */
const FRESH_MS = 60_000

/** ms after which the code that keeps and deletes by consent is asked for again. */
const AGAIN_MS = 5000

/** The life of one show in a widget: loaded when it is wanted, begun again after a failure. Nothing throws or rejects. */
export interface Session {
  readonly video: HTMLVideoElement
  /** What addresses of the show are relative to. */
  base(): string
  /** The show as it runs; `null` before and between. */
  now(): Conduct | null
  /** Messages sent from here that the log may not have yet. */
  readonly own: ChatLine[]
  /** By type of action, the last wish whose answer was lost, and how it was sent: sent again it is the same one. */
  readonly lost: Map<string, { readonly wish: string; readonly action: ViewerAction }>
  moment(): EventMoment
  preload(): void
  /** Loads and plays: the viewer's own act, or what follows from an earlier one. */
  start(): void
  /** Begins anew with the show document read again. */
  restart(): void
  /** The viewer did something: from now on the show may follow to the next page. */
  act(): void
  /** When that was last, client time, ms; 0: never. */
  actedAt(): number
  resume(bookmark: Bookmark): void
  /** Opens if the show document says that this is what the page or its address meant; else, where there is a bookmark, goes on there. */
  openWhenMeant(open: () => void, bookmark?: Bookmark | null): void
  /** Tells the developer, once. */
  report(error: CastcartError): void
  /** Ends the widget's work with a calm message; the developer is told once. */
  fail(error: CastcartError): void
}

/** Wires the life of one show; the work itself is in `conduct.ts`, loaded when a show begins. */
export function createSession(given: SessionOptions): Session {
  const { stores, options, announcer, host, signal } = given
  const video = createVideo()
  const own: ChatLine[] = []
  const told = new Set<string>()
  let loading: Promise<[LoadedShow, typeof import('./conduct.ts')] | null> | null = null
  let readAt = 0
  let loaded: LoadedShow | null = null
  let current: Conduct | null = null
  let life: AbortController | null = null
  let start: Start = {}
  let actedAt = 0
  let isPrepared = false
  let keeping: Promise<void> | undefined

  const isTold = (words: string) => told.has(words) || !told.add(words)
  const warn = (words: string) => {
    if (!isTold(words)) console.warn(words)
  }
  const report = (error: CastcartError) => {
    if (signal.aborted || isTold(error.message)) return
    // A refusal is no fault, and has a public event of its own.
    if (error.code === 'refused') return console.info(error.message)
    console.error(error.message, ...(error.cause ? [error.cause] : []))
    announcer.tell('error-occurred', { ...moment(), code: error.code, message: error.message })
  }
  const fail = (error: CastcartError) => {
    if (!signal.aborted) stores.$error.set(error)
    report(error)
  }
  const moment = (): EventMoment => {
    const { started, position, muted } = stores.$playback.get()
    return {
      eventId: newId(),
      showId: loaded?.show.id ?? '',
      mode: stores.$status.get() === 'replay' ? 'replay' : 'live',
      moment: current?.run.pictureTime() ?? undefined,
      position: started ? position : undefined,
      muted,
      preview: !actedAt,
      hostId: loaded?.show.host?.id,
      partner: options.partner,
    }
  }
  /** @param isHint nobody waits for it yet: what fails is not told, the next one who asks begins anew */
  const load = (isHint = false) => {
    // Options that could not be read name no show; what is wrong with them has been said.
    if (options.show === '') return Promise.resolve(null)
    if (!current && Date.now() - readAt > FRESH_MS) {
      loading = null
      readAt = Date.now()
    }
    loading ??= Promise.all([loadShow(options.show, signal), import('./conduct.ts')]).catch((cause: unknown) => {
      loading = null
      if (!isHint || life) fail(asError(cause))
      return null
    })
    return loading
  }
  /** Until the widget's end, not the show's: consent may be withdrawn in the page that a closed player uncovers. */
  const keep = (show: Show) => {
    if (!options.consent || signal.aborted) return
    keeping ??= import('./keep-mine.ts').then(
      ({ keepMine }) => keepMine({ stores, options, show, signal }),
      () => {
        keeping = undefined
        // What is not there cannot delete.
        setTimeout(keep, AGAIN_MS, show)
      },
    )
    return keeping
  }
  const begin = async () => {
    if (life || signal.aborted) return current?.run.play()
    const mine = new AbortController()
    life = mine
    signal.addEventListener('abort', () => mine.abort(), { signal: mine.signal })
    if (options.show !== '') stores.$error.set(null)
    const parts = await load()
    if (mine.signal.aborted) return
    if (!parts) {
      life = null
      return
    }
    loaded = parts[0]
    stores.$show.set(loaded.show)
    try {
      const made = await parts[1].conduct({
        ...given,
        ...loaded,
        ...{
          video,
          own,
          start,
          report,
          warn,
          moment,
          actedAt: () => actedAt,
          keeping: keep(loaded.show),
          signal: mine.signal,
        },
      })
      if (!mine.signal.aborted) current = made
    } catch (cause) {
      if (!mine.signal.aborted) fail(asError(cause))
    }
  }
  const stop = () => {
    life?.abort()
    life = null
    current = null
    start = {}
    // What has ended may be a replay when it is opened next.
    if (stores.$status.get() === 'ended') readAt = 0
    stores.$playback.set(NO_PLAYBACK)
    stores.$connection.set('off')
    stores.$cartBusy.set([])
  }
  const resume = async (bookmark: Bookmark) => {
    actedAt = Date.now()
    start = startFrom(bookmark)
    stores.$playback.set({ ...NO_PLAYBACK, muted: bookmark.muted })
    stores.$mine.set(readMine(bookmark.mine))
    stores.$view.set('mini')
    await begin()
    // Nobody asked for it on this page: it goes quietly, and may follow to the next.
    if (stores.$error.get() && stores.$view.get() === 'mini') stores.$view.set('closed')
  }
  stores.$view.listen((view) => view === 'closed' && stop())
  return {
    video,
    own,
    lost: new Map(),
    moment,
    report,
    fail,
    resume,
    start: begin,
    base: () => loaded?.base ?? document.baseURI,
    now: () => current,
    preload() {
      load(true).then((parts) => {
        if (!parts || isPrepared || signal.aborted) return
        isPrepared = true
        parts[1].prepare(parts[0], { options, host, warn })
      })
    },
    restart() {
      if (options.show === '') return
      stop()
      readAt = 0
      stores.$room.set(emptyRoom())
      stores.$status.set('loading')
      begin()
    },
    act() {
      actedAt = Date.now()
    },
    actedAt: () => actedAt,
    async openWhenMeant(open, bookmark) {
      const parts = await load(true)
      const meant = parts && !signal.aborted ? parts[1].meantStart(parts[0], options) : null
      // A link to a moment goes before where the viewer was; one to another show, or to no moment, does not.
      if (bookmark && !meant?.date) return resume(bookmark)
      if (!meant) return
      if (bookmark) stores.$mine.set(readMine(bookmark.mine))
      start = meant
      open()
    },
  }
}

/** What was caught, as the developer is told of it: what is no error of ours is code that did not come. */
export const asError = (cause: unknown): CastcartError =>
  cause instanceof CastcartError
    ? cause
    : new CastcartError('no-chunk' satisfies ErrorCode, 'a part of the widget could not be loaded', cause)
