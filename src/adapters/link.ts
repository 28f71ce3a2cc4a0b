import { backoff } from '../lib/backoff.ts'
import { pause } from '../lib/pause.ts'
import type { ServerClock } from '../lib/server-clock.ts'
import type { ActionResult, ViewerAction } from '../model/action.ts'
import type { AdapterContext, CloseCode, EventAdapter, EventSink, MetadataCues } from '../model/adapter.ts'
import type { LiveEvent } from '../model/event.ts'
import { createEventOrder } from './event-order.ts'
import { browserEnvironment, type LinkEnvironment } from './link-environment.ts'

/**
 * `connecting`: the first attempt · `open`: events flow · `reconnecting`: lost, tries again · `offline`: the browser has no network ·
 * `ended`: nothing more will come · `denied`: final, see the close code.
 */
export type LinkStatus = 'connecting' | 'open' | 'reconnecting' | 'offline' | 'ended' | 'denied'

/** What a link works with and tells. Its callbacks are never called after `signal` aborted. */
export interface LinkOptions {
  readonly adapter: EventAdapter
  readonly fetch: typeof fetch
  readonly locale: string
  readonly getToken?: (() => Promise<string>) | undefined
  readonly metadata?: MetadataCues | undefined
  readonly clock: ServerClock
  readonly signal: AbortSignal
  /**
   * Checked, without repetitions. Host events in `(epoch, seq)` order without gaps (a recorded log: as it stands; a gap that
   * the server cannot close for about half a minute: what is behind it first). Viewers' events as they come.
   */
  onEvents(events: readonly LiveEvent[]): void
  /** All that is known is void: a new epoch, or the same one read anew from a snapshot, whose events follow. Called before the first events too. */
  onReset(epoch: string): void
  /** @param code why the connection ended, where it did */
  onStatus(status: LinkStatus, code?: CloseCode): void
  /** For the developer's log: what was dropped, what failed. May come thousands of times. */
  onProblem(problem: string): void
  /** Absent: the browser's. */
  readonly environment?: LinkEnvironment | undefined
  /** Ms without a sign of life after which the line counts as dead. Absent: 35,000. */
  readonly idleLimit?: number | undefined
}

/** A standing connection to a show's events. It ends with its signal. */
export interface Link {
  /** Carries out one intent, again after a lost answer, for at most 10 s. Never rejects: `offline` where it could not be told. */
  send(action: ViewerAction): Promise<ActionResult>
  /** How often what happened; for the developer's log and tests. */
  readonly counts: {
    readonly connects: number
    readonly problems: number
    readonly duplicates: number
    readonly gaps: number
  }
}

/** Ms for a connection to stand, a request to be answered, an action to be told. */
const TIMEOUT = 10_000
/** Ms a connection must have stood for the next failure to count as the first. */
const STABLE = 5000
/** Longest `retryAfter` that is obeyed, s. */
const LONGEST_WAIT = 600

/**
 * The resilience above every adapter: it calls `connect` again and again (full jitter, never giving up), judges, orders and completes what
 * arrives, measures the server's clock and notices dead lines, sleep, going offline and the back-forward cache.
 */
export function createLink(options: LinkOptions): Link {
  const { adapter, clock, signal, environment: env = browserEnvironment(), idleLimit = 35_000 } = options
  const counts = { connects: 0, problems: 0 }
  const over = new AbortController()
  let connection: AbortController | undefined
  let status: LinkStatus | undefined
  let failures = 0
  let openedAt: number | undefined
  let heardAt = 0
  let refused = false
  let offline = false
  let measured = false
  let notBefore = 0
  let stopTimer = () => {}

  const tools = {
    onProblem: problem,
    pause: (ms: number) => pause(ms, { wait: env.wait, signal }),
    random: env.random,
  }
  const order = createEventOrder({
    ...tools,
    recorded: adapter.recorded,
    snapshot: adapter.snapshot && (() => within((context) => adapter.snapshot?.(context))),
    history: adapter.history && ((range) => within((context) => adapter.history?.(range, context))),
    onEvents: (events) => safely(() => options.onEvents(events)),
    onReset: (epoch) => safely(() => options.onReset(epoch)),
  })

  function problem(text: string) {
    counts.problems++
    if (!signal.aborted) options.onProblem(text)
  }

  /** Nothing is told after the end, and what the page's callback throws stays here. */
  function safely(run: () => void) {
    try {
      if (!signal.aborted) run()
    } catch (cause) {
      problem(`${cause}`)
    }
  }

  function setStatus(next: LinkStatus, code?: CloseCode) {
    if (next === status) return
    status = next
    safely(() => options.onStatus(next, code))
  }

  function context(own: AbortSignal): AdapterContext {
    const { fetch, locale, getToken, metadata } = options
    return { signal: own, since: order.since(), fetch, locale, getToken, metadata }
  }

  /** One request, given up after {@link TIMEOUT} or with the link. */
  function within<T>(run: (context: AdapterContext) => Promise<T> | undefined): Promise<T | undefined> {
    const request = new AbortController()
    const own = request.signal
    return new Promise<T | undefined>((resolve, reject) => {
      const give = () => reject('no answer in time')
      own.addEventListener('abort', env.wait(TIMEOUT, give))
      signal.addEventListener('abort', give, { signal: own })
      if (signal.aborted) give()
      // Not `resolve(run(…))`: that would settle with it and make the time limit void.
      else Promise.resolve(run(context(own))).then(resolve, reject)
    }).finally(() => request.abort())
  }

  function halt() {
    stopTimer()
    connection?.abort()
    connection = undefined
  }

  async function connect() {
    halt()
    const own = new AbortController()
    connection = own
    openedAt = undefined
    counts.connects++
    await order.begin()
    if (connection !== own) return
    heardAt = env.now()
    watch()
    try {
      adapter.connect(sink(own), context(own.signal))
    } catch (cause) {
      problem(`${adapter.name}: ${cause}`)
      lost('network')
    }
  }

  /** What belongs to a former connection is ignored. */
  function sink(own: AbortController): EventSink {
    const heard =
      <A extends unknown[]>(run: (...args: A) => void) =>
      (...args: A) => {
        if (connection !== own) return
        heardAt = env.now()
        safely(() => run(...args))
      }
    return {
      open: heard(opened),
      events: heard(order.accept),
      newest: heard(order.newest),
      problem: heard(problem),
      closed: heard(({ code, retryAfter }) => lost(code, retryAfter)),
      clock: heard((sample) => {
        clock.sample(sample)
        measured = true
      }),
    }
  }

  function opened() {
    openedAt = heardAt
    offline = refused = false
    stopTimer()
    watch()
    setStatus('open')
  }

  /** Hangs up where nothing was heard for too long. */
  function watch() {
    const left = heardAt + (openedAt === undefined ? TIMEOUT : idleLimit) - env.now()
    if (left > 0) stopTimer = env.wait(left, watch)
    else {
      problem('no sign of life')
      lost('network')
    }
  }

  function lost(code: CloseCode, retryAfter = 0) {
    halt()
    if (openedAt !== undefined && heardAt - openedAt > STABLE) failures = 0
    const again = code === 'unauthorized' && options.getToken && !refused
    const final = adapter.recorded ? /denied|unauth|gone|protocol/ : /denied|unauth/
    if (code === 'ended') return finish('ended', code)
    if (final.test(code) && !again) return finish('denied', code)
    if (again) refused = true
    if (code === 'gone') order.forget()
    if (code === 'overloaded') failures += 3
    setStatus(offline ? 'offline' : 'reconnecting', code)
    notBefore = env.now() + Math.min(retryAfter, LONGEST_WAIT) * 1000
    retry(again && !failures ? 0 : backoff(failures, env.random))
    failures++
  }

  /** Connects after `ms`, and never before the server allowed it. */
  function retry(ms: number) {
    stopTimer()
    stopTimer = env.wait(Math.max(0, notBefore - env.now()) + ms, connect)
  }

  function finish(last: LinkStatus, code?: CloseCode) {
    setStatus(last, code)
    end()
  }

  /** The network, the page or the machine is back. */
  function wake() {
    if (!connection) retry(0)
    else if (measured && !clock.known()) {
      measured = false
      connect()
    } else if (openedAt !== undefined) {
      stopTimer()
      watch()
    }
  }

  function listen(target: EventTarget | undefined, type: string, run: (event: Event) => void) {
    target?.addEventListener(type, run, { signal: over.signal })
  }

  async function send(action: ViewerAction): Promise<ActionResult> {
    if (!adapter.send) return { ok: false, reason: 'not-allowed' }
    if (offline || over.signal.aborted) return { ok: false, reason: 'offline' }
    try {
      const { sendAction } = await import('./send-action.ts')
      return await sendAction(action, adapter, { within, ...tools })
    } catch (cause) {
      problem(`${action.type}: ${cause}`)
      return { ok: false, reason: 'offline' }
    }
  }

  function end() {
    over.abort()
    halt()
  }

  signal.addEventListener('abort', end, { signal: over.signal })
  listen(env.window, 'offline', () => {
    offline = true
    lost('network')
  })
  listen(env.window, 'online', () => {
    offline = false
    wake()
  })
  listen(env.window, 'pagehide', halt)
  listen(env.window, 'pageshow', wake)
  listen(env.document, 'visibilitychange', () => {
    if (env.document?.visibilityState === 'visible') wake()
  })
  if (signal.aborted) end()
  else {
    setStatus('connecting')
    connect()
  }
  return {
    send,
    get counts() {
      return { ...counts, ...order.counts }
    },
  }
}
