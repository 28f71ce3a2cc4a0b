import { pageGlobal } from '../lib/page-global.ts'
import type { PublicEvents, TrackedProduct, TrackSink } from '../model/track.ts'
import { about, itemId, toMajor } from './ecommerce.ts'

type Fbq = (command: 'track', event: string, data: Record<string, unknown>, ids: { eventID: string }) => void

/**
 * Meta's pixel, where the page has put it (`fbq`). The event's id goes along as `eventID`, which lets the shop's server event be known as the same one.
 * Source: developers.facebook.com/docs/meta-pixel/reference.
 */
export function metaPixel(): TrackSink {
  return {
    name: 'meta-pixel',
    needs: 'marketing',
    track(name, payload) {
      const made = toEvent(name, payload)
      const fbq = pageGlobal<Fbq>('fbq')
      if (made && typeof fbq === 'function')
        fbq('track', made[0], { ...made[1], ...about(payload) }, { eventID: payload.eventId })
    },
  }
}

function toEvent(name: string, payload: unknown): [event: string, data: Record<string, unknown>] | null {
  switch (name) {
    case 'product-viewed':
      return ['ViewContent', one(payload as TrackedProduct)]
    case 'cart-added':
      return ['AddToCart', one(payload as PublicEvents['cart-added'])]
    case 'checkout-started': {
      const { cart, quantity, total } = payload as PublicEvents['checkout-started']
      const contents = cart.items.map((line) => ({
        id: itemId({ ...line, productId: line.productId ?? line.id }),
        quantity: line.quantity,
      }))
      return ['InitiateCheckout', { ...money(total), ...listed(contents), num_items: quantity }]
    }
    default:
      return null
  }
}

const money = (price: PublicEvents['checkout-started']['total']) => ({
  currency: price.currency,
  value: toMajor(price),
})
const listed = (contents: readonly { readonly id: string; readonly quantity: number }[]) => ({
  content_type: 'product',
  content_ids: contents.map(({ id }) => id),
  contents,
})

function one(product: TrackedProduct & { readonly quantity?: number }): Record<string, unknown> {
  const { price, quantity = 1 } = product
  const value = price ? money({ ...price, amount: price.amount * quantity }) : {}
  return { ...value, content_name: product.title, ...listed([{ id: itemId(product), quantity }]) }
}
