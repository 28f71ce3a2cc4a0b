import { afterEach, describe, expect, it, vi } from 'vitest'
import { tickFrames } from '../../src/player/tick-frames.ts'

type Present = (now: number, frame: { mediaTime: number }) => void

/** A video element as far as frames are told by it. */
function fakeVideo() {
  let next: Present | undefined
  const element = Object.assign(new EventTarget(), {
    paused: false,
    ended: false,
    currentTime: 0,
    requestVideoFrameCallback: (present: Present) => {
      next = present
      return 1
    },
    cancelVideoFrameCallback: () => {
      next = undefined
    },
  })
  return {
    element,
    present(mediaTime: number) {
      next?.(performance.now(), { mediaTime })
    },
  }
}

describe('tickFrames', () => {
  afterEach(() => vi.useRealTimers())

  const start = () => {
    vi.useFakeTimers()
    const video = fakeVideo()
    const stop = new AbortController()
    const onFrame = vi.fn()
    const frames = tickFrames(video.element as unknown as HTMLVideoElement, onFrame, stop.signal)
    return { ...video, frames, onFrame, stop }
  }

  it('says the time of the frame on screen, not that of the playhead', () => {
    const { element, present, frames } = start()
    present(3.96)
    element.currentTime = 3.985
    expect(frames.time()).toBe(3.96)
    element.paused = true
    vi.advanceTimersByTime(10_000)
    expect(frames.time()).toBe(3.96)
  })

  it('goes by the playhead where frames are no longer told, as in a hidden page', () => {
    const { element, present, frames, onFrame } = start()
    present(3.96)
    element.currentTime = 5
    vi.advanceTimersByTime(1000)
    expect(frames.time()).toBe(5)
    expect(onFrame.mock.calls.length).toBeGreaterThan(3)
  })

  it('is at the very end of the media after its last frame, so that what happened within that frame is told', () => {
    const { element, present, frames } = start()
    present(9.96)
    Object.assign(element, { paused: true, ended: true, currentTime: 10 })
    expect(frames.time()).toBe(10)
  })

  it('stops with its signal', () => {
    const { present, onFrame, stop } = start()
    stop.abort()
    present(1)
    vi.advanceTimersByTime(1000)
    expect(onFrame).not.toHaveBeenCalled()
  })
})
