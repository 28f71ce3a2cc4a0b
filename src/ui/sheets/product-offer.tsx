import type { ProductView } from '../../state/product-view.ts'
import { clockTime } from '../clock-time.ts'
import { useWidget } from '../context.ts'
import { badgeOf, termsOf } from '../live/offer-bar.tsx'
import { useStore } from '../use-store.ts'

/** The offer that this product is in, drawn as the bar is: what, its terms, the time left. The bar does the speaking. */
export function ProductOffer({ view }: { view: ProductView }) {
  const model = useWidget()
  const { say, t } = model
  const offer = useStore(model.state.$offers).find(({ terms }) => terms.productIds.includes(view.id))
  if (!offer) return null
  const { stage, seconds, left, terms } = offer
  const how = stage === 'open' && terms.how !== 'note' ? t(`sheet.offer.${terms.how}`) : ''
  return (
    <section class="offer" data-stage={stage} data-last={(stage === 'open' && seconds <= 10) || undefined}>
      <b class="off num">{badgeOf(offer, model)}</b>
      <div class="grow">
        <b class="title">{say(terms.title)}</b>
        <small>{[termsOf(offer, model), how].filter(Boolean).join(' · ')}</small>
      </div>
      {stage === 'open' && (
        <time class="num" aria-hidden="true">
          {clockTime(seconds)}
        </time>
      )}
      <i class="bar" style={{ transform: `scaleX(${left})` }} />
    </section>
  )
}
