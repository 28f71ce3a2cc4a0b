import { backoff } from '../lib/backoff.ts'
import type { AdapterContext, CloseCode, EventAdapter, EventSink } from '../model/adapter.ts'
import type { LinkEnvironment } from './link-environment.ts'

/**
 * `connecting`: the first attempt · `open`: events flow · `reconnecting`: lost, tries again · `offline`: the browser has no network ·
 * `ended`: nothing more will come · `denied`: final, see the close code.
 */
export type LinkStatus = 'connecting' | 'open' | 'reconnecting' | 'offline' | 'ended' | 'denied'

/** What a {@link Connection} works with. */
export interface ConnectionOptions {
  readonly adapter: EventAdapter
  readonly env: LinkEnvironment
  /** Ms without a sign of life after which the line counts as dead. */
  readonly idleLimit: number
  /** Window of the first wait, ms. */
  readonly firstWait: number
  /** What the adapter is called with. */
  context(signal: AbortSignal): AdapterContext
  /** Where what arrives goes. */
  readonly sink: Pick<EventSink, 'events' | 'newest' | 'clock' | 'problem'>
  /** Before each attempt. */
  begin(): Promise<void>
  /** The source cannot resume from where we are. */
  forget(): void
  /** Whether a fresh token may be asked for. */
  readonly hasToken: boolean
  /** Stands for the first time or again; the signal is this connection's. */
  onOpen(signal: AbortSignal): void
  onStatus(status: LinkStatus, code?: CloseCode): void
  /** Runs what may throw. */
  safely(run: () => void): void
}

/** A line that is drawn again whenever it is lost, until `end`. */
export interface Connection {
  start(): void
  /** Hangs up and stays down until {@link Connection.wake}. */
  halt(): void
  /** The network, the page or the machine is back: tries at once where the line is down, never before the server allowed it. */
  wake(): void
  /** Draws the line anew, though it stands. */
  renew(): void
  /** The browser has no network, or has it again. */
  setOffline(offline: boolean): void
  readonly isOffline: boolean
  readonly attempts: number
  end(): void
}

/** Ms for a connection to stand. */
const TIMEOUT = 10_000
/** First waits that a connection must have stood for the next failure, or refusal, to count as the first. */
const STABLE = 5
/** Longest `retryAfter` that is obeyed, s. */
const LONGEST_WAIT = 600

/** See {@link Connection}: full jitter, never giving up, dead peers noticed by their silence. */
export function createConnection(options: ConnectionOptions): Connection {
  const { adapter, env, idleLimit, firstWait, onStatus, safely } = options
  let own: AbortController | undefined
  let attempts = 0
  let failures = 0
  let openedAt: number | undefined
  let heardAt = 0
  let refused = false
  let offline = false
  let over = false
  let notBefore = 0
  let stopTimer = () => {}

  function halt() {
    stopTimer()
    const former = own
    // First of all, since an adapter that is hung up may say so at once: that is no loss.
    own = undefined
    former?.abort()
  }

  async function connect() {
    halt()
    const mine = new AbortController()
    own = mine
    openedAt = undefined
    attempts++
    await options.begin()
    if (own !== mine) return
    heardAt = env.now()
    watch()
    try {
      adapter.connect(sinkOf(mine), options.context(mine.signal))
    } catch (cause) {
      options.sink.problem(`${adapter.name}: ${cause}`)
      lost('network')
    }
  }

  /** What belongs to a former connection is ignored. */
  function sinkOf(mine: AbortController): EventSink {
    const heard =
      <A extends unknown[]>(run: (...args: A) => void) =>
      (...args: A) => {
        if (own !== mine) return
        heardAt = env.now()
        safely(() => run(...args))
      }
    const { events, newest, clock, problem } = options.sink
    return {
      open: heard(() => opened(mine.signal)),
      events: heard((raw, bookmark) => {
        // An open line alone is no proof: a server may let everyone in and then hang up.
        if (raw.length) refused = false
        events(raw, bookmark)
      }),
      newest: heard(newest),
      clock: heard(clock),
      problem: heard(problem),
      closed: heard(({ code, retryAfter }) => lost(code, retryAfter)),
    }
  }

  function opened(signal: AbortSignal) {
    openedAt = heardAt
    offline = false
    stopTimer()
    watch()
    onStatus('open')
    options.onOpen(signal)
  }

  /** Hangs up where nothing was heard for too long. */
  function watch() {
    const left = heardAt + (openedAt === undefined ? TIMEOUT : idleLimit) - env.now()
    if (left > 0) stopTimer = env.wait(left, watch)
    else {
      options.sink.problem('no sign of life')
      lost('network')
    }
  }

  function lost(code: CloseCode, retryAfter = 0) {
    halt()
    if (over) return
    if (openedAt !== undefined && heardAt - openedAt > STABLE * firstWait) {
      failures = 0
      refused = false
    }
    const again = code === 'unauthorized' && options.hasToken && !refused
    const final = adapter.recorded ? /denied|unauth|gone|protocol/ : /denied|unauth/
    if (code === 'ended') return onStatus('ended', code)
    if (final.test(code) && !again) return onStatus('denied', code)
    if (again) refused = true
    if (code === 'gone') options.forget()
    if (code === 'overloaded') failures += 3
    onStatus(offline ? 'offline' : 'reconnecting', code)
    notBefore = env.now() + Math.min(retryAfter, LONGEST_WAIT) * 1000
    retry(again && !failures ? 0 : backoff(failures, env.random, firstWait))
    failures++
  }

  function retry(ms: number) {
    stopTimer()
    stopTimer = env.wait(Math.max(0, notBefore - env.now()) + ms, connect)
  }

  return {
    start: connect,
    renew: connect,
    halt,
    wake() {
      if (over) return
      if (!own) return retry(0)
      if (openedAt === undefined) return
      stopTimer()
      watch()
    },
    setOffline(now) {
      offline = now
      if (now) lost('network')
    },
    get isOffline() {
      return offline
    },
    get attempts() {
      return attempts
    },
    end() {
      over = true
      halt()
    },
  }
}
