import { describe, expect, it } from 'vitest'
import type { Cart } from '../../src/model/cart.ts'
import type { OfferTerms } from '../../src/model/event.ts'
import { createState } from '../../src/state/create-state.ts'
import { NOTHING_MINE } from '../../src/state/mine.ts'
import { checkVoucher } from '../../src/widget/check-voucher.ts'

const terms: OfferTerms = {
  ...{ id: 'o1', kind: 'percent', title: 'Clay week code', percentOff: 15, productIds: ['mug'] },
  ...{ opensAt: 1, closesAt: 90_000, how: 'voucher' },
}

describe('checkVoucher', () => {
  const cartOf = (total: number, quantity = 1, productId = 'mug'): Cart => ({
    items: [{ id: 'l', productId, title: 'Mug', quantity, price: eur(total), total: eur(total) }],
    quantity,
    total: eur(total),
  })
  const eur = (amount: number) => ({ amount, currency: 'EUR' })
  function judge(before: Cart, after: Cart, change: Partial<OfferTerms> = {}, code = 'CLAY15') {
    const stores = createState()
    const told: string[] = []
    stores.$offers.set([{ id: 'o1', terms: { ...terms, ...change }, stage: 'open', seconds: 60, left: 1 }])
    stores.$mine.set({ ...NOTHING_MINE, codes: { o1: { code: 'CLAY15' } } })
    checkVoucher({ stores, report: (error) => told.push(error.message) }, { code, before, after })
    return told
  }

  it('says which code the store takes and gives nothing for', () => {
    expect(judge(cartOf(2400), cartOf(2400))).toEqual([
      '[castcart] not-honoured: the store takes the code of the offer o1, and the cart still costs €24.00',
    ])
    expect(judge(cartOf(2400), cartOf(2400), { kind: 'voucher' })).toHaveLength(1)
  })

  it('is content with a lower total, and judges nothing that it cannot know', () => {
    expect(judge(cartOf(2400), cartOf(2040))).toEqual([])
    expect(judge(cartOf(2400), cartOf(2400, 2))).toEqual([])
    expect(judge(cartOf(2400), cartOf(2400, 1, 'coat'))).toEqual([])
    expect(judge(cartOf(2400), cartOf(2400), { kind: 'delivery' })).toEqual([])
    expect(judge(cartOf(2400), cartOf(2400), {}, 'OTHER')).toEqual([])
  })
})
