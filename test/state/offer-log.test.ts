import { describe, expect, it } from 'vitest'
import { offerLog, type PricePoint } from '../../src/state/offer-log.ts'
import { hostEvent } from '../support/host-event.ts'

const T = Date.UTC(2026, 10, 20, 18)
const DAY = 86_400_000
const terms = {
  id: 'o',
  kind: 'percent',
  title: 'Kiln-warm',
  percentOff: 15,
  productIds: ['mug'],
  opensAt: T,
  closesAt: T + 60_000,
  quantity: 40,
  remaining: 40,
  how: 'sale',
}
const announce = hostEvent(1, 'offer.announce', T - 30_000, terms)
const open = hostEvent(2, 'offer.open', T, terms)
const more = hostEvent(3, 'offer.open', T + 50_000, { ...terms, closesAt: T + 120_000 })
const update = hostEvent(4, 'offer.update', T + 55_000, { id: 'o', remaining: 12 })
const close = hostEvent(5, 'offer.close', T + 120_000, { id: 'o', reason: 'time' })
const euro = (amount: number) => ({ amount, currency: 'EUR' })
const cost = (at: number, amount: number, productId = 'mug'): PricePoint => ({ productId, at, price: euro(amount) })

describe('offerLog', () => {
  it('tells when it was announced, opened and closed, and both of its ends where it was moved', () => {
    expect(offerLog([close, open, update, announce, more])).toEqual([
      {
        id: 'o',
        terms: expect.objectContaining({ title: 'Kiln-warm' }),
        announcedAt: T - 30_000,
        openedAt: T,
        firstClosesAt: T + 60_000,
        closesAt: T + 120_000,
        closedAt: T + 120_000,
        reason: 'time',
        remaining: 12,
        prices: [],
      },
    ])
  })

  it('tells the price before, during and after, and the lowest of the 30 days before', () => {
    const history = [
      cost(T - 90 * DAY, 2000),
      cost(T - 40 * DAY, 2900),
      cost(T - 12 * DAY, 2500),
      cost(T - 10 * DAY, 2600),
      cost(T + 100, 2210),
      cost(T + 135_000, 2600),
      cost(T, 100, 'coat'),
    ]
    expect(offerLog([open, close], history)[0]?.prices).toEqual([
      {
        productId: 'mug',
        variantId: undefined,
        before: euro(2600),
        during: euro(2210),
        after: euro(2600),
        lowest30: euro(2500),
        lowest30From: T - 30 * DAY,
      },
    ])
  })

  it('counts a price that had been in force since before those 30 days, and says where the books begin later', () => {
    const old = offerLog([open, close], [cost(T - 400 * DAY, 1900), cost(T - 3 * DAY, 2600)])[0]?.prices[0]
    expect(old?.lowest30).toEqual(euro(1900))
    const young = offerLog([open, close], [cost(T - 3 * DAY, 2600)])[0]?.prices[0]
    expect(young).toMatchObject({ lowest30: euro(2600), lowest30From: T - 3 * DAY })
  })

  it('does not take an offer’s own price for the lowest before it', () => {
    const [price] = offerLog([open, close], [cost(T - 60 * DAY, 2600), cost(T, 2210)])[0]?.prices ?? []
    expect(price).toMatchObject({ before: euro(2600), during: euro(2210), lowest30: euro(2600) })
  })

  it('says of what the books do not tell nothing, and of an offer that never opened no price', () => {
    expect(offerLog([announce], [cost(T - DAY, 2600)])[0]).toMatchObject({ openedAt: undefined, prices: [] })
    const [late] = offerLog([open, close], [cost(T + 500_000, 2600)])[0]?.prices ?? []
    expect(late).toMatchObject({ before: undefined, during: undefined, lowest30: undefined, lowest30From: undefined })
  })

  it('has the offers in the order in which viewers saw them', () => {
    const other = hostEvent(9, 'offer.open', T - 60_000, { ...terms, id: 'first' })
    expect(offerLog([open, announce, other, 'no event']).map(({ id }) => id)).toEqual(['first', 'o'])
  })
})
