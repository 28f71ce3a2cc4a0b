import * as z from 'zod/mini'
import { address, count, id } from './field.ts'
import { type LocalText, localTextSchema } from './local-text.ts'
import { type Money, moneySchema } from './money.ts'
import type { Schema } from './parse.ts'

/** How the store finds a product; which field a bridge reads is its own affair. */
export interface ProductRef {
  readonly sku?: string | undefined
  /** The platform's own id, e.g. a Shopify gid. */
  readonly platformId?: string | undefined
  /** The last part of the product page's address. */
  readonly handle?: string | undefined
}

/** One axis of choice: size, colour, glaze … */
export interface ProductOption {
  readonly id: string
  readonly name: LocalText
  readonly values: readonly ProductOptionValue[]
}

export interface ProductOptionValue {
  readonly id: string
  readonly label: LocalText
  /** CSS hex colour: shown as a swatch. */
  readonly color?: string | undefined
  readonly image?: string | undefined
}

/** One buyable combination. Variants are flat; `options` maps axis id to value id. A combination without a variant cannot be bought. */
export interface Variant {
  readonly id: string
  readonly sku?: string | undefined
  readonly ref?: ProductRef | undefined
  readonly title?: LocalText | undefined
  readonly options?: Record<string, string> | undefined
  /** Absent: available. */
  readonly available?: boolean | undefined
  /** Units left; absent: not told. */
  readonly stock?: number | undefined
  /** Absent: the product's. */
  readonly price?: Money | undefined
  readonly compareAt?: Money | undefined
  /** These two of a variant with a price of its own; absent: the product's where the price is the same. */
  readonly lowest30Days?: Money | undefined
  readonly unitPrice?: ProductInput['unitPrice']
  readonly image?: string | undefined
}

/** `cart`: put in the store's cart. `link`: go to its page. `request`: a form (cars, houses). */
export type ProductAction = 'cart' | 'link' | 'request'

/** A product as a show, an event or a store describes it. */
export interface ProductInput {
  readonly id: string
  readonly ref?: ProductRef | undefined
  /** What the host says aloud, e.g. "12". */
  readonly code?: string | undefined
  readonly title: LocalText
  readonly description?: LocalText | undefined
  /** The host's own words on it, such as "I wear S, 168 cm". */
  readonly note?: LocalText | undefined
  readonly sizeGuide?: { readonly text?: LocalText | undefined; readonly url?: string | undefined } | undefined
  /** Heading it stands under in a long list. */
  readonly group?: LocalText | undefined
  readonly url?: string | undefined
  readonly images?: readonly string[] | undefined
  /** Absent: the store's catalogue says. */
  readonly price?: Money | undefined
  readonly compareAt?: Money | undefined
  /** Lowest price of the last 30 days (Directive 98/6/EC Art. 6a). */
  readonly lowest30Days?: Money | undefined
  /** Price of one unit of measure, e.g. per 100 g (Directive 98/6/EC Art. 3). */
  readonly unitPrice?: { readonly price: Money; readonly per: LocalText } | undefined
  readonly available?: boolean | undefined
  readonly stock?: number | undefined
  readonly options?: readonly ProductOption[] | undefined
  readonly variants?: readonly Variant[] | undefined
  /** Absent: `cart`. */
  readonly action?: ProductAction | undefined
  readonly request?:
    | { readonly label: LocalText; readonly fields?: readonly string[] | undefined; readonly url?: string | undefined }
    | undefined
}

export const refSchema: Schema<ProductRef> = z.object({
  sku: z.optional(z.string()),
  platformId: z.optional(z.string()),
  handle: z.optional(z.string()),
})

const unitPrice = z.optional(z.object({ price: moneySchema, per: localTextSchema }))

const variantSchema: Schema<Variant> = z.object({
  id,
  sku: z.optional(z.string()),
  ref: z.optional(refSchema),
  title: z.optional(localTextSchema),
  options: z.optional(z.record(z.string(), z.string())),
  available: z.optional(z.boolean()),
  stock: z.optional(count),
  price: z.optional(moneySchema),
  compareAt: z.optional(moneySchema),
  lowest30Days: z.optional(moneySchema),
  unitPrice,
  image: z.optional(address),
})

const optionSchema: Schema<ProductOption> = z.object({
  id,
  name: localTextSchema,
  values: z.array(z.object({ id, label: localTextSchema, color: z.optional(z.string()), image: z.optional(address) })),
})

export const productSchema: Schema<ProductInput> = z.object({
  id,
  ref: z.optional(refSchema),
  code: z.optional(z.string()),
  title: localTextSchema,
  description: z.optional(localTextSchema),
  note: z.optional(localTextSchema),
  sizeGuide: z.optional(z.object({ text: z.optional(localTextSchema), url: z.optional(address) })),
  group: z.optional(localTextSchema),
  url: z.optional(address),
  images: z.optional(z.array(address)),
  price: z.optional(moneySchema),
  compareAt: z.optional(moneySchema),
  lowest30Days: z.optional(moneySchema),
  unitPrice,
  available: z.optional(z.boolean()),
  stock: z.optional(count),
  options: z.optional(z.array(optionSchema)),
  variants: z.optional(z.array(variantSchema)),
  action: z.optional(z.enum(['cart', 'link', 'request'])),
  request: z.optional(
    z.object({ label: localTextSchema, fields: z.optional(z.array(z.string())), url: z.optional(address) }),
  ),
})

/** A store's answer about several products. */
export const catalogueSchema: Schema<readonly ProductInput[]> = z.array(productSchema)
