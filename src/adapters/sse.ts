import { readJson } from '../lib/read-json.ts'
import { ACTION_TYPES } from '../model/action.ts'
import type { AdapterContext, EventAdapter, EventSink, Since } from '../model/adapter.ts'
import { logRequests } from './log-requests.ts'
import { postAction } from './post-action.ts'
import { readEventStream, type StreamMessage } from './read-event-stream.ts'
import type { SseSource } from './sse-source.ts'

export type { SseSource } from './sse-source.ts'

/**
 * Server-sent events, read by `fetch`: an `EventSource` cannot send a token but in the address, hides statuses and `Retry-After`, and
 * reconnects on its own clock. Actions go by POST. The wire is in docs/protocol.md.
 */
export function sse(source: SseSource): EventAdapter {
  const { url, dialect, send = dialect ? undefined : url, actions = ACTION_TYPES } = source
  const log = logRequests(source)
  return {
    name: 'sse',
    ...log,
    ...(send && { actions, send: (action, context) => postAction(send, action, context) }),
    connect(sink, context) {
      const reading = dialect
        ? import('./sse-dialects.ts').then(({ readDialect }) => readDialect(source, log, { sink, context }))
        : readOwn(url, sink, context)
      reading.catch((cause) => {
        if (!context.signal.aborted) sink.problem(`sse: ${cause}`)
        sink.closed({ code: 'network' })
      })
    },
  }
}

function readOwn(url: string, sink: EventSink, context: AdapterContext): Promise<void> {
  const { since } = context
  const headers = { Accept: 'text/event-stream', ...(since && { 'Last-Event-ID': bookmark(since) }) }
  let sentAt = 0
  const onSent = () => {
    sentAt = Date.now()
  }
  const onMessage = createReader(sink, () => sentAt)
  return readEventStream({ url, init: { headers, onSent }, onOpen: sink.open, onMessage }, sink, context)
}

function bookmark({ token, epoch, seq }: Since): string {
  return token ?? `${encodeURIComponent(epoch)}:${seq}`
}

function createReader(sink: EventSink, sentAt: () => number): (message: StreamMessage) => void {
  let measured = false

  function ping(value: unknown) {
    const { at, epoch, seq } = Object(value) as Record<string, unknown>
    if (!measured && typeof at === 'number') sink.clock({ sentAt: sentAt(), receivedAt: Date.now(), serverAt: at })
    measured = true
    if (typeof epoch === 'string' && typeof seq === 'number') sink.newest({ epoch, seq })
    else sink.events([])
  }

  return ({ type, data, id }) => {
    const value = readJson(data)
    if (type === 'ping') ping(value)
    else sink.events(Array.isArray(value) ? value : [value ?? data], id)
  }
}
