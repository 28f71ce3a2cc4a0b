import * as z from 'zod/mini'
import { address, count, id, time } from './field.ts'
import { type LocalText, localTextSchema } from './local-text.ts'
import type { Schema } from './parse.ts'

/** How a viewer takes part: a tap, a word in the chat, a question, a purchase, or to be the first to tap. */
export type RaffleEntry = 'tap' | 'word' | 'question' | 'purchase' | 'first-tap'

/** A giveaway. Organiser, end, number of prizes and rules are required by law in most places, so they are here. */
export interface Raffle {
  readonly id: string
  readonly title: LocalText
  readonly organiser: LocalText
  readonly rulesUrl: string
  /** How to take part without buying; required where entry is by purchase. */
  readonly freeRoute?: LocalText | undefined
  /** How many are given away. */
  readonly prizes: number
  /** What is given away. */
  readonly prize?: { readonly title: LocalText; readonly image?: string | undefined } | undefined
  /** Server ms since 1970. Absent: when the event happened. */
  readonly opensAt?: number | undefined
  readonly closesAt: number
  /** SHA-256 of the seed in hex, published before entries close. */
  readonly seedHash: string
  /** Absent: `tap`. */
  readonly entry?: RaffleEntry | undefined
  /** What to write in the chat, where entry is by `word`. */
  readonly word?: string | undefined
}

/** What was drawn: all that it takes to draw again and compare (`castcart/raffle`). Entries and winners are pseudonyms. */
export interface RaffleDraw {
  readonly id: string
  readonly seed: string
  readonly entries: readonly string[]
  /** Of a first-tap giveaway: how long each of `entries` took, ms, as the desk judged it. */
  readonly times?: readonly number[] | undefined
  readonly winners: readonly string[]
  /** Until when a winner may claim, server ms since 1970. Absent: the rules say. */
  readonly claimBy?: number | undefined
}

export const raffleSchema: Schema<Raffle> = z
  .object({
    id,
    title: localTextSchema,
    organiser: localTextSchema,
    rulesUrl: address,
    freeRoute: z.optional(localTextSchema),
    prizes: count,
    prize: z.optional(z.object({ title: localTextSchema, image: z.optional(address) })),
    opensAt: z.optional(time),
    closesAt: time,
    seedHash: z.string(),
    entry: z.optional(z.enum(['tap', 'word', 'question', 'purchase', 'first-tap'])),
    word: z.optional(z.string()),
  })
  .check(
    z.refine(
      ({ entry, freeRoute }: Raffle) => entry !== 'purchase' || freeRoute !== undefined,
      'a freeRoute, since entry is by purchase',
    ),
  )

export const raffleDrawSchema: Schema<RaffleDraw> = z.object({
  id,
  seed: z.string(),
  entries: z.array(z.string()),
  times: z.optional(z.array(z.number())),
  winners: z.array(z.string()),
  claimBy: z.optional(time),
})
