import { formatMoney } from '../../model/money.ts'
import type { OfferView } from '../../state/offer-view.ts'
import { clockTime } from '../clock-time.ts'
import type { UiModel } from '../context.ts'

/** What is to be had, in a word: −15 %, −5 €, Gift. */
export function badgeOf({ terms }: OfferView, { t, locale }: Pick<UiModel, 't' | 'locale'>): string {
  if (terms.percentOff) return t('offer.off', { percent: terms.percentOff })
  return terms.amountOff ? `−${formatMoney(terms.amountOff, locale)}` : t(`offer.kind.${terms.kind}`)
}

/** Whether a product of the show is in an offer: its own, or one for everything, which names none. */
export const isIn = (productId: string, { terms: { productIds } }: OfferView): boolean =>
  !productIds.length || productIds.includes(productId)

/** The terms in words: that its end was moved, how many are left, how many per person, what they say; or that it is over. */
export function termsOf(offer: OfferView, { say, t, locale }: UiModel): string {
  const { stage, seconds, reason, terms, extendedFrom } = offer
  if (stage === 'announced') return t('offer.soon', { time: clockTime(seconds) })
  if (stage === 'ended') return t('offer.ended.on', { date: dateOf(terms.closesAt, locale) })
  if (stage === 'closed') return t(`offer.closed.${reason ?? 'time'}`)
  const parts = [
    extendedFrom && t('offer.extended', { time: clockTime((terms.closesAt - extendedFrom) / 1000) }),
    leftOf(offer, t),
    terms.perBuyer && t('offer.per', { count: terms.perBuyer }),
    say(terms.text),
  ]
  return parts.filter(Boolean).join(' · ')
}

/** How many are left; empty where that is not limited or not told. */
export function leftOf({ terms, remaining, isLow }: OfferView, t: UiModel['t']): string {
  const { quantity } = terms
  if (remaining === undefined || !quantity) return ''
  return isLow ? t('offer.low', { count: remaining }) : t('offer.left', { remaining, quantity })
}

/** A day as a reader of `locale` writes it. */
export const dateOf = (at: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }).format(at)

/** Time left as it is spoken. */
export function spokenTime(seconds: number, { t }: Pick<UiModel, 't'>): string {
  return seconds >= 60 ? t('time.minutes', { count: Math.round(seconds / 60) }) : t('time.seconds', { count: seconds })
}
