import { clockTime } from '../clock-time.ts'
import { useWidget } from '../context.ts'
import { usePart } from '../use-store.ts'
import { badgeOf } from './offer-words.ts'

/** The open offer that a product is in, in a few characters: what, and the time left. Nothing where there is none. */
export function OfferTag({ productId }: { productId: string | undefined }) {
  const model = useWidget()
  const words = usePart(model.state.$offers, (offers) => {
    const offer = offers.find(({ stage, terms }) => stage === 'open' && terms.productIds.includes(productId ?? ''))
    return offer ? `${badgeOf(offer, model)} · ${clockTime(offer.seconds)}` : ''
  })
  return words ? <small class="offer-tag num">{words}</small> : null
}
