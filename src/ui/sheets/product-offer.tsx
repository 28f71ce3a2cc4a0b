import type { ProductView } from '../../state/product-view.ts'
import { useWidget } from '../context.ts'
import { OfferBlock } from '../live/offer-bar.tsx'
import { isIn } from '../live/offer-words.ts'
import { useStore } from '../use-store.ts'

/** The offers that this product is in, its own and those for everything, drawn as the bar is. The bar does the speaking. */
export function ProductOffers({ view }: { view: ProductView }) {
  const { state } = useWidget()
  const offers = useStore(state.$offers).filter((offer) => isIn(view.id, offer))
  return (
    <>
      {offers.map((offer) => (
        <OfferBlock key={offer.id} offer={offer} />
      ))}
    </>
  )
}
