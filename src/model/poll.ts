import * as z from 'zod/mini'
import { id, time } from './field.ts'
import { type LocalText, localTextSchema } from './local-text.ts'
import type { Schema } from './parse.ts'

/** A question to everybody, with answers to choose from. */
export interface Poll {
  readonly id: string
  readonly question: LocalText
  readonly options: readonly { readonly id: string; readonly label: LocalText }[]
  /** Server ms since 1970; absent: until the host closes it. */
  readonly closesAt?: number | undefined
  /** One of the answers is right; `poll.close` says which. */
  readonly quiz?: boolean | undefined
  /** A vote may be changed while the poll is open. Absent: it may not. */
  readonly change?: boolean | undefined
}

export const pollSchema: Schema<Poll> = z.object({
  id,
  question: localTextSchema,
  options: z.array(z.object({ id, label: localTextSchema })),
  closesAt: z.optional(time),
  quiz: z.optional(z.boolean()),
  change: z.optional(z.boolean()),
})
