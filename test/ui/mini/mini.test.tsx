// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import type { OfferView } from '../../../src/state/offer-view.ts'
import { Mini } from '../../../src/ui/mini/mini.tsx'
import { draw } from '../../support/draw.tsx'
import { demoOffer } from '../../support/ui-harness.tsx'

const offerFor = (...productIds: string[]): OfferView => ({ ...demoOffer, terms: { ...demoOffer.terms, productIds } })
const drawWith = (offer: OfferView) => draw(<Mini />, { values: { $view: 'mini', $offers: [offer] } })

describe('Mini', () => {
  it.each([
    ['the product in the picture', offerFor('mug'), 1],
    ['everything', offerFor(), 1],
    ['another product', offerFor('armchair'), 0],
  ])('tells the time left of an offer for %s', async (_, offer, times) => {
    const { root } = await drawWith(offer)
    expect(root.querySelector('.mini-strip .price')).not.toBeNull()
    expect(root.querySelectorAll('.mini-strip small')).toHaveLength(times)
  })
})
