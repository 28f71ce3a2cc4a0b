import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { offerViews } from '../../src/state/offer-view.ts'
import { emptyRoom, fold } from '../../src/state/room.ts'

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
const host = (seq: number, type: string, at: number, data: unknown) => ({
  v: 1,
  epoch: 'e',
  seq,
  id: `e${seq}`,
  at,
  type,
  data,
})
const announce = host(1, 'offer.announce', T - 30_000, terms)
const open = host(2, 'offer.open', T, terms)
const close = (reason: string, at: number) => host(3, 'offer.close', at, { id: 'o', reason })
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
})
