import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createServerClock } from '../../src/lib/server-clock.ts'

/** A client whose two clocks and a server whose clock are set by hand; `true` is real time. */
function machine({ wrong = 0, ahead = 0 } = {}) {
  let real = 0
  let drift = 0
  const wall = { offset: wrong }
  let asleep = 0
  const server = () => 1_800_000_000_000 + real * (1 + drift) + ahead
  const now = () => 1_800_000_000_000 + real + wall.offset
  const clock = createServerClock({ now, monotonic: () => real - asleep })
  return {
    clock,
    server,
    pass(ms: number) {
      real += ms
    },
    sleep(ms: number) {
      real += ms
      asleep += ms
    },
    setWall(offset: number) {
      wall.offset = offset
    },
    setServer(offset: number) {
      ahead = offset
    },
    setDrift(rate: number) {
      drift = rate
    },
    /** A round trip of these two legs. */
    measure(there: number, back: number) {
      const sentAt = now()
      real += there
      const serverAt = server()
      real += back
      clock.sample({ sentAt, receivedAt: now(), serverAt })
    },
  }
}

const leg = fc.integer({ min: 0, max: 3000 })
const jump = fc.integer({ min: -86_400_000, max: 86_400_000 })

describe('createServerClock', () => {
  it('shows the client clock and is not known before a sample', () => {
    const { clock } = machine({ wrong: 5000 })
    expect(clock.known()).toBe(false)
    expect(clock.now()).toBe(1_800_000_005_000)
    expect(clock.offset()).toBe(0)
  })

  it('moves no offer when the viewer sets the clock before a sample', () => {
    const { clock, pass, setWall } = machine()
    pass(1000)
    setWall(25_000_000)
    pass(1000)
    expect(clock.now()).toBe(1_800_000_002_000)
  })

  it('is right within half of the shortest trip, whatever the client clock says', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(leg, leg), { minLength: 1, maxLength: 30 }), jump, (trips, wrong) => {
        const { clock, server, measure, pass } = machine({ wrong, ahead: 777 })
        let best = Number.POSITIVE_INFINITY
        for (const [there, back] of trips) {
          measure(there, back)
          best = Math.min(best, (there + back) / 2)
          pass(1000)
        }
        // Ageing may prefer a newer sample that is worse by 0.1 ms for each second; a step back is made at half speed.
        const slew = Math.max(...trips.map(([there, back]) => (there + back) / 2))
        expect(clock.now() - server()).toBeLessThanOrEqual(slew)
        pass(20_000)
        clock.now()
        expect(Math.abs(clock.now() - server())).toBeLessThanOrEqual(best + trips.length * 7 * 0.1 + 1)
      }),
    )
  })

  it('never goes backwards, whatever is measured, slept or set', () => {
    const step = fc.oneof(
      fc.record({ measure: fc.tuple(leg, leg) }),
      fc.record({ pass: fc.integer({ min: 0, max: 600_000 }) }),
      fc.record({ sleep: fc.integer({ min: 0, max: 600_000 }) }),
      fc.record({ setWall: jump }),
      fc.record({ setServer: jump }),
      fc.record({ forget: fc.constant(true) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const it = machine()
        it.measure(10, 10)
        let last = it.clock.now()
        for (const step of steps) {
          if ('measure' in step) it.measure(...step.measure)
          else if ('pass' in step) it.pass(step.pass)
          else if ('sleep' in step) it.sleep(step.sleep)
          else if ('setWall' in step) it.setWall(step.setWall)
          else if ('setServer' in step) it.setServer(step.setServer)
          else it.clock.forget()
          const now = it.clock.now()
          expect(now).toBeGreaterThanOrEqual(last)
          last = now
        }
      }),
    )
  })

  it('does not move when the client clock is set by a day', () => {
    const { clock, server, measure, setWall, pass } = machine()
    measure(20, 20)
    setWall(86_400_000)
    expect(Math.abs(clock.now() - server())).toBeLessThan(1)
    setWall(-86_400_000)
    pass(5000)
    expect(Math.abs(clock.now() - server())).toBeLessThan(1)
    expect(Math.abs(clock.offset() - 86_400_000)).toBeLessThan(1)
  })

  it('forgets its samples when the machine slept, and is right after the next', () => {
    const { clock, server, measure, sleep } = machine()
    measure(5, 5)
    sleep(600_000)
    expect(clock.known()).toBe(false)
    measure(900, 700)
    expect(clock.known()).toBe(true)
    expect(Math.abs(clock.now() - server())).toBeLessThanOrEqual(800)
  })

  it('follows a drift of 50 ppm over three hours', () => {
    const { clock, server, measure, pass, setDrift } = machine()
    setDrift(50e-6)
    measure(10, 10)
    for (let minute = 0; minute < 180; minute++) {
      pass(60_000)
      measure(30, 40)
      expect(Math.abs(clock.now() - server())).toBeLessThan(60)
    }
  })

  it('runs at half speed until a correction backwards is made', () => {
    const { clock, server, measure, pass, setServer } = machine()
    measure(1, 1)
    clock.now()
    setServer(-4000)
    measure(1, 1)
    const before = clock.now()
    pass(1000)
    expect(clock.now() - before).toBeCloseTo(500, 0)
    pass(7000)
    expect(Math.abs(clock.now() - server())).toBeLessThan(2)
  })

  it('takes a correction forwards at once when the server clock was set', () => {
    const { clock, server, measure, setServer } = machine()
    measure(1, 1)
    setServer(5000)
    measure(200, 200)
    expect(Math.abs(clock.now() - server())).toBeLessThanOrEqual(200)
  })

  it('ignores what cannot be', () => {
    const { clock } = machine()
    for (const sample of [
      { sentAt: 2, receivedAt: 1, serverAt: 5 },
      { sentAt: 0, receivedAt: 60_000, serverAt: 5 },
      { sentAt: 1, receivedAt: 1, serverAt: Number.NaN },
      { sentAt: Number.NaN, receivedAt: 1, serverAt: 1 },
      { sentAt: 1, receivedAt: 1, serverAt: Number.POSITIVE_INFINITY },
    ]) {
      clock.sample(sample)
    }
    expect(clock.known()).toBe(false)
  })
})
