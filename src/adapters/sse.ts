import { createLineSplitter } from '../lib/line-splitter.ts'
import { MAX_TEXT, readJson } from '../lib/read-json.ts'
import { ACTION_TYPES, type ActionType } from '../model/action.ts'
import type { AdapterContext, EventAdapter, EventSink, Since } from '../model/adapter.ts'
import { logRequests } from './log-requests.ts'
import { postAction } from './post-action.ts'
import { closeCode, request, retryAfter } from './request.ts'

/**
 * Server-sent events, read by `fetch`: an `EventSource` cannot send a token but in the address, hides statuses and `Retry-After`, and
 * reconnects on its own clock. Actions go by POST. The wire is in docs/protocol.md.
 * @param source `send`: where actions go; absent: to `url`
 */
export function sse(source: {
  readonly url: string
  readonly snapshot?: string | undefined
  readonly history?: string | undefined
  readonly send?: string | undefined
  readonly actions?: readonly ActionType[] | undefined
}): EventAdapter {
  return {
    name: 'sse',
    actions: source.actions ?? ACTION_TYPES,
    ...logRequests(source),
    connect(sink, context) {
      read(source.url, sink, context).catch((cause) => {
        if (!context.signal.aborted) sink.problem(`sse: ${cause}`)
        sink.closed({ code: 'network' })
      })
    },
    send: (action, context) => postAction(source.send ?? source.url, action, context),
  }
}

async function read(url: string, sink: EventSink, context: AdapterContext) {
  const { since } = context
  const sentAt = Date.now()
  const headers = { Accept: 'text/event-stream', ...(since && { 'Last-Event-ID': bookmark(since) }) }
  const response = await request(url, context, { headers, cache: 'no-store' })
  const isStream = response.headers.get('Content-Type')?.includes('text/event-stream')
  if (response.status !== 200 || !isStream || !response.body) {
    if (response.status === 200) sink.problem('sse: the answer is no event stream')
    await response.body?.cancel()
    const code = response.status === 200 ? 'protocol' : closeCode(response.status)
    return sink.closed({ code, retryAfter: retryAfter(response.headers.get('Retry-After')) })
  }
  const push = createReader(sink, sentAt)
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return sink.closed({ code: 'network' })
    push(decoder.decode(value, { stream: true }))
  }
}

function bookmark({ token, epoch, seq }: Since): string {
  return token ?? `${encodeURIComponent(epoch)}:${seq}`
}

/** The event stream format (https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation). */
function createReader(sink: EventSink, sentAt: number): (piece: string) => void {
  let type = ''
  let data: string | undefined
  let id: string | undefined
  let stands = false
  let measured = false

  function dispatch() {
    if (data === undefined) return
    if (!stands) sink.open()
    stands = true
    const value = readJson(data)
    if (type === 'ping') ping(value)
    else if (!type || type === 'message') sink.events(Array.isArray(value) ? value : [value ?? data], id)
    type = ''
    data = id = undefined
  }

  function ping(value: unknown) {
    const { at, epoch, seq } = Object(value) as Record<string, unknown>
    if (!measured && typeof at === 'number') sink.clock({ sentAt, receivedAt: Date.now(), serverAt: at })
    measured = true
    if (typeof epoch === 'string' && typeof seq === 'number') sink.newest({ epoch, seq })
    else sink.events([])
  }

  return createLineSplitter((line) => {
    const [, name, text = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? []
    if (!line) dispatch()
    else if (!name) sink.events([])
    else if (name === 'data') data = (data === undefined ? text : `${data}\n${text}`).slice(0, MAX_TEXT + 1)
    else if (name === 'event') type = text
    else if (name === 'id' && !text.includes('\0')) id = text
  }, MAX_TEXT + 10)
}
