import type { AdapterContext, EventAdapter, EventSink } from '../model/adapter.ts'
import { arrive } from './arrive.ts'
import { type EngineSource, engineRequests } from './engine-requests.ts'
import type { NatsClient } from './nats-client.ts'
import { followStream } from './nats-stream.ts'
import { attempt, beat, clientOf, handOver, onEnd, type ShopClient } from './shop-client.ts'

export type { NatsClient, NatsMessage } from './nats-client.ts'

/** Where events come from on the shop's own connection. */
export interface NatsSource extends EngineSource {
  /** A connection that is closed cannot be opened again: give a function where the client may give up (`maxReconnectAttempts`). */
  readonly connection: ShopClient<NatsClient>
  readonly subject: string
  /** The JetStream stream that keeps the subject. Absent: only what is published while we listen. */
  readonly stream?: string | undefined
}

/** Ms that an answer may take. */
const PATIENCE = 10_000
/** Ms after which a line that does not answer is dead; the client itself notices after minutes (twice `pingInterval`). */
const DEAD_AFTER = 5000
/** Ms between two looks at a client that redials. */
const REDIALS = 100

/**
 * Events over the shop's own NATS connection. With `stream` an ordered consumer reads on from the stream's own sequence; a newcomer reads it from the
 * beginning, or, where there is a `history`, from now. The client redials; a drop ends the attempt and the next one waits for the client.
 * @param source `snapshot`, `history`, `send`: http(s) addresses, or subjects that are asked (request and reply)
 */
export function nats(source: NatsSource): EventAdapter {
  const ask = async (subject: string, question: unknown) => {
    const connection = await clientOf(source.connection)
    return (await connection.request(subject, JSON.stringify(question), { timeout: PATIENCE, noMux: true })).data
  }
  const log = engineRequests(source, ask)
  return {
    name: 'nats',
    ...log,
    connect(to, given) {
      attempt('nats', { sink: to, context: given }, async (sink, context) => {
        const connection = await clientOf(source.connection)
        await untilAlive(connection, context.signal)
        if (context.signal.aborted) return
        watch(connection, sink, context)
        const { stream, subject } = source
        const token = context.since?.token
        const isWhole = stream !== undefined && (token !== undefined || !log.history)
        if (stream === undefined) await listen(connection, subject, { sink, context })
        else
          await followStream(
            connection,
            { stream, subject, from: isWhole ? Number(token ?? 0) + 1 : 0 },
            { sink, context },
          )
        if (!context.signal.aborted) await arrive({ source, log, ask }, sink, { ...context, isWhole })
      })
    },
  }
}

/** Resolves when the line answers; one that is dead without a word is dialled anew. Rejects where the client gave up. */
async function untilAlive(connection: NatsClient, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (connection.isClosed()) throw new Error('the connection is closed and cannot be opened again')
    const answer = connection.flush().then(
      () => 'alive',
      () => 'redials',
    )
    const state = await Promise.race([answer, later(DEAD_AFTER)])
    if (state === 'alive') return
    // While the client dials by itself this does nothing.
    if (state === undefined) await connection.reconnect?.()
    await later(REDIALS)
  }
}

const later = (ms: number) => new Promise<undefined>((resolve) => setTimeout(resolve, ms))

/** Ends the attempt when the client says that its line fell. */
async function watch(connection: NatsClient, sink: EventSink, context: AdapterContext) {
  const statuses = connection.status()
  onEnd(context, () => statuses.stop?.())
  for await (const { type } of statuses) {
    if (context.signal.aborted) return
    if (/^(disconnect|staleConnection|close)$/.test(type)) sink.closed({ code: 'network' })
  }
}

async function listen(
  connection: NatsClient,
  subject: string,
  { sink, context }: { sink: EventSink; context: AdapterContext },
) {
  const subscription = connection.subscribe(subject, {
    callback(error, message) {
      if (context.signal.aborted) return
      if (error) sink.closed({ code: /permission/i.test(`${error.name} ${error.message}`) ? 'denied' : 'network' })
      else handOver(message.data, sink)
    },
  })
  onEnd(context, () => subscription.unsubscribe())
  await connection.flush()
  beat(() => connection.flush().then(() => true), sink, context.signal)
}
