import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { feed } from '../../src/adapters/feed.ts'
import { createLink, type Link, type LinkOptions } from '../../src/adapters/link.ts'
import { createFeedWriter, type FeedWriter } from '../../src/feed.ts'
import { createServerClock } from '../../src/lib/server-clock.ts'
import type { LiveEvent } from '../../src/model/event.ts'
import { emptyRoom, fold } from '../../src/state/room.ts'
import { testAdapter } from '../contracts/adapter.ts'
import { type FakeHost, startFakeHost } from '../support/fake-host.ts'
import { seededRandom } from '../support/virtual-time.ts'

vi.setConfig({ testTimeout: 30_000 })

/** Seconds between two writings, here. */
const EVERY = 0.03

const pin = (seq: number, epoch = 'first') => {
  return {
    v: 1,
    epoch,
    seq,
    id: `${epoch}-${seq}`,
    at: 1_800_000_000_000 + seq,
    type: 'product.pin',
    data: { ids: [`p${seq}`] },
  }
}
const chat = (n: number) => {
  const author = { id: 'v', name: 'V', role: 'viewer' }
  return { v: 1, id: `c${n}`, at: 1_800_000_000_000 + n, type: 'chat.message', data: { author, text: 'hi' } }
}

testAdapter('feed', async () => {
  const host = await startFakeHost()
  const writer = createFeedWriter({ epoch: 'first', every: 0.12 })
  let seq = 0
  const write = () => host.put(writer.cut(Date.now()))
  const refuse = (status: number) => () => {
    host.faults.refuse = status
    host.faults.retryAfter = 7
  }
  write()
  return {
    adapter: feed({ url: `${host.url}index.json`, snapshot: `${host.url}snapshot.json` }),
    epoch: 'first',
    publish(count) {
      const events = Array.from({ length: count }, () => pin(++seq))
      for (const event of events) writer.add(event)
      write()
      const snapshot = { v: 1, epoch: 'first', seq, at: Date.now(), events }
      host.put([{ name: 'snapshot.json', text: JSON.stringify(snapshot), immutable: false }])
    },
    connections: host.connections,
    addresses: () => host.requests.map(({ name }) => name).filter((name) => name === 'index.json'),
    endings: {
      unauthorized: { before: refuse(401) },
      denied: { before: refuse(403) },
      gone: { before: refuse(410) },
      ended: { before: refuse(204) },
      overloaded: { before: refuse(503), retryAfter: 7 },
      network: { before: refuse(404) },
    },
    requireToken(token) {
      host.faults.token = token
    },
    garble() {
      for (const text of ['{"no":', '{"is":"a list"}', '["an event"]']) {
        writer.add('something')
        const [segment, ...rest] = writer.cut(Date.now())
        if (segment) host.put([{ ...segment, text }, ...rest])
      }
    },
    stop: host.stop,
  }
}, ['send'])

describe('a link over feed', () => {
  let host: FakeHost
  let writer: FeedWriter
  let abort: AbortController
  let told: LiveEvent[]
  let log: object[]
  let statuses: string[]
  let problems: string[]
  let resets: number
  let now: number

  beforeEach(async () => {
    host = await startFakeHost()
    writer = createFeedWriter({ epoch: 'first', every: EVERY })
    abort = new AbortController()
    told = []
    log = []
    statuses = []
    problems = []
    resets = 0
    now = 1_800_000_000_000
  })
  afterEach(async () => {
    abort.abort()
    await host.stop()
  })

  /** Writes what came since, as a desk does on its own beat. */
  function cut(ended?: boolean) {
    now += 1000
    return writer.cut(now, ended)
  }
  const write = (ended?: boolean) => host.put(cut(ended))
  function say(...events: object[]) {
    for (const event of events) writer.add(event)
    log.push(...events)
  }
  const pins = (from: number, to: number, epoch?: string) =>
    Array.from({ length: to - from + 1 }, (_, n) => pin(from + n, epoch))
  const asked = () => host.requests.filter(({ name }) => name === 'index.json').length
  /** Until the viewer has asked for the index so many times more. */
  async function readings(count: number) {
    const wanted = asked() + count
    await vi.waitFor(() => expect(asked()).toBeGreaterThanOrEqual(wanted), { timeout: 8000, interval: 5 })
  }
  const seqs = () => told.flatMap(({ seq }) => seq ?? [])
  const whole = () =>
    vi.waitFor(() => {
      const epoch = String(Object(log.at(-1)).epoch)
      const room = (events: readonly unknown[]) => events.reduce(fold, emptyRoom(epoch))
      expect(room(told)).toEqual(room(log))
    }, 8000)

  function follow(more: Partial<LinkOptions> = {}): Link {
    return createLink({
      adapter: feed({ url: `${host.url}index.json` }),
      fetch: (...args) => fetch(...args),
      locale: 'en',
      clock: createServerClock(),
      signal: abort.signal,
      firstWait: 20,
      onEvents: (events) => told.push(...events),
      onReset() {
        resets++
        told = []
      },
      onStatus: (status) => statuses.push(status),
      onProblem: (problem) => problems.push(problem),
      ...more,
    })
  }

  it('reads what is there and what comes, each segment once', async () => {
    say(pin(1), chat(1))
    write()
    follow()
    await whole()
    say(pin(2), chat(2))
    write()
    await whole()
    const read = host.requests.filter(({ name }) => name !== 'index.json').map(({ name }) => name)
    expect(read).toHaveLength(2)
    expect(new Set(read).size).toBe(2)
    expect(problems).toEqual([])
  })

  it('begins a newcomer with the snapshot, not with the whole show', async () => {
    for (let n = 1; n <= 200; n++) {
      say(pin(n), chat(n))
      write()
    }
    follow()
    await whole()
    expect(host.requests.filter(({ name }) => name !== 'index.json').length).toBeLessThan(12)
    expect(host.requests.some(({ name }) => /\/s\d+\.json$/.test(name))).toBe(true)
  })

  it('closes a gap by segments, and by the snapshot where the index no longer lists them', async () => {
    say(...pins(1, 3))
    write()
    const it = follow()
    await whole()
    host.faults.refuse = 500
    await vi.waitFor(() => expect(statuses).toContain('reconnecting'), 8000)
    for (let n = 4; n <= 80; n++) {
      say(pin(n))
      write()
    }
    const before = resets
    host.faults.refuse = undefined
    await whole()
    expect(resets).toBeGreaterThan(before)
    expect(it.counts.gaps).toBeGreaterThan(0)
  })

  it('bears one lost answer without a word', async () => {
    say(pin(1))
    write()
    follow()
    await whole()
    host.faults.refuse = 500
    await vi.waitFor(() => expect(problems.join()).toContain('500'), 8000)
    host.faults.refuse = undefined
    say(pin(2))
    write()
    await whole()
    expect(statuses).toEqual(['connecting', 'open'])
  })

  it('asks again for a segment that is not there yet', async () => {
    say(pin(1))
    write()
    follow()
    await whole()
    say(pin(2))
    const [segment] = cut()
    say(pin(3))
    write()
    await vi.waitFor(() => expect(problems.filter((one) => one.includes('404')).length).toBeGreaterThan(0), 8000)
    if (segment) host.put([segment])
    await whole()
  })

  it('goes on over a segment that never comes', async () => {
    say(pin(1))
    write()
    follow()
    await whole()
    say(pin(2))
    cut()
    say(pin(3))
    write()
    await vi.waitFor(() => expect(seqs()).toEqual([1, 3]), 8000)
    expect(statuses).toEqual(['connecting', 'open'])
  })

  it('ends where the index says so, with everything read', async () => {
    say(pin(1), chat(1))
    write()
    follow()
    await whole()
    say(pin(2))
    write(true)
    await vi.waitFor(() => expect(statuses.at(-1)).toBe('ended'), 8000)
    expect(seqs()).toEqual([1, 2])
  })

  it('starts afresh with a new log, and does not go back to the old one in a stale cache', async () => {
    say(...pins(1, 5))
    write()
    follow()
    await whole()
    host.faults.stale = 300
    log = []
    writer = createFeedWriter({ epoch: 'second', every: EVERY })
    for (let n = 1; n <= 20; n++) {
      say(pin(n, 'second'))
      write()
      await readings(1)
    }
    await whole()
    const epochs = told.map(({ epoch }) => epoch)
    expect(new Set(epochs)).toEqual(new Set(['second']))
  })

  it('goes on where the writer began anew in the middle of its log', async () => {
    say(...pins(1, 5))
    write()
    follow()
    await whole()
    writer = createFeedWriter({ epoch: 'first', every: EVERY, log })
    say(...pins(6, 8))
    write()
    await whole()
  })

  it('measures the clock to within the second that a date has', async () => {
    write()
    const clock = createServerClock()
    follow({ clock })
    await vi.waitFor(() => expect(clock.known()).toBe(true), 8000)
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1100)
  })

  it('asks less and less often while nothing happens', async () => {
    say(pin(1))
    const files = new Map(cut().map(({ name, text }) => [name, text]))
    const asked: number[] = []
    vi.useFakeTimers()
    try {
      follow({
        async fetch(address) {
          const name = `${address}`.slice(host.url.length)
          if (name === 'index.json') asked.push(Date.now())
          return new Response(files.get(name))
        },
      })
      await vi.advanceTimersByTimeAsync(60 * EVERY * 1000)
      const beats = asked.slice(1).map((at, n) => (at - Number(asked[n])) / (EVERY * 1000))
      expect(beats[0]).toBeLessThan(1.2)
      expect(beats.at(-1)).toBeGreaterThan(3.5)
      expect(beats.at(-1)).toBeLessThan(4.5)
    } finally {
      vi.useRealTimers()
    }
  })

  it.each([1, 2, 3, 4])(
    'is whole behind a cache that is up to 3 s behind and disagrees with itself (seed %i)',
    async (seed) => {
      // A hundredth of the time: 3 s are 3 beats of the writer at most, as they are with a beat of 1 s.
      const random = seededRandom(seed)
      host.faults.stale = 3 * EVERY * 1000
      host.faults.random = random
      const told = new Set<number>()
      const doubled: number[] = []
      write()
      const all: LiveEvent[] = []
      follow({
        onEvents(events) {
          for (const { seq, epoch } of events) {
            if (seq === undefined || epoch !== 'first') continue
            if (told.has(seq)) doubled.push(seq)
            told.add(seq)
          }
          all.push(...events)
        },
        onReset() {
          told.clear()
          all.length = 0
        },
      })
      for (let n = 1; n <= 60; n++) {
        say(pin(n), chat(n))
        write()
        if (random() < 0.1) host.faults.refuse = 502
        await readings(Math.floor(random() * 3))
        host.faults.refuse = undefined
      }
      await vi.waitFor(() => expect([...told].sort((a, b) => a - b)).toEqual(pins(1, 60).map(({ seq }) => seq)), 8000)
      expect(doubled).toEqual([])
    },
  )
})
