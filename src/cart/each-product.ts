import { within } from '../lib/within.ts'
import type { CartContext } from '../model/cart.ts'
import type { ProductInput } from '../model/product.ts'

/** Products asked for at a time. */
const AT_ONCE = 6
/** Milliseconds that one product may take. */
const PATIENCE = 10_000

/**
 * Asks for each product by itself, a few at a time, in the list's order. One that the store does not answer for costs the others nothing.
 * @throws what `one` throws, where the context does not want to be told of it, or when it has ended
 */
export async function eachProduct(
  list: readonly ProductInput[],
  context: CartContext,
  one: (wanted: ProductInput, context: CartContext) => Promise<readonly ProductInput[]>,
): Promise<ProductInput[]> {
  const ask = async (wanted: ProductInput) => {
    try {
      return await within(PATIENCE, context.signal, (signal) => one(wanted, { ...context, signal }))
    } catch (cause) {
      if (!context.onSilent || context.signal.aborted) throw cause
      context.onSilent(wanted.id, cause)
      return []
    }
  }
  const found: ProductInput[] = []
  for (let at = 0; at < list.length; at += AT_ONCE)
    found.push(...(await Promise.all(list.slice(at, at + AT_ONCE).map(ask))).flat())
  return found
}
