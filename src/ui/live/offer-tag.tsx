import { clockTime } from '../clock-time.ts'
import { useWidget } from '../context.ts'
import { usePart } from '../use-store.ts'
import { badgeOf, isIn } from './offer-words.ts'

/**
 * The open offers that a product of the show is in, else those to come, in a few characters: what and the time of the first, how many more. Nothing where
 * there is none.
 */
export function OfferTag({ productId }: { productId: string }) {
  const model = useWidget()
  const words = usePart(model.state.$offers, (offers) => {
    const own = offers.filter((one) => isIn(productId, one))
    const [offer, ...more] = own.filter(({ stage }) => stage === own[0]?.stage)
    if (!offer || !/open|announced/.test(offer.stage)) return ''
    const time = clockTime(offer.seconds)
    const when = offer.stage === 'open' ? time : model.t('offer.in', { time })
    return [badgeOf(offer, model), when, more.length && `+${more.length}`].filter(Boolean).join(' · ')
  })
  const isSoon = usePart(model.state.$offers, (offers) => offers.find((one) => isIn(productId, one))?.stage !== 'open')
  return words ? (
    <small class="offer-tag num" data-soon={isSoon || undefined}>
      {words}
    </small>
  ) : null
}
