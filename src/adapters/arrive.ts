import { backoff } from '../lib/backoff.ts'
import { MAX_TEXT } from '../lib/read-json.ts'
import { sleep } from '../lib/sleep.ts'
import type { AdapterContext, EventAdapter, EventSink } from '../model/adapter.ts'
import { type Ask, type EngineSource, isHttp } from './engine-requests.ts'
import { onEnd, readAnswer } from './shop-client.ts'

/** Events of one history page. */
const PAGE = 500
/** Pages that are read in a row; a server that never comes to an end is not asked for ever, and the link closes what gap is left. */
const PAGES = 50
/** Ms for one request. */
const TIMEOUT = 10_000

/**
 * To be called when the subscription stands: opens, samples the server's clock where an engine's answerer of actions tells it
 * (`{ clock }` → `{ clock, at }`), and brings what was missed, asking again until it comes: after a silence, nothing
 * else would tell that it is missing. Never rejects.
 * @param isWhole the engine itself brings what was missed
 */
export async function arrive(
  given: {
    readonly source: EngineSource
    readonly log: Pick<EventAdapter, 'snapshot' | 'history'>
    readonly ask?: Ask
  },
  sink: EventSink,
  context: AdapterContext & { readonly isWhole?: boolean },
): Promise<void> {
  const { source, log, ask } = given
  sink.open()
  if (ask && source.send && !isHttp(source.send)) void measure(ask, source.send, { sink, context })
  if (context.isWhole || !context.since) return
  const { history, snapshot } = log
  if (history) await readOn(history, sink, context)
  else if (snapshot) tellNewest(await insist((own) => snapshot(own), sink, context), sink)
}

/** Resolves with the answer, however often it must be asked for; never once the line is over. */
async function insist<T>(
  ask: (context: AdapterContext) => Promise<T>,
  sink: EventSink,
  context: AdapterContext,
): Promise<T> {
  for (let failures = 0; ; failures++) {
    const inner = new AbortController()
    const { signal } = inner
    onEnd(context, () => inner.abort(), signal)
    try {
      const late = sleep(TIMEOUT, signal).then(() => Promise.reject('no answer in time'))
      return await Promise.race([ask({ ...context, signal }), late])
    } catch (cause) {
      if (!context.signal.aborted) sink.problem(`what was missed does not come: ${cause}`)
      await sleep(backoff(failures, Math.random), context.signal)
    } finally {
      inner.abort()
    }
  }
}

async function measure(ask: Ask, name: string, { sink, context }: { sink: EventSink; context: AdapterContext }) {
  const sentAt = Date.now()
  const answer = await ask(name, { clock: sentAt }, context)
    .then((data) => readAnswer(data, MAX_TEXT))
    .catch(() => undefined)
  const { clock, at } = Object(answer) as Record<string, unknown>
  if (clock === sentAt && typeof at === 'number') sink.clock({ sentAt, receivedAt: Date.now(), serverAt: at })
}

/** Page by page, until one is empty: a server may give fewer events than it was asked for. */
async function readOn(history: NonNullable<EventAdapter['history']>, sink: EventSink, context: AdapterContext) {
  const { epoch = '', seq = 0 } = context.since ?? {}
  for (let after = seq, pages = 0; pages < PAGES && !context.signal.aborted; pages++) {
    const page = Object(await insist((own) => history({ epoch, after, limit: PAGE }, own), sink, context)) as Record<
      string,
      unknown
    >
    if (page.gone === true) return sink.closed({ code: 'gone' })
    const events = Array.isArray(page.events) ? page.events : []
    if (!events.length) return
    sink.events(events)
    const last = lastOf(events)
    // A server that does not look at `after` gives the same page for ever.
    if (last === undefined ? events.length < PAGE : last <= after) return
    after = last ?? after + events.length
  }
}

/** The newest place among events; `undefined` where none has one, as another make's have not: then their number tells, since a log has no holes. */
function lastOf(events: readonly unknown[]): number | undefined {
  const places = events.flatMap((event) => {
    const { seq } = Object(event) as { seq?: unknown }
    return typeof seq === 'number' ? seq : []
  })
  return places.length ? Math.max(...places) : undefined
}

function tellNewest(snapshot: unknown, sink: EventSink) {
  const { epoch, seq } = Object(snapshot) as Record<string, unknown>
  if (typeof epoch === 'string' && typeof seq === 'number') sink.newest({ epoch, seq })
}
