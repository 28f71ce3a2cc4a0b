import * as z from 'zod/mini'
import { address, count, id, time } from './field.ts'
import type { Schema } from './parse.ts'

/** One stretch of a show's log as a file that never changes, at `<path><n>.json` from the index: a JSON array of events. */
export interface FeedSegment {
  /** Names it; grows from segment to segment within an epoch, not necessarily by one. */
  readonly n: number
  /** The log's newest place before it. */
  readonly after: number
  /** The log's newest place once it is read; `after` where only viewers speak in it. */
  readonly seq: number
  /** Of a recording: server times of its first and its last event, ms, and how many there are. */
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly count?: number | undefined
}

/** The one file of a feed that changes (docs/protocol.md): what there is to read. */
export interface FeedIndex {
  readonly v: 1
  readonly epoch: string
  /** The log's newest place. */
  readonly seq: number
  /** When this index was written, server ms; a later one is newer. */
  readonly at: number
  /** Where the segments are, relative to the index. */
  readonly path: string
  /** Seconds between two writings. Absent: 2. */
  readonly every?: number | undefined
  /** Nothing more will be written. */
  readonly ended?: boolean | undefined
  /** The newest snapshot, at `<path>s<n>.json`: it covers what is up to and with segment `n`. */
  readonly snapshot?: { readonly n: number; readonly seq: number } | undefined
  /** The newest ones (of a recording: all), oldest first. */
  readonly segments: readonly FeedSegment[]
}

export const feedIndexSchema: Schema<FeedIndex> = z.object({
  v: z.literal(1),
  epoch: id,
  seq: count,
  at: time,
  path: address,
  every: z.optional(z.number()),
  ended: z.optional(z.boolean()),
  snapshot: z.optional(z.object({ n: count, seq: count })),
  segments: z.array(
    z.object({
      n: count,
      after: count,
      seq: count,
      from: z.optional(time),
      to: z.optional(time),
      count: z.optional(count),
    }),
  ),
})
