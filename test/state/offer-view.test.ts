import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createOfferViews, offerViews } from '../../src/state/offer-view.ts'
import { emptyRoom, fold } from '../../src/state/room.ts'
import { hostEvent } from '../support/host-event.ts'

const T = 1_000_000
const terms = {
  id: 'o',
  kind: 'percent',
  title: 'O',
  percentOff: 15,
  productIds: ['mug'],
  opensAt: T,
  closesAt: T + 120_000,
  grace: 15,
  how: 'note',
}
const announce = hostEvent(1, 'offer.announce', T - 30_000, terms)
const open = hostEvent(2, 'offer.open', T, terms)
const close = (reason: string, at: number) => hostEvent(3, 'offer.close', at, { id: 'o', reason })
const views = (events: readonly unknown[], now: number, picture: number | null = now, replay = false) =>
  offerViews(events.reduce(fold, emptyRoom()) as ReturnType<typeof emptyRoom>, { now, picture }, replay)

describe('offerViews', () => {
  it('counts to the opening, then to the end, by the picture', () => {
    expect(views([announce], T, T - 10_000)[0]).toMatchObject({ stage: 'announced', seconds: 10 })
    expect(views([announce, open], T + 66_000, T + 60_000)[0]).toMatchObject({ stage: 'open', seconds: 60, left: 0.5 })
  })

  it('closes when the picture reaches the end, never later than the grace after it', () => {
    const end = terms.closesAt
    expect(views([open], end + 6000, end - 1)[0]?.stage).toBe('open')
    expect(views([open], end + 6000, end)[0]).toMatchObject({ stage: 'closed', reason: 'time', seconds: 0 })
    expect(views([open], end + 14_999, end - 20_000)[0]).toMatchObject({ stage: 'open', seconds: 1 })
    expect(views([open], end + 15_000, end - 20_000)[0]?.stage).toBe('closed')
    expect(views([open], end + 30_000, end + 24_000)).toEqual([])
  })

  it('says why it closed early', () => {
    expect(views([open, close('sold-out', T + 10_000)], T + 11_000, T + 5000)[0]).toMatchObject({
      stage: 'closed',
      reason: 'sold-out',
    })
  })

  it('has ended for a viewer who looks at the past', () => {
    expect(views([open], T + 3_600_000, T + 60_000)).toEqual([])
  })

  it('runs no clock in a replay', () => {
    expect(views([open], T + 9e9, T + 60_000, true)[0]).toMatchObject({ stage: 'ended', seconds: 0 })
    expect(views([open], T + 9e9, terms.closesAt, true)).toEqual([])
    expect(views([open, close('sold-out', T + 10_000)], T + 9e9, T + 20_000, true)).toEqual([])
  })

  it('never counts below zero and never opens again as time goes on', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 20_000 }), { maxLength: 60 }), fc.nat({ max: 20_000 }), (steps, latency) => {
        let now = T
        let closed = false
        for (const step of steps) {
          now += step
          const view = views([open], now, now - latency)[0]
          if (view) expect(view.seconds).toBeGreaterThanOrEqual(0)
          if (closed) expect(view?.stage).not.toBe('open')
          closed ||= view?.stage !== 'open'
        }
      }),
    )
  })

  it('tells how many are left by what was told last, and when few are', () => {
    const many = { ...terms, quantity: 40, remaining: 40 }
    const opened = hostEvent(2, 'offer.open', T, many)
    const left = (seq: number, remaining: number) => hostEvent(seq, 'offer.update', T + seq, { id: 'o', remaining })
    expect(views([opened], T + 1000)[0]).toMatchObject({ remaining: 40, isLow: false })
    expect(views([opened, left(3, 31)], T + 1000)[0]).toMatchObject({ remaining: 31, isLow: false })
    expect(views([left(4, 4), opened, left(3, 31)], T + 1000)[0]).toMatchObject({ remaining: 4, isLow: true })
    const more = hostEvent(5, 'offer.open', T + 500, { ...many, quantity: 60, remaining: 24, lowStock: 24 })
    expect(views([opened, left(4, 4), more], T + 1000)[0]).toMatchObject({ remaining: 24, isLow: true })
    expect(views([open], T + 1000)[0]?.remaining).toBeUndefined()
  })

  it('says what the end was before it was moved later, and nothing of an end that was not', () => {
    const later = hostEvent(3, 'offer.open', T + 60_000, { ...terms, closesAt: T + 300_000 })
    expect(views([open, later], T + 130_000)[0]).toMatchObject({
      stage: 'open',
      seconds: 170,
      extendedFrom: terms.closesAt,
    })
    expect(views([later, open], T + 130_000)[0]?.extendedFrom).toBe(terms.closesAt)
    expect(views([open], T + 1000)[0]?.extendedFrom).toBeUndefined()
  })

  it('puts open ones first, the one that ends soonest before the others', () => {
    const other = (id: string, seq: number, closesAt: number) =>
      hostEvent(seq, 'offer.open', T, { ...terms, id, closesAt })
    const soon = hostEvent(9, 'offer.announce', T, { ...terms, id: 'x', opensAt: T + 5000 })
    const all = [soon, other('slow', 4, T + 90_000), other('fast', 5, T + 30_000)]
    expect(views(all, T + 1000).map(({ id }) => id)).toEqual(['fast', 'slow', 'x'])
  })
})

describe('createOfferViews', () => {
  it('keeps closed what this viewer saw closed, though a clock is set back', () => {
    const room = [open].reduce<ReturnType<typeof emptyRoom>>(fold, emptyRoom())
    const viewsOf = createOfferViews()
    const end = terms.closesAt
    const stages = [T, end + 1000, end - 1000].map((at) => viewsOf(room, { now: at, picture: at }, false)[0]?.stage)
    expect(stages).toEqual(['open', 'closed', undefined])
    expect(views([open], end - 1000)[0]?.stage).toBe('open')
  })
})
