import type { EventAdapter } from '../model/adapter.ts'
import { CastcartError } from '../model/error.ts'
import type { EventSource } from '../model/show.ts'
import type { AblyClient } from './ably.ts'
import type { CentrifugoClient } from './centrifugo.ts'
import type { MqttClient } from './mqtt.ts'
import type { NatsClient } from './nats.ts'
import type { PusherClient } from './pusher.ts'
import type { ShopClient } from './shop-client.ts'
import type { SocketIoClient } from './socketio.ts'

interface Given extends EventSource {
  /** The name within the engine, from the address: `nats:shows.friday` → `shows.friday`. */
  readonly place: string
  /** What the address says after `?`. */
  readonly more: URLSearchParams
}

/** One adapter: what its client must be able to do, and how it is made. */
interface Loader {
  readonly method: string
  load(source: Given, client: unknown): Promise<EventAdapter>
}

const loader = <T extends object>(
  method: string,
  make: (source: Given, client: ShopClient<T>) => Promise<EventAdapter>,
): Loader => ({ method, load: (source, client) => make(source, client as ShopClient<T>) })

const LOADERS = new Map<string, Loader>([
  [
    'nats',
    loader<NatsClient>('subscribe', async ({ place: subject, more, ...source }, connection) =>
      (await import('./nats.ts')).nats({ ...source, connection, subject, stream: more.get('stream') ?? undefined }),
    ),
  ],
  [
    'mqtt',
    loader<MqttClient>('subscribe', async ({ place: topic, more, ...source }, client) =>
      (await import('./mqtt.ts')).mqtt({ ...source, client, topic, qos: qosOf(more.get('qos')) }),
    ),
  ],
  [
    'centrifugo',
    loader<CentrifugoClient>('newSubscription', async ({ place: channel, ...source }, client) =>
      (await import('./centrifugo.ts')).centrifugo({ ...source, client, channel }),
    ),
  ],
  [
    'pusher',
    loader<PusherClient>('subscribe', async ({ place: channel, more, ...source }, client) =>
      (await import('./pusher.ts')).pusher({ ...source, client, channel, event: more.get('event') ?? undefined }),
    ),
  ],
  [
    'ably',
    loader<AblyClient>('connect', async ({ place: channel, ...source }, client) =>
      (await import('./ably.ts')).ably({ ...source, client, channel }),
    ),
  ],
  [
    'socketio',
    loader<SocketIoClient>('emit', async ({ place: event, ...source }, socket) =>
      (await import('./socketio.ts')).socketio({ ...source, socket, event: event || undefined }),
    ),
  ],
])

/** Names of the adapters that work over the shop's own client object. */
export const CLIENT_ADAPTERS: readonly string[] = [...LOADERS.keys()]

/**
 * An adapter over the shop's own client, by name.
 * @throws CastcartError `bad-options` where the client is missing or is none of this engine
 */
export async function clientAdapterFor(
  name: string,
  source: EventSource,
  client: unknown,
): Promise<EventAdapter | null> {
  const found = LOADERS.get(name)
  if (!found) return null
  const expected = `expected the page's own ${name} client: castcart.push({ client }) before the player opens`
  if (!client) throw new CastcartError('bad-options', `client: found nothing, ${expected}`)
  if (typeof client !== 'function' && typeof Reflect.get(Object(client), found.method) !== 'function')
    throw new CastcartError('bad-options', `client: found an object without ${found.method}(), ${expected}`)
  const own = (address: string | undefined) => address && inEngine(name, address).place
  const { place, more } = inEngine(name, source.url)
  const { snapshot, history, send } = source
  return found.load({ ...source, snapshot: own(snapshot), history: own(history), send: own(send), place, more }, client)
}

/** `nats:shows.friday?stream=SHOWS` → `shows.friday` and `stream`; another scheme stays whole. */
function inEngine(name: string, address: string): { place: string; more: URLSearchParams } {
  const prefix = `${name}:`
  if (!address.toLowerCase().startsWith(prefix)) return { place: address, more: new URLSearchParams() }
  const [, place = '', query = ''] = /^([^?]*)\??(.*)$/s.exec(address.slice(prefix.length)) ?? []
  return { place: decode(place), more: new URLSearchParams(query) }
}

/** An address had letters outside ASCII percent-encoded; a name that looks so by itself stays. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const qosOf = (text: string | null) => (text === '0' ? 0 : text === '2' ? 2 : text === '1' ? 1 : undefined)
