import type { OfferView } from '../../state/offer-view.ts'
import type { ProductView } from '../../state/product-view.ts'
import { useWidget } from '../context.ts'
import { TimeLeft } from '../live/offer-bar.tsx'
import { badgeOf, isIn, termsOf } from '../live/offer-words.ts'
import { useStore } from '../use-store.ts'

/** The offers that this product is in, its own and those for everything, drawn as the bar is: what, the terms, the time left. The bar does the speaking. */
export function ProductOffers({ view }: { view: ProductView }) {
  const { state } = useWidget()
  const offers = useStore(state.$offers).filter((offer) => isIn(view.id, offer))
  return (
    <>
      {offers.map((offer) => (
        <ProductOffer key={offer.id} offer={offer} />
      ))}
    </>
  )
}

function ProductOffer({ offer }: { offer: OfferView }) {
  const model = useWidget()
  const { commands, say, t } = model
  const { id, stage, seconds, left, terms } = offer
  const how = stage === 'open' && terms.how === 'sale' ? t('sheet.offer.sale') : ''
  return (
    <section class="offer" data-stage={stage} data-last={(stage === 'open' && seconds <= 10) || undefined}>
      <b class="off num">{badgeOf(offer, model)}</b>
      <div class="grow">
        <button type="button" class="title open" onClick={() => commands.showSheet({ name: 'offer', id })}>
          {say(terms.title)}
        </button>
        <small>{[termsOf(offer, model), how].filter(Boolean).join(' · ')}</small>
      </div>
      <span class="side num">
        {stage === 'open' && terms.how === 'voucher' ? (
          <span class="pull">{t('voucher.get')}</span>
        ) : (
          <TimeLeft offer={offer} />
        )}
      </span>
      <i class="bar" style={{ transform: `scaleX(${left})` }} />
    </section>
  )
}
