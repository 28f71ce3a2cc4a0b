import { countWhile } from '../lib/count-while.ts'
import { type LiveEvent, waitsForPicture } from '../model/event.ts'
import { foldAll } from './fold-all.ts'
import { emptyRoom, eventsOf, foldEvent, type Room } from './room.ts'

/** How many events lie between two rooms kept for seeking. */
const STRIDE = 32

/** Events that passed at once and are folded together. */
const MANY = 500

/** How a log is read. */
export interface ShowLogOptions {
  /** Everything goes by the playhead, as a replay does. */
  readonly replay: boolean
}

/** A show's events and the room at any moment of its picture. */
export interface ShowLog {
  /** Takes events in any order, once each or more often. Returns true when the room on screen changed. */
  add(events: readonly LiveEvent[], arrivedAt: number): boolean
  /**
   * Moves to a picture time (ms since 1970; `null`: the picture has no date, everything shows at once).
   * @param arrivedBefore held events that arrived before this time show whatever the picture says; absent: no cap
   * @returns true when the room on screen changed
   */
  moveTo(picture: number | null, arrivedBefore?: number): boolean
  /** The room at the picture. */
  room(): Room
  /** Forgets everything. */
  reset(): void
  /** The room at any picture time, without moving there. */
  roomAt(picture: number): Room
  /** The host's events by picture time, for chapters. */
  events(): readonly LiveEvent[]
}

interface Held {
  readonly event: LiveEvent
  readonly arrivedAt: number
}

/**
 * Keeps the events that wait for the picture in its order, with a room every {@link STRIDE} of them, so that any point
 * of a long show is one look-up and at most that many folds away. What passes at once is folded as it comes.
 */
export function createShowLog({ replay }: ShowLogOptions): ShowLog {
  let held: Held[] = []
  let known = new Set<string>()
  /** `kept[i]` is the room of the first `i * STRIDE` held events. */
  let kept: Room[] = [emptyRoom()]
  /** The room of what passed at once; folding commutes, so it can go on top of any other. */
  let base = emptyRoom()
  /** What passed at once and is not in `base` yet: many at a time cost less. */
  let behind: LiveEvent[] = []
  let late = new Set<LiveEvent>()
  let shown = 0
  let room = base
  let picture: number | null = null

  const eventsBetween = (from: number, to: number) => held.slice(from, to).map(({ event }) => event)
  const roomAfter = (count: number): Room => {
    let step = Math.min(Math.floor(count / STRIDE), kept.length - 1)
    let result = kept[step] ?? emptyRoom()
    for (let from = step * STRIDE; from < count; from += STRIDE) {
      const to = Math.min(from + STRIDE, count)
      result = foldAll(result, eventsBetween(from, to))
      if (to % STRIDE === 0) kept[++step] = result
    }
    return result
  }
  const catchUp = () => {
    base = foldAll(base, behind)
    behind = []
  }
  const onTop = (below: Room): Room => {
    catchUp()
    return foldAll({ ...below, epoch: below.epoch ?? base.epoch }, eventsOf(base))
  }
  const rebuild = () => {
    room = foldAll(onTop(roomAfter(shown)), [...late])
  }

  return {
    add(events, arrivedAt) {
      const before = room
      const later: Held[] = []
      const now: LiveEvent[] = []
      for (const event of events) {
        if (!waitsForPicture(event, replay)) now.push(event)
        else if (!known.has(keyOf(event))) {
          known.add(keyOf(event))
          later.push({ event, arrivedAt })
        }
      }
      behind = behind.concat(now)
      if (behind.length > MANY) catchUp()
      room = foldAll(room, now)
      if (later.length) {
        const first = insert(held, later)
        kept.length = Math.min(kept.length, Math.floor(first / STRIDE) + 1)
        if (replay) roomAfter(held.length)
        shown = countUpTo(held, picture)
        if (first < shown) rebuild()
      }
      return room !== before
    },
    moveTo(next, arrivedBefore = -Infinity) {
      const before = room
      const from = shown
      picture = next
      shown = countUpTo(held, next)
      if (shown < from) late = new Set()
      if (shown < from || shown - from > STRIDE) rebuild()
      else if (shown > from) room = foldAll(room, eventsBetween(from, shown))
      // Kept as it goes, so that the first way back through hours costs no more than the next.
      roomAfter(shown - (shown % STRIDE))
      for (let i = shown; arrivedBefore > -Infinity && i < held.length; i++) {
        const entry = held[i]
        if (!entry || entry.arrivedAt > arrivedBefore || late.has(entry.event)) continue
        late.add(entry.event)
        room = foldEvent(room, entry.event)
      }
      return room !== before
    },
    room: () => room,
    reset() {
      held = []
      known = new Set()
      kept = [emptyRoom()]
      base = emptyRoom()
      behind = []
      late = new Set()
      shown = 0
      room = base
    },
    roomAt: (at) => onTop(roomAfter(countUpTo(held, at))),
    events: () => held.map(({ event }) => event),
  }
}

const keyOf = (event: LiveEvent): string => `${event.seq ?? 'v'}:${event.id}`

/** How many held events the picture has reached; all of them without a picture time. */
function countUpTo(held: readonly Held[], picture: number | null): number {
  return picture === null ? held.length : countWhile(held, ({ event }) => event.at <= picture)
}

/** Adds to a sorted list; returns the first place that changed. */
function insert(held: Held[], news: readonly Held[]): number {
  const { length } = held
  const last = held[length - 1]
  const sorted = [...news].sort(byTime)
  for (const entry of sorted) held.push(entry)
  const [first] = sorted
  if (!first || !last || first.event.at >= last.event.at) return length
  held.sort(byTime)
  return countUpTo(held, first.event.at - 1)
}

const byTime = (a: Held, b: Held): number => a.event.at - b.event.at
