import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLink, type Link, type LinkOptions } from '../../src/adapters/link.ts'
import { createServerClock } from '../../src/lib/server-clock.ts'
import type { EventSink } from '../../src/model/adapter.ts'
// Loaded on demand by the link; here before, so that only virtual time passes.
import '../../src/adapters/fill-gaps.ts'
import '../../src/adapters/keep-token.ts'
import '../../src/adapters/send-action.ts'
import { createFakeSource, type FakeSource } from '../support/fake-source.ts'
import { createVirtualTime, type VirtualTime } from '../support/virtual-time.ts'

describe('createLink', () => {
  let time: VirtualTime
  let source: FakeSource
  let abort: AbortController
  let told: { seqs: number[]; ids: string[]; resets: string[]; statuses: string[]; problems: string[] }
  let wall: number

  beforeEach(() => {
    time = createVirtualTime(7)
    source = createFakeSource(time.now)
    abort = new AbortController()
    told = { seqs: [], ids: [], resets: [], statuses: [], problems: [] }
    wall = 1_800_000_000_000
  })
  afterEach(() => {
    abort.abort()
    expect(time.timers()).toBe(0)
  })

  function link(more: Partial<LinkOptions> = {}): Link {
    return createLink({
      adapter: source.adapter,
      fetch,
      locale: 'en',
      clock: createServerClock({ now: () => wall + time.now(), monotonic: time.now }),
      signal: abort.signal,
      environment: time,
      onEvents(events) {
        for (const { seq, id } of events) {
          if (seq !== undefined) told.seqs.push(seq)
          else told.ids.push(id)
        }
      },
      onReset(epoch) {
        told.resets.push(epoch)
        told.seqs = []
      },
      onStatus: (status) => told.statuses.push(status),
      onProblem: (problem) => told.problems.push(problem),
      ...more,
    })
  }

  const chat = (id: string) => ({
    v: 1,
    id,
    at: 1,
    type: 'chat.message',
    data: { author: { id: 'v', name: 'V', role: 'viewer' }, text: 'hi' },
  })
  const frame = () => time.advance(20)
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

  describe('joining', () => {
    it('takes the snapshot first and resumes after it', async () => {
      source.publish(3)
      link()
      await time.advance(0)
      source.publish(2)
      await frame()
      expect(told).toMatchObject({
        seqs: [1, 2, 3, 4, 5],
        resets: ['a'],
        statuses: ['connecting', 'open'],
        problems: [],
      })
      expect(source.connects[0]?.since).toMatchObject({ epoch: 'a', seq: 3 })
      expect(source.loads).toEqual(['snapshot'])
    })

    it('reads the whole history where there is no snapshot, without a wait', async () => {
      source = createFakeSource(time.now, { history: true })
      source.publish(1200)
      link()
      await frame()
      expect(told.seqs).toEqual(range(1, 1200))
      expect(source.loads).toEqual(['history', 'history', 'history'])
    })

    it('begins with what comes next where there is neither', async () => {
      source = createFakeSource(time.now, {})
      source.publish(5)
      link()
      await time.advance(0)
      source.publish(2)
      await frame()
      expect(told.seqs).toEqual([6, 7])
    })

    it('connects without the snapshot when that fails, and fills in later', async () => {
      source.publish(3)
      source.onLoad = () => Promise.reject(new Error('500'))
      link()
      await time.advance(0)
      expect(told.statuses).toEqual(['connecting', 'open'])
      source.onLoad = undefined
      await time.advance(5000)
      expect(told.seqs).toEqual([1, 2, 3])
    })

    describe('over an engine that says nothing while nothing happens', () => {
      beforeEach(() => {
        source.onConnect = (sink) => sink.open()
      })
      const heard = async (seconds: number) => {
        for (let n = 0; n < seconds; n++) {
          await time.advance(1000)
          source.sink()?.events([])
        }
      }

      it.each([
        ['fails', () => Promise.reject(new Error('503'))],
        ['is nonsense', () => Promise.resolve('<html>')],
      ])('asks for a first snapshot that %s again until it comes, ever more rarely', async (_, fail) => {
        source.publish(3)
        source.onLoad = fail
        link()
        await time.advance(0)
        expect(told.statuses.at(-1)).toBe('open')
        expect(source.loads).toEqual(['snapshot'])
        await heard(60)
        expect(source.loads.length).toBeGreaterThan(4)
        expect(source.loads.length).toBeLessThan(20)
        expect(new Set(source.loads)).toEqual(new Set(['snapshot']))
        source.onLoad = undefined
        await heard(60)
        expect(told.seqs).toEqual([1, 2, 3])
        expect(told.resets).toEqual(['a'])
        const { length } = source.loads
        await heard(60)
        expect(source.loads).toHaveLength(length)
      })

      it('asks one that does not come no more once an event has shown the place', async () => {
        source.onLoad = () => Promise.reject(new Error('503'))
        link()
        await time.advance(0)
        source.publish()
        await heard(30)
        const { length } = source.loads
        await heard(60)
        expect(source.loads).toHaveLength(length)
        expect(told.seqs).toEqual([1])
      })

      it('takes the word of a server that has none yet', async () => {
        source.onLoad = () => Promise.resolve(null)
        link()
        await heard(60)
        expect(source.loads).toEqual(['snapshot'])
        expect(told.resets).toEqual([])
      })

      it('asks again where the place was gone and the new snapshot failed', async () => {
        await joined()
        source.publish(2)
        source.restart('b')
        source.write()
        source.onLoad = () => Promise.reject(new Error('503'))
        source.close('gone')
        await heard(10)
        source.onLoad = undefined
        await heard(60)
        expect(told.resets).toEqual(['a', 'b'])
        expect(told.seqs).toEqual([1])
      })

      it('does so for cues in the stream, whose order is loose, too', async () => {
        source.publish(3)
        source.onLoad = () => Promise.reject(new Error('503'))
        link({ adapter: { ...source.adapter, anyOrder: true } })
        await heard(5)
        source.onLoad = undefined
        await heard(60)
        expect(told.seqs).toEqual([1, 2, 3])
        source.write()
        source.publish()
        await heard(30)
        expect(told.seqs).toEqual([1, 2, 3, 5])
      })
    })

    it('gives up on a snapshot that never answers', async () => {
      source.onLoad = () => new Promise(() => {})
      link()
      await time.advance(9000)
      expect(source.connects).toHaveLength(0)
      await time.advance(2000)
      expect(source.connects).toHaveLength(1)
    })
  })

  describe('order', () => {
    it('drops repetitions by place and by id', async () => {
      const { counts } = await joined()
      const event = source.write()
      for (let n = 0; n < 3; n++) source.sink()?.events([event, chat('c1'), chat('c1')])
      await frame()
      expect(told.seqs).toEqual([1])
      expect(told.ids).toEqual(['c1'])
      expect(counts.duplicates).toBe(0)
    })

    it('counts repetitions', async () => {
      const it = await joined()
      const event = source.write()
      source.sink()?.events([event, event, event])
      expect(it.counts.duplicates).toBe(2)
    })

    it('restores the order of fifty mixed events without asking', async () => {
      await joined()
      const events = range(1, 50).map(() => source.write())
      source.sink()?.events([...events.slice(25), ...events.slice(0, 25).reverse()])
      await frame()
      expect(told.seqs).toEqual(range(1, 50))
      await time.advance(3000)
      expect(source.loads).toEqual(['snapshot'])
    })

    it('fills a small gap from history and holds what came meanwhile', async () => {
      await joined()
      await frame()
      source.publish()
      source.write()
      source.publish(2)
      expect(told.seqs).toEqual([1])
      await time.advance(1000)
      expect(told.seqs).toEqual([1, 2, 3, 4])
      expect(told.resets).toEqual(['a'])
      expect(source.loads).toEqual(['snapshot', 'history'])
    })

    it('lets viewers talk while a gap is open', async () => {
      await joined()
      await frame()
      source.write()
      source.publish()
      source.sink()?.events([chat('c1')])
      expect(told.ids).toEqual(['c1'])
      expect(told.seqs).toEqual([])
    })

    it('takes a snapshot for a gap of ten thousand, in one update', async () => {
      let updates = 0
      await joined({
        onEvents: (events) => {
          updates++
          told.seqs.push(...events.map(({ seq }) => seq ?? 0))
        },
      })
      for (let n = 0; n < 10_000; n++) source.write()
      source.publish()
      await time.advance(1000)
      expect(told.seqs).toEqual(range(1, 10_001))
      expect(updates).toBe(1)
      expect(source.loads).toEqual(['snapshot', 'snapshot'])
    })

    it('goes by snapshot where history is gone', async () => {
      await joined()
      source.onLoad = (kind) => (kind === 'history' ? Promise.resolve({ gone: true }) : undefined)
      source.write()
      source.publish()
      await time.advance(1000)
      expect(told.seqs).toEqual([1, 2])
      expect(told.resets).toEqual(['a', 'a'])
    })

    it('shows once what came from behind the gap while the snapshot that closes it was on its way', async () => {
      await joined()
      source.publish()
      const early = { v: 1, epoch: 'a', seq: 3, at: 1, events: [source.log[0], source.write(), source.write()] }
      source.onLoad = (kind) => (kind === 'snapshot' ? Promise.resolve(early) : Promise.reject(new Error('500')))
      const late = [source.write(), source.write()]
      source.sink()?.events(late)
      await time.advance(1100)
      expect(told.seqs).toEqual([1, 2, 3, 4, 5])
      source.sink()?.events(late)
      await frame()
      expect(told.seqs).toEqual([1, 2, 3, 4, 5])
    })

    it('learns of a lost last event from the next sign of life', async () => {
      await joined()
      source.write()
      source.sink()?.newest({ epoch: 'a', seq: 1 })
      await time.advance(1000)
      expect(told.seqs).toEqual([1])
    })

    it('goes on over a gap that nothing can fill', async () => {
      source = createFakeSource(time.now, {})
      await joined()
      source.write()
      source.publish()
      await time.advance(1000)
      expect(told.seqs).toEqual([2])
      expect(told.problems.join()).toContain('lost')
    })

    it('keeps trying while history fails, shows what is behind the gap after a while, and the gap when it can', async () => {
      await joined()
      source.onLoad = () => Promise.reject(new Error('500'))
      source.write()
      source.publish(2)
      await time.advance(1000)
      expect(told.seqs).toEqual([])
      for (let n = 0; n < 4; n++) {
        await time.advance(15_000)
        source.sink()?.events([])
      }
      expect(told.seqs).toEqual([2, 3])
      source.publish()
      expect(told.seqs).toEqual([2, 3, 4])
      source.onLoad = (kind) => (kind === 'snapshot' ? Promise.reject(new Error('500')) : undefined)
      await time.advance(20_000)
      expect(told.seqs).toEqual([2, 3, 4, 1])
      source.publish()
      expect(told.seqs).toEqual([2, 3, 4, 1, 5])
      expect(source.sink()).toBeDefined()
    })

    describe('a hole that the server itself has', () => {
      const alive = async (seconds: number) => {
        for (let n = 0; n < seconds; n++) {
          await time.advance(1000)
          source.sink()?.events([])
        }
      }
      /** The log of a server that has lost the event at this place, and whose snapshot is from before. */
      function lose(seq: number) {
        const before = { v: 1, epoch: 'a', seq: seq - 1, at: 1, events: source.log.slice(0, seq - 1) }
        source.onLoad = (kind) =>
          kind === 'snapshot'
            ? Promise.resolve(before)
            : Promise.resolve({ events: source.log.filter((event) => Number(event.seq) > seq) })
      }

      it('is stepped over after some tries, once told as a fault, and counted', async () => {
        const faults: string[] = []
        const it = await joined({
          onProblem(problem, isFault) {
            told.problems.push(problem)
            if (isFault) faults.push(problem)
          },
        })
        source.publish()
        source.write()
        lose(2)
        source.publish(2)
        await alive(300)
        expect(told.seqs).toEqual([1, 3, 4])
        expect(faults).toEqual(['events 2 to 2 are lost: neither history nor snapshot has them'])
        expect(it.counts.lost).toBe(1)
        const { length } = source.loads
        expect(length).toBeLessThan(40)
        await alive(300)
        source.publish()
        await frame()
        expect(told.seqs).toEqual([1, 3, 4, 5])
        source.write()
        lose(6)
        source.publish()
        await alive(300)
        expect(told.seqs).toEqual([1, 3, 4, 5, 7])
        expect(faults).toHaveLength(1)
        expect(it.counts.lost).toBe(2)
      })

      it('is closed by a snapshot that has it, however late that is written', async () => {
        const it = await joined()
        source.publish()
        source.write()
        lose(2)
        source.publish()
        await alive(30)
        source.onLoad = undefined
        await alive(30)
        expect([...told.seqs].sort()).toEqual([1, 2, 3])
        expect(it.counts.lost).toBe(0)
      })

      it('is asked for again where the server failed, ever more rarely, and never given up', async () => {
        const it = await joined()
        source.write()
        source.onLoad = () => Promise.reject(new Error('503'))
        source.publish()
        await alive(600)
        source.loads.length = 0
        await alive(3600)
        expect(source.loads.length / 2).toBeLessThan(70)
        expect(source.loads.length / 2).toBeGreaterThan(20)
        expect(it.counts.lost).toBe(0)
        source.onLoad = undefined
        await alive(200)
        expect(told.seqs).toEqual([1, 2])
      })

      describe('behind the end', () => {
        /** The source names its third place, which its log does not have, until that is given up. */
        async function named() {
          source.publish(2)
          const { log } = source
          const snapshot = { v: 1, epoch: 'a', seq: 2, at: 2, events: log.slice(0, 2) }
          source.onLoad = async (kind) => (kind === 'snapshot' ? snapshot : { events: [] })
          const it = await joined()
          source.sink()?.newest({ epoch: 'a', seq: 3 })
          await alive(300)
          return it
        }

        it('is looked for again ever more rarely, however often the source says that there is something', async () => {
          const it = await named()
          source.loads.length = 0
          for (let n = 0; n < 240; n++) {
            source.sink()?.newest({ epoch: 'a', seq: 3 })
            await alive(15)
          }
          expect(source.loads.length / 2).toBeGreaterThan(4)
          expect(source.loads.length / 2).toBeLessThan(30)
          source.loads.length = 0
          await alive(3600)
          expect(source.loads.length / 2).toBeGreaterThan(4)
          expect(source.loads.length / 2).toBeLessThan(20)
          expect(it.counts.lost).toBe(0)
        })

        it('is found where it is written late and its event was lost, though the source never says so again', async () => {
          await named()
          source.write()
          source.onLoad = undefined
          await alive(640)
          expect(told.seqs).toEqual([1, 2, 3])
          source.loads.length = 0
          await alive(3600)
          expect(source.loads).toEqual([])
        })

        it('costs what comes after it nothing', async () => {
          await named()
          source.publish()
          await frame()
          expect(told.seqs).toEqual([1, 2, 3])
          source.onLoad = undefined
          source.write()
          source.sink()?.newest({ epoch: 'a', seq: 4 })
          await alive(5)
          expect(told.seqs).toEqual([1, 2, 3, 4])
          source.loads.length = 0
          await alive(3600)
          expect(source.loads).toEqual([])
        })
      })
    })

    it('takes each event once from pages that overlap, begin too early or are out of order', async () => {
      await joined()
      source.publish(3)
      for (let n = 0; n < 60; n++) source.write()
      const pages = [range(1, 20), range(10, 40).reverse(), range(35, 64)]
      source.onLoad = async (kind) => {
        if (kind === 'snapshot') throw new Error('503')
        return { events: (pages.shift() ?? []).map((seq) => source.log[seq - 1]) }
      }
      source.publish()
      await time.advance(10_000)
      expect(told.seqs).toEqual(range(1, 64))
    })

    it('is not taken back by a snapshot that is older than what is held behind the gap', async () => {
      await joined()
      source.publish(3)
      const { log } = source
      source.write()
      const older = { v: 1, epoch: 'a', seq: 4, at: 9, events: log.slice(0, 4) }
      source.publish(2)
      source.onLoad = async (kind) => (kind === 'snapshot' ? older : { gone: true })
      await time.advance(5000)
      expect(told.seqs).toEqual(range(1, 6))
      expect(told.resets).toEqual(['a', 'a'])
    })

    it('spreads what a thousand viewers ask when all lost the same event', async () => {
      const asked: number[] = []
      for (let seed = 0; seed < 200; seed++) {
        const own = createVirtualTime(seed)
        const viewer = createFakeSource(own.now)
        const stop = new AbortController()
        link({ adapter: viewer.adapter, environment: own, signal: stop.signal })
        await own.advance(0)
        viewer.write()
        viewer.publish()
        viewer.onLoad = () => {
          asked.push(own.now())
          return undefined
        }
        await own.advance(1100)
        stop.abort()
      }
      expect(asked).toHaveLength(200)
      expect(largestBucket(asked)).toBeLessThan(0.2 * 200)
    })

    it('lets a bad event take its place', async () => {
      await joined()
      const [first, second, third] = [source.write(), source.write(), source.write()]
      source
        .sink()
        ?.events([first, { ...second, type: 'from.tomorrow' }, { ...third, data: { ids: 5 } }, source.write()])
      await frame()
      expect(told.seqs).toEqual([1, 4])
      expect(told.problems).toHaveLength(2)
    })
  })

  describe('epochs', () => {
    it('starts afresh with a new epoch and its snapshot', async () => {
      await joined()
      source.publish(3)
      source.restart('b')
      source.write()
      source.publish()
      await time.advance(1000)
      expect(told.resets[0]).toBe('a')
      expect(told.resets.at(-1)).toBe('b')
      expect(told.seqs).toEqual([1, 2])
    })

    it('ignores what still comes from the old one', async () => {
      await joined()
      const late = source.write()
      source.restart('b')
      source.publish()
      source.sink()?.events([late])
      source.sink()?.newest({ epoch: 'a', seq: 9 })
      await time.advance(2000)
      expect(told.resets.filter((epoch) => epoch === 'a')).toHaveLength(1)
      expect(told.seqs).toEqual([1])
    })

    it('does not go back to a snapshot of the old epoch in a stale cache', async () => {
      await joined()
      source.publish(2)
      const stale = { v: 1, epoch: 'a', seq: 2, at: 1, events: [...source.log] }
      source.onLoad = (kind) => (kind === 'snapshot' ? Promise.resolve(stale) : undefined)
      source.restart('b')
      source.write()
      source.publish()
      await time.advance(5000)
      expect(told.resets).toEqual(['a', 'b'])
      expect(told.seqs).toEqual([1, 2])
    })

    it('is not taken back by a node that lags, whose snapshot is stale too, and loses nothing after', async () => {
      await joined()
      source.publish(3)
      const stale = { v: 1, epoch: 'a', seq: 3, at: 3, events: [...source.log] }
      source.restart('b')
      source.publish()
      await frame()
      source.onLoad = (kind) => (kind === 'snapshot' ? Promise.resolve(stale) : undefined)
      source.onConnect = (sink) => sink.open()
      source.close()
      await time.advance(3000)
      source.sink()?.newest({ epoch: 'a', seq: 3 })
      await time.advance(3000)
      expect(told.resets).toEqual(['a', 'b'])
      source.onLoad = undefined
      source.publish(2)
      await time.advance(60_000)
      expect(told.resets).toEqual(['a', 'b'])
      expect(told.seqs).toEqual([1, 2, 3])
    })

    it('goes by the snapshot where a sign of life names another log, and asks again where it does not come', async () => {
      await joined()
      source.publish(2)
      source.restart('b')
      source.write()
      source.onLoad = () => Promise.reject(new Error('503'))
      source.sink()?.newest({ epoch: 'b', seq: 1 })
      await time.advance(1000)
      expect(told.resets).toEqual(['a'])
      source.onLoad = undefined
      await time.advance(10_000)
      expect(told.resets).toEqual(['a', 'b'])
      expect(told.seqs).toEqual([1])
    })

    it('goes by the sign of life alone where there is no snapshot, but not back', async () => {
      source = createFakeSource(time.now, { history: true })
      await joined()
      source.publish(2)
      source.restart('b')
      source.write()
      source.sink()?.newest({ epoch: 'b', seq: 1 })
      await time.advance(5000)
      expect(told.resets).toEqual(['a', 'b'])
      expect(told.seqs).toEqual([1])
      source.close()
      await time.advance(2000)
      source.sink()?.newest({ epoch: 'a', seq: 2 })
      await time.advance(5000)
      expect(told.resets).toEqual(['a', 'b'])
    })

    it('is not taken back by a late event of an older log where the server has no snapshot now', async () => {
      await joined()
      const older = { v: 1, epoch: 'z', seq: 7, id: 'z7', at: 1000, type: 'notice', data: { text: 'old' } }
      const [one, two] = [source.write(), source.write()]
      source.sink()?.events([{ ...one, at: 2000 }])
      source.onLoad = (kind) => (kind === 'snapshot' ? Promise.resolve(undefined) : undefined)
      source.sink()?.events([older])
      await time.advance(10_000)
      source.sink()?.events([{ ...two, at: 3000 }])
      await time.advance(1000)
      expect(told.resets).toEqual(['a'])
      expect(told.seqs).toEqual([1, 2])
    })

    it('does not let an event that it cannot read begin another log', async () => {
      await joined()
      source.publish(2)
      source.sink()?.events([{ v: 1, epoch: 'z', seq: 1, id: 'z1', at: 0, type: 'from.tomorrow', data: {} }])
      await time.advance(5000)
      expect(told.resets).toEqual(['a'])
    })

    describe('of a server whose clock was set back', () => {
      /** A log of an hour later, then another, of now. Beats of two seconds, each of which tells something. */
      async function setBack(beat: () => void) {
        await joined()
        for (const event of [source.write(), source.write()]) source.sink()?.events([{ ...event, at: 3_600_000 }])
        await frame()
        expect(told.seqs).toEqual([1, 2])
        source.restart('b')
        source.publish(2)
        for (let n = 0; n < 90; n++) {
          await time.advance(2000)
          beat()
        }
        await frame()
      }

      it('is believed in the end where its events are all that comes', async () => {
        await setBack(() => source.publish())
        expect(told.resets.at(-1)).toBe('b')
        expect(told.seqs).toEqual(range(1, 92))
      })

      it('is believed in the end by its signs of life alone', async () => {
        await setBack(() => source.sink()?.newest({ epoch: 'b', seq: 2 }))
        expect(told.resets.at(-1)).toBe('b')
        expect(told.seqs).toEqual([1, 2])
      })

      it('is a node that lags as long as the known log goes on', async () => {
        let seq = 2
        const own = () => ({
          v: 1,
          epoch: 'a',
          seq: ++seq,
          id: `own${seq}`,
          at: 3_600_000 + seq,
          type: 'notice',
          data: { text: 'on' },
        })
        await setBack(() => {
          source.sink()?.newest({ epoch: 'b', seq: 2 })
          source.sink()?.events([own()])
        })
        expect(told.resets).toEqual(['a'])
        expect(told.seqs).toEqual(range(1, 92))
      })

      it('is asked for no more than other gaps are', async () => {
        source.loads.length = 0
        await setBack(() => source.publish())
        expect(source.loads.length).toBeLessThan(30)
      })
    })

    it('changes in the middle of a page of history', async () => {
      await joined()
      const last = source.write()
      const missed = source.log.length
      source.restart('b')
      const first = source.write()
      source.onLoad = (kind) =>
        kind === 'history' && source.loads.length < 3 ? Promise.resolve({ events: [last, first] }) : undefined
      source.sink()?.newest({ epoch: 'a', seq: missed })
      await time.advance(3000)
      source.publish(2)
      await time.advance(3000)
      expect(told.resets.at(-1)).toBe('b')
      expect(told.seqs).toEqual([1, 2, 3])
    })

    it('takes the snapshot anew when the source says that its place is gone', async () => {
      await joined()
      source.publish(2)
      source.restart('b')
      source.write()
      source.close('gone')
      await time.advance(2000)
      expect(told.resets).toEqual(['a', 'b'])
      expect(source.connects.at(-1)?.since).toMatchObject({ epoch: 'b', seq: 1 })
    })
  })

  describe('reconnecting', () => {
    it('resumes at its place with its bookmark', async () => {
      await joined()
      source.sink()?.events([source.write()], 'mark-1')
      source.close()
      source.write()
      await time.advance(1100)
      expect(source.connects.at(-1)?.since).toEqual({ epoch: 'a', seq: 1, token: 'mark-1' })
      expect(told.seqs).toEqual([1, 2])
      expect(told.statuses).toEqual(['connecting', 'open', 'reconnecting', 'open'])
    })

    it('drops a bookmark that lies behind a gap', async () => {
      await joined()
      source.write()
      source.sink()?.events([source.write()], 'mark-2')
      source.close()
      await time.advance(1100)
      expect(source.connects.at(-1)?.since?.token).toBeUndefined()
    })

    it('waits longer and longer, at most 20 s, and never gives up', async () => {
      source.onConnect = (sink) => sink.closed({ code: 'network' })
      link()
      await time.advance(3_600_000)
      const waits = source.connects.slice(1).map(({ at }, index) => at - (source.connects[index]?.at ?? 0))
      expect(waits[0]).toBeLessThanOrEqual(1000)
      expect(Math.max(...waits)).toBeLessThanOrEqual(20_000)
      expect(Math.max(...waits)).toBeGreaterThan(15_000)
      expect(waits.length).toBeGreaterThan(200)
    })

    it('does not hammer a server that opens and closes at once', async () => {
      source.onConnect = (sink) => {
        sink.open()
        sink.closed({ code: 'network' })
      }
      link()
      await time.advance(60_000)
      expect(source.connects.length).toBeLessThan(20)
    })

    it('begins again as soon as it is told to', async () => {
      source.onConnect = (sink) => sink.closed({ code: 'network' })
      link({ firstWait: 20 })
      await time.advance(20)
      expect(source.connects.length).toBeGreaterThan(1)
    })

    it('spreads two hundred viewers cut at once: no tenth of a second gets more than 15 %', async () => {
      const times: number[] = []
      for (let seed = 0; seed < 200; seed++) {
        const own = createVirtualTime(seed)
        const viewer = createFakeSource(own.now)
        const stop = new AbortController()
        link({ adapter: viewer.adapter, environment: own, signal: stop.signal })
        await own.advance(6000)
        viewer.close()
        await own.advance(1100)
        times.push((viewer.connects[1]?.at ?? 0) - 6000)
        stop.abort()
      }
      expect(largestBucket(times)).toBeLessThanOrEqual(0.15 * 200)
    })

    it('waits as long as the server says, whatever the page does', async () => {
      await joined()
      source.close('overloaded', 60)
      time.send('online')
      time.send('pageshow')
      await time.advance(59_000)
      expect(source.connects).toHaveLength(1)
      await time.advance(25_000)
      expect(source.connects).toHaveLength(2)
    })

    it('hangs up a line that never opens, after 10 s', async () => {
      source.onConnect = () => {}
      link()
      await time.advance(9900)
      expect(source.connects).toHaveLength(1)
      await time.advance(1200)
      expect(source.connects).toHaveLength(2)
      expect(told.problems).toContain('no sign of life')
    })

    it('notices a dead line by its silence, and a live one by any sign', async () => {
      await joined()
      for (let n = 0; n < 10; n++) {
        await time.advance(15_000)
        source.sink()?.events([])
      }
      expect(source.connects).toHaveLength(1)
      await time.advance(36_100)
      expect(source.connects).toHaveLength(2)
    })

    it('survives an adapter that throws', async () => {
      source.onConnect = () => {
        throw new Error('broken')
      }
      link()
      await time.advance(1100)
      expect(source.connects.length).toBeGreaterThan(1)
      expect(told.problems.join()).toContain('broken')
    })

    it('survives a page whose callbacks throw', async () => {
      const fail = () => {
        throw new Error('page')
      }
      await joined({ onEvents: fail, onReset: fail, onStatus: fail })
      source.publish(2)
      source.close()
      await time.advance(1100)
      expect(source.connects.at(-1)?.since?.seq).toBe(2)
    })

    it('ignores what a former connection still says', async () => {
      await joined()
      const former = source.sink() as EventSink
      source.close()
      await time.advance(1100)
      former.closed({ code: 'denied' })
      former.events([source.write()])
      expect(told.seqs).toEqual([])
      expect(told.statuses.at(-1)).toBe('open')
    })
  })

  describe('an adapter that still speaks while it is hung up, as a socket does', () => {
    beforeEach(() => {
      source.onConnect = (sink, { signal, getToken }) => {
        signal.addEventListener('abort', () => sink.closed({ code: 'network' }))
        void getToken?.()
        sink.open()
      }
    })

    /** A line that gives signs of life. */
    async function live(seconds: number) {
      for (let n = 0; n < seconds; n++) {
        await time.advance(1000)
        source.sink()?.events([])
      }
    }

    it('is drawn anew once by a fresh token', async () => {
      let given = 0
      const claims = () => btoa(JSON.stringify({ exp: Math.round(wall / 1000) + 100 + 100_000 * given++ }))
      link({ getToken: async () => `h.${claims()}.s` })
      await live(150)
      expect(source.connects).toHaveLength(2)
      expect(told.statuses).toEqual(['connecting', 'open'])
    })

    it('stays down after pagehide', async () => {
      await joined()
      time.send('pagehide')
      expect(time.timers()).toBe(0)
      await time.advance(60_000)
      expect(source.connects).toHaveLength(1)
      expect(told.statuses).toEqual(['connecting', 'open'])
    })

    it('asks at once after a refusal, and counts a failure once', async () => {
      link({ getToken: async () => 'fresh' })
      await live(1)
      source.close('unauthorized')
      await time.advance(0)
      expect(source.connects).toHaveLength(2)
      await live(10)
      source.close()
      await time.advance(1000)
      expect(source.connects).toHaveLength(3)
      source.close()
      source.close()
      await time.advance(2000)
      expect(source.connects).toHaveLength(4)
      expect(told.statuses).toEqual(['connecting', ...Array(3).fill(['open', 'reconnecting']).flat(), 'open'])
    })
  })

  describe('tokens', () => {
    const getToken = async () => 'fresh'

    it('asks once more after a refusal, at once', async () => {
      source.onConnect = (sink) => {
        if (source.connects.length === 1) sink.closed({ code: 'unauthorized' })
        else sink.open()
      }
      link({ getToken })
      await time.advance(0)
      expect(source.connects).toHaveLength(2)
      expect(told.statuses).toEqual(['connecting', 'reconnecting', 'open'])
    })

    it('is denied after the second refusal, for good', async () => {
      source.onConnect = (sink) => sink.closed({ code: 'unauthorized' })
      link({ getToken })
      await time.advance(600_000)
      time.send('online')
      await time.advance(600_000)
      expect(source.connects).toHaveLength(2)
      expect(told.statuses.at(-1)).toBe('denied')
    })

    it.each([
      ['nothing', () => {}],
      ['signs of life alone', (sink: EventSink) => sink.events([])],
    ])('is denied by a server that lets it in and hangs up as unauthorized again, having said %s', async (_, say) => {
      source.onConnect = (sink) => {
        sink.open()
        say(sink)
        sink.closed({ code: 'unauthorized' })
      }
      link({ getToken: async () => 'stale' })
      await time.advance(60_000)
      expect(source.connects).toHaveLength(2)
      expect(told.statuses).toEqual(['connecting', 'open', 'reconnecting', 'open', 'denied'])
    })

    it.each([
      ['brought events', 0, (sink: EventSink) => sink.events([chat('c')])],
      ['stood for a while', 6000, (sink: EventSink) => sink.events([])],
    ])('asks for a fresh token each time that a line which %s is refused', async (_, ms, say) => {
      source.onConnect = (sink) => sink.open()
      link({ getToken: async () => 'short' })
      for (let n = 1; n <= 3; n++) {
        await time.advance(20_000)
        expect(source.connects).toHaveLength(n)
        const sink = source.sink()
        await time.advance(ms)
        if (sink) say(sink)
        source.close('unauthorized')
      }
      await time.advance(20_000)
      expect(told.statuses.at(-1)).toBe('open')
    })

    /** A token that ends so many seconds from now. */
    const tokenFor = (seconds: number) =>
      `h.${btoa(JSON.stringify({ exp: Math.round((wall + time.now()) / 1000) + seconds })).replace(/=+$/, '')}.s`

    it('draws the line anew with a fresh token before its own ends, without losing anything', async () => {
      const given: string[] = []
      link({
        getToken: async () => {
          given.push(tokenFor(600))
          return given.at(-1) ?? ''
        },
      })
      source.onConnect = (sink, { getToken, since }) => {
        void getToken?.()
        sink.open()
        if (since) sink.events(source.log.filter(({ seq }) => Number(seq) > since.seq))
      }
      await time.advance(0)
      for (let n = 0; n < 590; n++) {
        source.publish()
        source.sink()?.events([])
        await time.advance(1000)
      }
      expect(given).toHaveLength(2)
      expect(source.connects).toHaveLength(2)
      expect(source.connects[1]?.at).toBeGreaterThan(600_000 * 0.74)
      expect(told.statuses).toEqual(['connecting', 'open'])
      expect(told.seqs).toEqual(range(1, 590))
    })

    it('leaves a line alone while the page has no fresh token, and asks again', async () => {
      let asked = 0
      const getToken = async () => {
        if (++asked > 1 && asked < 5) throw new Error('signed out')
        return tokenFor(100)
      }
      link({ getToken })
      source.onConnect = (sink, context) => {
        void context.getToken?.()
        sink.open()
      }
      for (let n = 0; n < 98; n++) {
        await time.advance(1000)
        source.sink()?.events([])
      }
      expect(asked).toBe(5)
      expect(source.connects).toHaveLength(2)
      expect(told.problems.join()).toContain('signed out')
    })

    it('asks nothing more of a token that does not say when it ends', async () => {
      let asked = 0
      const getToken = async () => `opaque ${++asked}`
      link({ getToken })
      source.onConnect = (sink, context) => {
        void context.getToken?.()
        sink.open()
      }
      for (let n = 0; n < 60; n++) {
        await time.advance(30_000)
        source.sink()?.events([])
      }
      expect(asked).toBe(1)
    })

    it('is denied at once where the page has no token to give', async () => {
      source.onConnect = (sink) => sink.closed({ code: 'unauthorized' })
      link()
      await time.advance(60_000)
      expect(source.connects).toHaveLength(1)
      expect(told.statuses).toEqual(['connecting', 'denied'])
    })
  })

  describe('the page', () => {
    it('goes offline at once and comes back at once', async () => {
      await joined()
      time.send('offline')
      expect(told.statuses.at(-1)).toBe('offline')
      expect(source.sink()).toBeUndefined()
      source.onConnect = (sink) => sink.closed({ code: 'network' })
      await time.advance(600_000)
      expect(told.statuses.at(-1)).toBe('offline')
      source.onConnect = undefined
      time.send('online')
      await time.advance(0)
      expect(told.statuses.at(-1)).toBe('open')
    })

    it('loses nothing where it is kept for an hour in the middle of a gap, and its token ends', async () => {
      const tokens: string[] = []
      source.onConnect = async (sink, { getToken, since }) => {
        tokens.push(`${await getToken?.()}`)
        if (tokens.at(-1) === 't1' && time.now() > 1_800_000) return sink.closed({ code: 'unauthorized' })
        sink.open()
        sink.events(source.log.filter(({ seq }) => Number(seq) > Number(since?.seq)))
        sink.newest({ epoch: source.epoch, seq: source.log.length })
      }
      let given = 1
      link({ getToken: async () => `t${time.now() > 1_800_000 ? ++given : given}` })
      await time.advance(0)
      source.publish()
      source.write()
      source.onLoad = () => new Promise(() => {})
      source.publish()
      await time.advance(500)
      time.send('pagehide')
      time.sleep(3_600_000)
      source.write()
      source.onLoad = undefined
      time.send('pageshow')
      await time.advance(30_000)
      expect(told.seqs).toEqual([1, 2, 3, 4])
      expect(told.statuses.at(-1)).toBe('open')
    })

    it('closes for the back-forward cache and resumes from it', async () => {
      await joined()
      time.send('pagehide')
      expect(source.sink()).toBeUndefined()
      expect(time.timers()).toBe(0)
      source.write()
      time.send('pageshow')
      await frame()
      expect(told.seqs).toEqual([1])
    })

    it('tries at once when it becomes visible', async () => {
      source.onConnect = (sink) => sink.closed({ code: 'network' })
      link()
      await time.advance(120_000)
      source.onConnect = undefined
      time.send('visibilitychange')
      await time.advance(0)
      expect(told.statuses.at(-1)).toBe('open')
    })

    it('measures the clock again after sleep', async () => {
      await joined()
      source.sink()?.clock({ sentAt: wall, receivedAt: wall, serverAt: wall })
      wall += 3_600_000
      time.send('visibilitychange')
      await time.advance(0)
      expect(source.connects).toHaveLength(2)
      time.send('visibilitychange')
      await time.advance(0)
      expect(source.connects).toHaveLength(2)
    })

    it('is silent and holds nothing after its signal aborted', async () => {
      await joined()
      const sink = source.sink()
      source.write()
      source.publish()
      const before = JSON.stringify(told)
      abort.abort()
      sink?.events([source.write()])
      sink?.closed({ code: 'network' })
      time.send('online')
      await time.advance(60_000)
      expect(JSON.stringify(told)).toBe(before)
      expect(source.connects).toHaveLength(1)
    })

    it('does nothing where the signal aborted before', async () => {
      abort.abort()
      link()
      await time.advance(60_000)
      expect(source.connects).toHaveLength(0)
      expect(told.statuses).toEqual([])
    })
  })

  describe('bad input', () => {
    it('drops what is no event, counts it and goes on', async () => {
      const { counts } = await joined()
      const before = counts.problems
      const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`
      const huge = `"${'x'.repeat(5_000_000)}"`
      const bad = [null, undefined, 42, 'text', '{', huge, deep, [], {}, new Uint8Array(3), '{"__proto__":{"v":1}}']
      const forged = { v: 1, id: 'f', at: 1, type: 'offer.close', data: { id: 'o', reason: 'host' } }
      source.sink()?.events([...bad, forged])
      source.publish()
      await frame()
      expect(told.seqs).toEqual([1])
      expect(told.ids).toEqual([])
      expect(before).toBe(0)
      expect(told.problems.length).toBeGreaterThanOrEqual(bad.length - 1)
    })

    it('takes JSON texts, one event or a list', async () => {
      await joined()
      source.sink()?.events([JSON.stringify(source.write()), JSON.stringify([source.write(), source.write()])])
      await frame()
      expect(told.seqs).toEqual([1, 2, 3])
    })

    it('survives a log that answers nonsense', async () => {
      await joined()
      source.onLoad = () => Promise.resolve('<html>')
      source.write()
      source.publish()
      await time.advance(2000)
      source.onLoad = undefined
      await time.advance(20_000)
      expect(told.seqs).toEqual([1, 2])
    })
  })

  describe('a recorded log', () => {
    const record = (play: (sink: EventSink) => void) => {
      source.onConnect = play
      return link({ adapter: { name: 'fake', recorded: true, connect: source.adapter.connect } })
    }

    it('is delivered as it stands, holes and all, and ends', async () => {
      const [one, two, three, four] = [source.write(), source.write(), source.write(), source.write()]
      record((sink) => {
        sink.open()
        sink.events([four, two, two, one, chat('c')])
        sink.closed({ code: 'ended' })
      })
      await time.advance(60_000)
      expect(told.seqs).toEqual([4, 2, 1])
      expect(three).toBeDefined()
      expect(told.ids).toEqual(['c'])
      expect(told.statuses).toEqual(['connecting', 'open', 'ended'])
    })

    it('is read again after a cut, without repeating anything', async () => {
      const log = [source.write(), source.write(), ...range(1, 5000).map((n) => chat(`c${n}`))]
      record((sink) => {
        sink.open()
        sink.events(log)
        sink.closed({ code: source.connects.length === 1 ? 'network' : 'ended' })
      })
      await time.advance(5000)
      expect(told.seqs).toEqual([1, 2])
      expect(told.ids).toHaveLength(5000)
    })

    it.each(['gone', 'protocol', 'denied'] as const)('is final when it is %s', async (code) => {
      const codes: unknown[] = []
      source.onConnect = (sink) => sink.closed({ code })
      const adapter = { name: 'fake', recorded: true, connect: source.adapter.connect }
      link({ adapter, onStatus: (...told) => codes.push(told) })
      await time.advance(60_000)
      expect(codes.at(-1)).toEqual(['denied', code])
      expect(source.connects).toHaveLength(1)
    })
  })

  describe('send', () => {
    const action = { type: 'chat.send', key: 'k', data: { text: 'hi' } } as const

    it('hands over the answer', async () => {
      const it = await joined({ adapter: { ...source.adapter, send: async () => ({ ok: true, id: 'c1', more: 1 }) } })
      expect(await it.send(action)).toMatchObject({ ok: true, id: 'c1' })
    })

    it('sends the same key again after a lost answer', async () => {
      const keys: string[] = []
      const send = async ({ key }: { key: string }) => {
        if (keys.push(key) < 3) throw new Error('cut')
        return { ok: true }
      }
      const it = await joined({ adapter: { ...source.adapter, send } })
      const answer = it.send(action)
      await time.advance(5000)
      expect(await answer).toEqual({ ok: true })
      expect(keys).toEqual(['k', 'k', 'k'])
    })

    it('is offline after 10 s without an answer', async () => {
      const it = await joined({ adapter: { ...source.adapter, send: () => new Promise(() => {}) } })
      const answer = it.send(action)
      await time.advance(10_000)
      expect(await answer).toEqual({ ok: false, reason: 'offline' })
    })

    it('is offline at once while the browser is', async () => {
      const it = await joined({ adapter: { ...source.adapter, send: async () => ({ ok: true }) } })
      time.send('offline')
      expect(await it.send(action)).toEqual({ ok: false, reason: 'offline' })
    })

    it('says unknown of an answer it cannot read, and not-allowed where nothing can be sent', async () => {
      const it = await joined({ adapter: { ...source.adapter, send: async () => 'yes' } })
      expect(await it.send(action)).toEqual({ ok: false, reason: 'unknown' })
      expect(await link().send(action)).toEqual({ ok: false, reason: 'not-allowed' })
    })

    it('settles when the link ends', async () => {
      const it = await joined({ adapter: { ...source.adapter, send: () => new Promise(() => {}) } })
      const answer = it.send(action)
      abort.abort()
      expect(await answer).toEqual({ ok: false, reason: 'offline' })
    })
  })

  async function joined(more: Partial<LinkOptions> = {}): Promise<Link> {
    const it = link(more)
    await time.advance(0)
    return it
  }

  function largestBucket(times: readonly number[]) {
    const buckets = new Map<number, number>()
    for (const at of times) buckets.set(Math.floor(at / 100), (buckets.get(Math.floor(at / 100)) ?? 0) + 1)
    return Math.max(...buckets.values())
  }
})
