import { createLineSplitter } from '../lib/line-splitter.ts'
import { MAX_TEXT } from '../lib/read-json.ts'
import type { AdapterContext, EventSink } from '../model/adapter.ts'
import { closeCode, request, retryAfter } from './request.ts'

/** One message of a stream; `data` is cut off beyond the longest text that is parsed. */
export interface StreamMessage {
  readonly type: string
  readonly data: string
  readonly id: string | undefined
}

/** A stream to be read. */
export interface StreamRequest {
  readonly url: string
  readonly init: RequestInit & { readonly headers: Record<string, string>; onSent?(): void }
  /** The stream stands. */
  onOpen?(response: Response): void
  onMessage(message: StreamMessage): void
}

/** Reads server-sent events until they end; comments count as signs of life. Closes the sink; rejects as `fetch` does. */
export async function readEventStream(stream: StreamRequest, sink: EventSink, context: AdapterContext): Promise<void> {
  const { url, init, onOpen, onMessage } = stream
  const response = await request(url, context, { ...init, cache: 'no-store' })
  const isStream = response.headers.get('Content-Type')?.includes('text/event-stream')
  if (response.status !== 200 || !isStream || !response.body) {
    if (response.status === 200) sink.problem('sse: the answer is no event stream')
    await response.body?.cancel()
    const code = response.status === 200 ? 'protocol' : closeCode(response.status)
    return sink.closed({ code, retryAfter: retryAfter(response.headers) })
  }
  onOpen?.(response)
  const push = createParser(onMessage, () => sink.events([]))
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return sink.closed({ code: 'network' })
    push(decoder.decode(value, { stream: true }))
  }
}

/** The event stream format (https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation). */
function createParser(onMessage: (message: StreamMessage) => void, onComment: () => void): (piece: string) => void {
  let type = ''
  let data: string | undefined
  let id: string | undefined
  return createLineSplitter((line) => {
    const [, name, text = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? []
    if (!line) {
      if (data !== undefined) onMessage({ type, data, id })
      type = ''
      data = id = undefined
    } else if (!name) onComment()
    else if (name === 'data') data = (data === undefined ? text : `${data}\n${text}`).slice(0, MAX_TEXT + 1)
    else if (name === 'event') type = text
    else if (name === 'id' && !text.includes('\0')) id = text
  }, MAX_TEXT + 10)
}
