import { describe, expect, it } from 'vitest'
import { cardViews } from '../../src/state/card-view.ts'
import { emptyRoom, fold } from '../../src/state/room.ts'
import { hostEvent } from '../support/host-event.ts'

const host = (seq: number, type: string, data: unknown) => hostEvent(seq, type, seq, data)
const show = (seq: number, id: string) => host(seq, 'card.show', { id, title: id, url: '/x', label: 'Go' })
const ids = (...events: object[]) =>
  cardViews(events.reduce(fold, emptyRoom()) as ReturnType<typeof emptyRoom>).map(({ card }) => card.id)

describe('cardViews', () => {
  it('has the cards that stand, newest first', () => expect(ids(show(1, 'a'), show(2, 'b'))).toEqual(['b', 'a']))

  it('takes a card down for good, whichever came first', () => {
    const hide = host(2, 'card.hide', { id: 'a' })
    expect(ids(show(1, 'a'), hide, show(3, 'a'))).toEqual([])
    expect(ids(hide, show(1, 'a'))).toEqual([])
  })
})
