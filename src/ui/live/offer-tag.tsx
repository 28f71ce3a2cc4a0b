import { clockTime } from '../clock-time.ts'
import { useWidget } from '../context.ts'
import { usePart } from '../use-store.ts'
import { badgeOf } from './offer-words.ts'

/** What {@link OfferTag} takes. */
export interface OfferTagProps {
  readonly productId: string | undefined
  /** Not of an offer for everything. */
  readonly isOwn?: boolean | undefined
}

/** The open offer that a product is in, in a few characters, else by its title one for everything, and the time left. Nothing where there is none. */
export function OfferTag({ productId, isOwn }: OfferTagProps) {
  const model = useWidget()
  const words = usePart(model.state.$offers, (offers) => {
    const open = offers.filter(({ stage }) => stage === 'open')
    const own = open.find(({ terms }) => terms.productIds.includes(productId ?? ''))
    const offer = own ?? (isOwn ? undefined : open.find(({ terms }) => !terms.productIds.length))
    // "Delivery · 0:20" on a product would be read as how long it takes.
    return offer ? `${own ? badgeOf(own, model) : model.say(offer.terms.title)} · ${clockTime(offer.seconds)}` : ''
  })
  return words ? <small class="offer-tag num">{words}</small> : null
}
