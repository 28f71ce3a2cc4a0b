import type { EventMoment } from '../model/track.ts'
import type { Stores } from '../state/create-state.ts'
import type { Announcer } from './public-events.ts'

/** Makes public events of what changed in the room since the last call. */
export function reportRoom(stores: Stores, announcer: Announcer, moment: () => EventMoment): () => void {
  let pinned = ''
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
      } else if (facts.close && open.delete(offerId)) announcer.tell('offer-closed', { ...moment(), offerId })
    }
  }
}
