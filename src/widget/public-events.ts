import { guarded } from '../lib/guarded.ts'
import type { PublicEventName, PublicEvents } from '../model/track.ts'
import type { Tell } from '../track/fan-out.ts'

export type Listener<K extends PublicEventName> = (payload: PublicEvents[K]) => void

/** What the page and its sinks are told. */
export interface Announcer {
  /** Returns what stops it. */
  on<K extends PublicEventName>(name: K, listener: Listener<K>): () => void
  tell<K extends PublicEventName>(name: K, payload: PublicEvents[K]): void
  /** Asks the page, by a DOM event alone, whether it does the thing itself. True: it does (`preventDefault()`). */
  ask(name: string, detail: unknown): boolean
}

/**
 * Tells listeners, sinks and the page: every public event is also a composed DOM event `castcart:<name>` from the host element.
 * What a listener throws is logged and goes no further.
 * @param openSinks makes the sinks ready at the first event; absent: there are none
 */
export function createAnnouncer(host: EventTarget, openSinks?: () => Promise<Tell>): Announcer {
  let sinks: Promise<Tell> | undefined
  const listeners = new Map<PublicEventName, Set<(payload: never) => void>>()
  const dispatch = (name: string, detail: unknown, cancelable: boolean): boolean =>
    !host.dispatchEvent(new CustomEvent(`castcart:${name}`, { detail, cancelable, bubbles: true, composed: true }))
  return {
    on(name, listener) {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set.add(listener))
      return () => set.delete(listener)
    },
    tell(name, payload) {
      for (const listener of listeners.get(name) ?? []) guarded(() => listener(payload as never))
      sinks ??= openSinks?.()
      sinks?.then(
        (tell) => tell(name, payload),
        (cause) => console.error('[castcart] no-chunk: the sinks could not be loaded', cause),
      )
      guarded(() => dispatch(name, payload, false))
    },
    ask: (name, detail) => dispatch(name, detail, true),
  }
}
