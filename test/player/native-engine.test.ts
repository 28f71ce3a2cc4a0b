import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nativeEngine } from '../../src/player/native-engine.ts'

/** As much of a video element as is asked where it can be sought. */
function fakeVideo(duration: number, ranges: readonly (readonly [number, number])[] = [[10, 40]]) {
  let asked = 0
  return {
    ...{ duration, readyState: 4, currentTime: 0 },
    get asked() {
      return asked
    },
    get seekable() {
      asked++
      return { length: ranges.length, start: () => ranges[0]?.[0], end: () => ranges[0]?.[1] }
    },
  }
}

const engineOf = (video: ReturnType<typeof fakeVideo>) =>
  nativeEngine({
    video: video as unknown as HTMLVideoElement,
    captions: undefined,
    onFault() {},
    onChange() {},
    onEdge() {},
  })

describe('nativeEngine', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('can be sought where the browser says, nowhere in a file whose server gives no ranges', () => {
    expect(engineOf(fakeVideo(64, [[0, 0]])).seekable()).toEqual([0, 0])
    expect(engineOf(fakeVideo(64)).seekable()).toEqual([10, 40])
    expect(engineOf(fakeVideo(Number.POSITIVE_INFINITY)).seekable()).toEqual([10, 40])
  })

  it('can be sought as far as it is long where the browser says nothing, and not before that is known', () => {
    expect(engineOf(fakeVideo(64, [])).seekable()).toEqual([0, 64])
    expect(engineOf(fakeVideo(Number.NaN, [])).seekable()).toEqual([0, 0])
  })

  it('asks the browser about a file once a second, since being asked may be a change of duration to it', () => {
    const video = fakeVideo(64)
    const engine = engineOf(video)
    for (let times = 0; times < 100; times++) engine.seekable()
    expect(video.asked).toBe(1)
    vi.advanceTimersByTime(1001)
    engine.seekable()
    expect(video.asked).toBe(2)
    video.duration = 65
    engine.seekable()
    expect(video.asked).toBe(3)
  })

  it('asks the browser each time about what is live', () => {
    const video = fakeVideo(Number.POSITIVE_INFINITY)
    const engine = engineOf(video)
    for (let times = 0; times < 3; times++) engine.seekable()
    expect(video.asked).toBe(3)
  })
})
