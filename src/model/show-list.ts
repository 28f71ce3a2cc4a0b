import * as z from 'zod/mini'
import { address, date } from './field.ts'
import type { Schema } from './parse.ts'
import { SHOW_STATUSES, type ShowStatus } from './show.ts'

/** One of several shows: enough to choose by without reading its document. */
export interface ShowEntry {
  /** Address of the show document, relative to the list's own. */
  readonly url: string
  /** Absent: by its dates. */
  readonly status?: ShowStatus | undefined
  readonly startsAt?: string | undefined
  readonly endsAt?: string | undefined
}

/** A document in a show document's place that names several; the widget takes the live one, else the next, else the newest replay. */
export interface ShowList {
  readonly version: 1
  readonly shows: readonly ShowEntry[]
}

export const showListSchema: Schema<ShowList> = z.object({
  version: z.literal(1),
  shows: z
    .array(
      z.object({
        url: address,
        status: z.optional(z.enum(SHOW_STATUSES)),
        startsAt: z.optional(date),
        endsAt: z.optional(date),
      }),
    )
    .check(z.minLength(1)),
})
