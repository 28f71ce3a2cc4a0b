import type { LiveEvent } from '../model/event.ts'

/** What a {@link Delivery} works with; `wait` and `now` are the link environment's. */
export interface DeliveryOptions {
  now(): number
  wait(ms: number, run: () => void): () => void
  /** A recorded log: all of it is wanted, by the playhead. */
  readonly recorded?: boolean | undefined
  onEvents(events: readonly LiveEvent[]): void
  onReset(epoch: string): void
}

/** Hands events to the page at most once a frame. */
export interface Delivery {
  events(events: readonly LiveEvent[]): void
  /** What was not handed over yet is void too. */
  reset(epoch: string): void
  /** Hands over what waits, now. */
  flush(): void
  /** Hands over nothing more. */
  end(): void
  /** Viewers' events that a burst cost. */
  readonly dropped: number
}

/** Ms between two deliveries: a frame of a sixtieth of a second never sees two. */
const FRAME = 17
/** Viewers' messages in one delivery: as many as a room keeps. */
const MAX_CHAT = 200
/** Events that wait from which the burst is thinned out before its frame comes. */
const MANY = 2000
/** Events that wait, thinned out, for which no frame is waited: timers of a hidden page run once a minute. */
const MOST = 10_000

/**
 * What comes within a frame goes over together: the first at once, the rest as one. Of a live burst the totals of audience and
 * reactions are sampled (the newest counts) and viewers' chat loses its oldest; the host's events all go over, as one batch that is folded
 * to its latest state and published once. At most {@link MOST} events wait, however long no frame comes.
 */
export function createDelivery({ now, wait, recorded, onEvents, onReset }: DeliveryOptions): Delivery {
  let waiting: LiveEvent[] = []
  let epoch: string | undefined
  let last = Number.NEGATIVE_INFINITY
  let cancel: (() => void) | undefined
  let dropped = 0
  let full = MANY

  function flush() {
    cancel?.()
    cancel = undefined
    const events = thinned()
    const reset = epoch
    waiting = []
    full = MANY
    epoch = undefined
    if (reset === undefined && !events.length) return
    last = now()
    if (reset !== undefined) onReset(reset)
    if (events.length) onEvents(events)
  }

  function thinned() {
    const events = recorded ? waiting : thinOut(waiting)
    dropped += waiting.length - events.length
    return events
  }

  function soon() {
    if (cancel) return
    const left = last + FRAME - now()
    if (left > 0) cancel = wait(left, flush)
    else flush()
  }

  return {
    events(events) {
      for (const event of events) waiting.push(event)
      if (waiting.length > full) {
        waiting = thinned()
        full = MANY + waiting.length
      }
      // What a snapshot brings belongs to its reset.
      if (epoch === undefined && waiting.length <= MOST) soon()
      else flush()
    },
    reset(next) {
      waiting = []
      epoch = next
      cancel ??= wait(FRAME, flush)
    },
    flush,
    end() {
      cancel?.()
      waiting = []
      epoch = undefined
    },
    get dropped() {
      return dropped
    },
  }
}

/** The burst without viewers' events that nobody will miss. */
function thinOut(events: LiveEvent[]): LiveEvent[] {
  if (events.length < 2) return events
  let chat = 0
  const newest = new Map<string, LiveEvent>()
  for (const event of events) {
    if (event.seq !== undefined) continue
    if (event.type === 'chat.message') chat++
    else if (event.at >= (newest.get(event.type)?.at ?? event.at)) newest.set(event.type, event)
  }
  let surplus = chat - MAX_CHAT
  return events.filter((event) => {
    if (event.seq !== undefined) return true
    return event.type === 'chat.message' ? surplus-- <= 0 : newest.get(event.type) === event
  })
}
