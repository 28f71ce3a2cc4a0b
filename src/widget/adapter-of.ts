import { adapterFor } from '../adapters/adapter-for.ts'
import type { EventAdapter } from '../model/adapter.ts'
import type { Options } from '../model/options.ts'
import type { EventSource } from '../model/show.ts'
import type { LoadedShow } from './load-show.ts'

/**
 * The adapter that a show's events come from: the page's own, or the one that its address or name asks for. `null`: the show has no events.
 * @throws CastcartError `bad-options` for one that does not exist
 */
export async function adapterOf(
  { show, base }: LoadedShow,
  options: Options,
  host: HTMLElement,
): Promise<EventAdapter | null> {
  const { adapter, events, client } = options
  if (adapter && typeof adapter !== 'string') return adapter
  const alone = adapter === 'callbacks' || adapter === 'in-band' ? `${adapter}:` : undefined
  const source = show.events ?? (events || alone ? { url: events ?? alone ?? '' } : undefined)
  if (!source) return null
  const log = withAddresses(source, base)
  const url = events ? new URL(events, document.baseURI).href : log.url
  return adapterFor({ ...log, url, adapter: adapter ?? log.adapter, map: options.map ?? log.map }, client, host)
}

/** Its addresses made absolute; those with a scheme of their own (`nats:`) stay what they are. */
function withAddresses(source: EventSource, base: string): EventSource {
  const absolute = (address: string | undefined) => (address === undefined ? undefined : new URL(address, base).href)
  return {
    ...source,
    url: new URL(source.url, base).href,
    snapshot: absolute(source.snapshot),
    history: absolute(source.history),
    send: absolute(source.send),
    more: source.more?.map((other) => withAddresses(other, base)),
  }
}
