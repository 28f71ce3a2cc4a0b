import { newId } from '../lib/new-id.ts'
import type { ActionResult, ActionType, ViewerAction } from '../model/action.ts'
import { ACTION_TYPES } from '../model/action.ts'
import type { EventAdapter, EventSink } from '../model/adapter.ts'
import type { EventType, LiveEvent } from '../model/event.ts'

/** An event as a page pushes it: whole, as JSON text, or type and data alone; then the adapter gives it id, time and place. */
export type PushedEvent =
  | LiveEvent
  | string
  | { readonly type: EventType; readonly data: unknown; readonly at?: number }

/** What a page brings to its own events. An absent function hides its part of the interface. */
export interface EventFunctions {
  /** Carries out what a viewer does; the same `key` again gets the same answer. */
  send?(action: ViewerAction): ActionResult | Promise<ActionResult>
  /** What may be sent. Absent: all that there is. */
  readonly actions?: readonly ActionType[] | undefined
  /** The room wants events: now, and each time that it connects anew. `push` works until the next time. */
  onConnect?(push: (event: PushedEvent | readonly PushedEvent[]) => void): void
}

/** The adapter of a page that pushes events itself. */
export interface PushAdapter extends EventAdapter {
  /** Hands over events; what comes before the player is open is kept, the newest 2,000. */
  push(event: PushedEvent | readonly PushedEvent[]): void
  /** Nothing more will come. */
  end(): void
}

/** Events kept while nobody listens. */
const KEPT = 2000
/** Ms between two signs of life. */
const BEAT = 10_000
/** What a viewer's event may be: such a one takes no place. */
const VIEWERS = /^(chat\.message|reaction\.batch|audience\.count)$/

/**
 * Events that the page pushes: `push({ type: 'product.pin', data: { ids: ['mug'] } })`. They are checked as all others are. Push whole events, with
 * places of their own, or none that are: the places that this gives are of a log of its own.
 */
export function callbacks({ send, actions = ACTION_TYPES, onConnect }: EventFunctions = {}): PushAdapter {
  const complete = numberer()
  let kept: unknown[] = []
  let sink: EventSink | undefined
  let ended = false
  const push: PushAdapter['push'] = (event) => {
    const events = (Array.isArray(event) ? event : [event]).map(complete)
    if (sink) sink.events(events)
    else kept = [...kept, ...events].slice(-KEPT)
  }
  return {
    name: 'callbacks',
    ...(send && { actions, send: async (action: ViewerAction) => send(action) }),
    push,
    end() {
      ended = true
      sink?.closed({ code: 'ended' })
    },
    connect(to, { signal }) {
      if (signal.aborted) return
      sink = to
      to.open()
      if (kept.length) to.events(kept)
      kept = []
      onConnect?.(push)
      if (ended) return to.closed({ code: 'ended' })
      const beat = setInterval(() => to.events([]), BEAT)
      signal.addEventListener('abort', () => {
        clearInterval(beat)
        if (sink === to) sink = undefined
      })
    },
  }
}

/**
 * The adapter of a tag's page, which has no module to import: each time that the room wants events, a composed `castcart:push-events` event at
 * `target` has `detail.push`.
 */
export function callbacksByEvents(target: EventTarget): EventAdapter {
  return callbacks({
    onConnect(push) {
      target.dispatchEvent(new CustomEvent('castcart:push-events', { detail: { push }, bubbles: true, composed: true }))
    },
  })
}

/** Gives what has none an id, a time and, where it is the host's word, a place in a log of its own. */
function numberer(): (event: PushedEvent) => unknown {
  const epoch = newId()
  let seq = 0
  return (event) => {
    if (typeof event !== 'object' || event === null || 'v' in event) return event
    const { type, data, at = Date.now() } = event
    const isViewers = VIEWERS.test(type) && !/^(host|moderator)$/.test(Object(Object(data).author).role)
    return { v: 1, ...(isViewers ? {} : { epoch, seq: ++seq }), id: newId(), at, type, data }
  }
}
