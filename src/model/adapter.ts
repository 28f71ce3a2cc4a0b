import * as z from 'zod/mini'
import type { ActionType, ViewerAction } from './action.ts'
import { count, id, time } from './field.ts'
import type { Schema } from './parse.ts'

/**
 * Why a connection ended. `network`: try again · `overloaded`: try later · `unauthorized`: a fresh token is needed ·
 * `denied`: final · `gone`: the log does not reach back so far · `ended`: nothing more will come · `protocol`: it spoke nonsense.
 */
export type CloseCode = 'network' | 'overloaded' | 'unauthorized' | 'denied' | 'gone' | 'ended' | 'protocol'

/** Where a connection resumes. */
export interface Since {
  readonly epoch: string
  readonly seq: number
  /** The engine's own bookmark, opaque. */
  readonly token?: string | undefined
}

/** Text-track cues of the video, for in-band events. */
export interface MetadataCues {
  /**
   * Each cue once, when the picture is at it or was moved past it. Returns what stops it. `data` is the cue's payload (a text, or
   * `{ key, data, info? }` of an ID3 frame or a DATERANGE attribute), `start` seconds of media time.
   */
  subscribe(onCue: (cue: { readonly data: unknown; readonly start: number }) => void): () => void
}

/** What every adapter call is given. Stop all work when `signal` aborts. */
export interface AdapterContext {
  readonly signal: AbortSignal
  readonly since?: Since | undefined
  /** Absent: the source needs no token. Never put a token in an address. */
  readonly getToken?: (() => Promise<string>) | undefined
  readonly fetch: typeof fetch
  readonly locale: string
  /** Present for an adapter that `readsCues`, where there is a picture. */
  readonly metadata?: MetadataCues | undefined
  /** Server time of the frame on screen, ms since 1970; `null`: not known. Absent: nobody watches. */
  readonly picture?: (() => number | null) | undefined
}

/** What an adapter reports to. Called after `signal` aborted, it ignores the call. */
export interface EventSink {
  /** The connection stands. */
  open(): void
  /** Raw events, parsed and judged by the layer above. A string is a JSON text not yet parsed. */
  events(raw: readonly unknown[], token?: string): void
  /** One measured round trip; ms since 1970, the first two by the client's clock. */
  clock(sample: { readonly sentAt: number; readonly receivedAt: number; readonly serverAt: number }): void
  /** The log's newest place as the source knows it: reveals a lost tail without waiting for the next event. */
  newest(place: { readonly epoch: string; readonly seq: number }): void
  /** Something was dropped; for the developer's log, counted. The connection goes on. */
  problem(text: string): void
  /** The connection is over; `retryAfter` in seconds where the server said so. */
  closed(why: { readonly code: CloseCode; readonly retryAfter?: number | undefined }): void
}

/**
 * Where events come from. It only moves bytes and makes one attempt; backoff, order, gaps, duplicates and tokens are the
 * link's. Only `connect` is required; an absent method hides its part of the interface.
 */
export interface EventAdapter {
  readonly name: string
  /** What viewers may send through it. */
  readonly actions?: readonly ActionType[] | undefined
  /** A recorded log: read once to its end, judged by the playhead. */
  readonly recorded?: boolean | undefined
  /** Host events come by the picture and not by the log: holes and any order are normal. */
  readonly anyOrder?: boolean | undefined
  /** Run beside it, each with a connection of its own; what they bring has no place in the log (see `combine`). */
  readonly beside?: readonly EventAdapter[] | undefined
  /** It needs `context.metadata`: the player then reads the cues that are in the stream. */
  readonly readsCues?: boolean | undefined
  // Required
  connect(sink: EventSink, context: AdapterContext): void
  // Optional
  /** A {@link Snapshot}, unparsed. */
  snapshot?(context: AdapterContext): Promise<unknown>
  /** A {@link HistoryPage}, unparsed: events with `seq > after`. */
  history?(
    range: { readonly epoch: string; readonly after: number; readonly limit: number },
    context: AdapterContext,
  ): Promise<unknown>
  /** An `ActionResult`, unparsed. */
  send?(action: ViewerAction, context: AdapterContext): Promise<unknown>
}

/** A compacted log: the fewest events that fold to the same room. */
export interface Snapshot {
  readonly v: 1
  readonly epoch: string
  /** The newest place in the log that it covers. */
  readonly seq: number
  readonly at: number
  readonly events: readonly unknown[]
}

/** A stretch of the log, or word that the epoch is unknown. */
export type HistoryPage =
  | { readonly gone: true }
  | { readonly gone?: false | undefined; readonly events: readonly unknown[] }

export const snapshotSchema: Schema<Snapshot> = z.object({
  v: z.literal(1),
  epoch: id,
  seq: count,
  at: time,
  events: z.array(z.unknown()),
})

export const historySchema: Schema<HistoryPage> = z.union([
  z.object({ gone: z.literal(true) }),
  z.object({ gone: z.optional(z.literal(false)), events: z.array(z.unknown()) }),
])
