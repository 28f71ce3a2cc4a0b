import { exponentOf, type Money } from '../model/money.ts'
import type { EventMoment, TrackedProduct } from '../model/track.ts'

/** An amount as analytics want it: a decimal number of major units. */
export const toMajor = ({ amount, currency }: Money): number => amount / 10 ** exponentOf(currency)

/** Adds to a list the page may not have yet; `null` where the page keeps something else under that name. */
export function pageList(name: string): unknown[] | null {
  const page = globalThis as Record<string, unknown>
  page[name] ??= []
  const list = page[name]
  return Array.isArray(list) ? list : null
}

/** The id a product has in every event: its SKU where it has one, else the variant's, else the product's. */
export const itemId = ({ sku, variantId, productId }: TrackedProduct): string => sku ?? variantId ?? productId

/** What is known of the moment, for every event of a sink; what is not known is left out, since `undefined` would overwrite what the page has set. */
export function about(payload: EventMoment): Readonly<Record<string, unknown>> {
  const { eventId, showId, mode, moment, position, muted, preview, partner, hostId } = payload
  const all = {
    castcart_event_id: eventId,
    castcart_show: showId,
    castcart_mode: mode,
    castcart_moment: moment,
    castcart_position: position,
    castcart_muted: muted,
    castcart_preview: preview,
    castcart_partner: partner,
    castcart_host: hostId,
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}
