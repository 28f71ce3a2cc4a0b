import * as z from 'zod/mini'
import { count, id, time } from './field.ts'
import { type LocalText, localTextSchema } from './local-text.ts'
import type { Schema } from './parse.ts'

/** A viewer's question that the desk has let through, with its votes so far. */
export interface Question {
  readonly id: string
  readonly text: string
  /** Who asked. Absent: a guest without a name. */
  readonly name?: string | undefined
  readonly productId?: string | undefined
  /** Picture time it was asked at, ms since 1970. */
  readonly moment?: number | undefined
  readonly votes: number
}

/** The host's answer: at its `at` in the video, and in words where there is a text. */
export interface Answer {
  readonly id: string
  readonly question: string
  readonly answer?: LocalText | undefined
  readonly productId?: string | undefined
}

export const questionSchema: Schema<Question> = z.object({
  id,
  text: z.string().check(z.maxLength(1000)),
  name: z.optional(z.string()),
  productId: z.optional(id),
  moment: z.optional(time),
  votes: count,
})

export const answerSchema: Schema<Answer> = z.object({
  id,
  question: z.string(),
  answer: z.optional(localTextSchema),
  productId: z.optional(id),
})
