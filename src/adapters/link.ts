import type { ServerClock } from '../lib/server-clock.ts'
import type { ActionResult, ViewerAction } from '../model/action.ts'
import type { AdapterContext, CloseCode, EventAdapter, MetadataCues } from '../model/adapter.ts'
import type { LiveEvent } from '../model/event.ts'
import { createConnection, type LinkStatus } from './connection.ts'
import { createDelivery } from './delivery.ts'
import { createEventOrder } from './event-order.ts'
import { browserEnvironment, type LinkEnvironment, waits } from './link-environment.ts'
import { linkRequest } from './link-request.ts'
import { listenToPage } from './listen-to-page.ts'
import { pageTokens } from './page-tokens.ts'

export type { LinkStatus } from './connection.ts'

/** What a link works with and tells. Its callbacks are never called after `signal` aborted. */
export interface LinkOptions {
  readonly adapter: EventAdapter
  readonly fetch: typeof fetch
  readonly locale: string
  readonly getToken?: (() => Promise<string>) | undefined
  readonly metadata?: MetadataCues | undefined
  /** Server time of the frame on screen, ms; `null`: not known. */
  readonly picture?: (() => number | null) | undefined
  readonly clock: ServerClock
  readonly signal: AbortSignal
  /** The adapter runs beside another link's log, and has none of its own. */
  readonly isBeside?: boolean | undefined
  /**
   * At most once a frame. Checked, without repetitions. Host events in `(epoch, seq)` order without gaps (a recorded log: as it stands;
   * a gap that the server cannot close for about half a minute: what is behind it first). Viewers' events as they come; a burst costs the oldest.
   */
  onEvents(events: readonly LiveEvent[]): void
  /** All that is known is void: a new epoch, or the same one read anew from a snapshot, whose events follow. Called before the first events too. */
  onReset(epoch: string): void
  /** @param code why the connection ended, where it did */
  onStatus(status: LinkStatus, code?: CloseCode): void
  /**
   * For the developer's log: what was dropped, what failed. May come thousands of times.
   * @param isFault the first loss of the host's events: it is to be told aloud
   */
  onProblem(problem: string, isFault?: boolean): void
  /** Absent: the browser's. */
  readonly environment?: LinkEnvironment | undefined
  /** Ms without a sign of life after which the line counts as dead. Absent: 35,000. */
  readonly idleLimit?: number | undefined
  /** Window of the first wait after a failure, ms; it doubles up to 20 s. Absent: 1000. */
  readonly firstWait?: number | undefined
}

/** A standing connection to a show's events. It ends with its signal. */
export interface Link {
  /** Carries out one intent, again after a lost answer, for at most 10 s. Never rejects: `offline` where it could not be told. */
  send(action: ViewerAction): Promise<ActionResult>
  /** How often what happened; for the developer's log and tests. */
  readonly counts: {
    readonly connects: number
    /** What was bad or failed. */
    readonly problems: number
    readonly duplicates: number
    readonly gaps: number
    /** The host's events that no history and no snapshot had. */
    readonly lost: number
    /** Viewers' events that a burst cost. */
    readonly dropped: number
  }
}

/**
 * The resilience above every adapter. `connection` calls it again and again and notices what is dead; `event-order` judges, orders and completes
 * what arrives; `delivery` hands it to the page once a frame; here they are joined with the server's clock, the page's life and its tokens.
 */
export function createLink(options: LinkOptions): Link {
  const { adapter, clock, signal, environment: env = browserEnvironment(), firstWait = 1000 } = options
  const over = new AbortController()
  let problems = 0
  let status: LinkStatus | undefined
  let measured = false

  function problem(text: string, isFault = false) {
    problems++
    if (!signal.aborted) options.onProblem(text, isFault && !order.counts.lost)
  }

  /** Nothing is told after the end, and what the page's callback throws stays here. */
  function safely(run: () => void) {
    try {
      if (!signal.aborted) run()
    } catch (cause) {
      problem(`${cause}`)
    }
  }

  const delivery = createDelivery({
    ...{ now: env.now, wait: env.wait, recorded: adapter.recorded },
    onEvents: (events) => safely(() => options.onEvents(events)),
    onReset: (epoch) => safely(() => options.onReset(epoch)),
  })
  const until = (own: AbortSignal) => waits(env, own, firstWait)
  const tools = { onProblem: problem, until, ...until(signal) }
  const tokens = pageTokens(options, env, tools)
  const context = (own: AbortSignal): AdapterContext => {
    const { fetch, locale, metadata, picture } = options
    return { ...{ signal: own, since: order.since(), fetch, locale, metadata, picture }, getToken: tokens.get }
  }
  const within = <T>(run: (context: AdapterContext) => Promise<T> | undefined) =>
    linkRequest((own) => run(context(own)), env, signal)
  const order = createEventOrder({
    ...tools,
    recorded: adapter.recorded,
    anyOrder: adapter.anyOrder,
    isBeside: options.isBeside,
    snapshot: adapter.snapshot && (() => within((context) => adapter.snapshot?.(context))),
    history: adapter.history && ((range) => within((context) => adapter.history?.(range, context))),
    onEvents: delivery.events,
    onReset: delivery.reset,
  })
  const connection = createConnection({
    ...{ adapter, env, firstWait, context, safely, idleLimit: options.idleLimit ?? 35_000 },
    sink: {
      events: order.accept,
      newest: order.newest,
      problem,
      clock(sample) {
        clock.sample(sample)
        measured = true
      },
    },
    begin: order.begin,
    forget: order.forget,
    hasToken: Boolean(options.getToken),
    onOpen(own) {
      order.opened(own)
      tokens.watch(own, () => connection.renew())
    },
    onStatus: setStatus,
  })

  function setStatus(next: LinkStatus, code?: CloseCode) {
    delivery.flush()
    if (next !== status) safely(() => options.onStatus(next, code))
    status = next
    if (next === 'ended' || next === 'denied') end()
  }

  function wake() {
    if (status === 'open' && measured && !clock.known()) {
      measured = false
      connection.renew()
    } else connection.wake()
  }

  async function send(action: ViewerAction): Promise<ActionResult> {
    const isOver = over.signal.aborted
    // What runs beside a log outlives it.
    const carrier = isOver ? adapter.beside?.find((one) => one.send && one.actions?.includes(action.type)) : adapter
    if (!adapter.send) return { ok: false, reason: 'not-allowed' }
    if (!carrier || connection.isOffline || signal.aborted) return { ok: false, reason: 'offline' }
    try {
      const { sendAction } = await import('./send-action.ts')
      return await sendAction(action, carrier, { within, ...tools })
    } catch (cause) {
      problem(`${action.type}: ${cause}`)
      return { ok: false, reason: 'offline' }
    }
  }

  function end() {
    over.abort()
    connection.end()
    delivery.end()
  }

  signal.addEventListener('abort', end, { signal: over.signal })
  listenToPage(env, over.signal, { setOffline: connection.setOffline, leave: connection.halt, wake })
  if (signal.aborted) end()
  else {
    setStatus('connecting')
    connection.start()
  }
  return {
    send,
    get counts() {
      return { connects: connection.attempts, problems, dropped: delivery.dropped, ...order.counts }
    },
  }
}
