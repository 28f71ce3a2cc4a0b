import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { paced } from '../../src/lib/paced.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('paced', () => {
  it('acts at once, then once a while, and after the last call', () => {
    const act = vi.fn()
    const call = paced(act, 100, new AbortController().signal)
    for (let ms = 0; ms < 1000; ms++) {
      call()
      vi.advanceTimersByTime(1)
    }
    expect(act).toHaveBeenCalledTimes(11)
    vi.advanceTimersByTime(1000)
    expect(act).toHaveBeenCalledTimes(11)
    call()
    expect(act).toHaveBeenCalledTimes(12)
  })

  it('stops with its signal', () => {
    const act = vi.fn()
    const ended = new AbortController()
    const call = paced(act, 100, ended.signal)
    call()
    call()
    ended.abort()
    vi.advanceTimersByTime(1000)
    call()
    expect(act).toHaveBeenCalledOnce()
  })
})
