import { historySchema } from '../model/adapter.ts'
import type { LiveEvent } from '../model/event.ts'
import { check } from '../model/parse.ts'

/** A log with a gap, as {@link fillGaps} sees it. */
export interface GappyLog {
  /** The last place before the gap. */
  place(): { readonly epoch: string; readonly seq: number }
  /** Places after it up to the newest that is known, at least one where it is disputed; 0: no gap. */
  missing(): number
  /** Whether a sign of life named another log, which only the snapshot can tell. */
  isDisputed(): boolean
  /** What came from behind the gap, by seq; `null`: nothing (more) to show. */
  readonly held: Map<number, LiveEvent | null>
  accept(raw: readonly unknown[]): void
  /** Whether the snapshot brought the log forward. */
  readSnapshot(): Promise<boolean>
  /** Goes on after this place. */
  goTo(seq: number): void
  /** Shows events out of order, and from now on all that arrives. */
  release(events: readonly LiveEvent[]): void
}

/** Where the missing may come from, and the machine. */
export interface GapSources {
  readonly snapshot?: (() => Promise<unknown>) | undefined
  readonly history?: ((range: { epoch: string; after: number; limit: number }) => Promise<unknown>) | undefined
  onProblem(problem: string): void
  /** Resolves after `ms`; never once all is over. */
  pause(ms: number): Promise<void>
  /** Ms before the next attempt, jittered: below the first window for 0. */
  delay(attempt: number): number
}

/** Events a history page holds; a gap twice as long goes by snapshot. */
const PAGE = 500
/** Failed attempts after which what came later is shown out of order. */
const MAX_FAILURES = 5

/**
 * Closes the gaps of a log until there is none: by history, by snapshot where it is long or history does not reach back, else by going on.
 * Loaded when the connection stands; never rejects.
 * @param joined whether others have likely lost the same; a newcomer does not wait
 */
export async function fillGaps(log: GappyLog, sources: GapSources, joined: boolean): Promise<void> {
  const { pause, delay, snapshot, history } = sources
  for (let failures = 0; log.missing(); failures++) {
    // A gap may close by itself; jittered, since what one lost all lost.
    await pause(failures || joined ? delay(failures) : 0)
    if (!log.missing()) return
    if (!snapshot && !history) skip(log, sources)
    else if (await fill(log, sources)) failures = -1
    else if (failures >= MAX_FAILURES) release(log)
  }
}

async function fill(log: GappyLog, sources: GapSources): Promise<boolean> {
  const far = log.missing() > 2 * PAGE || !log.place().seq || log.isDisputed()
  const ways = [() => readHistory(log, sources), log.readSnapshot]
  for (const read of far ? ways.reverse() : ways) {
    try {
      if (await read()) return true
    } catch (cause) {
      sources.onProblem(`a gap after ${log.place().seq} stays open: ${cause}`)
    }
  }
  return false
}

/** Page by page, as long as each brings the log forward. */
async function readHistory(log: GappyLog, { history, onProblem }: GapSources): Promise<boolean> {
  const start = log.place()
  for (let after = -1; history && log.missing() && log.place().seq > after; ) {
    after = log.place().seq
    const page = check(historySchema, await history({ ...log.place(), after, limit: PAGE }))
    if (!page.ok) onProblem(`history${page.problem}`)
    else if (!page.value.gone) log.accept(page.value.events)
  }
  return log.place().seq !== start.seq
}

/** Nothing can close the gap. */
function skip(log: GappyLog, { onProblem }: GapSources) {
  const { seq } = log.place()
  onProblem(`events from ${seq + 1} on are lost: the source has neither history nor snapshot`)
  log.goTo(log.held.size ? Math.min(...log.held.keys()) - 1 : seq + log.missing())
}

/** The gap stays open, and what came after it is shown now: late beats never, and the fold does not mind. */
function release({ held, release }: GappyLog) {
  const late = [...held].sort(([a], [b]) => a - b).flatMap(([, event]) => event ?? [])
  for (const key of held.keys()) held.set(key, null)
  release(late)
}
