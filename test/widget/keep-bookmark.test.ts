// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createState, NO_PLAYBACK } from '../../src/state/create-state.ts'
import type { ConductOptions } from '../../src/widget/conduct.ts'
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

/** A show that plays small after the viewer's own act, with as much of a run as a bookmark reads. */
function play(show = '/a.json', hasActed = true) {
  const stores = createState()
  stores.$view.set('mini')
  stores.$playback.set({ ...NO_PLAYBACK, phase: 'playing', started: true, position: 12 })
  const run = { pictureTime: () => 5000 } as Run
  const given = { stores, options: { show }, signal: life.ended.signal, hasActed: () => hasActed, run }
  keepBookmark(given as unknown as ConductOptions & { run: Run })
  return stores
}
const leave = () => dispatchEvent(new Event('pagehide'))
const comeBack = (persisted: boolean) => dispatchEvent(Object.assign(new Event('pageshow'), { persisted }))

describe('keepBookmark', () => {
  it('writes where the show is once a second and when the page goes, after the viewer acted and not before', () => {
    play('/b.json', false)
    leave()
    expect(sessionStorage.length).toBe(0)
    play()
    vi.advanceTimersByTime(1000)
    expect(readBookmark('/a.json')).toMatchObject({ position: 12, date: 5000, paused: false })
    writeBookmark(null)
    leave()
    expect(readBookmark('/a.json')).not.toBeNull()
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
    writeBookmark({ show: '/b.json', position: 0, live: true, muted: true, paused: false, at: Date.now() })
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
