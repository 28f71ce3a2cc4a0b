import { describe, expect, it } from 'vitest'
import { mineAfter, NOTHING_MINE, readMine } from '../../src/state/mine.ts'

const done = { ok: true as const, id: 'q1', code: 'CLAY15', entry: 'fox-12', until: 9 }

describe('mineAfter', () => {
  it('keeps what each action made', () => {
    const after = [
      { type: 'poll.vote' as const, data: { id: 'p', option: 'moss' } },
      { type: 'raffle.enter' as const, data: { id: 'r' } },
      { type: 'raffle.claim' as const, data: { id: 'r' } },
      { type: 'voucher.claim' as const, data: { id: 'o' } },
      { type: 'question.ask' as const, data: { text: '?' } },
      { type: 'question.vote' as const, data: { id: 'q9' } },
      { type: 'host.follow' as const, data: {} },
    ].reduce((mine, action) => mineAfter(mine, action, done), NOTHING_MINE)
    expect(after).toEqual({
      guest: '',
      votes: { p: 'moss' },
      entries: { r: 'fox-12' },
      claims: ['r'],
      codes: { o: { code: 'CLAY15', until: 9 } },
      questions: ['q1'],
      upvotes: ['q9'],
      muted: [],
      follows: true,
    })
  })

  it('changes nothing after a refusal', () => {
    const wish = { type: 'poll.vote' as const, data: { id: 'p', option: 'moss' } }
    expect(mineAfter(NOTHING_MINE, wish, { ok: false, reason: 'closed' })).toBe(NOTHING_MINE)
  })

  it('keeps what a refusal says was done before: the code, and that there is a vote', () => {
    const claim = { type: 'voucher.claim' as const, data: { id: 'o' } }
    const again = { ok: false as const, reason: 'already' as const, code: 'CLAY15', until: 9 }
    expect(mineAfter(NOTHING_MINE, claim, again).codes).toEqual({ o: { code: 'CLAY15', until: 9 } })
    const vote = { type: 'poll.vote' as const, data: { id: 'p', option: 'moss' } }
    expect(mineAfter(NOTHING_MINE, vote, { ok: false, reason: 'already' }).votes).toEqual({ p: '' })
    const known = { ...NOTHING_MINE, votes: { p: 'sand' } }
    expect(mineAfter(known, vote, { ok: false, reason: 'already' }).votes).toEqual({ p: 'sand' })
  })

  it('takes a prize that was claimed before for claimed, and a question voted for before for voted for, each once', () => {
    const again = { ok: false as const, reason: 'already' as const }
    const claim = { type: 'raffle.claim' as const, data: { id: 'r' } }
    const vote = { type: 'question.vote' as const, data: { id: 'q' } }
    const after = [claim, vote, claim, vote].reduce((mine, wish) => mineAfter(mine, wish, again), NOTHING_MINE)
    expect([after.claims, after.upvotes]).toEqual([['r'], ['q']])
  })

  it('unfollows when that was asked for', () => {
    const wish = { type: 'host.follow' as const, data: { follows: false } }
    expect(mineAfter({ ...NOTHING_MINE, follows: true }, wish, done).follows).toBe(false)
  })
})

describe('readMine', () => {
  it('takes what an earlier page kept, and nothing of another shape', () => {
    const kept = { ...NOTHING_MINE, guest: 'g', votes: { p: 'a' } }
    expect(readMine(JSON.parse(JSON.stringify(kept)))).toEqual(kept)
    for (const other of [null, 'x', 7, {}, { ...kept, votes: 3 }, { ...kept, muted: {} }])
      expect(readMine(other)).toBe(NOTHING_MINE)
  })
})
