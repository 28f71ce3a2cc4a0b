import type { EventAdapter } from '../model/adapter.ts'
import { CastcartError } from '../model/error.ts'
import type { EventSource } from '../model/show.ts'
import type { AblyClient } from './ably.ts'
import type { CentrifugoClient } from './centrifugo.ts'
import type { MqttClient } from './mqtt.ts'
import type { NatsClient } from './nats-client.ts'
import type { PusherClient } from './pusher.ts'
import type { ShopClient } from './shop-client.ts'
import type { SocketIoClient } from './socketio.ts'

interface Given extends Omit<EventSource, 'more'> {
  /** The name within the engine, from the address: `nats:shows.friday` → `shows.friday`. */
  readonly place: string
  /** What the address says after `?`. */
  readonly query: URLSearchParams
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
    loader<NatsClient>('subscribe', async ({ place: subject, query, ...source }, connection) =>
      (await import('./nats.ts')).nats({ ...source, connection, subject, stream: query.get('stream') ?? undefined }),
    ),
  ],
  [
    'mqtt',
    loader<MqttClient>('subscribe', async ({ place: topic, query, ...source }, client) =>
      (await import('./mqtt.ts')).mqtt({ ...source, client, topic, qos: qosOf(query.get('qos')) }),
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
    loader<PusherClient>('subscribe', async ({ place: channel, query, ...source }, client) =>
      (await import('./pusher.ts')).pusher({ ...source, client, channel, event: query.get('event') ?? undefined }),
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

/** Names of the adapters that are found here. */
export const CLIENT_ADAPTERS: readonly string[] = ['nats-core', ...LOADERS.keys()]

/**
 * An adapter of a foreign engine by name, over the shop's own client where it needs one; `null` for a name that is none of these.
 * @throws CastcartError `bad-options` where the client is missing or is none of this engine
 */
export async function clientAdapterFor(
  name: string,
  source: EventSource,
  client: unknown,
): Promise<EventAdapter | null> {
  if (name === 'nats-core') return natsCoreFor(source)
  const found = LOADERS.get(name)
  if (!found) return null
  const expected = `expected the page's own ${name} client: castcart.push({ client }) before the player opens`
  if (!client) throw new CastcartError('bad-options', `client: found nothing, ${expected}`)
  if (typeof client !== 'function' && typeof Reflect.get(Object(client), found.method) !== 'function')
    throw new CastcartError('bad-options', `client: found an object without ${found.method}(), ${expected}`)
  const own = (address: string | undefined) => address && inEngine(name, address).place
  const { place, query } = inEngine(name, source.url)
  const { snapshot, history, send } = source
  return found.load(
    { ...source, snapshot: own(snapshot), history: own(history), send: own(send), place, query },
    client,
  )
}

/** `wss://viewer@nats.example/#shows.friday`: the subject after the hash, the user, if any, before the host. */
async function natsCoreFor({ url, ...source }: EventSource): Promise<EventAdapter> {
  const address = new URL(url)
  const { hash, username } = address
  if (!hash.slice(1)) throw new CastcartError('bad-options', `events.url: found "${url}", expected a subject after #`)
  address.hash = address.username = ''
  const { natsCore } = await import('./nats-core.ts')
  const subject = decode(hash.slice(1))
  return natsCore({ ...source, url: address.href, subject, user: decode(username) || undefined })
}

/** `nats:shows.friday?stream=SHOWS` → `shows.friday` and `stream`; another scheme stays whole. */
function inEngine(name: string, address: string): { place: string; query: URLSearchParams } {
  const prefix = `${name}:`
  if (!address.toLowerCase().startsWith(prefix)) return { place: address, query: new URLSearchParams() }
  const [, place = '', asked = ''] = /^([^?]*)\??(.*)$/s.exec(address.slice(prefix.length)) ?? []
  return { place: decode(place), query: new URLSearchParams(asked) }
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
