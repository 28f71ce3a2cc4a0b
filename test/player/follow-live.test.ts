import { describe, expect, it } from 'vitest'
import type { Engine } from '../../src/player/engine.ts'
import { followLive } from '../../src/player/follow-live.ts'

/** A live picture that plays by itself: one media second per second at the element's rate, its edge published every two seconds. */
function fakeLive({ behind = 4, dated = true } = {}) {
  const video = {
    currentTime: 100 - behind,
    playbackRate: 1,
    paused: false,
    buffered: { length: 1, start: () => 0, end: () => video.currentTime + 3 },
  }
  let now = 100_000
  const edge = () => Math.floor(now / 2000) * 2
  const engine: Partial<Engine> = {
    live: () => true,
    latency: () => ({ behind: now / 1000 - video.currentTime, wanted: 4 }),
    livePosition: () => edge() - 4,
    segment: () => 2,
  }
  const follower = followLive({
    video: video as Partial<HTMLVideoElement> as HTMLVideoElement,
    engine: () => engine as Engine,
    dateAt: (time) => (dated ? time * 1000 : null),
    now: () => now,
  })
  const run = (seconds: number, mayJump = true) => {
    for (let tick = 0; tick < seconds * 4; tick++) {
      now += 250
      if (!video.paused) video.currentTime += 0.25 * video.playbackRate
      if (now % 2000 === 250 && dated) follower.edge(edge() * 1000)
      follower.tick(mayJump)
    }
    return now / 1000 - video.currentTime
  }
  return { video, follower, run }
}

describe('followLive', () => {
  it.each([true, false])('keeps its distance for ten minutes (dated: %s)', (dated) => {
    const { run } = fakeLive({ behind: 5.5, dated })
    run(30)
    const distances = Array.from({ length: 600 }, () => run(1))
    expect(Math.max(...distances) - Math.min(...distances)).toBeLessThan(0.5)
  })

  it('catches up after a short stall without a jump', () => {
    const { video, run, follower } = fakeLive()
    run(10)
    video.currentTime -= 3
    const position = video.currentTime
    run(1)
    expect(video.currentTime - position).toBeLessThan(1.2)
    expect(video.playbackRate).toBe(1.1)
    expect(run(45)).toBeLessThan(4.6)
    expect(follower.atEdge()).toBe(true)
  })

  it('jumps after a long one, once the network allows', () => {
    const { video, run } = fakeLive()
    run(10)
    video.currentTime -= 60
    expect(run(5, false)).toBeGreaterThan(60)
    expect(run(1)).toBeLessThan(8)
  })

  it('leaves a viewer in the past alone until asked', () => {
    const { video, run, follower } = fakeLive()
    run(10)
    video.currentTime -= 40
    follower.judge()
    expect(run(20)).toBeGreaterThan(40)
    expect(video.playbackRate).toBe(1)
    expect(follower.atEdge()).toBe(false)
    follower.goLive()
    expect(run(1)).toBeLessThan(8)
    expect(follower.atEdge()).toBe(true)
  })

  it('leaves a viewer alone who went back a few seconds on purpose', () => {
    const { video, run, follower } = fakeLive()
    run(10)
    video.currentTime -= 5
    follower.sought()
    run(20)
    expect(video.playbackRate).toBe(1)
    expect(follower.atEdge()).toBe(false)
    video.currentTime += 5
    follower.sought()
    run(1)
    expect(follower.atEdge()).toBe(true)
  })

  it("leaves the viewer's own rate alone", () => {
    const { video, run, follower } = fakeLive({ behind: 9 })
    follower.rate = 1.5
    run(2)
    expect(video.playbackRate).toBe(1.5)
  })
})
