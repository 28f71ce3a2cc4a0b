import { MAX_TEXT, readJson } from '../lib/read-json.ts'
import type { AdapterContext, EventSink } from '../model/adapter.ts'

/**
 * The shop's own client object, or a function that gives it, asked before each attempt (for clients that cannot be opened again once
 * they are closed). The shop owns it: an adapter never closes it, and dials only where the client does not do so itself.
 */
export type ShopClient<T extends object> = T | (() => T | Promise<T>)

/** The client object. Rejects as the shop's function does. */
export async function clientOf<T extends object>(client: ShopClient<T>): Promise<T> {
  return typeof client === 'function' ? (client as () => T | Promise<T>)() : client
}

/** Ms between two signs of life; the link takes a line for dead after 35,000 without one. */
const BEAT = 15_000

/**
 * One attempt in the background: what it throws is a lost network, it ends once, and all that it began ends with it (`context.signal`).
 * Events that come before it is open wait until it is.
 * @param run is given a sink and a context of its own
 */
export function attempt(
  name: string,
  given: { readonly sink: EventSink; readonly context: AdapterContext },
  run: (sink: EventSink, context: AdapterContext) => Promise<void>,
): void {
  const { sink, context } = given
  const own = new AbortController()
  onEnd(context, () => own.abort())
  let early: Parameters<EventSink['events']>[] | undefined = []
  const closed: EventSink['closed'] = (why) => {
    if (own.signal.aborted) return
    own.abort()
    sink.closed(why)
  }
  const held: EventSink = {
    ...sink,
    closed,
    open() {
      sink.open()
      const waiting = early ?? []
      early = undefined
      for (const delivery of waiting) sink.events(...delivery)
    },
    events(...delivery) {
      if (early) early.push(delivery)
      else sink.events(...delivery)
    },
  }
  run(held, { ...context, signal: own.signal }).catch((cause) => {
    if (!own.signal.aborted) sink.problem(`${name}: ${cause}`)
    closed({ code: 'network' })
  })
}

/**
 * Tells the sink every 15 s that the line lives.
 * @param isAlive whether the client itself, which watches its line, says so; or a round trip, which rejects where it does not
 */
export function beat(isAlive: () => unknown, sink: EventSink, signal: AbortSignal): void {
  const timer = setInterval(async () => {
    try {
      if (await isAlive()) sink.events([])
    } catch {
      // No sign of life: the link hangs up.
    }
  }, BEAT)
  signal.addEventListener('abort', () => clearInterval(timer))
}

/** Whatever an engine delivers, as raw events: bytes are text, text is JSON not yet parsed. */
export function handOver(data: unknown, sink: EventSink, token?: string): void {
  if (data instanceof Uint8Array) {
    if (data.length > 4 * MAX_TEXT) sink.problem(`a message of ${data.length} bytes is too long`)
    else sink.events([new TextDecoder().decode(data)], token)
  } else sink.events(Array.isArray(data) ? data : [data], token)
}

/**
 * The answer of an engine as a value: JSON where it is text or bytes; `undefined` where that is none or longer than `limit` characters.
 * @throws Error where it is empty: nobody answered
 */
export function readAnswer(data: unknown, limit: number): unknown {
  const isBytes = data instanceof Uint8Array
  if (isBytes && data.length > 4 * limit) return undefined
  const text = isBytes ? new TextDecoder().decode(data) : data
  if (text === '') throw new Error('nobody answers')
  return typeof text === 'string' ? readJson(text, limit) : text
}

/** Runs `stop` when the signal aborts, or now where it has; no more once `until` has aborted. */
export function onEnd({ signal }: Pick<AdapterContext, 'signal'>, stop: () => void, until?: AbortSignal): void {
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, until && { signal: until })
}
