import type { LiveEvent } from '../model/event.ts'

/** Host events one after the other by their places; what comes ahead of a gap is held back, and viewers' events pass as they come. */
export interface Sequence {
  /** The last place before which there is no gap. */
  readonly seq: number
  /** What came from behind the gap, by seq; `null`: it takes its place, but there is nothing (more) to show. */
  readonly held: Map<number, LiveEvent | null>
  /** Lets an event pass that has no place. */
  pass(event: LiveEvent): void
  /** Takes the event of a place, or `null` where that has none to show. Whether it is the next. */
  put(at: number, event: LiveEvent | null): boolean
  /** Goes on after this place, or after a later one that what was held has led to already. */
  goTo(place: number): void
  /** Shows what is held, and from now on all that arrives, until the order is kept again. */
  release(events: readonly LiveEvent[]): void
  /** From now on places may jump, or (absent: as at first) must not. */
  loosen(isLoose?: boolean): void
  /** All begins anew after this place; what is held of the same log, and lies behind it, is kept. */
  restart(at: number, isSameLog: boolean): void
  /** Hands over what is ready. */
  flush(): void
}

/** Host events held while a gap is open; what is beyond is fetched again. */
const MAX_HELD = 2000

/**
 * See {@link Sequence}.
 * @param isLoose gaps and any order are normal
 */
export function createSequence(isLoose: boolean, onEvents: (events: readonly LiveEvent[]) => void): Sequence {
  const held = new Map<number, LiveEvent | null>()
  let ready: LiveEvent[] = []
  let seq = 0
  let loose = isLoose

  function flush() {
    const events = ready
    ready = []
    if (events.length) onEvents(events)
  }

  function drain() {
    for (let event = held.get(seq + 1); event !== undefined; event = held.get(seq + 1)) {
      held.delete(++seq)
      if (event) ready.push(event)
    }
  }

  return {
    get seq() {
      return seq
    },
    held,
    pass: (event) => void ready.push(event),
    put(at, event) {
      const isNext = at === seq + 1
      if (event && (isNext || loose)) ready.push(event)
      if (isNext) {
        seq = at
        if (held.size) drain()
      } else if (loose || held.size < MAX_HELD) held.set(at, loose ? null : event)
      return isNext
    },
    goTo(place) {
      seq = Math.max(seq, place)
      for (const key of held.keys()) if (key <= seq) held.delete(key)
      drain()
      flush()
    },
    release(events) {
      loose = true
      ready.push(...events)
      flush()
    },
    loosen(now = isLoose) {
      loose = now
    },
    restart(at, isSameLog) {
      seq = at
      for (const [key, event] of held) if (!isSameLog || key <= at || !event) held.delete(key)
    },
    flush,
  }
}
