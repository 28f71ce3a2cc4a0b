import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { OfferTerms } from '../../src/model/event.ts'
import { createState } from '../../src/state/create-state.ts'
import type { OfferView } from '../../src/state/offer-view.ts'
import type { ProductView } from '../../src/state/product-view.ts'
import { checkOffers } from '../../src/widget/check-offers.ts'

const terms: OfferTerms = {
  id: 'o1',
  kind: 'percent',
  title: 'Kiln-warm price',
  percentOff: 15,
  productIds: ['mug'],
  opensAt: 1,
  closesAt: 90_000,
  how: 'sale',
}
const open = (change: Partial<OfferTerms> = {}): OfferView => ({
  id: 'o1',
  terms: { ...terms, ...change },
  stage: 'open',
  seconds: 60,
  left: 1,
})
const mug = (amount: number): ProductView => ({
  id: 'mug',
  product: { id: 'mug', title: 'Mug' },
  pricing: 'known',
  price: { amount, currency: 'EUR' },
  from: false,
  available: true,
  now: false,
})

function start(now = 0) {
  const stores = createState()
  stores.$now.set(now)
  const ended = new AbortController()
  const told: string[] = []
  const ask = vi.fn()
  stores.$products.set([mug(2400)])
  checkOffers({ stores, signal: ended.signal, ask, report: (error) => told.push(error.message) })
  return { stores, told, ask, ended }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('checkOffers', () => {
  it('says which offer the store does not honour, once, after it was asked again', () => {
    const { stores, told, ask } = start()
    stores.$offers.set([open()])
    vi.advanceTimersByTime(10_000)
    expect([ask.mock.calls.length, told]).toEqual([1, []])
    stores.$offers.set([open()])
    vi.advanceTimersByTime(60_000)
    expect(told).toEqual(['[castcart] not-honoured: the store does not honour the offer o1: mug still costs €24.00'])
  })

  it('takes the price from before the offer opened, where the store told the new one before the picture showed the offer', () => {
    const { stores, told } = start()
    stores.$now.set(2000)
    stores.$products.set([mug(2400)])
    stores.$now.set(9000)
    stores.$products.set([mug(2040)])
    stores.$now.set(15_000)
    stores.$offers.set([open({ opensAt: 8000 })])
    vi.advanceTimersByTime(60_000)
    expect(told).toEqual([])
  })

  it('does not judge an offer that had opened before the price was known, however late the picture shows it', () => {
    const { stores, told } = start(9000)
    stores.$offers.set([open({ opensAt: 8000 })])
    vi.advanceTimersByTime(60_000)
    expect(told).toEqual([])
  })

  it('is content with a lower price, or one that is crossed out', () => {
    for (const view of [mug(2040), { ...mug(2400), compareAt: { amount: 2800, currency: 'EUR' } }]) {
      const { stores, told } = start()
      stores.$offers.set([open()])
      stores.$products.set([view])
      vi.advanceTimersByTime(60_000)
      expect(told).toEqual([])
    }
  })

  it('takes no price for honoured that was crossed out before the offer', () => {
    const { stores, told } = start()
    const crossed = { ...mug(2400), compareAt: { amount: 2800, currency: 'EUR' } }
    stores.$products.set([crossed])
    stores.$offers.set([open()])
    vi.advanceTimersByTime(60_000)
    expect(told).toHaveLength(1)
  })

  it('judges no terms in words, no voucher, and no offer that is over', () => {
    for (const change of [{ how: 'note' as const }, { how: 'voucher' as const }, { kind: 'gift' as const }]) {
      const { stores, told } = start()
      stores.$offers.set([open(change)])
      vi.advanceTimersByTime(60_000)
      expect(told).toEqual([])
    }
    const { stores, told } = start()
    stores.$offers.set([open()])
    stores.$offers.set([])
    vi.advanceTimersByTime(60_000)
    expect(told).toEqual([])
  })

  it('does not judge an offer that was open before the price was known, and stops with the show', () => {
    const late = createState()
    const told: string[] = []
    const ended = new AbortController()
    checkOffers({ stores: late, signal: ended.signal, ask() {}, report: (error) => told.push(error.message) })
    late.$offers.set([open()])
    late.$products.set([mug(2400)])
    late.$offers.set([open()])
    const other = start()
    other.stores.$offers.set([open()])
    other.ended.abort()
    vi.advanceTimersByTime(60_000)
    expect([told, other.told, other.ask.mock.calls.length]).toEqual([[], [], 0])
  })
})
