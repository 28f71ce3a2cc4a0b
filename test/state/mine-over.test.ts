import { describe, expect, it } from 'vitest'
import { NOTHING_MINE } from '../../src/state/mine.ts'
import { mineOver } from '../../src/state/mine-over.ts'

describe('mineOver', () => {
  const kept = {
    ...NOTHING_MINE,
    guest: 'kept',
    name: 'Anna',
    votes: { p: 'moss', q: 'ink' },
    codes: { o: { code: 'CLAY15' } },
    questions: ['q1'],
    applied: ['CLAY15'],
  }

  it('adds what was done since to what was kept, under the kept guest', () => {
    const since = { ...NOTHING_MINE, guest: 'new', name: undefined, votes: { q: 'sand' }, questions: ['q1', 'q2'] }
    expect(mineOver(kept, { ...since, joinedAt: 7 })).toEqual({
      ...kept,
      joinedAt: 7,
      votes: { p: 'moss', q: 'sand' },
      questions: ['q1', 'q2'],
    })
  })

  it('is what there is where nothing was kept, or nothing done', () => {
    expect(mineOver(NOTHING_MINE, kept)).toBe(kept)
    expect(mineOver(kept, NOTHING_MINE)).toEqual(kept)
  })
})
