import type { AdapterContext, EventAdapter } from '../model/adapter.ts'
import { arrive } from './arrive.ts'
import { type EngineSource, engineRequests } from './engine-requests.ts'
import { dialNats, type NatsLine, type NatsServer } from './nats-line.ts'
import { attempt, beat, handOver, onEnd } from './shop-client.ts'

/** Where a NATS server is, and what is listened to there. */
export interface NatsCoreSource extends EngineSource, NatsServer {
  /** A subject, wildcards allowed. */
  readonly subject: string
}

/**
 * Events over a NATS server's own WebSocket, by a subscriber written by hand: no client library. What is published while nobody
 * listens is not kept, so give `history` or `snapshot`: http(s) addresses, or subjects that are asked (request and reply), as `send` is.
 */
export function natsCore(source: NatsCoreSource): EventAdapter {
  let line: NatsLine | undefined
  const ask = async (subject: string, question: unknown, context: AdapterContext) =>
    line ? line.ask(subject, question) : askOnce(source, { subject, question }, context)
  const log = engineRequests(source, ask)
  return {
    name: 'nats-core',
    ...log,
    connect(to, given) {
      attempt('nats-core', { sink: to, context: given }, async (sink, context) => {
        const own = await dialNats(source, context, {
          onClosed: (code) => sink.closed({ code }),
          onProblem: (text) => sink.problem(`nats-core: ${text}`),
        })
        if (context.signal.aborted) return
        line = own
        onEnd(context, () => {
          if (line === own) line = undefined
        })
        own.subscribe(source.subject, ({ data }) => handOver(data, sink))
        // The server answers in order: after this the subscription stands, or was refused.
        await own.ping()
        beat(own.ping, sink, context.signal)
        await arrive({ source, log, ask }, sink, context)
      })
    },
  }
}

/** A line for one question, before the one for events stands. */
async function askOnce(
  server: NatsServer,
  { subject, question }: { subject: string; question: unknown },
  context: AdapterContext,
): Promise<unknown> {
  const own = new AbortController()
  onEnd(context, () => own.abort())
  try {
    const line = await dialNats(server, { ...context, signal: own.signal })
    return await line.ask(subject, question)
  } finally {
    own.abort()
  }
}
