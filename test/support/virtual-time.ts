import type { LinkEnvironment } from '../../src/adapters/link-environment.ts'

/** A machine whose time passes when told to, with a page that can sleep, and chance that can be repeated. */
export interface VirtualTime extends LinkEnvironment {
  readonly window: EventTarget
  readonly document: EventTarget & { visibilityState: string }
  /** Lets ms pass; every timer fires at its moment, and all promises settle in between. */
  advance(ms: number): Promise<void>
  /** Lets ms pass in which nothing runs: the machine sleeps. What was due runs with the next `advance`. */
  sleep(ms: number): void
  /** Timers that wait. */
  timers(): number
  /** Sends an event of the window or, for `visibilitychange`, of the document. */
  send(type: string): void
}

/** Mulberry32: a small repeatable generator (https://gist.github.com/tommyettinger/46a874533244883189143505d203312c). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** See {@link VirtualTime}. */
export function createVirtualTime(seed = 1): VirtualTime {
  const timers = new Set<{ at: number; run(): void }>()
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  const window = new EventTarget()
  let now = 0

  const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

  return {
    now: () => now,
    random: seededRandom(seed),
    window,
    document,
    wait(ms, run) {
      const timer = { at: now + ms, run }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    async advance(ms) {
      const until = now + ms
      await settle()
      for (;;) {
        let next: { at: number; run(): void } | undefined
        for (const timer of timers) if (timer.at <= until && (!next || timer.at < next.at)) next = timer
        if (!next) break
        now = Math.max(now, next.at)
        timers.delete(next)
        next.run()
        await settle()
      }
      now = until
    },
    sleep(ms) {
      now += ms
    },
    timers: () => timers.size,
    send(type) {
      const event = new Event(type)
      if (type === 'visibilitychange') document.dispatchEvent(event)
      else window.dispatchEvent(event)
    },
  }
}
