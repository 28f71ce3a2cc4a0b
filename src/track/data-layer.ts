import type { EventMoment, PublicEvents, TrackedProduct, TrackSink } from '../model/track.ts'
import { about, itemId, pageList, toMajor } from './ecommerce.ts'

/** How the list is called on this page; absent: `dataLayer`. */
export interface DataLayerOptions {
  readonly name?: string | undefined
}

/**
 * Google Analytics 4 through the page's `dataLayer` (Tag Manager). `ecommerce` is cleared before each, so that nothing of a former push leaks in;
 * every push carries the event's id, for tags that must not count twice. Consent mode stays the page's: this never calls `gtag('consent', …)`.
 * Source: developers.google.com/analytics/devguides/collection/ga4/ecommerce.
 */
export function dataLayer({ name: list = 'dataLayer' }: DataLayerOptions = {}): TrackSink {
  return {
    name: 'data-layer',
    needs: 'analytics',
    track(name, payload) {
      const made = toEvent(name, payload)
      if (!made) return
      const target = pageList(list)
      if (made.ecommerce) target?.push({ ecommerce: null })
      const { position } = payload
      target?.push({ ...made, ...about(payload), ...(position === undefined ? {} : { video_current_time: position }) })
    },
  }
}

interface Pushed {
  readonly event: string
  readonly ecommerce?: Record<string, unknown>
  readonly [field: string]: unknown
}

function toEvent(name: string, payload: EventMoment): Pushed | null {
  switch (name) {
    case 'product-seen':
      return promotion('view_promotion', payload as PublicEvents['product-seen'])
    case 'product-viewed':
      return items('view_item', payload as PublicEvents['product-viewed'])
    case 'cart-added':
      return items('add_to_cart', payload as PublicEvents['cart-added'])
    case 'cart-removed':
      return items('remove_from_cart', payload as PublicEvents['cart-removed'])
    case 'checkout-started':
      return checkout(payload as PublicEvents['checkout-started'])
    case 'video-started':
      return { event: 'video_start', video_provider: 'castcart', video_title: payload.showId }
    case 'video-progressed':
      return progress(payload as PublicEvents['video-progressed'])
    default:
      return null
  }
}

function progress({ percent, showId }: PublicEvents['video-progressed']): Pushed {
  const event = percent === 100 ? 'video_complete' : 'video_progress'
  return { event, video_percent: percent, video_provider: 'castcart', video_title: showId }
}

type Bought = Pick<EventMoment, 'showId'> & TrackedProduct & { readonly quantity?: number | undefined }

function item(product: Bought): Record<string, unknown> {
  const { title, variantId, price, quantity, showId } = product
  return {
    item_id: itemId(product),
    item_name: title,
    ...(variantId ? { item_variant: variantId } : {}),
    ...(price ? { price: toMajor(price) } : {}),
    ...(quantity ? { quantity } : {}),
    item_list_id: showId,
  }
}

function items(event: string, product: Bought): Pushed {
  const { price, quantity = 1 } = product
  const value = price ? { currency: price.currency, value: toMajor({ ...price, amount: price.amount * quantity }) } : {}
  return { event, ecommerce: { ...value, items: [item(product)] } }
}

function promotion(event: string, product: Bought): Pushed {
  return { event, ecommerce: { promotion_id: product.showId, items: [item(product)] } }
}

function checkout({ cart, total, showId }: PublicEvents['checkout-started']): Pushed {
  return {
    event: 'begin_checkout',
    ecommerce: {
      currency: total.currency,
      value: toMajor(total),
      items: cart.items.map((line) => item({ ...line, productId: line.productId ?? line.id, showId })),
    },
  }
}
