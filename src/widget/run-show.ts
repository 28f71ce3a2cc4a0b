import { paced } from '../lib/paced.ts'
import { createServerClock } from '../lib/server-clock.ts'
import type { ActionResult, ViewerAction } from '../model/action.ts'
import type { LiveEvent } from '../model/event.ts'
import type { Player } from '../model/player.ts'
import type { ShowStatus } from '../model/show.ts'
import { answerViews } from '../state/answer-view.ts'
import { chatLines } from '../state/chat-line.ts'
import { createOfferViews, type Moment } from '../state/offer-view.ts'
import { createProductViews } from '../state/product-view.ts'
import { createShowLog, type ShowLog } from '../state/show-log.ts'
import type { RunOptions } from './conduct-options.ts'
import { linkShow } from './show-link.ts'
import { createShowPicture } from './show-picture.ts'
import { statusOf } from './status-of.ts'

/** Longest that a held event waits for a picture at the live edge, ms; twice the latency where that is more. */
const CAP = 30_000
/** Chat is painted at most this often, ms. */
const CHAT_PACE = 100

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
  const { show, stores, adapter, signal } = options
  const clock = createServerClock()
  const replay = statusOf(show, clock.now()) === 'replay' || adapter?.recorded === true
  const log = createShowLog({ replay })
  const views = showViews(options, { log, replay, now: () => ({ now: clock.now(), picture: picture.now() }) })

  const statusNow = (): ShowStatus =>
    replay && !show.asLive ? 'replay' : (log.room().now.state?.data.status ?? statusOf(show, clock.now()))
  const publish = () => {
    const status = statusNow()
    const isNew = stores.$room.get() !== log.room()
    views.publish()
    if (stores.$status.get() !== status) stores.$status.set(status)
    if (isNew) options.onRoom()
    picture.begin()
  }
  const move = () => {
    const { atLiveEdge, phase, latency = 0 } = stores.$playback.get()
    const capped = !replay && atLiveEdge && phase !== 'paused'
    if (log.moveTo(picture.now(), capped ? performance.now() - Math.max(CAP, 2000 * latency) : undefined)) publish()
  }
  const tick = () => {
    stores.$now.set(clock.now())
    stores.$picture.set(picture.now())
    move()
    if (stores.$status.get() !== statusNow()) publish()
    views.offers()
    options.onRoom()
  }
  const picture = createShowPicture({ ...options, clock, replay, onMove: move })

  stores.$now.set(clock.now())
  views.products()
  publish()
  const timer = setInterval(tick, 1000)
  signal.addEventListener('abort', () => clearInterval(timer))
  const send =
    adapter &&
    linkShow({
      ...options,
      adapter,
      clock,
      picture: picture.now,
      onEvents(events) {
        const changed = log.add(events, performance.now())
        views.learn(events)
        if (log.moveTo(picture.now()) || changed) publish()
      },
      onReset() {
        log.reset()
        stores.$moments.set([])
        stores.$answers.set([])
      },
    })
  return {
    player: picture.player,
    load: picture.load,
    play: picture.play,
    clip: picture.clip,
    send: async (action) => (send ? send(action) : { ok: false, reason: 'offline' }),
    pictureTime: () => picture.player()?.pictureTime() ?? null,
    refresh() {
      views.products()
      views.chat()
    },
  }
}

/** What the stores are computed from. */
interface ViewSources {
  readonly log: ShowLog
  readonly replay: boolean
  readonly now: () => Moment
}

/** Sets the stores that are made of the room, each only when what it is made of changed. */
function showViews({ show, stores, catalogue, ownLines, signal }: RunOptions, { log, replay, now }: ViewSources) {
  const lines = new WeakMap()
  const viewsOf = createOfferViews()
  const productViews = createProductViews()
  const products = () =>
    stores.$products.set(productViews(show.products, log.room(), { catalogue: catalogue(), replay }))
  const offers = () => {
    const seen = viewsOf(log.room(), now(), replay)
    if (seen.length || stores.$offers.get().length) stores.$offers.set(seen)
  }
  const chat = paced(() => stores.$chat.set(chatLines(log.room(), ownLines(), lines)), CHAT_PACE, signal)
  return {
    products,
    offers,
    chat,
    /** Makes of the room at the picture what is on screen. */
    publish() {
      const room = log.room()
      const before = stores.$room.get()
      stores.$room.set(room)
      if (room.products !== before.products || room.now.pin !== before.now.pin) products()
      if (room.offers !== before.offers) offers()
      if (room.chat !== before.chat || room.deleted !== before.deleted) chat()
    },
    /** What is known of the whole log, wherever the picture is. */
    learn(events: readonly LiveEvent[]) {
      if (events.some(isPin)) stores.$moments.set(log.events().filter(isPin).flatMap(momentsOf))
      if (events.some(({ type }) => type === 'question.answer')) stores.$answers.set(answerViews(log.events()))
    },
  }
}

const isPin = (event: LiveEvent): event is LiveEvent<'product.pin'> => event.type === 'product.pin'
const momentsOf = ({ at, data }: LiveEvent<'product.pin'>) => data.ids.map((productId) => ({ productId, at }))
