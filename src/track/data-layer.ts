import type { EventMoment, PublicEvents, TrackedProduct, TrackSink } from '../model/track.ts'
import { itemId, pageList, toMajor } from './ecommerce.ts'

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
      target?.push({ ...made, ...about(payload) })
    },
  }
}

interface Pushed {
  readonly event: string
  readonly ecommerce?: Record<string, unknown>
  readonly [field: string]: unknown
}

/** Parameters of every event; `undefined` ones would overwrite what the page has set. */
function about(payload: EventMoment): Record<string, unknown> {
  const { eventId, showId, mode, moment, position, muted, preview, partner, hostId } = payload
  const all = {
    castcart_event_id: eventId,
    castcart_show: showId,
    castcart_mode: mode,
    castcart_moment: moment,
    castcart_muted: muted,
    castcart_preview: preview,
    castcart_partner: partner,
    castcart_host: hostId,
    video_current_time: position,
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
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

type Bought = EventMoment & TrackedProduct & { readonly quantity?: number | undefined }

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
      items: cart.items.map(({ id, productId, variantId, title, price, quantity }) => ({
        item_id: itemId({ productId: productId ?? id, variantId, title }),
        item_name: title,
        price: toMajor(price),
        quantity,
        item_list_id: showId,
      })),
    },
  }
}
