import type { TrackSink } from '../model/track.ts'

/** The sink of a page that brings its own function. */
export function callback(fn: TrackSink['track']): TrackSink {
  return { name: 'callback', track: (name, payload) => fn(name, payload) }
}
