import { historySchema } from '../model/adapter.ts'
import type { LiveEvent } from '../model/event.ts'
import { check } from '../model/parse.ts'
import { type Epochs, settleRival } from './epochs.ts'

/** A log with a gap, as {@link fillGaps} sees it. */
export interface GappyLog {
  readonly logs: Epochs
  /** The last place before the gap. */
  place(): { readonly epoch: string; readonly seq: number }
  /** Places after it up to the newest that is known, at least one where it is disputed; 0: no gap. */
  missing(): number
  /** Whether another log was named, which only the snapshot can tell. */
  isDisputed(): boolean
  /** What came from behind the gap, by seq; `null`: nothing (more) to show. */
  readonly held: Map<number, LiveEvent | null>
  accept(raw: readonly unknown[]): void
  /** Whether the snapshot brought the log forward. Rejects where it did not come. */
  readSnapshot(): Promise<boolean>
  /** Goes on after this place; what lies between is lost, and counted. */
  skipTo(seq: number): void
  /** Takes a newest place that was named and is nowhere for none; returns whether it is still nowhere, and nothing else was named since. */
  doubt(): () => boolean
  /** Shows events out of order, and from now on all that arrives. */
  release(events: readonly LiveEvent[]): void
}

/** Where the missing may come from, and the machine. */
export interface GapSources {
  readonly snapshot?: (() => Promise<unknown>) | undefined
  readonly history?: ((range: { epoch: string; after: number; limit: number }) => Promise<unknown>) | undefined
  /** @param isFault it is worth more than a line in the debug log: told once */
  onProblem(problem: string, isFault?: boolean): void
  /** Resolves after `ms`; never once all is over. */
  pause(ms: number): Promise<void>
  /** Ms before the next attempt, jittered: below the first window for 0. */
  delay(attempt: number): number
}

/** Events a history page holds; a gap twice as long goes by snapshot. */
const PAGE = 500
/** Failed attempts after which what came later is shown out of order. */
const MAX_FAILURES = 5
/** Attempts that a server answered, without what is missing, after which it is believed: most of them 10 s apart, so no cache is as old. */
const MAX_HOLLOW = 12
/** Failed attempts after which the longest wait grows, and how often it doubles. */
const PATIENT = { failures: 10, times: 3 }
/** How often the longest wait doubles before a doubted place is looked for again, at most. */
const MOST_DOUBT = 5

/** What an attempt did: brought the log forward, was answered without what is missing, or was not answered. */
type Outcome = 'closer' | 'hollow' | 'failed'

/**
 * Closes the gaps of a log until there is none: by history, by snapshot where it is long or history does not reach back, else by going on.
 * A server that fails is asked for ever, more and more rarely. Loaded when the connection stands; never rejects.
 * @param joined whether others have likely lost the same; a newcomer does not wait
 */
export async function fillGaps(log: GappyLog, sources: GapSources, joined: boolean): Promise<void> {
  const { pause, snapshot, history } = sources
  let hollow = 0
  for (let failures = 0; log.missing(); failures++) {
    // A gap may close by itself; jittered, since what one lost all lost.
    await pause(failures || joined ? wait(failures, sources) : 0)
    if (!log.missing()) return
    const isHopeless = !snapshot && !history
    const outcome = isHopeless ? 'hollow' : await fill(log, sources)
    hollow = outcome === 'hollow' ? hollow + 1 : outcome === 'closer' ? 0 : hollow
    if (outcome === 'closer') failures = -1
    else if (isHopeless || hollow >= MAX_HOLLOW) {
      skip(log, sources, isHopeless)
      hollow = 0
      failures = -1
    } else if (failures >= MAX_FAILURES) release(log)
  }
}

const wait = (failures: number, { delay }: GapSources): number =>
  delay(failures) * 2 ** Math.min(Math.max(failures - PATIENT.failures, 0), PATIENT.times)

async function fill(log: GappyLog, sources: GapSources): Promise<Outcome> {
  const far = log.missing() > 2 * PAGE || !log.place().seq || log.isDisputed()
  const ways = [() => readHistory(log, sources), log.readSnapshot]
  let outcome: Outcome = 'hollow'
  for (const read of far ? ways.reverse() : ways) {
    try {
      if (await read()) return 'closer'
    } catch (cause) {
      sources.onProblem(`a gap after ${log.place().seq} stays open: ${cause}`)
      if (!isAbsent(cause)) outcome = 'failed'
    }
  }
  return outcome
}

/** Whether a host says that it has no such file. */
const isAbsent = (cause: unknown): boolean => [404, 410].includes((Object(cause) as { cause: number }).cause)

/** Page by page, as long as each brings the log forward and there is more. */
async function readHistory(log: GappyLog, { history }: GapSources): Promise<boolean> {
  const start = log.place()
  for (let after = -1; history && start.epoch && (after < 0 || log.missing()) && log.place().seq > after; ) {
    after = log.place().seq
    const answer = (await history({ ...log.place(), after, limit: PAGE })) ?? { gone: true }
    const page = check(historySchema, answer)
    if (!page.ok) throw new Error(`history${page.problem}`)
    if (!page.value.gone) log.accept(page.value.events)
  }
  return log.place().seq !== start.seq
}

/** Nothing can close the gap. */
function skip(log: GappyLog, sources: GapSources, isHopeless: boolean) {
  const { onProblem } = sources
  if (settleRival(log.logs)) return
  const { seq } = log.place()
  const last = log.held.size ? [...log.held.keys()].reduce((a, b) => Math.min(a, b)) - 1 : seq + log.missing()
  if (!isHopeless && !log.held.size) {
    onProblem(`the source names ${last} as its newest place, and has nothing after ${seq}`)
    return void lookAgain(log, sources)
  }
  const why = isHopeless ? 'the source has neither history nor snapshot' : 'neither history nor snapshot has them'
  onProblem(`events ${seq + 1} to ${last} are lost: ${why}`, true)
  log.skipTo(last)
}

/** What was named too early, and then lost, nobody may ever name again: it is looked for, ever more rarely, while it is all that is missing. */
async function lookAgain(log: GappyLog, sources: GapSources) {
  const isDoubted = log.doubt()
  for (let times = 1; ; times++) {
    await sources.pause(sources.delay(PATIENT.failures) * 2 ** Math.min(times, MOST_DOUBT))
    if (!isDoubted()) return
    if (!log.missing()) await fill(log, sources)
  }
}

/** The gap stays open, and what came after it is shown now: late beats never, and the fold does not mind. */
function release({ held, release }: GappyLog) {
  const late = [...held].sort(([a], [b]) => a - b).flatMap(([, event]) => event ?? [])
  for (const key of held.keys()) held.set(key, null)
  release(late)
}
