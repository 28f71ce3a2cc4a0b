import type { AdapterContext, EventAdapter, EventSink } from '../model/adapter.ts'
import { arrive } from './arrive.ts'
import { type EngineSource, engineRequests } from './engine-requests.ts'
import { closeCode } from './request.ts'
import { attempt, beat, clientOf, handOver, onEnd, type ShopClient } from './shop-client.ts'

/** What is used of a channel of pusher-js; read from pusher-js 8.6.0. */
export interface PusherChannel {
  readonly subscribed: boolean
  bind(event: string, listener: (data: never) => void): unknown
  unbind(event: string, listener: (data: never) => void): unknown
}

/** What is used of a Pusher client; read from pusher-js 8.6.0. */
export interface PusherClient {
  readonly connection: {
    readonly state: string
    bind(event: string, listener: (data: never) => void): unknown
    unbind(event: string, listener: (data: never) => void): unknown
  }
  connect(): void
  channel(name: string): PusherChannel | undefined
  subscribe(name: string): PusherChannel
  unsubscribe(name: string): void
}

/** Where events come from on the shop's own client. */
export interface PusherSource extends EngineSource {
  readonly client: ShopClient<PusherClient>
  readonly channel: string
  /** The name of the event that carries ours, one or a list. Absent: `castcart`. */
  readonly event?: string | undefined
}

/**
 * Events over the shop's own Pusher client (Pusher Channels, Soketi and the like), which dials, redials and watches its line. Pusher keeps nothing,
 * so give a `history` or a `snapshot`; they and `send` are http(s) addresses: a message that a client triggers has no answer.
 */
export function pusher(source: PusherSource): EventAdapter {
  const log = engineRequests(source)
  return {
    name: 'pusher',
    ...log,
    connect(to, given) {
      attempt('pusher', { sink: to, context: given }, async (sink, context) => {
        const client = await clientOf(source.client)
        if (context.signal.aborted) return
        if (/^(initialized|disconnected)$/.test(client.connection.state)) client.connect()
        follow(client, source, { sink, context }, () => void arrive({ source, log }, sink, context))
      })
    },
  }
}

function follow(
  client: PusherClient,
  { channel: name, event = 'castcart' }: PusherSource,
  { sink, context }: { sink: EventSink; context: AdapterContext },
  stand: () => void,
) {
  // A channel that the shop itself subscribes stays subscribed.
  const isOurs = !client.channel(name)
  const channel = client.subscribe(name)
  const hear = (target: Pick<PusherChannel, 'bind' | 'unbind'>, event: string, listener: (data: never) => void) => {
    target.bind(event, listener)
    onEnd(context, () => target.unbind(event, listener))
  }
  let stands = false
  const begin = () => {
    stands = true
    stand()
  }
  hear(channel, event, (data: unknown) => handOver(data, sink))
  hear(channel, 'pusher:subscription_succeeded', begin)
  hear(channel, 'pusher:subscription_error', ({ status }: { status?: number }) => {
    sink.closed({ code: status ? closeCode(status) : 'network' })
  })
  hear(client.connection, 'state_change', ({ current }: { current: string }) => {
    if (current === 'failed') sink.closed({ code: 'denied' })
    else if (stands && current !== 'connected') sink.closed({ code: 'network' })
  })
  // A drop: the state itself changes a second later, when the client redials.
  hear(client.connection, 'connecting_in', () => sink.closed({ code: 'network' }))
  // 4000 to 4099: the server refuses this application for good (Pusher Channels protocol, error codes).
  hear(client.connection, 'error', (error: { data?: { code?: number }; error?: { data?: { code?: number } } }) => {
    const code = error.data?.code ?? error.error?.data?.code ?? 0
    if (code === 4100) sink.closed({ code: 'overloaded' })
    else if (code >= 4000 && code < 4100) sink.closed({ code: 'denied' })
  })
  onEnd(context, () => {
    if (isOurs) client.unsubscribe(name)
  })
  beat(() => client.connection.state === 'connected', sink, context.signal)
  if (channel.subscribed) begin()
}
