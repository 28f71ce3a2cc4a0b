import { compact } from '../../src/state/room.ts'
import { createVirtualFeed } from './virtual-feed.ts'
import { seededRandom, type VirtualTime } from './virtual-time.ts'
import type { VirtualServer } from './virtual-wire.ts'

/** A desk in memory on a virtual clock: it speaks docs/protocol.md, obeys it, and is asked through a virtual wire; below `/feed/` are its files. */
export interface VirtualDesk extends VirtualServer {
  readonly epoch: string
  /** The whole log as it was written, viewers' events included. */
  readonly log: readonly object[]
  /** Server time, ms since 1970. */
  now(): number
  /** Somebody sets the server's clock, by ms. */
  step(ms: number): void
  /** Writes and sends a host's event. */
  publish(type: string, data: unknown): void
  /** Sends a viewer's event. */
  note(id: string, type: string, data: unknown): void
  /** Writes and sends an event as it is. */
  replay(event: object): void
  /** A new log. */
  restart(epoch: string): void
  stop(): void
}

/** What a desk does its own way. */
export interface VirtualDeskOptions {
  /** Ms since 1970 at virtual time 0. */
  readonly begun: number
  /** Snapshots hold only what counts, not every host event. */
  readonly terse?: boolean
  /** It writes a feed, too. */
  readonly feed?: boolean
  /** There is no such request. */
  readonly without?: 'snapshot' | 'history' | undefined
  /** Whether a line, or a request beside it, may be had for this token. Absent: for any, and for none. */
  readonly letsIn?: ((token: string | undefined, isLine: boolean) => boolean) | undefined
}

type Say = (frame: object, id?: string) => void

/** More often than the protocol asks, so that a minute has room for many dead lines. */
const PING_EVERY = 2000

/** See {@link VirtualDesk}. */
export function createVirtualDesk(time: VirtualTime, options: VirtualDeskOptions): VirtualDesk {
  const { letsIn = () => true } = options
  const listeners = new Set<Say>()
  const pings = new Set<() => void>()
  let log: { seq?: number }[] = []
  let epoch = 'first'
  let seq = 0
  let skew = 0
  let stopPings = () => {}

  const now = () => Math.round(options.begun + time.now() + skew)
  const after = (place: number) => log.filter((event) => event.seq !== undefined && event.seq > place)
  const feed =
    options.feed && createVirtualFeed(time, { now, window: options.terse ? 0 : 1e12, random: seededRandom(5) })
  const tell = (event: { seq?: number }) => {
    log.push(event)
    if (feed) feed.add(event)
    for (const say of listeners) say(event, event.seq === undefined ? undefined : `${epoch}:${event.seq}`)
  }
  const beat = () => {
    for (const ping of pings) ping()
    stopPings = time.wait(PING_EVERY, beat)
  }
  beat()
  /** The missed, a ping, then live. Returns what ends it. */
  const greet = (since: { epoch?: unknown; seq?: unknown } | undefined, say: Say, ping: () => void) => {
    if (since?.epoch === epoch) for (const event of after(Number(since.seq))) say(event, `${epoch}:${event.seq}`)
    ping()
    listeners.add(say)
    pings.add(ping)
    return () => {
      listeners.delete(say)
      pings.delete(ping)
    }
  }
  const place = () => (seq ? { epoch, seq } : {})
  const json = (value: unknown) => ({
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(value),
  })

  return {
    get epoch() {
      return epoch
    },
    get log() {
      return log
    },
    now,
    step(ms) {
      skew += ms
    },
    publish: (type, data) => tell({ v: 1, epoch, seq: ++seq, id: `${epoch}-${seq}`, at: now(), type, data } as object),
    note: (id, type, data) => tell({ v: 1, id, at: now(), type, data } as object),
    replay(event) {
      seq = (event as { seq?: number }).seq ?? seq
      tell(event)
    },
    restart(next) {
      epoch = next
      seq = 0
      log = []
      if (feed) feed.restart(next)
    },
    stop() {
      stopPings()
      if (feed) feed.stop()
    },

    answer({ url, headers }) {
      const token = headers.get('Authorization')?.replace('Bearer ', '')
      const isLine = /\/(events|index\.json)$/.test(url.pathname)
      if (!letsIn(token, isLine)) return { status: 401 }
      if (url.pathname === '/snapshot' && options.without !== 'snapshot') {
        return json(compact(log, { epoch, seq, at: now(), ...(!options.terse && { since: 0 }) }))
      }
      if (url.pathname === '/history' && options.without !== 'history') {
        const { epoch: of, after: from, limit } = Object.fromEntries(url.searchParams)
        return json(of === epoch ? { events: after(Number(from)).slice(0, Number(limit)) } : { gone: true })
      }
      if (feed && url.pathname.startsWith('/feed/')) return feed.answer(decodeURIComponent(url.pathname.slice(6)))
      if (url.pathname !== '/events') return { status: 404 }
      const [, of, from] = /^(.*):(\d+)$/.exec(headers.get('Last-Event-ID') ?? '') ?? []
      return {
        status: 200,
        headers: { 'Content-Type': 'text/event-stream' },
        stream: (block, end) =>
          greet(
            of === undefined ? undefined : { epoch: decodeURIComponent(of), seq: from },
            (frame, id) => block(`${id ? `id: ${id}\n` : ''}data: ${JSON.stringify(frame)}`),
            () =>
              letsIn(token, true) ? block(`event: ping\ndata: ${JSON.stringify({ at: now(), ...place() })}`) : end(),
          ),
      }
    },

    socket({ say, close }) {
      let gone = () => {}
      let over = false
      const send = (frame: object) => say(JSON.stringify(frame))
      return {
        hear(text) {
          const { hello, clock } = readFrame(text)
          const isIn = () => letsIn(hello?.token, true) || close(4401)
          // One that comes twice replaces the first.
          if (hello) gone()
          if (hello && isIn()) gone = greet(hello.since, send, () => isIn() && send({ ping: now(), ...place() }))
          // It may have been cut meanwhile.
          if (over) gone()
          else if (clock !== undefined) send({ clock, at: now() })
        },
        gone() {
          over = true
          gone()
        },
      }
    },
  }
}

/** Nothing where it is no JSON: what a fault has broken on its way up. */
function readFrame(text: string): {
  hello?: { since?: { epoch?: unknown; seq?: unknown }; token?: string }
  clock?: number
} {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}
