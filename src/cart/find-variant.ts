import type { CartLine, CartRefusal } from '../model/cart.ts'
import type { KnownIds, StoreProduct, StoreVariant } from './join-product.ts'

/** The store's variant that a line means, or why there is none. */
export type FoundVariant = { readonly id: string; readonly variant?: StoreVariant } | { readonly reason: CartRefusal }

/**
 * Which of the store's variants a line means: the one that the catalogue has told of, else by platform id and SKU among the product's,
 * else its only one. Never a guess: `needs-variant`.
 * @param find the store's product of a line; `undefined`: not sold here
 */
export async function findVariant(
  line: CartLine,
  known: KnownIds,
  find: (line: CartLine) => Promise<StoreProduct | undefined>,
): Promise<FoundVariant> {
  const { platformId, sku } = line.ref
  if (platformId && known.has(platformId)) return { id: platformId }
  const product = await find(line)
  if (!product) return { reason: 'not-found' }
  const { variants } = product
  const variant =
    variants.find(({ id }) => id === platformId) ??
    (sku ? variants.find((one) => one.sku === sku) : undefined) ??
    (variants.length === 1 ? variants[0] : undefined)
  if (!variant) return { reason: variants.length ? 'needs-variant' : 'not-found' }
  known.set(variant.id, { productId: line.productId, variantId: line.variantId })
  return { id: variant.id, variant }
}
