import type { CartContext } from '../model/cart.ts'
import type { ProductInput } from '../model/product.ts'
import { eachProduct } from './each-product.ts'
import { joinProduct, type KnownIds, type StoreProduct } from './join-product.ts'

/** Runs `one` over a list, a few at a time, in its order. */
export async function inBatches<T, R>(list: readonly T[], one: (item: T) => Promise<R>, atOnce = 6): Promise<R[]> {
  const done: R[] = []
  for (let at = 0; at < list.length; at += atOnce)
    done.push(...(await Promise.all(list.slice(at, at + atOnce).map(one))))
  return done
}

/**
 * The show's products with the store's truth. What the store does not have is left out, unless it is not put in a cart anyway.
 * @param find `undefined`: the store does not sell it
 */
export async function askCatalogue(
  list: readonly ProductInput[],
  { known, context }: { readonly known: KnownIds; readonly context: CartContext },
  find: (wanted: ProductInput, context: CartContext) => Promise<StoreProduct | undefined>,
): Promise<ProductInput[]> {
  return eachProduct(list, context, async (wanted, own) => {
    const product = await find(wanted, own)
    if (product) return [joinProduct(wanted, product, known)]
    return (wanted.action ?? 'cart') === 'cart' ? [] : [wanted]
  })
}
