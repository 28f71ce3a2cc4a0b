import { CastcartError } from '../model/error.ts'
import type { Options } from '../model/options.ts'
import type { TrackSink } from '../model/track.ts'
import { fanOut, type Tell } from './fan-out.ts'
import { followConsent } from './follow-consent.ts'

/**
 * Makes the page's sinks ready, named ones loaded. Each is told only while the consent that it needs is given; what happened before is not
 * told later. A name that does not exist is logged with those that do; the others work.
 */
export async function openSinks(options: Pick<Options, 'track' | 'consent'>, signal: AbortSignal): Promise<Tell> {
  const { track = [], consent: source = 'none' } = options
  const wanted = typeof track === 'string' ? track.split(/[\s,]+/).filter(Boolean) : track
  const made = await Promise.all(wanted.map((one) => (typeof one === 'string' ? sinkOf(one) : one)))
  const consent = followConsent(source, () => {}, signal)
  const sinks = made.flatMap((sink): TrackSink[] =>
    sink
      ? [
          {
            name: sink.name,
            track: (name, payload) =>
              sink.needs === undefined || consent.now()[sink.needs] ? sink.track(name, payload) : undefined,
          },
        ]
      : [],
  )
  return fanOut(sinks, (cause, sink) => console.error(`[castcart] the sink ${sink} threw`, cause))
}

async function sinkOf(name: string): Promise<TrackSink | null> {
  switch (name) {
    case 'ga4':
      return (await import('./data-layer.ts')).dataLayer()
    case 'meta':
      return (await import('./meta-pixel.ts')).metaPixel()
    case 'metrica':
      return (await import('./metrica.ts')).metrica()
  }
  console.error(new CastcartError('bad-options', `track: found "${name}", expected ga4, meta or metrica`).message)
  return null
}
