import { describe, expect, it } from 'vitest'
import { NOTHING_MINE } from '../../src/state/mine.ts'
import { questionViews } from '../../src/state/question-view.ts'
import { emptyRoom, fold, type Room } from '../../src/state/room.ts'

let seq = 0
const event = (type: string, data: object, at = ++seq) => ({
  v: 1,
  epoch: 'e',
  seq: ++seq,
  id: `e${seq}`,
  at,
  type,
  data,
})
const post = (id: string, votes = 0, more: object = {}) =>
  event('question.post', { id, text: `What of ${id}?`, votes, ...more })
const answer = (id: string, more: object = {}) => event('question.answer', { id, question: `What of ${id}?`, ...more })
const views = (events: unknown[], mine = {}) =>
  questionViews(events.reduce<Room>(fold, emptyRoom()), { ...NOTHING_MINE, ...mine })

describe('questionViews', () => {
  it('puts open questions first, by votes and then by age, and the newest answer after them', () => {
    const events = [post('a', 1), post('b', 3), post('c', 3), post('d', 9), answer('d'), post('f'), answer('f')]
    expect(views(events).map(({ id }) => id)).toEqual(['b', 'c', 'a', 'f', 'd'])
  })

  it('counts the newest number of votes, in whatever order it came', () => {
    const [one, two] = [post('a', 1), post('a', 2)]
    expect(views([two, one])[0]?.votes).toBe(2)
  })

  it('leaves out what the host hid, and what cannot be seen', () => {
    expect(views([post('a'), event('question.hide', { id: 'a' }), post('b', 0, { text: '\u200b' })])).toEqual([])
  })

  it('knows which are this viewer’s own and voted for', () => {
    const [a, b] = views([post('a', 1), post('b')], { questions: ['b'], upvotes: ['a'] })
    expect(a).toMatchObject({ isMine: false, hasVoted: true })
    expect(b).toMatchObject({ isMine: true, hasVoted: false })
  })

  it('gives the answer, in words where there are any, and the product', () => {
    const [view] = views([post('a', 0, { productId: 'mug', moment: 5 }), answer('a', { answer: { en: 'Yes' } })])
    expect(view).toMatchObject({ productId: 'mug', at: 5, answer: { text: { en: 'Yes' } } })
  })

  it('shows an answer whose question was never posted', () => {
    expect(views([answer('a', { productId: 'coat' })])[0]).toMatchObject({ text: 'What of a?', productId: 'coat' })
  })
})
