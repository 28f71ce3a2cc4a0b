import { newId } from '../lib/new-id.ts'
import { MAX_TEXT } from '../lib/read-json.ts'
import type { AdapterContext, EventSink } from '../model/adapter.ts'
import type { NatsClient, NatsMessage } from './nats-client.ts'
import { handOver, onEnd, readAnswer } from './shop-client.ts'

/** Ms between two words of a consumer that has nothing to deliver; so the link knows that it still exists. */
const HEARTBEAT = 15_000

/** A stretch of a stream. */
export interface StreamPlace {
  readonly stream: string
  readonly subject: string
  /** The first sequence that is wanted; 0: only what is new. */
  readonly from: number
}

/**
 * An ordered consumer (https://docs.nats.io/nats-concepts/jetstream/consumers): ephemeral, without acknowledgements, one attempt. A message that the
 * line lost ends it, a stream that began anew says `gone`. The stream's sequence is the token.
 */
export async function followStream(
  connection: NatsClient,
  { stream, subject, from }: StreamPlace,
  { sink, context }: { sink: EventSink; context: AdapterContext },
): Promise<void> {
  const inbox = `_INBOX.${newId()}`
  let delivered = 0

  function take(message: NatsMessage) {
    const place = placeOf(message)
    if (!place) return sink.events([])
    if (place.delivery !== ++delivered) return sink.closed({ code: 'network' })
    handOver(message.data, sink, String(place.sequence))
  }
  const subscription = connection.subscribe(inbox, {
    callback(error, message) {
      if (context.signal.aborted) return
      if (error) sink.closed({ code: /permission/i.test(`${error.name} ${error.message}`) ? 'denied' : 'network' })
      else take(message)
    },
  })
  onEnd(context, () => subscription.unsubscribe())
  const answer = await create(connection, stream, {
    deliver_subject: inbox,
    filter_subject: subject,
    ...(from ? { deliver_policy: 'by_start_sequence', opt_start_seq: from } : { deliver_policy: 'new' }),
    ack_policy: 'none',
    max_deliver: 1,
    idle_heartbeat: HEARTBEAT * 1e6,
    mem_storage: true,
    num_replicas: 1,
  })
  const { error, delivered: at } = Object(answer) as {
    error?: { code?: number; description?: string }
    delivered?: { stream_seq?: number }
  }
  if (error) throw new Error(`${stream}: ${error.description ?? error.code}`)
  // The server takes a start beyond the end for the end: then this is not the stream that the sequence was of.
  if (from && Number(at?.stream_seq) < from - 1) return sink.closed({ code: 'gone' })
}

async function create(connection: NatsClient, stream: string, config: object): Promise<unknown> {
  const question = JSON.stringify({ stream_name: stream, config })
  const { data } = await connection.request(`$JS.API.CONSUMER.CREATE.${stream}`, question, {
    timeout: 10_000,
    noMux: true,
  })
  return readAnswer(data, MAX_TEXT)
}

/** `$JS.ACK.<stream>.<consumer>.<tries>.<sequence>.<delivery>.<time>.<pending>`, with a domain and an account before the stream on newer servers. */
function placeOf({ reply = '', headers }: NatsMessage): { sequence: number; delivery: number } | undefined {
  const parts = reply.split('.')
  const shift = parts.length > 9 ? 2 : 0
  if (headers?.code || parts[1] !== 'ACK') return undefined
  return { sequence: Number(parts[5 + shift]), delivery: Number(parts[6 + shift]) }
}
