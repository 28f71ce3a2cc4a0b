import type { Cart } from './cart.ts'
import type { Money } from './money.ts'

/** What is known of the moment with every public event. */
export interface EventMoment {
  readonly showId: string
  readonly mode: 'live' | 'replay'
  /** Picture time, ms since 1970; absent: no picture time. */
  readonly moment?: number | undefined
  readonly muted: boolean
  readonly partner?: string | undefined
}

/** A product in a public event. */
export interface TrackedProduct {
  readonly productId: string
  readonly variantId?: string | undefined
  readonly title: string
  readonly price?: Money | undefined
}

/** Payload of each public event: a noun and a past verb. Quantities are what the store confirmed. */
export interface PublicEvents {
  'player-opened': EventMoment
  'player-minimised': EventMoment
  'player-closed': EventMoment
  'video-started': EventMoment
  'product-viewed': EventMoment & TrackedProduct
  'product-pinned': EventMoment & { readonly productIds: readonly string[] }
  'offer-opened': EventMoment & { readonly offerId: string }
  'offer-closed': EventMoment & { readonly offerId: string }
  'cart-added': EventMoment & TrackedProduct & { readonly quantity: number }
  /** The store's cart is another than before, whoever changed it. */
  'cart-changed': EventMoment & { readonly cart: Cart }
  'cart-refused': EventMoment & { readonly productId: string; readonly reason: string }
  'checkout-started': EventMoment & { readonly quantity: number; readonly total: Money }
  'message-sent': EventMoment
  'error-occurred': EventMoment & { readonly code: string; readonly message: string }
}

export type PublicEventName = keyof PublicEvents

/** Who is told of public events. Called after the event; what it throws is caught. */
export interface TrackSink {
  readonly name: string
  track<K extends PublicEventName>(name: K, payload: PublicEvents[K]): void
}
