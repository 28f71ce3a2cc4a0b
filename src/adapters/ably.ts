import type { AdapterContext, CloseCode, EventAdapter, EventSink } from '../model/adapter.ts'
import { arrive } from './arrive.ts'
import { type EngineSource, engineRequests } from './engine-requests.ts'
import { closeCode } from './request.ts'
import { attempt, beat, clientOf, handOver, onEnd, type ShopClient } from './shop-client.ts'

/** A message of Ably; `timestamp` is the server's, ms since 1970. */
export interface AblyMessage {
  readonly id?: string | undefined
  readonly data?: unknown
  readonly timestamp?: number | undefined
}

/** A page of a channel's history. */
export interface AblyPage {
  readonly items: readonly AblyMessage[]
  next(): Promise<AblyPage | null>
}

interface Change {
  readonly current: string
  readonly resumed?: boolean
  readonly reason?: { readonly code: number; readonly statusCode: number } | undefined
}

/** What is used of a channel of ably-js; read from ably 2.28.0. */
export interface AblyChannel {
  readonly state: string
  attach(): Promise<unknown>
  /** Attaches too, but for a channel that failed. */
  subscribe(listener: (message: AblyMessage) => void): Promise<unknown>
  unsubscribe(listener: (message: AblyMessage) => void): void
  detach(): Promise<unknown>
  on(listener: (change: Change) => void): unknown
  off(listener: (change: Change) => void): unknown
  history(params: {
    start?: number
    untilAttach?: boolean
    direction: 'forwards' | 'backwards'
    limit: number
  }): Promise<AblyPage>
}

/** What is used of a realtime client of ably-js; read from ably 2.28.0. */
export interface AblyClient {
  readonly channels: { get(name: string): AblyChannel }
  readonly connection: {
    readonly state: string
    on(listener: (change: Change) => void): unknown
    off(listener: (change: Change) => void): unknown
  }
  connect(): void
  /** Server time, ms since 1970: a request of its own. */
  time(): Promise<number>
}

/** Where events come from on the shop's own client. */
export interface AblySource extends EngineSource {
  readonly client: ShopClient<AblyClient>
  readonly channel: string
}

/** Ms that Ably may take to bridge a drop by itself before the link is told. */
const BRIDGE = 5000
/** Messages of a history page. */
const PAGE = 100

/**
 * Events over the shop's own Ably client, which dials, redials and watches its line. A drop that it bridges within 5 s with continuity (`resumed`) is none to
 * the viewer. A new attempt reads on in the channel's history from the last message's time (the token); a newcomer reads its newest 100 up to
 * the attachment, unless there is a `history` of the show's own. `snapshot`, `history` and `send` are http(s) addresses.
 */
export function ably(source: AblySource): EventAdapter {
  const log = engineRequests(source)
  return {
    name: 'ably',
    ...log,
    connect(to, given) {
      attempt('ably', { sink: to, context: given }, async (sink, context) => {
        const client = await clientOf(source.client)
        if (context.signal.aborted) return
        if (/^(initialized|closed|failed)$/.test(client.connection.state)) client.connect()
        const channel = client.channels.get(source.channel)
        const isWhole = context.since?.token !== undefined || !log.history
        // Attached while it is still being detached, Ably takes the answer to the one for a refusal of the other.
        if (channel.state === 'detaching') await channel.detach()
        if (context.signal.aborted) return
        try {
          await follow({ client, channel }, sink, context)
          if (isWhole) await readHistory(channel, sink, context)
        } catch (cause) {
          const { code, statusCode } = Object(cause) as { code?: number; statusCode?: number }
          if (!statusCode) throw cause
          return sink.closed({ code: refusal({ code: code ?? 0, statusCode }) })
        }
        if (context.signal.aborted) return
        void measure(client, sink)
        await arrive({ source, log }, sink, { ...context, isWhole })
      })
    },
  }
}

async function follow(
  { client, channel }: { client: AblyClient; channel: AblyChannel },
  sink: EventSink,
  context: AdapterContext,
) {
  const isOurs = /^(initialized|detached|failed)$/.test(channel.state)
  let stands = false
  let bridging: ReturnType<typeof setTimeout> | undefined
  const lost = () => sink.closed({ code: 'network' })
  const hear = (message: AblyMessage) => handOver(message.data, sink, tokenOf(message))
  const onChannel = ({ current, resumed, reason }: Change) => {
    if (current === 'failed') sink.closed({ code: reason ? refusal(reason) : 'denied' })
    // Attaching anew is how Ably comes back; only then it says whether anything was missed.
    else if (stands && current !== 'attaching' && !resumed) lost()
  }
  const onConnection = ({ current, reason }: Change) => {
    clearTimeout(bridging)
    if (current === 'failed') sink.closed({ code: reason ? refusal(reason) : 'denied' })
    else if (stands && current !== 'connected') bridging = setTimeout(lost, BRIDGE)
  }
  channel.on(onChannel)
  client.connection.on(onConnection)
  onEnd(context, () => {
    clearTimeout(bridging)
    channel.off(onChannel)
    client.connection.off(onConnection)
    channel.unsubscribe(hear)
    // Where the line is down there is nothing to detach from.
    if (isOurs) channel.detach().catch(() => {})
  })
  beat(() => client.connection.state === 'connected', sink, context.signal)
  if (channel.state === 'failed') await channel.attach()
  await channel.subscribe(hear)
  stands = true
}

async function readHistory(channel: AblyChannel, sink: EventSink, context: AdapterContext) {
  const [, time, last] = /^(\d+):(.*)$/s.exec(context.since?.token ?? '') ?? []
  const order = time
    ? ({ start: Number(time), direction: 'forwards' } as const)
    : ({ untilAttach: true, direction: 'backwards' } as const)
  let page: AblyPage | null = await channel.history({ ...order, limit: PAGE })
  for (; page && !context.signal.aborted; page = time ? await page.next() : null) {
    for (const message of time ? page.items : [...page.items].reverse())
      if (message.id !== last || last === undefined) handOver(message.data, sink, tokenOf(message))
  }
}

/** The token is `<time>:<id>`: history is asked for by time, and begins with the message that had it. */
const tokenOf = ({ timestamp, id = '' }: AblyMessage) => (timestamp === undefined ? undefined : `${timestamp}:${id}`)

async function measure(client: AblyClient, sink: EventSink) {
  const sentAt = Date.now()
  const serverAt = await client.time().catch(() => Number.NaN)
  if (Number.isFinite(serverAt)) sink.clock({ sentAt, receivedAt: Date.now(), serverAt })
}

/** 40160: the key or token may not do this (https://ably.com/docs/platform/errors/codes). */
function refusal({ code, statusCode }: { code: number; statusCode: number }): CloseCode {
  return code === 40160 ? 'denied' : closeCode(statusCode)
}
