import { newId } from '../lib/new-id.ts'
import type { AdapterContext, CloseCode, EventAdapter, EventSink } from '../model/adapter.ts'
import { arrive } from './arrive.ts'
import { type EngineSource, engineRequests } from './engine-requests.ts'
import { attempt, beat, clientOf, handOver, onEnd, type ShopClient } from './shop-client.ts'

/** What is used of an MQTT client; read from mqtt (MQTT.js) 5.16.0. */
export interface MqttClient {
  readonly connected: boolean
  subscribe(
    topic: string,
    options: { qos: 0 | 1 | 2 },
    told: (error: Error | null, granted?: readonly { readonly qos: number }[]) => void,
  ): unknown
  unsubscribe(topic: string, told: () => void): unknown
  publish(topic: string, payload: string, options: { qos: 0 | 1 | 2; properties?: object }, told: () => void): unknown
  sendPing?(): void
  on(event: string, listener: (...heard: never[]) => void): unknown
  off(event: string, listener: (...heard: never[]) => void): unknown
  readonly options: { readonly protocolVersion?: number | undefined }
}

/** Where events come from on the shop's own client. */
export interface MqttSource extends EngineSource {
  readonly client: ShopClient<MqttClient>
  /** The topic of events; wildcards allowed. It is ours: it is unsubscribed when the player closes. */
  readonly topic: string
  /** Absent: 1, at least once; what comes twice is dropped. */
  readonly qos?: 0 | 1 | 2 | undefined
}

/** Ms that MQTT.js may take to bridge a drop by itself before the link is told. */
const BRIDGE = 5000
/** Ms that an answer may take, and those within which a retained message comes. */
const PATIENCE = 10_000
const RETAINED_WITHIN = 3000
/** Without a callback, what a client that is being ended does not do becomes an `error` event of the shop's, which throws where nobody listens. */
const unheard = () => {}

/**
 * Events over the shop's own MQTT client, which dials and redials. A drop that it bridges within 5 s in the same session (`clean: false`: the broker kept
 * what was sent at QoS 1 or 2) is none to the viewer; after any other the link asks for what was missed.
 * @param source `snapshot`: an http(s) address, or a topic whose retained message it is. `history`, `send`: an http(s) address, or a topic
 *   that is asked: JSON with a `replyTo` topic in it (and as response topic of MQTT 5), where the answer is awaited
 */
export function mqtt(source: MqttSource): EventAdapter {
  const { topic, qos = 1 } = source
  const ask = async (name: string, question: unknown, context: AdapterContext) => {
    const client = await clientOf(source.client)
    return name === source.snapshot ? readRetained(client, name, context) : query(client, name, { question, context })
  }
  const log = engineRequests(source, ask)
  return {
    name: 'mqtt',
    ...log,
    connect(to, given) {
      attempt('mqtt', { sink: to, context: given }, async (sink, context) => {
        const client = await clientOf(source.client)
        if (context.signal.aborted) return
        follow(client, { topic, qos, sink, context }, () => void arrive({ source, log, ask }, sink, context))
      })
    },
  }
}

function follow(
  client: MqttClient,
  { topic, qos, sink, context }: { topic: string; qos: 0 | 1 | 2; sink: EventSink; context: AdapterContext },
  stand: () => void,
) {
  let stands = false
  let bridging: ReturnType<typeof setTimeout> | undefined
  const lost = () => sink.closed({ code: 'network' })
  const hear = listener(client, context)
  const subscribe = () =>
    client.subscribe(topic, { qos }, (error, granted) => {
      if (context.signal.aborted) return
      const code = refusal(error, granted)
      if (code || error) sink.closed({ code: code ?? 'network' })
      else {
        stands = true
        stand()
      }
    })
  hear('message', (at: string, payload: Uint8Array) => {
    if (matches(topic, at)) handOver(payload, sink)
  })
  // Answers to pings too: the broker lives.
  hear('packetreceive', () => sink.events([]))
  hear('connect', ({ sessionPresent }: { sessionPresent?: boolean }) => {
    clearTimeout(bridging)
    if (!stands) subscribe()
    else if (!sessionPresent) lost()
  })
  hear('close', () => {
    clearTimeout(bridging)
    if (stands) bridging = setTimeout(lost, BRIDGE)
  })
  // The shop ended its client: it never dials again by itself.
  hear('end', lost)
  onEnd(context, () => {
    clearTimeout(bridging)
    // While the line is down this would be queued, and would undo what the next attempt subscribes.
    if (client.connected) client.unsubscribe(topic, unheard)
  })
  beat(() => client.sendPing?.(), sink, context.signal)
  if (client.connected) subscribe()
}

/** By the reason codes of the SUBACK (MQTT 5.0 §3.9.3; 3.1.1 has 128 alone); `undefined`: it granted, or there was none. */
function refusal(error: unknown, granted: readonly { readonly qos: number }[] = []): CloseCode | undefined {
  const { code, packet } = Object(error) as { code?: unknown; packet?: unknown }
  const { granted: codes } = Object(packet) as { granted?: unknown }
  const all = [code, ...(Array.isArray(codes) ? codes : []), ...granted.map(({ qos }) => qos)].map(Number)
  const found = all.find((reason) => reason >= 128)
  if (found === undefined) return undefined
  return found === 151 ? 'overloaded' : 'denied'
}

/** Listens until the signal aborts. */
function listener(client: MqttClient, context: Pick<AdapterContext, 'signal'>) {
  return (event: string, listen: (...heard: never[]) => void) => {
    client.on(event, listen)
    onEnd(context, () => client.off(event, listen))
  }
}

/** Whether a topic is one of a filter (MQTT 5.0 §4.7.1). */
function matches(filter: string, topic: string): boolean {
  const [wanted, found] = [filter.replace(/^\$share\/[^/]+\//, '').split('/'), topic.split('/')]
  const tail = wanted.at(-1) === '#'
  if (tail ? found.length < wanted.length - 1 : found.length !== wanted.length) return false
  return wanted.every((level, index) => level === '#' || level === '+' || level === found[index])
}

/** One message of a topic; rejects where none comes in time. */
function first(
  client: MqttClient,
  topic: string,
  { context, within, onReady }: { context: AdapterContext; within: number; onReady?: () => void },
): Promise<unknown> {
  const own = new AbortController()
  return new Promise<unknown>((resolve, reject) => {
    onEnd(context, () => reject(context.signal.reason))
    const timer = setTimeout(() => reject(new Error(`nothing on ${topic}`)), within)
    onEnd(own, () => clearTimeout(timer))
    listener(client, own)('message', (at: string, payload: Uint8Array) => {
      if (at === topic) resolve(payload)
    })
    client.subscribe(topic, { qos: 1 }, (error) => (error ? reject(error) : onReady?.()))
  }).finally(() => {
    own.abort()
    client.unsubscribe(topic, unheard)
  })
}

/** `undefined`: the topic has no retained message. */
const readRetained = (client: MqttClient, topic: string, context: AdapterContext) =>
  first(client, topic, { context, within: RETAINED_WITHIN }).catch(() => undefined)

function query(
  client: MqttClient,
  topic: string,
  { question, context }: { question: unknown; context: AdapterContext },
): Promise<unknown> {
  const replyTo = `castcart/replies/${newId()}`
  const body = JSON.stringify({ ...Object(question), replyTo })
  const isNew = client.options.protocolVersion === 5
  const options = { qos: 1 as const, ...(isNew && { properties: { responseTopic: replyTo } }) }
  return first(client, replyTo, {
    context,
    within: PATIENCE,
    onReady: () => client.publish(topic, body, options, unheard),
  })
}
