import { describe, expect, it } from 'vitest'
import { pollViews } from '../../src/state/poll-view.ts'
import { emptyRoom, fold } from '../../src/state/room.ts'
import { hostEvent } from '../support/host-event.ts'

const T = 1_000_000
const poll = {
  id: 'p',
  question: 'Which?',
  options: [
    { id: 'a', label: 'A' },
    { id: 'b', label: 'B' },
  ],
  closesAt: T + 60_000,
}
const open = hostEvent(1, 'poll.open', T, poll)
const update = (seq: number, a: number, b: number) =>
  hostEvent(seq, 'poll.update', T + seq, { id: 'p', votes: { a, b } })
const view = (events: readonly object[], picture: number, now = picture) =>
  pollViews(events.reduce(fold, emptyRoom()) as ReturnType<typeof emptyRoom>, { now, picture })[0]

describe('pollViews', () => {
  it('counts down by the picture and is over when the picture reaches its end', () => {
    expect(view([open], T + 20_500, T + 90_000)).toMatchObject({ stage: 'open', seconds: 40 })
    expect(view([open], T + 60_000)).toMatchObject({ stage: 'closed', endedAt: T + 60_000, seconds: undefined })
  })

  it('has no end but the host’s where it was given none', () => {
    const { closesAt: _closesAt, ...endless } = poll
    const opened = hostEvent(1, 'poll.open', T, endless)
    expect(view([opened], T + 9e6)).toMatchObject({ stage: 'open', seconds: undefined })
    expect(view([opened, hostEvent(2, 'poll.close', T + 5000, { id: 'p' })], T + 6000)).toMatchObject({
      stage: 'closed',
      endedAt: T + 5000,
    })
  })

  it('shares the newest votes out, and leaves none where nobody voted', () => {
    expect(view([open], T)?.options.map(({ share }) => share)).toEqual([0, 0])
    const counted = view([update(3, 1, 3), open, update(2, 1, 0)], T)
    expect(counted?.total).toBe(4)
    expect(counted?.options.map(({ votes, share }) => [votes, share])).toEqual([
      [1, 0.25],
      [3, 0.75],
    ])
  })

  it('takes the votes that were told last, before the close or after it', () => {
    const close = hostEvent(4, 'poll.close', T + 10_000, { id: 'p', votes: { a: 5, b: 5 } })
    expect(view([open, update(3, 1, 1), close], T + 10_000)?.total).toBe(10)
    expect(view([open, close, update(5, 6, 5)], T + 10_000)?.total).toBe(11)
  })

  it('counts no vote for what is not to choose from', () => {
    const odd = hostEvent(2, 'poll.update', T + 2, { id: 'p', votes: { a: 1, z: 99, constructor: 5 } })
    expect(view([open, odd], T)?.total).toBe(1)
  })

  it('tells the right answer of a quiz only once it is told, and none of a poll', () => {
    const quiz = hostEvent(1, 'poll.open', T, { ...poll, quiz: true })
    const close = hostEvent(2, 'poll.close', T + 10_000, { id: 'p', correct: 'b' })
    expect(view([quiz], T)?.options.some(({ isRight }) => isRight)).toBe(false)
    expect(view([quiz, close], T + 10_000)?.options.map(({ isRight }) => isRight)).toEqual([false, true])
    expect(view([open, close], T + 10_000)?.correct).toBeUndefined()
  })
})
