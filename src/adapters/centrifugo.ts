import type { AdapterContext, CloseCode, EventAdapter, EventSink, Since } from '../model/adapter.ts'
import { arrive } from './arrive.ts'
import { type EngineSource, engineRequests } from './engine-requests.ts'
import { attempt, beat, clientOf, handOver, onEnd, type ShopClient } from './shop-client.ts'

/** What is used of a subscription of centrifuge-js; read from centrifuge 5.8.0. */
export interface CentrifugoSubscription {
  subscribe(): void
  unsubscribe(): void
  on(event: string, listener: (context: never) => void): unknown
  off(event: string, listener: (context: never) => void): unknown
}

/** What is used of a Centrifuge client; read from centrifuge 5.8.0. */
export interface CentrifugoClient {
  readonly state: string
  connect(): void
  newSubscription(channel: string, options?: object): CentrifugoSubscription
  getSubscription(channel: string): CentrifugoSubscription | null
  removeSubscription(subscription: never): void
  rpc(method: string, data: unknown): Promise<{ readonly data: unknown }>
  on(event: string, listener: (context: never) => void): unknown
  off(event: string, listener: (context: never) => void): unknown
}

/** Where events come from on the shop's own client. */
export interface CentrifugoSource extends EngineSource {
  readonly client: ShopClient<CentrifugoClient>
  /** A channel that nobody else on the page subscribes. */
  readonly channel: string
  /** Options for the subscription, such as `getToken` for a private channel. */
  readonly options?: object | undefined
}

interface Subscribed {
  readonly wasRecovering: boolean
  readonly recovered: boolean
  readonly recoverable: boolean
  readonly streamPosition?: { readonly epoch: string; readonly offset: number }
}

interface Ended {
  readonly code: number
  readonly reason: string
}

/**
 * Events over the shop's own Centrifuge client (Centrifugo, or any server built on it), which dials, redials and watches its line. The channel's own
 * epoch and offset are the token, so a new attempt recovers what was missed where the namespace keeps a history; where that does not reach, `gone`.
 * @param source `snapshot`, `history`, `send`: http(s) addresses, or RPC methods
 */
export function centrifugo(source: CentrifugoSource): EventAdapter {
  const ask = async (method: string, question: unknown) => {
    const client = await clientOf(source.client)
    dial(client)
    return (await client.rpc(method, question)).data
  }
  const log = engineRequests(source, ask)
  return {
    name: 'centrifugo',
    ...log,
    connect(to, given) {
      attempt('centrifugo', { sink: to, context: given }, async (sink, context) => {
        const client = await clientOf(source.client)
        if (context.signal.aborted) return
        const token = context.since?.token
        follow(client, source, { sink, context }, ({ recovered }) => {
          if (token !== undefined && !recovered) sink.closed({ code: 'gone' })
          else void arrive({ source, log, ask }, sink, { ...context, isWhole: recovered })
        })
        dial(client)
      })
    },
  }
}

/** The client dials by itself, unless it was never told to or was refused. */
function dial(client: CentrifugoClient) {
  if (client.state === 'disconnected') client.connect()
}

function follow(
  client: CentrifugoClient,
  { channel, options }: CentrifugoSource,
  { sink, context }: { sink: EventSink; context: AdapterContext },
  stand: (subscribed: Subscribed) => void,
) {
  const since = placeOf(context.since)
  const subscription = client.newSubscription(channel, { recoverable: true, positioned: true, ...options, since })
  let { epoch = '' } = since ?? {}
  listen(subscription, context, {
    subscribed(subscribed: Subscribed) {
      epoch = subscribed.streamPosition?.epoch ?? ''
      stand(subscribed)
    },
    publication: ({ data, offset }: { data: unknown; offset?: number }) =>
      handOver(data, sink, offset === undefined || !epoch ? undefined : `${offset}:${epoch}`),
    // Only after it stood: the first one says that it begins.
    subscribing: ({ code }: Ended) => {
      if (code === TRANSPORT_CLOSED) sink.closed({ code: 'network' })
    },
    unsubscribed: (ended: Ended) => sink.closed({ code: refusal(ended) }),
    error: ({ error }: { error: { code: number; message: string } }) => {
      if (error.code === PERMISSION_DENIED) sink.closed({ code: 'denied' })
      else sink.problem(`centrifugo: ${error.message}`)
    },
  })
  listen(client, context, { disconnected: (ended: Ended) => sink.closed({ code: refusal(ended) }) })
  onEnd(context, () => {
    subscription.unsubscribe()
    client.removeSubscription(subscription as never)
  })
  beat(() => client.state === 'connected', sink, context.signal)
  subscription.subscribe()
}

/** Of `subscribing`, in centrifuge-js. */
const TRANSPORT_CLOSED = 1
/** Centrifugo's client protocol error (https://centrifugal.dev/docs/server/codes). */
const PERMISSION_DENIED = 103

function listen(
  emitter: Pick<CentrifugoSubscription, 'on' | 'off'>,
  context: AdapterContext,
  listeners: Record<string, (context: never) => void>,
) {
  for (const [event, listener] of Object.entries(listeners)) {
    emitter.on(event, listener)
    onEnd(context, () => emitter.off(event, listener))
  }
}

/** The token is `<offset>:<epoch>`. */
function placeOf(since: Since | undefined): { offset: number; epoch: string } | undefined {
  const [, offset, epoch] = /^(\d+):(.*)$/s.exec(since?.token ?? '') ?? []
  return epoch === undefined ? undefined : { offset: Number(offset), epoch }
}

/** By https://centrifugal.dev/docs/server/codes and the client's own codes, of which 1 is "unauthorized". */
function refusal({ code, reason }: Ended): CloseCode {
  if (code === PERMISSION_DENIED || /permission denied|forbidden/i.test(reason)) return 'denied'
  if (code === 1 || code === 3500 || /token|unauthorized/i.test(reason)) return 'unauthorized'
  return /limit|too many/i.test(reason) ? 'overloaded' : 'network'
}
