import type { Cart } from './cart.ts'
import type { Money } from './money.ts'

/** What is known of the moment with every public event. */
export interface EventMoment {
  /** Unique: what is told twice under one id happened once. */
  readonly eventId: string
  readonly showId: string
  readonly mode: 'live' | 'replay'
  /** Picture time, ms since 1970; absent: no picture time. */
  readonly moment?: number | undefined
  /** Seconds into the recording, or into what the player has of a live show; absent: no picture yet. */
  readonly position?: number | undefined
  readonly muted: boolean
  /** The show opened by itself and the viewer has done nothing yet: not to be counted as a view. */
  readonly preview: boolean
  /** `id` of the show's host. */
  readonly hostId?: string | undefined
  readonly partner?: string | undefined
}

/** A product in a public event. */
export interface TrackedProduct {
  readonly productId: string
  readonly variantId?: string | undefined
  readonly sku?: string | undefined
  readonly title: string
  readonly price?: Money | undefined
}

/** Payload of each public event: a noun and a past verb. Quantities are what the store confirmed. */
export interface PublicEvents {
  'player-opened': EventMoment
  'player-minimised': EventMoment
  'player-closed': EventMoment
  'video-started': EventMoment
  /** A quarter, half, three quarters or all of a recording was reached by playing. */
  'video-progressed': EventMoment & { readonly percent: 25 | 50 | 75 | 100 }
  /** Its card was in view for a second. Once for each product while the player is open. */
  'product-seen': EventMoment & TrackedProduct
  /** Its sheet was opened. */
  'product-viewed': EventMoment & TrackedProduct
  'product-pinned': EventMoment & { readonly productIds: readonly string[] }
  'offer-opened': EventMoment & { readonly offerId: string }
  'offer-closed': EventMoment & { readonly offerId: string }
  'cart-added': EventMoment & TrackedProduct & { readonly quantity: number }
  'cart-removed': EventMoment & TrackedProduct & { readonly quantity: number }
  /** The store's cart is another than before, whoever changed it. */
  'cart-changed': EventMoment & { readonly cart: Cart }
  'cart-refused': EventMoment & { readonly productId: string; readonly reason: string }
  'checkout-started': EventMoment & { readonly cart: Cart; readonly quantity: number; readonly total: Money }
  'message-sent': EventMoment
  /** `id`: of the poll, the offer, the raffle. */
  'poll-voted': EventMoment & { readonly id: string }
  'voucher-claimed': EventMoment & { readonly id: string }
  'raffle-entered': EventMoment & { readonly id: string }
  'question-asked': EventMoment & { readonly productId?: string | undefined }
  'host-followed': EventMoment
  'reminder-set': EventMoment
  'error-occurred': EventMoment & { readonly code: string; readonly message: string }
}

export type PublicEventName = keyof PublicEvents

/** Who is told of public events. Called after the event; what it throws is caught. */
export interface TrackSink {
  readonly name: string
  /** The consent without which it is told nothing. Absent: none, it is the page's own. */
  readonly needs?: 'analytics' | 'marketing' | undefined
  track<K extends PublicEventName>(name: K, payload: PublicEvents[K]): void
}
