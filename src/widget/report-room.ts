import type { EventMoment } from '../model/track.ts'
import type { Stores } from '../state/create-state.ts'
import type { Announcer } from './public-events.ts'

/** What a report is made with. */
export interface ReportOptions {
  readonly stores: Stores
  readonly announcer: Announcer
  readonly moment: () => EventMoment
  /** The store may say something new: a sale opened or closed, the host brought or corrected a product. `later`: ms until it may again. */
  readonly onShelf: (later?: number) => void
}

/**
 * Makes public events of what changed on screen since the last call: an offer counts as opened when this viewer saw it open, and as closed however
 * it came to its end.
 */
export function reportRoom({ stores, announcer, moment, onShelf }: ReportOptions): () => void {
  let pinned = ''
  let brought = ''
  const open = new Map<string, { readonly how: string; readonly grace: number }>()
  return () => {
    const room = stores.$room.get()
    const productIds = room.now.pin?.data.ids ?? []
    if (productIds.join('\n') !== pinned) {
      pinned = productIds.join('\n')
      if (pinned) announcer.tell('product-pinned', { ...moment(), productIds })
    }
    const now = new Map(stores.$offers.get().flatMap(({ id, stage, terms }) => (stage === 'open' ? [[id, terms]] : [])))
    for (const [offerId, { how, grace = 15 }] of now) {
      if (open.has(offerId)) continue
      open.set(offerId, { how, grace })
      announcer.tell('offer-opened', { ...moment(), offerId })
      if (how === 'sale') onShelf()
    }
    for (const [offerId, { how, grace }] of open) {
      if (now.has(offerId)) continue
      open.delete(offerId)
      announcer.tell('offer-closed', { ...moment(), offerId })
      if (how === 'sale') onShelf(grace * 1000)
    }
    const upserts = Object.values(room.products)
      .flatMap(({ upsert }) => upsert?.id ?? [])
      .join('\n')
    if (upserts !== brought) onShelf()
    brought = upserts
  }
}
