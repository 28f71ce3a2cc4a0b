import { remember } from '../lib/remember.ts'
import { type Since, snapshotSchema } from '../model/adapter.ts'
import type { LiveEvent } from '../model/event.ts'
import { check } from '../model/parse.ts'
import { beginEpoch, type Epochs, isOver, nameRival } from './epochs.ts'
import type { GapSources } from './fill-gaps.ts'
import { type LogPlace, readEvents } from './read-events.ts'
import { createSequence } from './sequence.ts'

/** Where an {@link EventOrder} gets what is missing and puts what is ready. */
export interface EventOrderOptions extends GapSources {
  /** A recorded log: gaps and any order are normal, nothing is fetched. */
  readonly recorded?: boolean | undefined
  /** The same of a source that is not recorded. */
  readonly anyOrder?: boolean | undefined
  /** It runs beside the log: what claims a place is refused, and it resumes by its own bookmark alone. */
  readonly isBeside?: boolean | undefined
  onEvents(events: readonly LiveEvent[]): void
  onReset(epoch: string): void
}

/** Makes one gapless log of what arrives in any order, any number of times. */
export interface EventOrder {
  /** Takes raw events; `bookmark` is the engine's own place after them. */
  accept(raw: readonly unknown[], bookmark?: string): void
  /** The line stands, until `own` aborts: a snapshot that failed before it is asked for again, since a silent channel would never tell. */
  opened(own: AbortSignal): void
  /** Hears of the log's newest place. */
  newest(place: LogPlace): void
  /** Before each connection: loads the snapshot where there is no place to resume from. Never rejects. */
  begin(): Promise<void>
  /** Where a connection resumes; absent: nowhere. */
  since(): Since | undefined
  /** The source cannot resume from here. */
  forget(): void
  readonly counts: { duplicates: number; gaps: number; lost: number }
}

/** Ids of viewers' events kept to know a repetition. */
const MEMORY = 2000

/** See {@link EventOrder}. What arrives is judged here, by {@link readEvents}, and nowhere else. */
export function createEventOrder(options: EventOrderOptions): EventOrder {
  const { snapshot, onProblem, isBeside } = options
  const isLoose = options.recorded || options.anyOrder || false
  /** A snapshot says which of two logs there is. */
  const judges = snapshot && !isLoose
  const memory = isLoose ? Number.POSITIVE_INFINITY : MEMORY
  const counts = { duplicates: 0, gaps: 0, lost: 0 }
  const ids = new Set<string>()
  const logs: Epochs = { current: '', former: new Set(), latest: 0 }
  const row = createSequence(isLoose, options.onEvents)
  let newest = 0
  /** A newest place that was named and is nowhere. */
  let doubted: { readonly seq: number } | undefined
  let placed = false
  /** The snapshot was asked for and has not come. */
  let unread = false
  let token: string | undefined
  let filling = false
  let joined = false

  function reset(next: string, at: number) {
    row.flush()
    row.restart(at, next === logs.current)
    if (next !== logs.current) {
      newest = 0
      doubted = undefined
    }
    beginEpoch(logs, next)
    placed = true
    unread = false
    token = undefined
    ids.clear()
    options.onReset(next)
  }

  /** Whether the place belongs to the current log, which it may begin. */
  function enter(at: LogPlace, written = logs.latest) {
    if (at.epoch !== logs.current) {
      if (isOver(logs, at.epoch, written)) {
        if (judges && !logs.former.has(at.epoch)) nameRival(logs, { ...at, written })
        return false
      }
      reset(at.epoch, 0)
    }
    newest = Math.max(newest, at.seq)
    logs.latest = Math.max(logs.latest, written)
    logs.heard = true
    return true
  }

  /** {@link enter}, by word alone: a node may lag behind. */
  function hear(at: LogPlace) {
    if (at.epoch === logs.current && at.seq === doubted?.seq) return true
    if (!logs.current || at.epoch === logs.current || !judges) return enter(at)
    nameRival(logs, at)
    return false
  }

  function take(event: LiveEvent | null, at: LogPlace | undefined) {
    if (at) {
      if (isBeside) event && onProblem('an event of the log does not belong here')
      else if ((event ? enter(at, event.at) : hear(at)) && at.seq > row.seq && !row.held.has(at.seq))
        placed = row.put(at.seq, event) || placed
      else counts.duplicates++
    } else if (event) {
      if (remember(ids, event.id, memory)) row.pass(event)
      else counts.duplicates++
    }
  }

  function accept(raw: readonly unknown[], bookmark?: string) {
    readEvents(raw, onProblem, take)
    row.flush()
    if (missing()) void fill()
    else {
      joined = true
      token = bookmark ?? token
    }
  }

  const missing = () => Math.max(isLoose ? 0 : newest - row.seq, logs.rival || unread ? 1 : 0)

  async function fill() {
    token = undefined
    if (filling) return
    filling = true
    counts.gaps++
    const log = {
      ...row,
      place: () => ({ epoch: logs.current, seq: row.seq }),
      missing,
      logs,
      isDisputed: () => logs.rival !== undefined || unread,
      accept,
      readSnapshot,
      skipTo,
      doubt,
    }
    try {
      const { fillGaps } = await import('./fill-gaps.ts')
      await fillGaps(log, options, joined || unread)
    } catch (cause) {
      onProblem(`a gap after ${row.seq} stays open: ${cause}`)
    }
    filling = false
    row.loosen()
    joined = true
  }

  function skipTo(place: number) {
    counts.lost += Math.max(0, place - row.seq)
    row.goTo(place)
  }

  function doubt() {
    const mine = { seq: newest }
    doubted = mine
    newest = row.seq
    unread = false
    return () => doubted === mine && row.seq < mine.seq
  }

  async function readSnapshot() {
    const raw = await snapshot?.()
    const isNone = raw === undefined || raw === null
    const result = check(snapshotSchema, raw)
    if (!isNone && !result.ok) throw new Error(`snapshot${result.problem}`)
    const { rival } = logs
    unread = false
    if (!result.ok) {
      logs.rival = undefined
      // An event that was written earlier is no word of a new log.
      return rival && rival.written === undefined ? enter(rival) : false
    }
    const { epoch: next, seq: at, at: written, events } = result.value
    // A cache may be behind.
    if (next === logs.current ? at <= row.seq : isOver(logs, next, written)) {
      if (rival?.epoch !== next || logs.former.has(next)) logs.rival = undefined
      return false
    }
    reset(next, at)
    row.restart(0, true)
    // Places jump in a snapshot, and it is whole.
    row.loosen(true)
    joined = true
    const own = events.filter((event) => (Object(event).epoch ?? next) === next)
    readEvents(own, onProblem, take)
    row.loosen()
    newest = Math.max(newest, at)
    row.goTo(at)
    return true
  }

  return {
    accept,
    opened(own) {
      doubted = undefined
      own.addEventListener('abort', () => {
        unread = false
      })
      if (missing()) void fill()
    },
    newest(at) {
      if (!isBeside) hear(at)
      accept([])
    },
    async begin() {
      if (placed || !snapshot) return
      unread = true
      await readSnapshot().catch((cause) => onProblem(`snapshot: ${cause}`))
    },
    since: () =>
      placed || (isBeside && token !== undefined) ? { epoch: logs.current, seq: row.seq, token } : undefined,
    forget() {
      placed = false
      token = undefined
    },
    counts,
  }
}
