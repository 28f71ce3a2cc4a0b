// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { type Consent, FULL_CONSENT, NO_CONSENT } from '../../src/model/consent.ts'
import type { Options } from '../../src/model/options.ts'
import { createState } from '../../src/state/create-state.ts'
import { NOTHING_MINE } from '../../src/state/mine.ts'
import { keepMine } from '../../src/widget/keep-mine.ts'

const show = { version: 1 as const, id: 'friday', title: 'Friday', products: [] }
const begin = (consent: Options['consent']) => {
  const stores = createState()
  const ended = new AbortController()
  keepMine({ stores, options: { consent }, show, signal: ended.signal })
  return { stores, ended }
}
const mine = { ...NOTHING_MINE, guest: 'g', votes: { p: 'moss' } }

beforeEach(() => localStorage.clear())

describe('keepMine', () => {
  it('keeps what the viewer did until the next visit, with consent', () => {
    begin('granted').stores.$mine.set(mine)
    expect(begin('granted').stores.$mine.get()).toEqual(mine)
  })

  it('adds what was kept to what was done before the banner was answered, and loses neither', () => {
    const kept = { ...mine, codes: { o: { code: 'CLAY15' } } }
    localStorage.setItem('castcart:friday', JSON.stringify(kept))
    let answer: (consent: Consent) => void = () => {}
    const { stores } = begin((tell) => {
      answer = tell
    })
    stores.$mine.set({ ...NOTHING_MINE, guest: 'new', questions: ['q1'] })
    answer(FULL_CONSENT)
    const both = { ...kept, questions: ['q1'] }
    expect(stores.$mine.get()).toEqual(both)
    expect(JSON.parse(localStorage.getItem('castcart:friday') ?? '')).toEqual(both)
  })

  it('writes nothing before the viewer has done anything', () => {
    begin('granted')
    expect(localStorage.length).toBe(0)
  })

  it('writes and reads nothing without it', () => {
    localStorage.setItem('castcart:friday', JSON.stringify(mine))
    for (const consent of [undefined, 'none' as const, () => {}]) {
      const { stores } = begin(consent)
      expect(stores.$mine.get()).toEqual(NOTHING_MINE)
      stores.$mine.set({ ...mine, guest: 'other' })
      expect(localStorage.getItem('castcart:friday')).toContain('"g"')
    }
  })

  it('deletes what was kept when consent is withdrawn, and writes no more', () => {
    let change: (consent: Consent) => void = () => {}
    const { stores } = begin((tell) => {
      change = tell
    })
    change(FULL_CONSENT)
    stores.$mine.set(mine)
    expect(localStorage.length).toBe(1)
    change(NO_CONSENT)
    expect(localStorage.length).toBe(0)
    stores.$mine.set({ ...mine, follows: true })
    expect(localStorage.length).toBe(0)
  })

  describe('in two tabs of one viewer', () => {
    /** What the browser tells the other tabs when one has written; here both are one page. */
    const tell = () =>
      dispatchEvent(
        new StorageEvent('storage', { key: 'castcart:friday', newValue: localStorage.getItem('castcart:friday') }),
      )

    it('shows in each what was done in the other, and loses nothing of either', () => {
      const [one, other] = [begin('granted'), begin('granted')]
      one.stores.$mine.set(mine)
      other.stores.$mine.set({ ...NOTHING_MINE, guest: 'h', codes: { o: { code: 'CLAY15' } } })
      tell()
      const done = { votes: mine.votes, codes: { o: { code: 'CLAY15' } } }
      expect(one.stores.$mine.get()).toMatchObject({ ...done, guest: 'g' })
      expect(other.stores.$mine.get()).toMatchObject(done)
      expect(JSON.parse(localStorage.getItem('castcart:friday') ?? '')).toMatchObject(done)
    })

    it('writes nothing for what it was told, or two tabs would tell each other for ever', () => {
      const { stores } = begin('granted')
      stores.$mine.set({ ...mine, upvotes: ['a'] })
      localStorage.setItem('castcart:friday', JSON.stringify({ ...mine, upvotes: ['b', 'a'] }))
      const written = localStorage.getItem('castcart:friday')
      tell()
      expect(stores.$mine.get().upvotes).toEqual(['a', 'b'])
      expect(localStorage.getItem('castcart:friday')).toBe(written)
    })

    it('came when it came itself, whenever another tab did', () => {
      const { stores } = begin('granted')
      stores.$mine.set({ ...mine, joinedAt: 1_000 })
      localStorage.setItem('castcart:friday', JSON.stringify({ ...mine, joinedAt: 3_600_000, claims: ['r'] }))
      tell()
      expect(stores.$mine.get()).toMatchObject({ joinedAt: 1_000, claims: ['r'] })
    })

    it('has no code as applied any more that left the one cart of both', () => {
      const [one, other] = [begin('granted'), begin('granted')]
      for (const { stores } of [one, other]) stores.$mine.set({ ...mine, applied: ['CLAY15'] })
      one.stores.$mine.set({ ...mine, applied: [] })
      tell()
      expect([one, other].map(({ stores }) => stores.$mine.get().applied)).toEqual([[], []])
      expect(begin('granted').stores.$mine.get().applied).toEqual([])
    })

    it('keeps its own where another wrote what cannot be read', () => {
      const { stores } = begin('granted')
      stores.$mine.set(mine)
      localStorage.setItem('castcart:friday', '{')
      tell()
      expect(stores.$mine.get()).toEqual(mine)
    })
  })

  it('stops with the show', () => {
    const { stores, ended } = begin('granted')
    stores.$mine.set(mine)
    ended.abort()
    stores.$mine.set({ ...mine, follows: true })
    expect(localStorage.getItem('castcart:friday')).not.toContain('follows')
  })
})
