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
  const ask = async (subject: string, question: unknown, context: AdapterContext) => {
    if (line) return line.ask(subject, question)
    // Before the line for events stands, one for this question.
    const own = new AbortController()
    const hangUp = () => own.abort()
    onEnd(context, hangUp)
    const once = await dialNats(source, { closed: hangUp, problem: hangUp }, { ...context, signal: own.signal })
    return once.ask(subject, question).finally(hangUp)
  }
  const log = engineRequests(source, ask)
  return {
    name: 'nats-core',
    ...log,
    connect(to, given) {
      attempt('nats-core', { sink: to, context: given }, async (sink, context) => {
        const own = await dialNats(source, sink, context)
        line = own
        onEnd(context, () => {
          line = undefined
        })
        own.subscribe(source.subject, (payload) => handOver(payload, sink))
        // The server answers in order: after this the subscription stands, or was refused.
        await own.ping()
        beat(own.ping, sink, context.signal)
        await arrive({ source, log, ask }, sink, context)
      })
    },
  }
}
