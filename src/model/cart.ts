import * as z from 'zod/mini'
import { count } from './field.ts'
import { type Money, moneySchema } from './money.ts'
import type { Schema } from './parse.ts'
import type { ProductInput, ProductRef } from './product.ts'

/** What a viewer wants in the cart. `ref` is the variant's where it has one, else the product's. */
export interface CartLine {
  readonly productId: string
  readonly variantId?: string | undefined
  readonly ref: ProductRef
  /** Page of the product, for bridges that go there. */
  readonly url?: string | undefined
  /** Whole, from 1. */
  readonly quantity: number
  /** The price the viewer saw; the store's answer is compared with it. */
  readonly seenPrice?: Money | undefined
  /** Who brought the viewer. */
  readonly partner?: string | undefined
  /** Id of the show's host. */
  readonly host?: string | undefined
}

/** A line of the store's cart. */
export interface CartItem {
  /** The store's own line id: what `update` takes. */
  readonly id: string
  /** The show's product and variant, where the bridge can tell. */
  readonly productId?: string | undefined
  readonly variantId?: string | undefined
  /** The merchant's number, where the bridge can tell. */
  readonly sku?: string | undefined
  readonly title: string
  readonly variantTitle?: string | undefined
  /** As the store tells; a fraction where it sells by weight or length. */
  readonly quantity: number
  /** One piece, after the store's discounts. */
  readonly price: Money
  /** The whole line, after the store's discounts. */
  readonly total: Money
  readonly image?: string | undefined
  readonly url?: string | undefined
}

/** The store's cart, mirrored. */
export interface Cart {
  readonly items: readonly CartItem[]
  /** Pieces in all. */
  readonly quantity: number
  readonly total: Money
  /** Codes that count in it; absent: the bridge cannot tell. */
  readonly codes?: readonly string[] | undefined
  readonly checkoutUrl?: string | undefined
}

/** Why the store said no: values, never thrown. `unreachable`: it gave no answer, or one that its cart does not bear out; it may have added all the same. */
export type CartRefusal =
  | 'sold-out'
  | 'limit-reached'
  | 'needs-variant'
  | 'not-found'
  | 'signed-out'
  | 'rate-limited'
  | 'price-changed'
  | 'refused'
  | 'unreachable'

/**
 * What became of an add or a change; `quantity` is what the store confirmed of this intent. `priceNow`: the store's price of one
 * piece where it differs from the price seen, for the viewer to keep or remove. `retryAfter`: nothing was done, and the same wish may
 * be sent again after so many seconds (0 after an expired token, of which the bridge gets a fresh one); the basket does so once.
 */
export type CartResult =
  | {
      readonly outcome: 'added'
      readonly cart: Cart
      readonly quantity: number
      readonly priceNow?: Money | undefined
    }
  | {
      readonly outcome: 'partial'
      readonly cart: Cart
      readonly quantity: number
      readonly reason: CartRefusal
      readonly message?: string | undefined
      readonly priceNow?: Money | undefined
    }
  | {
      readonly outcome: 'rejected'
      readonly reason: CartRefusal
      readonly message?: string | undefined
      readonly available?: number | undefined
      readonly retryAfter?: number | undefined
      readonly cart?: Cart | undefined
    }
  /** The viewer was sent to a page instead (`links`): nothing is in a cart yet. */
  | { readonly outcome: 'left'; readonly url: string }

/** What every bridge call is given. */
export interface CartContext {
  /** Stop all work when it aborts. */
  readonly signal: AbortSignal
  readonly fetch: typeof fetch
  readonly locale: string
  /** ISO 4217 where the page says; absent: the store decides. */
  readonly currency?: string | undefined
  /** Unique per intent, the same on a retry. Set for writes. */
  readonly idempotencyKey?: string | undefined
  /** Told of a product that the store does not answer for, so that the others need not wait. Set for {@link CartBridge.products}; absent: throw. */
  readonly onSilent?: ((productId: string, cause: unknown) => void) | undefined
}

/**
 * How the widget drives the store's own cart. Only `add` is required; an absent method hides its part of the interface.
 * A refusal (sold out, limit, needs a variant, signed out) is a value; only breakage throws.
 */
export interface CartBridge {
  readonly name: string
  // Required
  add(line: CartLine, context: CartContext): Promise<CartResult>
  // Optional
  /**
   * What `add` answers was counted against a cart that it had read just before. Absent: the basket counts, and reads the cart first where the product
   * may be in it already, since an answer's cart alone does not say what is new in it.
   */
  readonly counts?: true
  /** A cart's total is told before codes: what one takes off shows in the checkout alone. */
  readonly hidesDiscounts?: true
  /** The store's truth for price, stock and variants, under the show's product ids; what is not sold here is left out. */
  products?(products: readonly ProductInput[], context: CartContext): Promise<readonly ProductInput[]>
  read?(context: CartContext): Promise<Cart>
  /** Sets a line's quantity; 0 removes it. */
  update?(lineId: string, quantity: number, context: CartContext): Promise<CartResult>
  applyVoucher?(code: string, context: CartContext): Promise<CartResult>
  /** Leaves for the store's checkout. */
  checkout?(cart: Cart): void | Promise<void>
  /** Reports a cart that changed outside the widget; `null`: read it again. Returns what stops it. */
  watch?(onChange: (cart: Cart | null) => void): () => void
  /** Refreshes the theme's own mini-cart, without covering the player. */
  reveal?(): void
}

/** One line of a store's cart. */
export const cartItemSchema: Schema<CartItem> = z.object({
  id: z.string(),
  productId: z.optional(z.string()),
  variantId: z.optional(z.string()),
  sku: z.optional(z.string()),
  title: z.string(),
  variantTitle: z.optional(z.string()),
  quantity: z.number(),
  price: moneySchema,
  total: moneySchema,
  image: z.optional(z.string()),
  url: z.optional(z.string()),
})

export const cartSchema: Schema<Cart> = z.object({
  items: z.array(cartItemSchema),
  quantity: z.number(),
  total: moneySchema,
  codes: z.optional(z.array(z.string())),
  checkoutUrl: z.optional(z.string()),
})

const REFUSALS = [
  'sold-out',
  'limit-reached',
  'needs-variant',
  'not-found',
  'signed-out',
  'rate-limited',
  'price-changed',
  'refused',
  'unreachable',
] as const satisfies readonly CartRefusal[]

/** For answers that a page's own functions give. */
export const cartResultSchema: Schema<CartResult> = z.union([
  z.object({ outcome: z.literal('added'), cart: cartSchema, quantity: z.number(), priceNow: z.optional(moneySchema) }),
  z.object({
    outcome: z.literal('partial'),
    cart: cartSchema,
    quantity: z.number(),
    reason: z.enum(REFUSALS),
    message: z.optional(z.string()),
    priceNow: z.optional(moneySchema),
  }),
  z.object({
    outcome: z.literal('rejected'),
    reason: z.enum(REFUSALS),
    message: z.optional(z.string()),
    available: z.optional(count),
    retryAfter: z.optional(z.number()),
    cart: z.optional(cartSchema),
  }),
  z.object({ outcome: z.literal('left'), url: z.string() }),
])
