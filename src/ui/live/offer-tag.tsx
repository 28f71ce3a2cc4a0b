import { clockTime } from '../clock-time.ts'
import { useWidget } from '../context.ts'
import { usePart } from '../use-store.ts'
import { badgeOf, isIn } from './offer-words.ts'

/** The open offers that a product of the show is in, in a few characters: what and the time left of the first, how many more. Nothing where there is none. */
export function OfferTag({ productId }: { productId: string }) {
  const model = useWidget()
  const words = usePart(model.state.$offers, (offers) => {
    const [offer, ...more] = offers.filter((one) => one.stage === 'open' && isIn(productId, one))
    if (!offer) return ''
    const parts = [badgeOf(offer, model), clockTime(offer.seconds), more.length && `+${more.length}`]
    return parts.filter(Boolean).join(' · ')
  })
  return words ? <small class="offer-tag num">{words}</small> : null
}
