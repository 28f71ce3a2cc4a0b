import { CastcartError } from '../model/error.ts'
import { formatMoney, type Money } from '../model/money.ts'
import type { Stores } from '../state/create-state.ts'
import type { OfferView } from '../state/offer-view.ts'

/** How long the store may take to lower its price after an offer opened, ms; it is asked once more at half of it. */
const PATIENCE = 20_000

/** Prices of one product that are remembered. */
const MOST = 8

/** What the store told of a product's price, and when, server ms since 1970. */
interface Told {
  readonly at: number
  readonly price: Money
  readonly compareAt: Money | undefined
}

/** What {@link checkOffers} watches and tells. */
export interface CheckOptions {
  readonly stores: Pick<Stores, '$offers' | '$products' | '$now'>
  readonly signal: AbortSignal
  /** Asks the store for its prices again. */
  readonly ask: () => void
  /** For the developer, once for each offer. */
  readonly report: (error: CastcartError) => void
}

/**
 * Holds the host's word against the store's: an offer that the store is to honour by its own price, and whose products cost after a while what they did before, is
 * told to the developer. The price before is the last one that the store told before the offer opened, by the server's time: this viewer's picture shows the offer later. Where none is
 * known, as of offers that were open already, nothing is judged.
 */
export function checkOffers({ stores, signal, ask, report }: CheckOptions): void {
  const known = new Set<string>()
  const priceBefore = rememberPrices(stores, signal)
  const watch = ({ id, terms }: OfferView) => {
    const before = new Map(
      terms.productIds.flatMap((productId) => {
        const one = priceBefore(productId, terms.opensAt)
        return one ? [[productId, one]] : []
      }),
    )
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
    for (const offer of offers) {
      if (offer.stage !== 'open' || known.has(offer.id)) continue
      known.add(offer.id)
      if (offer.terms.how === 'sale' && /percent|amount/.test(offer.terms.kind)) watch(offer)
    }
  })
  signal.addEventListener('abort', stop)
}

/** What the store last told of a product's price before a time. */
function rememberPrices({ $products, $now }: CheckOptions['stores'], signal: AbortSignal) {
  const told = new Map<string, Told[]>()
  const stop = $products.subscribe((views) => {
    for (const { id, pricing, price, compareAt } of views) {
      const list = told.get(id) ?? []
      const last = list.at(-1)
      if (pricing !== 'known' || !price) continue
      if (last?.price.amount === price.amount && last.compareAt?.amount === compareAt?.amount) continue
      told.set(id, [...list, { at: $now.get(), price, compareAt }].slice(-MOST))
    }
  })
  signal.addEventListener('abort', stop)
  return (productId: string, time: number) => told.get(productId)?.findLast(({ at }) => at < time)
}
