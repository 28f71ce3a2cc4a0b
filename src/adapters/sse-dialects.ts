import { readJson } from '../lib/read-json.ts'
import type { AdapterContext, CloseCode, EventAdapter, EventSink } from '../model/adapter.ts'
import { arrive } from './arrive.ts'
import { readEventStream } from './read-event-stream.ts'
import type { SseSource } from './sse-source.ts'

interface Hearing {
  readonly sink: EventSink
  readonly context: AdapterContext
}

/** Reads a stream of another make: its own way to resume, and after a loss history or snapshot. Rejects as `fetch` does. */
export function readDialect(
  source: SseSource,
  log: Pick<EventAdapter, 'snapshot' | 'history'>,
  { sink, context }: Hearing,
): Promise<void> {
  const given: Given = {
    url: source.url,
    hearing: { sink, context },
    onOpen: (isWhole) => void arrive({ source, log }, sink, { ...context, isWhole }),
  }
  return source.dialect === 'centrifugo' ? readCentrifugo(given) : readById(given, source.dialect === 'nchan')
}

interface Given {
  readonly url: string
  readonly hearing: Hearing
  /** The stream stands. `isWhole`: it brings what was missed by itself. */
  onOpen(isWhole: boolean): void
}

/**
 * nchan (1.3, https://nchan.io) and Mercure (https://mercure.rocks/spec): every message has an id, and the newest that was seen brings those after it.
 * It goes in the address, which costs no preflight. A Mercure hub that has forgotten it says so in a header (which it must expose).
 */
function readById({ url, hearing, onOpen }: Given, isNchan: boolean): Promise<void> {
  const { sink, context } = hearing
  const token = context.since?.token
  const address = new URL(url)
  if (token !== undefined) address.searchParams.set(isNchan ? 'last_event_id' : 'lastEventID', token)
  return readEventStream(
    {
      url: address.href,
      init: { headers: { Accept: 'text/event-stream' } },
      onOpen({ headers }) {
        const known = headers.get('Last-Event-ID')
        onOpen(token !== undefined && (isNchan || known === token))
      },
      onMessage({ data, id }) {
        const value = readJson(data)
        sink.events(Array.isArray(value) ? value : [value ?? data], id)
      },
    },
    sink,
    context,
  )
}

/**
 * Centrifugo's unidirectional stream (v6, https://centrifugal.dev/docs/transports/uni_client_protocol). It begins with a request in the body, where the
 * token does not show; the channel is the address's fragment, absent: what the server subscribes the viewer to. Place and channel are the bookmark.
 */
async function readCentrifugo({ url, hearing, onOpen }: Given): Promise<void> {
  const { sink, context } = hearing
  const [address = '', wanted] = url.split('#')
  const [channel = '', epoch, offset] = context.since?.token?.split('\n') ?? [decodeURIComponent(wanted ?? '')]
  const token = await context.getToken?.()
  const subs = channel && { [channel]: epoch === undefined ? {} : { recover: true, epoch, offset: Number(offset) } }
  const body = JSON.stringify({ ...(token && { token }), ...(subs && { subs }) })
  const hear = centrifugoReader(sink, (isWhole) => onOpen(isWhole && epoch !== undefined))
  const headers = { Accept: 'text/event-stream', 'Content-Type': 'application/json' }
  const onMessage = ({ data }: { readonly data: string }) => hear(Object(readJson(data)) as Push)
  const { getToken: _, ...rest } = context
  await readEventStream({ url: address, init: { method: 'POST', headers, body }, onMessage }, sink, rest)
}

/** What Centrifugo pushes; one without any field is a ping. Read from its protocol's `client.proto`. */
interface Push {
  readonly channel?: unknown
  readonly pub?: { readonly data?: unknown; readonly offset?: unknown }
  readonly connect?: { readonly subs?: Record<string, Position> }
  readonly disconnect?: { readonly code?: unknown }
}

interface Position {
  readonly epoch?: unknown
  readonly offset?: unknown
  readonly recovered?: unknown
  readonly publications?: readonly { readonly data?: unknown; readonly offset?: unknown }[]
}

function centrifugoReader(sink: EventSink, onOpen: (isWhole: boolean) => void): (push: Push) => void {
  const epochs = new Map<string, unknown>()
  const publish = (channel: string, { data, offset }: NonNullable<Push['pub']>) => {
    const events = Array.isArray(data) ? data : [data]
    const epoch = epochs.get(channel)
    sink.events(events, epoch && offset !== undefined ? `${channel}\n${epoch}\n${offset}` : undefined)
  }
  return ({ channel, pub, connect, disconnect }) => {
    if (connect) {
      const subs = Object.entries(connect.subs ?? {})
      for (const [name, { epoch }] of subs) epochs.set(name, epoch)
      onOpen(subs.length > 0 && subs.every(([, { recovered }]) => recovered === true))
      for (const [name, { publications = [] }] of subs) for (const one of publications) publish(name, one)
    } else if (pub) publish(String(channel), pub)
    else if (disconnect) sink.closed({ code: codeOf(Number(disconnect.code)) })
    else sink.events([])
  }
}

/** Below 3500 and from 4000 to 4499 it may be tried again (https://centrifugal.dev/docs/server/codes). */
function codeOf(code: number): CloseCode {
  if (code === 3500 || code === 3005) return 'unauthorized'
  return code < 3500 || (code >= 4000 && code < 4500) ? 'network' : 'denied'
}
