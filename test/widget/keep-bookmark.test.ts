// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createState, NO_PLAYBACK } from '../../src/state/create-state.ts'
import type { ConductOptions } from '../../src/widget/conduct-options.ts'
import { keepBookmark } from '../../src/widget/keep-bookmark.ts'
import { readBookmark, writeBookmark } from '../../src/widget/resume.ts'
import type { Run } from '../../src/widget/run-show.ts'

const life = { ended: new AbortController() }
beforeEach(() => {
  life.ended = new AbortController()
  sessionStorage.clear()
  vi.useFakeTimers()
})
afterEach(() => {
  life.ended.abort()
  vi.useRealTimers()
})

/** A show that plays small after the viewer's own act (ms since 1970; 0: none), with as much of a run as a bookmark reads. */
function play(show = '/a.json', actedAt = 1) {
  const stores = createState()
  stores.$view.set('mini')
  stores.$playback.set({ ...NO_PLAYBACK, phase: 'playing', started: true, position: 12 })
  const run = { pictureTime: () => 5000 } as Run
  const given = { stores, options: { show }, signal: life.ended.signal, actedAt: () => actedAt, run }
  keepBookmark(given as unknown as ConductOptions & { run: Run })
  return stores
}
const other = { show: '/b.json', position: 0, live: true, muted: true, paused: false }
const leave = () => dispatchEvent(new Event('pagehide'))
const comeBack = (persisted: boolean) => dispatchEvent(Object.assign(new Event('pageshow'), { persisted }))

describe('keepBookmark', () => {
  it('writes where the show is once a second and when the page goes, after the viewer acted and not before', () => {
    play('/b.json', 0)
    leave()
    expect(sessionStorage.length).toBe(0)
    play()
    vi.advanceTimersByTime(1000)
    expect(readBookmark('/a.json')).toMatchObject({ position: 12, date: 5000, paused: false })
    writeBookmark(null)
    leave()
    expect(readBookmark('/a.json')).not.toBeNull()
  })

  it('keeps of two shows in a page the one that the viewer touched last, in whatever order they write', () => {
    play('/a.json', 2)
    play('/b.json', 1)
    leave()
    expect(readBookmark()?.show).toBe('/a.json')
    writeBookmark(null)
    vi.advanceTimersByTime(1000)
    play('/c.json', 3)
    vi.advanceTimersByTime(1000)
    leave()
    expect(readBookmark()?.show).toBe('/c.json')
  })

  it('closes nothing for another show that was touched later', () => {
    const first = play('/a.json', 1)
    leave()
    play('/b.json', 2)
    leave()
    vi.advanceTimersByTime(1000)
    writeBookmark(null)
    comeBack(true)
    expect(first.$view.get()).toBe('mini')
  })

  it('leaves the show that plays its place after another has ended, whichever was touched last', () => {
    play('/b.json', 1)
    const over = play('/a.json', 2)
    over.$playback.set({ ...over.$playback.get(), phase: 'ended' })
    leave()
    expect(readBookmark()?.show).toBe('/b.json')
    vi.advanceTimersByTime(1000)
    leave()
    expect(readBookmark()?.show).toBe('/b.json')
  })

  it('takes the place of a show that plays no more', () => {
    writeBookmark({ ...other, acted: 2, at: Date.now() - 10_000 })
    play()
    leave()
    expect(readBookmark()?.show).toBe('/a.json')
  })

  it('closes the show that comes back with its page after the viewer closed it on the next', () => {
    const stores = play()
    leave()
    writeBookmark(null)
    comeBack(true)
    expect(stores.$view.get()).toBe('closed')
    vi.advanceTimersByTime(1000)
    expect(sessionStorage.length).toBe(0)
  })

  it('leaves alone what goes on: still kept, another show kept, a page that was loaded, a browser that keeps nothing', () => {
    const stores = play()
    leave()
    comeBack(true)
    writeBookmark({ ...other, acted: 2, at: Date.now() })
    comeBack(true)
    writeBookmark(null)
    comeBack(false)
    expect(stores.$view.get()).toBe('mini')
    const refuse = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new Error('refused')
    })
    leave()
    comeBack(true)
    expect(stores.$view.get()).toBe('mini')
    refuse.mockRestore()
  })

  it('forgets a show that has ended, and closes nothing for it', () => {
    const stores = play()
    leave()
    stores.$playback.set({ ...stores.$playback.get(), phase: 'ended' })
    leave()
    expect(sessionStorage.length).toBe(0)
    comeBack(true)
    expect(stores.$view.get()).toBe('mini')
  })
})
