import { backoff } from '../lib/backoff.ts'
import { readJson } from '../lib/read-json.ts'
import { remember } from '../lib/remember.ts'
import { historySchema, type Since, snapshotSchema } from '../model/adapter.ts'
import { type LiveEvent, parseEvent } from '../model/event.ts'
import { check } from '../model/parse.ts'

/** Where an {@link EventOrder} gets what is missing and puts what is ready. */
export interface EventOrderOptions {
  /** A recorded log: holes and any order are normal, nothing is fetched. */
  readonly recorded?: boolean | undefined
  readonly snapshot?: (() => Promise<unknown>) | undefined
  readonly history?: ((range: { epoch: string; after: number; limit: number }) => Promise<unknown>) | undefined
  onEvents(events: readonly LiveEvent[]): void
  onReset(epoch: string): void
  onProblem(problem: string): void
  /** Resolves after `ms`; never once all is over. */
  pause(ms: number): Promise<void>
  random(): number
}

/** Makes one gapless log of what arrives in any order, any number of times. */
export interface EventOrder {
  /** Takes raw events; `bookmark` is the engine's own place after them. */
  accept(raw: readonly unknown[], bookmark?: string): void
  /** Hears of the log's newest place. */
  newest(place: { readonly epoch: string; readonly seq: number }): void
  /** Before each connection: loads the snapshot where there is no place to resume from. Never rejects. */
  begin(): Promise<void>
  /** Where a connection resumes; absent: nowhere. */
  since(): Since | undefined
  /** The source cannot resume from here. */
  forget(): void
  readonly counts: { duplicates: number; gaps: number }
}

/** Ids of viewers' events kept to know a repetition. */
const MEMORY = 2000
/** Host events held while a gap is open; what is beyond is fetched again. */
const MAX_HELD = 2000
/** Events a history page holds; a hole twice as long goes by snapshot. */
const PAGE = 500
/** Ms within which a gap may close by itself; jittered, since what one lost all lost. */
const PATIENCE = 1000
/** Failed attempts to close a gap after which what came later is shown out of order. */
const MAX_WAIT = 5

/** See {@link EventOrder}. All text is judged here, by `parseEvent`, and nowhere else. */
export function createEventOrder(options: EventOrderOptions): EventOrder {
  const { snapshot, history, recorded, onProblem, random } = options
  const counts = { duplicates: 0, gaps: 0 }
  const ids = new Set<string>()
  const epochs = new Set<string>()
  /** Ahead of a gap, by seq; `null`: takes its place, but there is nothing (more) to show. */
  const held = new Map<number, LiveEvent | null>()
  let ready: LiveEvent[] = []
  let epoch: string | undefined
  let seq = 0
  let newest = 0
  /** Server time of the newest host event, ms. */
  let latest = 0
  let lost = false
  let token: string | undefined
  let mending = false
  let joined = false
  let unordered = recorded === true

  function flush() {
    const events = ready
    ready = []
    if (events.length) options.onEvents(events)
  }

  function reset(next: string, at: number) {
    flush()
    if (epoch !== undefined && epoch !== next) remember(epochs, epoch, 50)
    if (epoch !== next) newest = 0
    epoch = next
    seq = at
    token = undefined
    lost = false
    ids.clear()
    for (const [key, event] of held) if (newest === 0 || key <= at || !event) held.delete(key)
    options.onReset(next)
  }

  /** Whether the place belongs to the current log, which it may begin. A log that was written earlier is over. */
  function enter(next: string, at: number, written = latest) {
    if (next !== epoch) {
      if (epochs.has(next) || written < latest) return false
      reset(next, 0)
    }
    newest = Math.max(newest, at)
    latest = Math.max(latest, written)
    return true
  }

  function drain() {
    for (let event = held.get(seq + 1); event !== undefined; event = held.get(seq + 1)) {
      held.delete(++seq)
      if (event) ready.push(event)
    }
  }

  function place(at: { epoch: string; seq: number }, event: LiveEvent | null) {
    if (!enter(at.epoch, at.seq, event?.at) || at.seq <= seq || held.has(at.seq)) {
      counts.duplicates++
      return
    }
    const next = at.seq === seq + 1
    if (next) seq++
    else if (unordered || held.size < MAX_HELD) held.set(at.seq, unordered ? null : event)
    if (event && (next || unordered)) ready.push(event)
    if (next) lost = false
    if (held.size) drain()
  }

  function take(raw: unknown) {
    const value = typeof raw === 'string' ? readJson(raw) : raw
    if (value === undefined) return onProblem(`message of ${String(raw).length} characters: too long, or not JSON`)
    if (Array.isArray(value)) return value.forEach(takeOne)
    takeOne(value)
  }

  function takeOne(value: unknown) {
    const parsed = parseEvent(value)
    if (!parsed.ok) onProblem(parsed.problem)
    const event = parsed.ok ? parsed.event : null
    const at = parsed.ok ? parsed.event : parsed.place
    if (at?.epoch !== undefined && at.seq !== undefined) place({ epoch: at.epoch, seq: at.seq }, event)
    else if (event && remember(ids, event.id, recorded ? Number.POSITIVE_INFINITY : MEMORY)) ready.push(event)
    else if (event) counts.duplicates++
  }

  function accept(raw: readonly unknown[], bookmark?: string) {
    raw.forEach(take)
    flush()
    if (newest > seq) void mend()
    else {
      joined = true
      token = bookmark ?? token
    }
  }

  /** Closes gaps, one after another, until there is none. */
  async function mend() {
    if (mending || recorded) return
    mending = true
    token = undefined
    counts.gaps++
    for (let attempt = 0; newest > seq; attempt++) {
      await options.pause(attempt ? backoff(attempt, random) : joined ? random() * PATIENCE : 0)
      if (newest <= seq) break
      if (!snapshot && !history) skip()
      else if (await fill()) attempt = -1
      else if (attempt >= MAX_WAIT) release()
    }
    mending = unordered = false
    joined = true
  }

  async function fill() {
    const far = newest - seq > 2 * PAGE || seq === 0
    for (const load of far ? [readSnapshot, readHistory] : [readHistory, readSnapshot]) {
      try {
        if (await load()) return true
      } catch (cause) {
        onProblem(`a gap after ${seq} stays open: ${cause}`)
      }
    }
    return false
  }

  async function readHistory() {
    const start = seq
    for (let at = -1; history && epoch !== undefined && newest > seq && seq > at; ) {
      at = seq
      const page = check(historySchema, await history({ epoch, after: at, limit: PAGE }))
      if (!page.ok) onProblem(`history${page.problem}`)
      else if (!page.value.gone) accept(page.value.events)
    }
    return seq !== start
  }

  async function readSnapshot() {
    const raw = await snapshot?.()
    if (raw === undefined || raw === null) return false
    const result = check(snapshotSchema, raw)
    if (!result.ok) {
      onProblem(`snapshot${result.problem}`)
      return false
    }
    const { epoch: next, seq: at, events } = result.value
    // A cache may be behind.
    if (next === epoch ? at <= seq : epochs.has(next) || result.value.at < latest) return false
    reset(next, at)
    newest = Math.max(newest, at)
    joined = true
    const seen = new Set<unknown>()
    for (const item of events) {
      const parsed = parseEvent(item)
      if (!parsed.ok) onProblem(parsed.problem)
      else if (parsed.event.seq === undefined ? remember(ids, parsed.event.id, MEMORY) : fits(parsed.event))
        ready.push(parsed.event)
    }
    drain()
    flush()
    return true

    function fits(event: LiveEvent) {
      return event.epoch === next && Number(event.seq) <= at && !seen.has(event.seq) && seen.add(event.seq)
    }
  }

  /** Nothing can close the gap: go on behind it. */
  function skip() {
    onProblem(`events ${seq + 1} and on are lost: the source has neither history nor snapshot`)
    seq = held.size ? Math.min(...held.keys()) - 1 : newest
    drain()
    flush()
  }

  /** The gap stays open, and what came after it is shown now: late beats never, and the fold does not mind. */
  function release() {
    unordered = true
    for (const [key, event] of [...held].sort(([a], [b]) => a - b)) {
      if (event) ready.push(event)
      held.set(key, null)
    }
    flush()
  }

  return {
    accept,
    newest(at) {
      enter(at.epoch, at.seq)
      accept([])
    },
    async begin() {
      epochs.clear()
      if (epoch === undefined || lost) await readSnapshot().catch((cause) => onProblem(`snapshot: ${cause}`))
    },
    since: () => (epoch === undefined || lost ? undefined : { epoch, seq, token }),
    forget() {
      lost = true
    },
    counts,
  }
}
