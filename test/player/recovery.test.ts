import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRecovery, type RecoveryActions, retryDelay } from '../../src/player/recovery.ts'

const events = new EventTarget()
let controller: AbortController
let did: string[]

function recovery(more: Partial<RecoveryActions> = {}) {
  return createRecovery({
    recoverMedia: () => did.push('media'),
    reload: (attempt, src) => did.push(src ? `reload ${attempt} ${src}` : `reload ${attempt}`),
    onChange: () => {},
    now: () => Date.now(),
    random: () => 0,
    signal: controller.signal,
    ...more,
  })
}

/** Ten seconds of moving pictures. */
function play(it: { healthy(): void }, seconds: number) {
  for (let second = 0; second <= seconds; second++) {
    it.healthy()
    vi.advanceTimersByTime(1000)
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('addEventListener', events.addEventListener.bind(events))
  controller = new AbortController()
  did = []
})

afterEach(() => {
  controller.abort()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('retryDelay', () => {
  it('doubles from two seconds to thirty, less up to a quarter', () => {
    expect([1, 2, 3, 4, 5, 6, 99].map((attempt) => retryDelay(attempt, 0) / 1000)).toEqual([2, 4, 8, 16, 30, 30, 30])
    expect(retryDelay(1, 1)).toBe(1500)
  })
})

describe('createRecovery', () => {
  it('rebuilds the decoder at most every five seconds, then loads again, then waits', () => {
    const it = recovery()
    it.fault('decode')
    expect(did).toEqual(['media'])
    vi.advanceTimersByTime(1000)
    it.fault('decode')
    expect(did).toEqual(['media', 'reload 1'])
    it.fault('decode')
    expect(did).toEqual(['media', 'reload 1'])
    expect(it.trouble).toBe('decode')
    vi.advanceTimersByTime(4000)
    expect(did).toEqual(['media', 'reload 1', 'reload 2'])
    vi.advanceTimersByTime(5000)
    it.fault('decode')
    expect(did.at(-1)).toBe('media')
    vi.advanceTimersByTime(60_000)
    it.fault('decode')
    vi.advanceTimersByTime(60_000)
    expect(did.at(-1)).toBe('reload 3')
  })

  it('loads a stuck picture again, and keeps trying later', () => {
    const it = recovery()
    it.fault('stuck')
    expect(did).toEqual(['reload 1'])
    it.fault('stuck')
    expect(it.trouble).toBe('decode')
    vi.advanceTimersByTime(4000)
    expect(did).toEqual(['reload 1', 'reload 2'])
  })

  it('asks the network again for as long as the player lives', () => {
    const it = recovery()
    it.fault('lost')
    expect(it.trouble).toBe('network')
    for (let round = 0; round < 20; round++) {
      vi.advanceTimersByTime(30_000)
      it.fault('lost')
    }
    expect(did.length).toBeGreaterThanOrEqual(20)
    expect(it.hopeless).toBe(false)
  })

  it('waits once however many errors come', () => {
    const it = recovery()
    for (let error = 0; error < 5; error++) it.fault('not-found')
    vi.advanceTimersByTime(2000)
    expect(did).toEqual(['reload 1'])
    expect(it.trouble).toBe('not-found')
  })

  it('tries at once when the browser comes online, and only then', () => {
    const it = recovery()
    events.dispatchEvent(new Event('online'))
    expect(did).toEqual([])
    it.fault('lost')
    events.dispatchEvent(new Event('online'))
    expect(did).toEqual(['reload 1'])
    vi.advanceTimersByTime(60_000)
    expect(did).toEqual(['reload 1'])
  })

  it('asks for a fresh address once per episode', async () => {
    const freshSource = vi.fn(async () => 'new.m3u8')
    const it = recovery({ freshSource })
    it.fault('expired')
    it.fault('expired')
    await vi.advanceTimersByTimeAsync(0)
    expect(did).toEqual(['reload 1 new.m3u8'])
    it.fault('expired')
    await vi.advanceTimersByTimeAsync(4000)
    expect(freshSource).toHaveBeenCalledTimes(1)
    expect(did.at(-1)).toBe('reload 2')
    play(it, 12)
    expect(it.trouble).toBeUndefined()
    it.fault('expired')
    expect(freshSource).toHaveBeenCalledTimes(2)
  })

  it.each([
    ['rejects', () => Promise.reject(new Error('no'))],
    [
      'throws',
      () => {
        throw new Error('no')
      },
    ],
    ['never answers', () => new Promise<string>(() => {})],
    ['answers nothing', () => Promise.resolve('')],
  ])('goes on with the old address where the page %s, and asks again', async (_, fresh) => {
    const freshSource = vi.fn(fresh)
    const it = recovery({ freshSource })
    it.fault('expired')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(did).toEqual(['reload 1'])
    expect(it.trouble).toBe('expired')
    it.fault('expired')
    expect(freshSource).toHaveBeenCalledTimes(2)
  })

  it('lets a frozen playlist be asked for by the engine', () => {
    const it = recovery()
    it.fault('frozen')
    vi.advanceTimersByTime(120_000)
    expect(did).toEqual([])
    expect(it.trouble).toBe('network')
    it.healthy()
    expect(it.trouble).toBeUndefined()
  })

  it('keeps its trouble while buffered pictures play out', () => {
    const it = recovery()
    it.fault('lost')
    it.healthy()
    expect(it.trouble).toBe('network')
  })

  it('starts counting anew after ten good seconds', () => {
    const it = recovery()
    it.fault('lost')
    vi.advanceTimersByTime(2000)
    play(it, 12)
    it.fault('lost')
    vi.advanceTimersByTime(2000)
    expect(did).toEqual(['reload 1', 'reload 1'])
  })

  it('gives up on what cannot play, until asked', () => {
    const it = recovery()
    it.fault('lost')
    it.fault('unsupported')
    vi.advanceTimersByTime(600_000)
    expect(did).toEqual([])
    expect([it.hopeless, it.trouble]).toEqual([true, 'unsupported'])
    it.retry()
    expect(did).toEqual(['reload 1'])
    expect(it.hopeless).toBe(false)
  })

  it('does nothing after the end', async () => {
    let answer = (_: string) => {}
    const it = recovery({
      freshSource: () =>
        new Promise((resolve) => {
          answer = resolve
        }),
    })
    it.fault('expired')
    controller.abort()
    answer('late.m3u8')
    it.fault('lost')
    it.retry()
    events.dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(did).toEqual([])
  })
})
