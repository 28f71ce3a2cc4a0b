import type { EventMoment } from '../model/track.ts'
import type { Stores } from '../state/create-state.ts'
import type { Announcer } from './public-events.ts'

/** What a report is made with. */
export interface ReportOptions {
  readonly stores: Stores
  readonly announcer: Announcer
  readonly moment: () => EventMoment
  /** The store may say something new: a sale opened or closed, the host brought a product. `later`: ms until it may again. */
  readonly onShelf: (later?: number) => void
}

/** Makes public events of what changed in the room since the last call. */
export function reportRoom({ stores, announcer, moment, onShelf }: ReportOptions): () => void {
  let pinned = ''
  let brought = 0
  const open = new Set<string>()
  return () => {
    const room = stores.$room.get()
    const productIds = room.now.pin?.data.ids ?? []
    if (productIds.join('\n') !== pinned) {
      pinned = productIds.join('\n')
      if (pinned) announcer.tell('product-pinned', { ...moment(), productIds })
    }
    for (const [offerId, facts] of Object.entries(room.offers)) {
      if (facts.open && !facts.close && !open.has(offerId)) {
        open.add(offerId)
        announcer.tell('offer-opened', { ...moment(), offerId })
        if (facts.open.data.how === 'sale') onShelf()
      } else if (facts.close && open.delete(offerId)) {
        announcer.tell('offer-closed', { ...moment(), offerId })
        if (facts.open?.data.how === 'sale') onShelf((facts.open.data.grace ?? 15) * 1000)
      }
    }
    const upserts = Object.values(room.products).filter((facts) => facts.upsert).length
    if (upserts !== brought) onShelf()
    brought = upserts
  }
}
