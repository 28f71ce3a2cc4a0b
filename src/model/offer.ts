import * as z from 'zod/mini'
import { address, count, id, time } from './field.ts'
import { type LocalText, localTextSchema } from './local-text.ts'
import { type Money, moneySchema } from './money.ts'
import type { Schema } from './parse.ts'

export type OfferKind = 'percent' | 'amount' | 'voucher' | 'gift' | 'delivery' | 'bundle'

/** An offer's terms. It carries no final price: the store confirms that. Times are server ms since 1970. */
export interface OfferTerms {
  readonly id: string
  readonly kind: OfferKind
  readonly title: LocalText
  /** Terms in words. */
  readonly text?: LocalText | undefined
  readonly percentOff?: number | undefined
  /** What `amount` takes off, of the whole purchase or of each product: the text says which. */
  readonly amountOff?: Money | undefined
  /** What `gift` gives. */
  readonly gift?: { readonly title: LocalText; readonly image?: string | undefined } | undefined
  /** What it counts for; of a `bundle`, what must be bought together. Empty: the whole purchase. */
  readonly productIds: readonly string[]
  readonly opensAt: number
  readonly closesAt: number
  /** Seconds the shop still honours it after `closesAt`. Absent: 15. */
  readonly grace?: number | undefined
  readonly quantity?: number | undefined
  readonly remaining?: number | undefined
  /** From how many left the interface says that few are left. Absent: a tenth of `quantity`. */
  readonly lowStock?: number | undefined
  readonly perBuyer?: number | undefined
  /** For everyone present while it is open, one each: a gift of the show. */
  readonly forPresent?: boolean | undefined
  /** What makes it real: a code the bridge applies, a price the store changes, or words only. */
  readonly how: 'voucher' | 'sale' | 'note'
}

/** Why an offer closed. Only `time` waits for the playhead; the rest is truth and shows at once. */
export type OfferCloseReason = 'time' | 'sold-out' | 'host'

/** An offer that ends before it opens is no offer. */
export const offerSchema: Schema<OfferTerms> = z
  .object({
    id,
    kind: z.enum(['percent', 'amount', 'voucher', 'gift', 'delivery', 'bundle']),
    title: localTextSchema,
    text: z.optional(localTextSchema),
    percentOff: z.optional(z.number()),
    amountOff: z.optional(moneySchema),
    gift: z.optional(z.object({ title: localTextSchema, image: z.optional(address) })),
    productIds: z.array(id),
    opensAt: time,
    closesAt: time,
    grace: z.optional(count),
    quantity: z.optional(count),
    remaining: z.optional(count),
    lowStock: z.optional(count),
    perBuyer: z.optional(count),
    forPresent: z.optional(z.boolean()),
    how: z.enum(['voucher', 'sale', 'note']),
  })
  .check(z.refine(({ opensAt, closesAt }: OfferTerms) => closesAt > opensAt, 'closesAt later than opensAt'))
