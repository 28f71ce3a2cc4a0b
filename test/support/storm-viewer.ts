import { createLink, type Link } from '../../src/adapters/link.ts'
import { createServerClock } from '../../src/lib/server-clock.ts'
import type { EventAdapter } from '../../src/model/adapter.ts'
import type { LiveEvent } from '../../src/model/event.ts'
import { createOfferViews } from '../../src/state/offer-view.ts'
import type { Room } from '../../src/state/room.ts'
import { createShowLog } from '../../src/state/show-log.ts'
import { createVirtualPicture, type VirtualPicture } from './virtual-picture.ts'
import type { VirtualTime } from './virtual-time.ts'

/** What a storm's viewer looks at. */
export interface StormViewerOptions {
  readonly adapter: EventAdapter
  readonly fetch: typeof fetch
  readonly time: VirtualTime
  /** The viewer's wall clock, ms since 1970. */
  readonly wall: () => number
  /** Ms since 1970 at virtual time 0. */
  readonly begun: number
  readonly random: () => number
  readonly getToken: () => Promise<string>
  readonly signal: AbortSignal
}

/** A viewer with all that is between the wire and the screen, who notes what must never be seen. */
export interface StormViewer {
  readonly link: Link
  readonly picture: VirtualPicture
  /** The host's events since the last reset, as they came. */
  delivered(): readonly LiveEvent[]
  /** What is on screen. */
  room(): Room
  /** Everything there is, whatever the picture says. */
  wholeRoom(): Room
  /** Looks at the screen, as each frame does. */
  tick(): void
  readonly wrongs: readonly string[]
  readonly status: () => string
  /** When its line last brought an event, ms of virtual time: the proof that the line was let in. */
  readonly heardAt: () => number
}

/** Ms by which a picture's date may be off before it counts as wrong. */
const TOLERANCE = 500
/** Longest that a held event waits at the live edge, ms; as the widget has it. */
const CAP = 30_000
/** Ms of silence after which a line counts as dead: the desk says something every 2 s, a quiet feed is read every 13 at the latest. */
const IDLE = { line: 5000, feed: 16_000 }

/** See {@link StormViewer}. */
export function createStormViewer(options: StormViewerOptions): StormViewer {
  const { adapter, time, wall, begun, random, signal } = options
  const clock = createServerClock({ now: wall, monotonic: time.now })
  const picture = createVirtualPicture(time, begun, { random, serverNow: clock.now })
  const log = createShowLog({ replay: false })
  const eye = createEye(picture, time)
  let delivered: LiveEvent[] = []
  let status = ''
  let heardAt = Number.NEGATIVE_INFINITY
  const listening: EventAdapter = {
    ...adapter,
    connect(sink, context) {
      const events: typeof sink.events = (raw, token) => {
        if (raw.length) heardAt = time.now()
        sink.events(raw, token)
      }
      adapter.connect({ ...sink, events }, context)
    },
  }

  const link = createLink({
    adapter: listening,
    fetch: options.fetch,
    locale: 'en',
    getToken: options.getToken,
    clock,
    signal,
    environment: time,
    idleLimit: adapter.name === 'feed' ? IDLE.feed : IDLE.line,
    firstWait: 100,
    onEvents(events) {
      delivered.push(...events.filter(({ seq }) => seq !== undefined))
      eye.arrived(events)
      log.add(events, time.now())
    },
    onReset(epoch) {
      delivered = []
      log.reset()
      eye.reset(epoch)
    },
    onStatus(next) {
      status = next
    },
    onProblem() {},
  })

  return {
    link,
    picture,
    delivered: () => delivered,
    room: log.room,
    wholeRoom: () => log.roomAt(Number.POSITIVE_INFINITY),
    tick() {
      const at = picture.clock.read()
      log.moveTo(at, time.now() - CAP)
      eye.look(log.room(), { picture: at, now: clock.now() })
    },
    wrongs: eye.wrongs,
    status: () => status,
    heardAt: () => heardAt,
  }
}

/** Compares what is seen with what may be. */
function createEye(picture: VirtualPicture, time: VirtualTime) {
  const wrongs: string[] = []
  const offerViews = createOfferViews()
  const over = new Set<string>()
  let open: ReadonlySet<string> = new Set()
  const arrivals = new Map<string, { readonly at: number; readonly arrivedAt: number }>()
  let before: Room['products'] = {}
  let last = Number.NEGATIVE_INFINITY
  let current = ''

  function lookAtPins(products: Room['products']) {
    if (products === before) return
    for (const [id, { pin }] of Object.entries(products)) {
      if (!pin || before[id]?.pin) continue
      const arrival = arrivals.get(id)
      const isCapped = arrival && time.now() - arrival.arrivedAt >= CAP
      if (pin.at > picture.truth() + TOLERANCE && !isCapped)
        wrongs.push(`${id} shows ${pin.at - picture.truth()} ms early`)
    }
    for (const [id, { pin }] of Object.entries(before)) {
      if (pin && !products[id]?.pin) wrongs.push(`${id} has vanished`)
    }
    before = products
  }

  function lookForLate(products: Room['products']) {
    for (const [id, { at }] of arrivals) {
      if (at > picture.truth() - TOLERANCE || products[id]?.pin) continue
      wrongs.push(`${id} does not show ${picture.truth() - at} ms after its moment`)
    }
  }

  /** What was seen open and then not. */
  function lookAtOffers(now: ReadonlySet<string>) {
    for (const id of now) if (over.has(id)) wrongs.push(`offer ${id} is open again`)
    for (const id of open) if (!now.has(id)) over.add(id)
    open = now
  }

  return {
    wrongs,
    arrived(events: readonly LiveEvent[]) {
      for (const { type, data, at } of events) {
        if (type !== 'product.pin') continue
        for (const id of (data as { ids: string[] }).ids) arrivals.set(id, { at, arrivedAt: time.now() })
      }
    },
    reset(epoch: string) {
      before = {}
      arrivals.clear()
      if (epoch !== current) over.clear()
      current = epoch
    },
    look(room: Room, moment: { readonly picture: number | null; readonly now: number }) {
      lookAtPins(room.products)
      lookForLate(room.products)
      lookAtOffers(new Set(offerViews(room, moment, false).flatMap(({ id, stage }) => (stage === 'open' ? id : []))))
      if (moment.picture !== null) {
        if (moment.picture < last) wrongs.push(`the picture's date goes back ${last - moment.picture} ms`)
        const off = Math.abs(moment.picture - picture.truth())
        if (off > TOLERANCE) wrongs.push(`the picture's date is ${off} ms off`)
        last = moment.picture
      }
    },
  }
}
