import type { AdapterContext, CloseCode, EventAdapter, EventSink, Since } from '../../src/model/adapter.ts'

/** A log in memory and the adapter that reads it, both obedient. No network: what is lost is lost on purpose. */
export interface FakeSource {
  readonly adapter: EventAdapter
  epoch: string
  /** The log, viewers' events included. */
  log: Record<string, unknown>[]
  /** Where each connection resumed, oldest first. */
  readonly connects: { readonly since: Since | undefined; readonly at: number }[]
  readonly loads: string[]
  /** The living connection. */
  sink(): EventSink | undefined
  /** Writes a host event without sending it. */
  write(): Record<string, unknown>
  /** Writes and sends. */
  publish(count?: number): void
  /** Answers each connect; absent: opens, sends the tail, tells the newest place. */
  onConnect?: ((sink: EventSink, context: AdapterContext) => void) | undefined
  /** What `snapshot` and `history` do instead of answering. */
  onLoad?: ((kind: string) => Promise<unknown> | undefined) | undefined
  restart(epoch: string): void
  close(code?: CloseCode, retryAfter?: number): void
}

/** @param parts which optional methods the adapter has */
export function createFakeSource(
  now: () => number,
  parts: { readonly snapshot?: boolean; readonly history?: boolean } = { snapshot: true, history: true },
): FakeSource {
  let current: { sink: EventSink; signal: AbortSignal } | undefined
  let seq = 0
  let ids = 0

  const living = () => (current && !current.signal.aborted ? current.sink : undefined)
  const after = (place: number) => source.log.filter((event) => typeof event.seq === 'number' && event.seq > place)
  const load = (kind: string, answer: () => unknown) => {
    source.loads.push(kind)
    return source.onLoad?.(kind) ?? Promise.resolve(answer())
  }

  const adapter: EventAdapter = {
    name: 'fake',
    connect(sink, context) {
      source.connects.push({ since: context.since, at: now() })
      current = { sink, signal: context.signal }
      if (source.onConnect) return source.onConnect(sink, context)
      sink.open()
      if (context.since?.epoch === source.epoch) sink.events(after(context.since.seq))
      sink.newest({ epoch: source.epoch, seq })
    },
    ...(parts.snapshot && {
      snapshot: () =>
        load('snapshot', () => ({ v: 1, epoch: source.epoch, seq, at: ids + 1, events: [...source.log] })),
    }),
    ...(parts.history && {
      history: ({ epoch, after: place, limit }) =>
        load('history', () => (epoch === source.epoch ? { events: after(place).slice(0, limit) } : { gone: true })),
    }),
  }

  const source: FakeSource = {
    adapter,
    epoch: 'a',
    log: [],
    connects: [],
    loads: [],
    sink: living,
    write() {
      const data = { ids: [`p${++ids}`] }
      const event = { v: 1, epoch: source.epoch, seq: ++seq, id: `e${ids}`, at: ids, type: 'product.pin', data }
      source.log.push(event)
      return event
    },
    publish(count = 1) {
      for (let n = 0; n < count; n++) {
        const event = source.write()
        living()?.events([event])
      }
    },
    restart(epoch) {
      source.epoch = epoch
      source.log = []
      seq = 0
    },
    close: (code = 'network', retryAfter) => living()?.closed({ code, retryAfter }),
  }
  return source
}
