import type { Cart, CartItem, CartLine, CartResult } from '../model/cart.ts'
import { CastcartError } from '../model/error.ts'
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
  readonly report: (error: CastcartError) => void
}

/** Public events about products: seen, looked at, put in the cart, refused, taken out, brought to the checkout. */
export interface Goods {
  seen(productId: string): void
  /** What the show does not have is not told. */
  viewed(productId: string): void
  answered(line: CartLine, result: CartResult): void
  removed(item: CartItem, quantity: number): void
  leaving(cart: Cart): void
}

/** Makes public events of what becomes of products. Quantities are those that the store confirmed. */
export function reportGoods({ stores, announcer, locale, moment, report }: GoodsOptions): Goods {
  const viewOf = (productId: string) => stores.$products.get().find(({ id }) => id === productId)
  const productOf = (productId: string, variantId?: string): TrackedProduct => {
    const view = viewOf(productId)
    const variants = view?.product.variants
    // The one that an add takes: a look and a purchase have one id.
    const variant = variants?.find(({ id }) => id === variantId) ?? (variants?.length === 1 ? variants[0] : undefined)
    return {
      productId,
      variantId: variantId ?? variant?.id,
      sku: variant?.sku ?? view?.product.ref?.sku,
      title: inLocale(view?.product.title ?? productId, locale),
      price: variant?.price ?? view?.price,
    }
  }
  return {
    seen: (productId) => announcer.tell('product-seen', { ...moment(), ...productOf(productId) }),
    viewed(productId) {
      if (viewOf(productId)) announcer.tell('product-viewed', { ...moment(), ...productOf(productId) })
    },
    answered({ productId, variantId, seenPrice }, result) {
      const product = productOf(productId, variantId)
      if (result.outcome === 'added' || result.outcome === 'partial') {
        const price = result.priceNow ?? seenPrice ?? product.price
        announcer.tell('cart-added', { ...moment(), ...product, price, quantity: result.quantity })
      } else if (result.outcome === 'rejected') {
        announcer.tell('cart-refused', { ...moment(), productId, reason: result.reason })
        const line = [productId, variantId].filter(Boolean).join('/')
        report(new CastcartError('refused', `the store did not take ${line}: ${result.reason}`))
      }
    },
    removed({ id, productId = id, variantId, sku, title, price }, quantity) {
      const product = productOf(productId, variantId)
      announcer.tell('cart-removed', { ...moment(), ...product, sku: sku ?? product.sku, title, price, quantity })
    },
    leaving(cart) {
      const items = cart.items.map((item) => ({
        ...item,
        sku: item.sku ?? (item.productId ? productOf(item.productId, item.variantId).sku : undefined),
      }))
      const { quantity, total } = cart
      announcer.tell('checkout-started', { ...moment(), cart: { ...cart, items }, quantity, total })
    },
  }
}
