import { describe, expect, it } from 'vitest'
import type { Playback } from '../../src/model/player.ts'
import { isMoving, phaseOf, publishNews } from '../../src/player/read-playback.ts'

const still = { paused: true, ended: false, seeking: false, readyState: 4 }
const facts = { wanted: true, blocked: false, started: true, hopeless: false, troubled: false }
const moving = { ...still, paused: false }

describe('isMoving', () => {
  it('is false while paused, seeking or out of data', () => {
    expect(isMoving(moving)).toBe(true)
    for (const what of [{ paused: true }, { seeking: true }, { readyState: 2 }])
      expect(isMoving({ ...moving, ...what })).toBe(false)
  })

  it('is true for a file whose length grows as it plays, which WebKitGTK calls ended and does not pause', () =>
    expect(isMoving({ ...moving, ended: true })).toBe(true))
})

describe('phaseOf', () => {
  const empty = { ...still, readyState: 0 }
  it.each([
    ['loading', empty, { started: false }],
    ['idle', empty, { started: false, wanted: false }],
    ['playing', moving, {}],
    ['playing', moving, { troubled: true }],
    ['waiting', { ...moving, readyState: 2 }, {}],
    ['waiting', { ...moving, seeking: true }, {}],
    ['away', { ...moving, readyState: 2 }, { troubled: true }],
    ['away', empty, { troubled: true, started: false }],
    ['blocked', still, { blocked: true, started: false }],
    ['paused', still, { wanted: false }],
    ['ended', { ...still, ended: true }, {}],
    ['playing', { ...moving, ended: true }, {}],
    ['waiting', { ...moving, ended: true, readyState: 2 }, {}],
    ['failed', moving, { hopeless: true, troubled: true }],
  ])('is %s', (phase, element, more) => {
    expect(phaseOf(element, { ...facts, ...more })).toBe(phase)
  })
})

describe('publishNews', () => {
  const base: Playback = {
    phase: 'playing',
    muted: true,
    soundChosen: false,
    live: true,
    position: 1,
    duration: Number.POSITIVE_INFINITY,
    seekable: [0, 10],
    atLiveEdge: true,
    rate: 1,
    started: true,
    captions: 'none',
  }
  const setup = () => {
    const heard: Playback[] = []
    const clock = { now: 0 }
    return {
      heard,
      clock,
      publish: publishNews(
        (playback) => heard.push(playback),
        () => clock.now,
      ),
    }
  }

  it('says a position at most four times a second', () => {
    const { heard, clock, publish } = setup()
    for (clock.now = 0; clock.now < 1000; clock.now += 20) publish({ ...base, position: clock.now / 1000 })
    expect(heard.length).toBeLessThanOrEqual(5)
    expect(heard.length).toBeGreaterThanOrEqual(3)
  })

  it('says anything else at once', () => {
    const { heard, publish } = setup()
    publish(base)
    publish({ ...base, phase: 'waiting' })
    publish({ ...base, phase: 'waiting', muted: false })
    expect(heard).toHaveLength(3)
  })

  it('never says the same twice', () => {
    const { heard, clock, publish } = setup()
    publish(base)
    clock.now = 1000
    publish({ ...base })
    expect(heard).toHaveLength(1)
  })
})
