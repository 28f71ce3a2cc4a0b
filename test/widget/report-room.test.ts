import { describe, expect, it } from 'vitest'
import { createState } from '../../src/state/create-state.ts'
import { offerViews } from '../../src/state/offer-view.ts'
import { emptyRoom, fold, type Room } from '../../src/state/room.ts'
import { reportRoom } from '../../src/widget/report-room.ts'
import { hostEvent } from '../support/host-event.ts'

const terms = {
  id: 'o',
  kind: 'percent',
  title: 'O',
  productIds: ['mug'],
  opensAt: 1,
  closesAt: 9,
  how: 'sale',
  grace: 10,
}
const host = (seq: number, type: string, data: unknown) => hostEvent(seq, type, seq, data)

function start() {
  const stores = createState()
  const told: string[] = []
  const report = reportRoom({
    stores,
    moment: () => ({ eventId: 'e', showId: 's', mode: 'live', muted: true, preview: false }),
    announcer: { on: () => () => {}, ask: () => false, tell: (name) => told.push(name) },
    onShelf: (later) => told.push(`shelf ${later ?? 0}`),
  })
  function look(now: number, replay = false) {
    stores.$offers.set(offerViews(stores.$room.get(), { now, picture: now }, replay))
    report()
  }
  return {
    told,
    say(...events: unknown[]) {
      stores.$room.set(events.reduce<Room>(fold, stores.$room.get() ?? emptyRoom()))
      look(5)
    },
    /** The clock and the picture are at this time. */
    look,
  }
}

describe('reportRoom', () => {
  it('tells of a pin once, and of nothing when it is taken down', () => {
    const { told, say } = start()
    say(host(1, 'product.pin', { ids: ['mug'] }))
    say()
    say(host(2, 'product.pin', { ids: [] }))
    expect(told).toEqual(['product-pinned'])
  })

  it('asks the store again when a sale opens, when it closes, and after its grace', () => {
    const { told, say } = start()
    say(host(1, 'offer.open', terms))
    say(host(2, 'offer.close', { id: 'o', reason: 'time' }))
    expect(told).toEqual(['offer-opened', 'shelf 0', 'offer-closed', 'shelf 10000'])
  })

  it('tells of an end that came by time alone, and of none in a replay', () => {
    const { told, say, look } = start()
    say(host(1, 'offer.open', { ...terms, how: 'note', closesAt: 9000, grace: 0 }))
    look(9001)
    look(9500)
    expect(told).toEqual(['offer-opened', 'offer-closed'])
    look(5, true)
    expect(told).toHaveLength(2)
  })

  it('does not ask for an offer in words', () => {
    const { told, say } = start()
    say(host(1, 'offer.open', { ...terms, how: 'note' }))
    expect(told).toEqual(['offer-opened'])
  })

  it('asks for what the host brings, and again for what the host corrects', () => {
    const { told, say } = start()
    say(host(1, 'product.upsert', { id: 'bowl', title: 'Bowl' }))
    say()
    expect(told).toEqual(['shelf 0'])
    say(host(2, 'product.upsert', { id: 'bowl', title: 'Bowl', ref: { handle: 'bowl-2' } }))
    say()
    expect(told).toEqual(['shelf 0', 'shelf 0'])
  })
})
