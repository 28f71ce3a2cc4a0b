import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLink } from '../../src/adapters/link.ts'
import { timeline } from '../../src/adapters/timeline.ts'
import { recordFeed } from '../../src/feed.ts'
import { createServerClock } from '../../src/lib/server-clock.ts'
import type { LiveEvent } from '../../src/model/event.ts'
import { parseEvent } from '../../src/model/event.ts'
import { createShowLog, type ShowLog } from '../../src/state/show-log.ts'
import { testAdapter } from '../contracts/adapter.ts'
import { type FakeHost, startFakeHost } from '../support/fake-host.ts'
import { seededRandom } from '../support/virtual-time.ts'

const BEGUN = 1_795_197_600_000
const MINUTE = 60_000

const placed = (seq: number, at: number, type: string, data: unknown) => ({
  ...{ v: 1, epoch: 'friday', seq, id: `e${seq}`, at, type, data },
})
const chat = (n: number, at: number) => {
  const author = { id: `v${n % 7}`, name: 'V', role: 'viewer' }
  return { v: 1, id: `c${n}`, at, type: 'chat.message', data: { author, text: `message ${n}` } }
}

/** A show of an hour: a pin a minute, three messages a second, here and there one that is taken away. */
function anHour() {
  const random = seededRandom(3)
  const events: { at: number }[] = []
  let seq = 0
  for (let minute = 0; minute < 60; minute++) {
    const at = BEGUN + minute * MINUTE
    events.push(placed(++seq, at, 'product.pin', { ids: [`p${minute % 5}`] }))
    events.push(placed(++seq, at + 30_000, 'chat.delete', { ids: [`c${Math.floor(random() * minute * 180)}`] }))
  }
  for (let n = 0; n < 60 * 180; n++) events.push(chat(n, BEGUN + n * 333))
  return events
}

testAdapter('timeline over segments', async () => {
  const host = await startFakeHost()
  const refuse = (status: number) => () => {
    host.faults.refuse = status
  }
  const put = (count: number) => {
    const events = Array.from({ length: count }, (_, n) => placed(n + 1, BEGUN + n, 'product.pin', { ids: ['mug'] }))
    host.put(recordFeed(events.map((event) => ({ ...event, epoch: 'first' }))))
  }
  put(0)
  return {
    adapter: timeline({ url: `${host.url}index.json` }),
    epoch: 'first',
    publish: put,
    connections: host.connections,
    addresses: () => host.requests.map(({ name }) => name).filter((name) => name === 'index.json'),
    endings: {
      ended: {},
      unauthorized: { before: refuse(401) },
      denied: { before: refuse(403) },
      gone: { before: refuse(410) },
      overloaded: { before: refuse(503) },
      network: { before: refuse(500) },
    },
    requireToken(token) {
      host.faults.token = token
    },
    stop: host.stop,
  }
}, ['resume', 'garbage', 'clock', 'snapshot', 'history', 'send'])

describe('a recording in segments', () => {
  let host: FakeHost
  let abort: AbortController
  let log: ShowLog
  let picture: number | null
  let statuses: string[]

  beforeEach(async () => {
    host = await startFakeHost()
    abort = new AbortController()
    log = createShowLog({ replay: true })
    picture = BEGUN
    statuses = []
  })
  afterEach(async () => {
    abort.abort()
    await host.stop()
  })

  function watch() {
    createLink({
      adapter: timeline({ url: `${host.url}index.json` }),
      fetch: (...args) => fetch(...args),
      locale: 'en',
      picture: () => picture,
      clock: createServerClock(),
      signal: abort.signal,
      firstWait: 20,
      onEvents: (events) => log.add(events, 0),
      onReset: log.reset,
      onStatus: (status) => statuses.push(status),
      onProblem() {},
    })
  }
  const segments = () => host.requests.filter(({ name, status }) => name !== 'index.json' && status === 200).length

  /** The room of the whole log at that moment. */
  function wholeAt(events: readonly unknown[]) {
    const whole = createShowLog({ replay: true })
    const parsed = events.map((event) => parseEvent(event)).flatMap((one): LiveEvent[] => (one.ok ? [one.event] : []))
    whole.add(parsed, 0)
    return (at: number) => {
      whole.moveTo(at)
      return whole.room()
    }
  }

  it('shows the whole room at any moment the picture is moved to, with few of its files', async () => {
    const events = anHour()
    host.put(recordFeed(events, 300))
    const files = recordFeed(events, 300).length - 1
    const whole = wholeAt(events)
    watch()
    for (const minute of [0, 42, 41, 7, 59, 3]) {
      picture = BEGUN + minute * MINUTE + 31_000
      await vi.waitFor(() => {
        log.moveTo(picture)
        expect(log.room()).toEqual(whole(picture ?? 0))
      }, 4000)
    }
    expect(files).toBeGreaterThan(35)
    expect(segments()).toBeLessThan(files * 0.6)
  })

  it('reads ahead of a picture that plays', async () => {
    const events = anHour()
    host.put(recordFeed(events, 60))
    watch()
    await vi.waitFor(() => expect(segments()).toBeGreaterThan(2), 4000)
    const whole = wholeAt(events)
    await vi.waitFor(() => {
      log.moveTo(BEGUN + 25_000)
      expect(log.room()).toEqual(whole(BEGUN + 25_000))
    }, 4000)
  })

  it('reads all of it, and ends, where there is no picture time', async () => {
    const events = anHour().slice(0, 1000)
    host.put(recordFeed(events, 100))
    picture = null
    watch()
    await vi.waitFor(() => expect(statuses.at(-1)).toBe('ended'), 20_000)
    expect(log.events()).toHaveLength(events.filter((event) => !JSON.stringify(event).includes('chat.delete')).length)
  }, 30_000)

  it('bears a file that is missing for a while', async () => {
    const events = anHour()
    const files = recordFeed(events, 300)
    host.put(files.filter(({ name }) => name !== 'friday/2.json'))
    const whole = wholeAt(events)
    picture = BEGUN + 31_000
    watch()
    await vi.waitFor(() => expect(host.requests.some(({ status }) => status === 404)).toBe(true), 4000)
    host.put(files)
    await vi.waitFor(() => {
      log.moveTo(picture)
      expect(log.room()).toEqual(whole(picture ?? 0))
    }, 8000)
  }, 15_000)
})

describe('recordFeed', () => {
  it('gives up a file that is not there, tells of it, and reads the rest to the end', async () => {
    const pins = Array.from({ length: 4 }, (_, n) => placed(n + 1, BEGUN + n, 'product.pin', { ids: [`p${n}`] }))
    const files = recordFeed([...pins, ...Array.from({ length: 30 }, (_, n) => chat(n, BEGUN + n * 100))], 10)
    const index = JSON.parse(`${files.find(({ name }) => name === 'index.json')?.text}`)
    const asked: string[] = []
    const problems: string[] = []
    const statuses: string[] = []
    const over = new AbortController()
    const lost = `${index.path}${index.segments.at(-1).n}.json`
    createLink({
      adapter: timeline({ url: 'https://x.example/index.json' }),
      ...{ locale: 'en', clock: createServerClock(), signal: over.signal, firstWait: 20, picture: () => BEGUN + 1000 },
      async fetch(address) {
        const name = String(address).replace('https://x.example/', '')
        asked.push(name)
        return name === lost
          ? new Response('', { status: 404 })
          : new Response(files.find((file) => file.name === name)?.text)
      },
      ...{ onEvents() {}, onReset() {} },
      onStatus: (status) => statuses.push(status),
      onProblem: (problem) => problems.push(problem),
    })
    await vi.waitFor(() => expect(statuses.at(-1)).toBe('ended'), 15_000)
    over.abort()
    expect(statuses).toEqual(['connecting', 'open', 'ended'])
    expect(asked.filter((name) => name === 'index.json')).toHaveLength(1)
    expect(problems.join()).toContain('is left out')
  })

  it('keeps every event once, host and viewers apart, and says where they are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.boolean(), fc.nat(5000)), { maxLength: 80 }),
        fc.integer({ min: 1, max: 20 }),
        (kinds, size) => {
          let seq = 0
          const events = kinds.map(([isHosts, at], n) =>
            isHosts ? placed(++seq, at, 'notice', { text: 'x' }) : chat(n, at),
          )
          const files = recordFeed(events, size)
          const index = JSON.parse(files.at(-1)?.text ?? '')
          const read = files.slice(0, -1).flatMap(({ text }) => JSON.parse(text))
          expect(new Set(read.map(({ id }) => id))).toEqual(new Set(events.map(({ id }) => id)))
          expect(read).toHaveLength(events.length)
          expect(index).toMatchObject({ seq, ended: true })
          files.slice(0, -1).forEach(({ name, text }, place) => {
            const { n, after, from, to, count, seq: last } = index.segments[place]
            const stretch = JSON.parse(text)
            expect(name).toBe(`${index.path}${n}.json`)
            expect(count).toBe(stretch.length)
            expect(stretch.length).toBeLessThanOrEqual(size * 4)
            for (const { at, seq: own } of stretch) {
              expect(at >= from && at <= to).toBe(true)
              if (own === undefined) expect(last).toBe(after)
              else expect(own > after && own <= last).toBe(true)
            }
          })
        },
      ),
      { numRuns: 100 },
    )
  })
})
