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

/** A video element that waits, with so many seconds of its file there, and notes what is asked of it. */
function waitingVideo(seconds: number, paused = false) {
  const asked: string[] = []
  const buffered = { length: 1, start: () => 0, end: () => seconds }
  const video = Object.assign(new EventTarget(), {
    ...{ src: '', currentTime: 0.1, readyState: 2, paused, buffered },
    load() {},
    pause: () => void asked.push('pause'),
    play: async () => void asked.push('play'),
  })
  const host = { captions: undefined, onFault() {}, onChange() {}, onEdge() {} }
  nativeEngine({ ...host, video: video as unknown as HTMLVideoElement }).load('a.mp4', {})
  return { asked, stall: () => video.dispatchEvent(new Event('stalled')), video }
}

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

  it('plays again what the browser holds though the next seconds are there', () => {
    const { asked, stall } = waitingVideo(64)
    stall()
    expect(asked).toEqual(['pause', 'play'])
  })

  it('leaves alone what waits for the network, what is paused, and what plays', () => {
    const short = waitingVideo(0.5)
    const still = waitingVideo(64, true)
    const plays = waitingVideo(64)
    plays.video.readyState = 4
    for (const one of [short, still, plays]) {
      one.stall()
      expect(one.asked).toEqual([])
    }
  })
})
