import { describe, expect, it } from 'vitest'
import { type LiveEvent, parseEvent } from '../../src/model/event.ts'
import { answerViews } from '../../src/state/answer-view.ts'

const answer = (seq: number, id: string, more: object = {}): LiveEvent => {
  const parsed = parseEvent({
    v: 1,
    epoch: 'e',
    seq,
    id: `e${seq}`,
    at: seq * 1000,
    type: 'question.answer',
    data: { id, question: `What of ${id}?`, ...more },
  })
  if (!parsed.ok) throw new Error(parsed.problem)
  return parsed.event
}

describe('answerViews', () => {
  it('gives each answered question with its moment, by time', () => {
    const views = answerViews([answer(1, 'q1', { productId: 'mug' }), answer(2, 'q2', { answer: 'Yes' })])
    expect(views).toEqual([
      { id: 'q1', question: 'What of q1?', productId: 'mug', at: 1000 },
      { id: 'q2', question: 'What of q2?', answer: 'Yes', at: 2000 },
    ])
  })

  it('takes the later of two answers to one question', () => {
    const views = answerViews([answer(1, 'q1'), answer(2, 'q2'), answer(3, 'q1', { answer: 'At last' })])
    expect(views.map(({ id, at }) => [id, at])).toEqual([
      ['q2', 2000],
      ['q1', 3000],
    ])
  })
})
