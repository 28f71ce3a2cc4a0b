import type { EventAdapter } from '../model/adapter.ts'
import { CastcartError } from '../model/error.ts'
import type { EventSource } from '../model/show.ts'

type Factory = (source: EventSource) => EventAdapter

/** Each in its own chunk: a page pays for the one it uses. */
const LOADERS = new Map<string, () => Promise<Factory>>([
  ['socket', async () => (await import('./socket.ts')).socket],
  ['sse', async () => (await import('./sse.ts')).sse],
  ['feed', async () => (await import('./feed.ts')).feed],
  ['timeline', async () => (await import('./timeline.ts')).timeline],
])

/**
 * The adapter of a show's events, loaded on demand; its addresses must be absolute.
 * @throws CastcartError `bad-options` for a name that is not built in, `no-chunk` where the code did not load
 */
export async function adapterFor(source: EventSource): Promise<EventAdapter> {
  const name = source.adapter ?? nameFor(source.url)
  const load = LOADERS.get(name)
  if (!load)
    throw new CastcartError(
      'bad-options',
      `events.adapter: found "${name}", expected ${[...LOADERS.keys()].join(', ')}`,
    )
  let factory: Factory
  try {
    factory = await load()
  } catch (cause) {
    throw new CastcartError('no-chunk', `adapter "${name}" did not load`, cause)
  }
  return factory(source)
}

/** `ws(s):` → socket, `….jsonl` → timeline, `…/index.json` → feed, else sse. */
export function nameFor(url: string): string {
  if (/^wss?:/i.test(url)) return 'socket'
  const path = url.replace(/[?#].*/, '')
  if (path.endsWith('.jsonl')) return 'timeline'
  return path.endsWith('/index.json') ? 'feed' : 'sse'
}
