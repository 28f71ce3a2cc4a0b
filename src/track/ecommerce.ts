import { exponentOf, type Money } from '../model/money.ts'
import type { TrackedProduct } from '../model/track.ts'

/** An amount as analytics want it: a decimal number of major units. */
export const toMajor = ({ amount, currency }: Money): number => amount / 10 ** exponentOf(currency)

/** Adds to a list the page may not have yet; `null` where the page keeps something else under that name. */
export function pageList(name: string): unknown[] | null {
  const page = globalThis as Record<string, unknown>
  page[name] ??= []
  const list = page[name]
  return Array.isArray(list) ? list : null
}

/** The id a shop's feeds know a product by: its SKU where it has one, else the show's own id. */
export const itemId = ({ sku, variantId, productId }: TrackedProduct): string => sku ?? variantId ?? productId
