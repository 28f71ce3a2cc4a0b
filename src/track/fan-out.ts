import { remember } from '../lib/remember.ts'
import type { PublicEventName, PublicEvents, TrackSink } from '../model/track.ts'

/** Event ids remembered, the newest. */
const MEMORY = 1000

/** Tells every sink of a public event, once for each `eventId`. */
export type Tell = <K extends PublicEventName>(name: K, payload: PublicEvents[K]) => void

/**
 * Tells sinks, each on its own: what one throws, or rejects with, is caught and keeps nothing from the others.
 * @param onError what a sink threw, for the developer
 */
export function fanOut(sinks: readonly TrackSink[], onError?: (cause: unknown, sink: string) => void): Tell {
  const told = new Set<string>()
  return (name, payload) => {
    if (!remember(told, payload.eventId, MEMORY)) return
    for (const sink of sinks) {
      const tell = async () => sink.track(name, payload)
      tell().catch((cause) => onError?.(cause, sink.name))
    }
  }
}
