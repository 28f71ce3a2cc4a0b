import { describe, expect, it } from 'vitest'
import { nativeEngine } from '../../src/player/native-engine.ts'

/** As much of a video element as is asked where it can be sought; tells the duration's change when it is asked for ranges, as WebKitGTK does. */
function fakeVideo(duration: number, onDuration: () => void) {
  return {
    ...{ duration, readyState: 4, currentTime: 0 },
    get seekable() {
      onDuration()
      return { length: 1, start: () => 10, end: () => 40 }
    },
  } as unknown as HTMLVideoElement
}

const engineOf = (video: HTMLVideoElement) =>
  nativeEngine({ video, captions: undefined, onFault() {}, onChange() {}, onEdge() {} })

describe('nativeEngine', () => {
  it('can be sought from its beginning to its end where it has one, and does not ask the browser for that', () => {
    let told = 0
    const engine = engineOf(fakeVideo(64, () => told++))
    expect(engine.seekable()).toEqual([0, 64])
    expect(told).toBe(0)
  })

  it('can be sought where the browser says, while it has no end', () => {
    expect(engineOf(fakeVideo(Number.POSITIVE_INFINITY, () => {})).seekable()).toEqual([10, 40])
  })

  it('cannot be sought before its length is known', () => {
    expect(engineOf(fakeVideo(Number.NaN, () => {})).seekable()).toEqual([0, 0])
  })
})
