import { randomBytes } from 'node:crypto'
import { GRACE } from '../create-show.mjs'
import { known, localText, whole } from './read.mjs'
import { refuse } from './refuse.mjs'

/** What the host does with offers. */
export const offerCommands = {
  'open-offer': ({ products, now, publish }, { title, percentOff, seconds, productIds, quantity }) => {
    const ids = known(products, productIds, 6)
    if (ids.length === 0) refuse('Choose a product for the offer')
    const at = now()
    const amount =
      quantity === undefined || quantity === null ? {} : { quantity: whole(quantity, 1, 100_000, 'The quantity') }
    return publish('offer.open', {
      id: `o-${randomBytes(6).toString('base64url')}`,
      kind: 'percent',
      title: localText(title, 60) ?? refuse('Give the offer a title'),
      percentOff: whole(percentOff, 1, 90, 'The percentage'),
      productIds: ids,
      opensAt: at,
      closesAt: at + whole(seconds, 1, 3600, 'The length in seconds') * 1000,
      grace: GRACE,
      ...amount,
      ...(amount.quantity ? { remaining: amount.quantity } : {}),
      how: 'sale',
    })
  },

  'close-offer': ({ show, publish }, { id }) => {
    const offer = show.facts.offers.get(id)
    if (!offer || offer.closed) refuse('This offer is closed already')
    return publish('offer.close', { id, reason: 'host' })
  },
}
