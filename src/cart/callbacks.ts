import type { Cart, CartBridge, CartContext, CartLine, CartResult } from '../model/cart.ts'
import type { ProductInput } from '../model/product.ts'

/** A value or a promise of it. */
type Answer<T> = T | Promise<T>

/** A page's own cart, as functions. Only `add` is required; an absent one hides its part of the interface. */
export interface CartFunctions {
  add(line: CartLine, context: CartContext): Answer<CartResult>
  products?(products: readonly ProductInput[], context: CartContext): Answer<readonly ProductInput[]>
  read?(context: CartContext): Answer<Cart>
  update?(lineId: string, quantity: number, context: CartContext): Answer<CartResult>
  applyVoucher?(code: string, context: CartContext): Answer<CartResult>
  checkout?(cart: Cart): Answer<void>
  watch?(onChange: (cart: Cart | null) => void): () => void
  reveal?(): void
}

/**
 * The bridge of a page that brings its own functions. What they answer is checked by the basket; what they throw, and a promise that
 * never settles, becomes a refusal that the viewer sees.
 */
export function callbacks(page: CartFunctions): CartBridge {
  return {
    name: 'callbacks',
    add: async (line, context) => page.add(line, context),
    ...(page.products && { products: async (list, context) => page.products?.(list, context) ?? list }),
    ...(page.read && { read: async (context) => missing(await page.read?.(context)) }),
    ...(page.update && { update: async (...wish) => missing(await page.update?.(...wish)) }),
    ...(page.applyVoucher && { applyVoucher: async (...wish) => missing(await page.applyVoucher?.(...wish)) }),
    ...(page.checkout && { checkout: async (cart) => page.checkout?.(cart) }),
    ...(page.watch && { watch: (onChange) => page.watch?.(onChange) ?? (() => {}) }),
    ...(page.reveal && { reveal: () => page.reveal?.() }),
  }
}

function missing<T>(answer: T | undefined): T {
  if (answer === undefined) throw new TypeError('a cart callback answered nothing')
  return answer
}
