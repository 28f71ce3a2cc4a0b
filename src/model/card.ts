import * as z from 'zod/mini'
import { address, id } from './field.ts'
import { type LocalText, localTextSchema } from './local-text.ts'
import type { Schema } from './parse.ts'

/** A call to action that is no product: a newsletter, a fitting, another show. */
export interface Card {
  readonly id: string
  readonly title: LocalText
  readonly text?: LocalText | undefined
  readonly image?: string | undefined
  readonly url: string
  /** What the button says. */
  readonly label: LocalText
}

export const cardSchema: Schema<Card> = z.object({
  id,
  title: localTextSchema,
  text: z.optional(localTextSchema),
  image: z.optional(address),
  url: address,
  label: localTextSchema,
})
