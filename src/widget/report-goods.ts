import type { CartItem, CartLine, CartResult } from '../model/cart.ts'
import { inLocale } from '../model/local-text.ts'
import type { EventMoment, TrackedProduct } from '../model/track.ts'
import type { Stores } from '../state/create-state.ts'
import type { Announcer } from './public-events.ts'

/** What {@link reportGoods} works with. */
export interface GoodsOptions {
  readonly stores: Stores
  readonly announcer: Announcer
  readonly locale: string
  readonly moment: () => EventMoment
}

/** Public events about products: seen, put in the cart, refused, taken out. */
export interface Goods {
  seen(productId: string): void
  answered(line: CartLine, result: CartResult): void
  removed(item: CartItem, quantity: number): void
}

/** Makes public events of what becomes of products. Quantities are those that the store confirmed. */
export function reportGoods({ stores, announcer, locale, moment }: GoodsOptions): Goods {
  const productOf = (productId: string, variantId?: string): TrackedProduct => {
    const view = stores.$products.get().find(({ id }) => id === productId)
    const variant = view?.product.variants?.find(({ id }) => id === variantId)
    return {
      productId,
      variantId,
      sku: variant?.sku ?? view?.product.ref?.sku,
      title: inLocale(view?.product.title ?? productId, locale),
      price: variant?.price ?? view?.price,
    }
  }
  return {
    seen: (productId) => announcer.tell('product-seen', { ...moment(), ...productOf(productId) }),
    answered({ productId, variantId, seenPrice }, result) {
      const product = productOf(productId, variantId)
      if (result.outcome === 'added' || result.outcome === 'partial') {
        const price = result.priceNow ?? seenPrice ?? product.price
        announcer.tell('cart-added', { ...moment(), ...product, price, quantity: result.quantity })
      } else if (result.outcome === 'rejected')
        announcer.tell('cart-refused', { ...moment(), productId, reason: result.reason })
    },
    removed({ id, productId = id, variantId, title, price }, quantity) {
      announcer.tell('cart-removed', { ...moment(), ...productOf(productId, variantId), title, price, quantity })
    },
  }
}
