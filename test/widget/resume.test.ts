// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  type Bookmark,
  readBookmark,
  rememberClosed,
  startFrom,
  wasClosed,
  writeBookmark,
} from '../../src/widget/resume.ts'

const bookmark: Bookmark = {
  show: '/a.json',
  date: 5000,
  position: 12,
  live: true,
  muted: false,
  paused: false,
  acted: 1,
  at: 100_000,
}

beforeEach(() => {
  vi.useFakeTimers({ now: 103_000 })
  sessionStorage.clear()
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('readBookmark', () => {
  it('gives back what was written, for the same show only', () => {
    writeBookmark(bookmark)
    expect(readBookmark('/a.json')).toEqual(bookmark)
    expect(readBookmark('/b.json')).toBeNull()
  })

  it('forgets after half an hour, and when it is told to', () => {
    writeBookmark(bookmark)
    vi.setSystemTime(bookmark.at + 30 * 60_000)
    expect(readBookmark('/a.json')).toBeNull()
    writeBookmark(null)
    expect(sessionStorage.length).toBe(0)
  })

  it('is null for anything that is no bookmark', () => {
    for (const text of ['{', 'null', '7', '{"show":"/a.json"}', '{"show":"/a.json","at":103000}']) {
      sessionStorage.setItem('castcart', text)
      expect(readBookmark('/a.json')).toBeNull()
    }
  })

  it('does without storage that refuses', () => {
    const refuse = () => {
      throw new DOMException('denied', 'SecurityError')
    }
    vi.stubGlobal('sessionStorage', { getItem: refuse, setItem: refuse, removeItem: refuse })
    expect(() => writeBookmark(bookmark)).not.toThrow()
    expect(readBookmark('/a.json')).toBeNull()
    vi.unstubAllGlobals()
  })
})

describe('wasClosed', () => {
  it('is so of the show that was closed in this tab, and of no other', () => {
    expect(wasClosed('/a.json')).toBe(false)
    rememberClosed('/a.json')
    expect([wasClosed('/a.json'), wasClosed('/b.json')]).toEqual([true, false])
  })
})

describe('startFrom', () => {
  it('moves a live picture on by the time that went by', () =>
    expect(startFrom(bookmark)).toEqual({ date: 8000, paused: false }))
  it('keeps a paused picture where it was', () =>
    expect(startFrom({ ...bookmark, paused: true })).toEqual({ date: 5000, paused: true }))
  it('keeps a recording where it was', () =>
    expect(startFrom({ ...bookmark, live: false })).toEqual({ position: 12, paused: false }))
})
