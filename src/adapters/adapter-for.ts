import type { EventAdapter } from '../model/adapter.ts'
import { CastcartError } from '../model/error.ts'
import type { Options } from '../model/options.ts'
import type { EventSource } from '../model/show.ts'

type Factory = (source: EventSource, host: EventTarget) => EventAdapter

/** The page's own map may be a function, or the JSON text of an attribute. */
type MappedSource = Omit<EventSource, 'map'> & { readonly map?: EventSource['map'] | Options['map'] }

/** What of the page an adapter may need. */
interface Page {
  readonly client?: object | undefined
  readonly host?: EventTarget | undefined
}

/** Each in its own chunk: a page pays for the one it uses. */
const LOADERS = new Map<string, () => Promise<Factory>>([
  ['socket', async () => (await import('./socket.ts')).socket],
  ['sse', async () => (await import('./sse.ts')).sse],
  ['nchan', () => streamOf('nchan')],
  ['mercure', () => streamOf('mercure')],
  ['centrifugo-sse', () => streamOf('centrifugo')],
  ['feed', async () => (await import('./feed.ts')).feed],
  ['timeline', async () => (await import('./timeline.ts')).timeline],
  ['in-band', async () => (await import('./in-band.ts')).inBand],
  [
    'callbacks',
    async () => {
      const { callbacksByEvents } = await import('./callbacks.ts')
      return (_, host) => callbacksByEvents(host)
    },
  ],
])

async function streamOf(dialect: 'nchan' | 'mercure' | 'centrifugo'): Promise<Factory> {
  const { sse } = await import('./sse.ts')
  return (source) => sse({ ...source, dialect })
}

/**
 * The adapter of a show's events, loaded on demand, with what runs beside it; its addresses must be absolute.
 * @param client the page's own client object, for an adapter that works over one
 * @param host the widget's element, at which the page is asked for events of its own
 * @throws CastcartError `bad-options` for a name that is not built in or a client that is missing, `bad-show` for a map that is none,
 *   `no-chunk` where the code did not load
 */
export async function adapterFor(source: MappedSource, client?: object, host?: EventTarget): Promise<EventAdapter> {
  const sources: MappedSource[] = [source, ...(source.more ?? [])]
  const [log, ...more] = await Promise.all(sources.map((each) => oneFor(each, { client, host })))
  if (!log || !more.length) return log as EventAdapter
  const { combine } = await loaded('combine', import('./combine.ts'))
  return combine(log, ...more)
}

async function oneFor(
  { map: how, ...source }: MappedSource,
  { client, host = globalThis }: Page,
): Promise<EventAdapter> {
  const name = source.adapter ?? nameFor(source.url)
  const load = LOADERS.get(name)
  const adapter = load ? (await loaded(name, load()))(source, host) : await rarerFor(name, source, client)
  if (!how) return adapter
  const { map } = await loaded('map', import('./map.ts'))
  return map(adapter, how)
}

async function rarerFor(name: string, source: EventSource, client: object | undefined): Promise<EventAdapter> {
  const { clientAdapterFor, CLIENT_ADAPTERS } = await loaded(name, import('./client-adapter-for.ts'))
  const adapter = await loaded(name, clientAdapterFor(name, source, client))
  if (adapter) return adapter
  const expected = [...LOADERS.keys(), ...CLIENT_ADAPTERS].join(', ')
  throw new CastcartError('bad-options', `events.adapter: found "${name}", expected ${expected}`)
}

async function loaded<T>(name: string, loading: Promise<T>): Promise<T> {
  try {
    return await loading
  } catch (cause) {
    if (cause instanceof CastcartError) throw cause
    throw new CastcartError('no-chunk', `adapter "${name}" did not load`, cause)
  }
}

/** By a scheme without a host, which is an adapter's name (`nats:…`), else `ws(s):` → socket, `….jsonl` → timeline, `…/index.json` → feed, else sse. */
export function nameFor(url: string): string {
  if (/^wss?:/i.test(url)) return 'socket'
  const [, scheme] = /^(?!data:|blob:)([a-z-]+):(?!\/\/)/i.exec(url) ?? []
  if (scheme) return scheme.toLowerCase()
  const path = url.replace(/[?#].*/, '')
  if (path.endsWith('.jsonl')) return 'timeline'
  return path.endsWith('/index.json') ? 'feed' : 'sse'
}
