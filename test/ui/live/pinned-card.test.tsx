// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { PinnedCards } from '../../../src/ui/live/pinned-card.tsx'
import { draw } from '../../support/draw.tsx'
import { demoOffer } from '../../support/ui-harness.tsx'

describe('PinnedCards', () => {
  it('tells of an offer that is to come quietly, with the time to its opening, and of an open one by the time left', async () => {
    const soon = { ...demoOffer, stage: 'announced' as const, seconds: 28, left: 1 }
    const { find, stores, act } = await draw(<PinnedCards />, { values: { $offers: [soon] } })
    const tag = () => find('[data-product=mug] .offer-tag')
    expect([tag().textContent, tag().hasAttribute('data-soon')]).toEqual(['−15 % · in 0:28', true])
    await act(() => stores.$offers.set([demoOffer]))
    expect([tag().textContent, tag().hasAttribute('data-soon')]).toEqual(['−15 % · 1:14', false])
  })
})
