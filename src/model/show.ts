import * as z from 'zod/mini'
import { ACTION_TYPES, type ActionType } from './action.ts'
import { address, count, date, id } from './field.ts'
import { type LocalText, localTextSchema } from './local-text.ts'
import type { Schema } from './parse.ts'
import { type ProductInput, productSchema } from './product.ts'

/** `replay`: recorded; everything else as a live event's `show.state` says it. */
export type ShowStatus = 'scheduled' | 'live' | 'paused' | 'interrupted' | 'ended' | 'replay'

export const SHOW_STATUSES = [
  'scheduled',
  'live',
  'paused',
  'interrupted',
  'ended',
  'replay',
] as const satisfies readonly ShowStatus[]

/** A caption file beside the video, or `"stream"`: captions are in the stream (the full hls.js build is loaded). */
export type Captions = 'stream' | readonly { readonly src: string; readonly lang: string; readonly label: string }[]

/** The picture. Addresses are relative to the show document's own. */
export interface VideoSource {
  readonly src: string
  /** Date of the first frame, for media without program date time. */
  readonly startDate?: string | undefined
  readonly poster?: string | undefined
  readonly preview?: string | undefined
  /** `width:height`. Absent: `9:16`. */
  readonly aspect?: string | undefined
  readonly captions?: Captions | undefined
  /** Milliseconds to add to program date time to get server time. Absent: 0. */
  readonly clockOffset?: number | undefined
  /** Seconds from the host's camera to the viewer, for a picture without a date. */
  readonly latency?: number | undefined
}

/** Where live events come from. */
export interface EventSource {
  /** Absent: by the address (`adapterFor`). */
  readonly adapter?: string | undefined
  readonly url: string
  readonly snapshot?: string | undefined
  readonly history?: string | undefined
  /** Where actions go by POST, for a source that carries none itself or elsewhere. Absent: the adapter's own way, if it has one. */
  readonly send?: string | undefined
  /** What viewers may send; absent: what the adapter can. */
  readonly actions?: readonly ActionType[] | undefined
  /** How a foreign back end's messages become events: a template (docs/adapters.md). Absent: they are events. */
  readonly map?: Record<string, unknown> | undefined
  /** Further sources beside this one, which is the log: they bring chat and what has no place in it. One level deep. */
  readonly more?: readonly EventSource[] | undefined
}

/** The show document, version 1: all that a replay needs beside a log and a video. */
export interface Show {
  readonly version: 1
  readonly id: string
  readonly title: LocalText
  readonly description?: LocalText | undefined
  readonly status?: ShowStatus | undefined
  /** ISO 8601. */
  readonly startsAt?: string | undefined
  readonly endsAt?: string | undefined
  readonly host?:
    | {
        /** Told with every public event and, where the platform can, with the cart line. */
        readonly id?: string | undefined
        readonly name: LocalText
        readonly avatar?: string | undefined
        readonly bio?: LocalText | undefined
        readonly url?: string | undefined
      }
    | undefined
  readonly video?: VideoSource | undefined
  readonly events?: EventSource | undefined
  readonly products: readonly ProductInput[]
  readonly chat?:
    | {
        readonly mode?: 'open' | 'closed' | undefined
        /** Graphemes. Absent: 200. */
        readonly maxLength?: number | undefined
        /** Seconds between two messages of one viewer. */
        readonly slowMode?: number | undefined
        readonly terms?: string | undefined
      }
    | undefined
  /** Where a question asked in a replay goes when no event source takes it: an address that takes a POST, or `mailto:`. */
  readonly questionsTo?: string | undefined
  /** A recorded video shown at a set time as if live; the interface says so. */
  readonly asLive?: boolean | undefined
  /** Until when the replay may be watched, ISO 8601. Absent: for good. */
  readonly expiresAt?: string | undefined
  /** Shows who bought what, where the shop confirms it. Absent: yes. */
  readonly orderNotices?: boolean | undefined
  /** The advertising label some countries require. */
  readonly disclosure?: { readonly text: LocalText; readonly token?: string | undefined } | undefined
}

const videoSchema: Schema<VideoSource> = z.object({
  src: address,
  startDate: z.optional(date),
  poster: z.optional(address),
  preview: z.optional(address),
  aspect: z.optional(
    z.string().check(z.refine((value) => /^\d{1,5}:\d{1,5}$/.test(value), 'width:height, such as 9:16')),
  ),
  captions: z.optional(
    z.union([z.literal('stream'), z.array(z.object({ src: address, lang: z.string(), label: z.string() }))]),
  ),
  clockOffset: z.optional(z.number()),
  latency: z.optional(z.number()),
})

const sourceShape = {
  adapter: z.optional(z.string()),
  url: address,
  snapshot: z.optional(address),
  history: z.optional(address),
  send: z.optional(address),
  actions: z.optional(z.array(z.enum(ACTION_TYPES))),
  map: z.optional(z.record(z.string(), z.unknown())),
}

const eventsSchema: Schema<EventSource> = z.object({
  ...sourceShape,
  more: z.optional(z.array(z.object(sourceShape))),
})

export const showSchema: Schema<Show> = z.object({
  version: z.literal(1),
  id,
  title: localTextSchema,
  description: z.optional(localTextSchema),
  status: z.optional(z.enum(SHOW_STATUSES)),
  startsAt: z.optional(date),
  endsAt: z.optional(date),
  host: z.optional(
    z.object({
      id: z.optional(id),
      name: localTextSchema,
      avatar: z.optional(address),
      bio: z.optional(localTextSchema),
      url: z.optional(address),
    }),
  ),
  video: z.optional(videoSchema),
  events: z.optional(eventsSchema),
  products: z.array(productSchema),
  chat: z.optional(
    z.object({
      mode: z.optional(z.enum(['open', 'closed'])),
      maxLength: z.optional(count),
      slowMode: z.optional(count),
      terms: z.optional(address),
    }),
  ),
  questionsTo: z.optional(address),
  asLive: z.optional(z.boolean()),
  expiresAt: z.optional(date),
  orderNotices: z.optional(z.boolean()),
  disclosure: z.optional(z.object({ text: localTextSchema, token: z.optional(z.string()) })),
})
