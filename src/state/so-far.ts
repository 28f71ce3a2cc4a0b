import type { AnswerView } from './answer-view.ts'
import type { OfferView } from './offer-view.ts'
import type { ProductView } from './product-view.ts'
import type { Room } from './room.ts'

/** What a show has had so far, for who comes late. */
export interface SoFar {
  /** Products shown up to now, the newest first. */
  readonly products: readonly (ProductView & { readonly shownAt: number })[]
  /** Offers that can still be had. */
  readonly offers: readonly OfferView[]
  /** The newest answer first. */
  readonly answers: readonly AnswerView[]
}

/** Gathers what was before the picture; what the host hid since is left out. */
export function soFar(
  room: Room,
  {
    products,
    offers,
    answers,
  }: Record<'products', readonly ProductView[]> &
    Record<'offers', readonly OfferView[]> &
    Record<'answers', readonly AnswerView[]>,
): SoFar {
  const isThere = ({ id }: AnswerView) => {
    const facts = Object.hasOwn(room.questions, id) ? room.questions[id] : undefined
    return facts?.answer !== undefined && !facts.hide
  }
  return {
    products: products
      .flatMap((view) => (view.shownAt === undefined || view.now ? [] : [{ ...view, shownAt: view.shownAt }]))
      .sort((a, b) => b.shownAt - a.shownAt),
    offers: offers.filter(({ stage }) => stage === 'open'),
    answers: answers.filter(isThere).reverse(),
  }
}
