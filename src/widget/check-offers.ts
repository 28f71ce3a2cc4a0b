import { CastcartError } from '../model/error.ts'
import { formatMoney } from '../model/money.ts'
import type { Stores } from '../state/create-state.ts'
import type { OfferView } from '../state/offer-view.ts'

/** How long the store may take to lower its price after an offer opened, ms; it is asked once more at half of it. */
const PATIENCE = 20_000

/** What {@link checkOffers} watches and tells. */
export interface CheckOptions {
  readonly stores: Pick<Stores, '$offers' | '$products'>
  readonly signal: AbortSignal
  /** Asks the store for its prices again. */
  readonly ask: () => void
  /** For the developer, once for each offer. */
  readonly report: (error: CastcartError) => void
}

/**
 * Holds the host's word against the store's: an offer that the store is to honour by its own price, and whose products cost after a while what they did before, is
 * told to the developer. Only offers that opened before this viewer's eyes are judged: of others the price before is not known.
 */
export function checkOffers({ stores, signal, ask, report }: CheckOptions): void {
  const known = new Set<string>()
  const prices = () =>
    new Map(
      stores.$products
        .get()
        .flatMap(({ id, pricing, price, compareAt }) =>
          pricing === 'known' && price ? [[id, { price, compareAt }]] : [],
        ),
    )
  const watch = ({ id, terms }: OfferView) => {
    const before = prices()
    const isHonoured = (productId: string) => {
      const view = stores.$products.get().find((one) => one.id === productId)
      const was = before.get(productId)
      if (!was || !view?.price) return true
      const isCrossed = (view.compareAt?.amount ?? 0) > (was.compareAt?.amount ?? 0)
      return isCrossed || view.price.amount < was.price.amount
    }
    const judge = () => {
      const isOpen = stores.$offers.get().some((one) => one.id === id && one.stage === 'open')
      const failed = terms.productIds.filter((productId) => !isHonoured(productId))
      if (!isOpen || !failed.length) return
      const words = failed.map((productId) => {
        const price = before.get(productId)?.price
        return `${productId} still costs ${price ? formatMoney(price, 'en') : 'the same'}`
      })
      report(new CastcartError('not-honoured', `the store does not honour the offer ${id}: ${words.join(', ')}`))
    }
    const timers = [setTimeout(ask, PATIENCE / 2), setTimeout(judge, PATIENCE)]
    signal.addEventListener('abort', () => timers.forEach(clearTimeout))
  }
  const stop = stores.$offers.subscribe((offers) => {
    const canJudge = prices().size > 0
    for (const offer of offers) {
      if (offer.stage !== 'open' || known.has(offer.id)) continue
      known.add(offer.id)
      if (canJudge && offer.terms.how === 'sale' && /percent|amount/.test(offer.terms.kind)) watch(offer)
    }
  })
  signal.addEventListener('abort', stop)
}
