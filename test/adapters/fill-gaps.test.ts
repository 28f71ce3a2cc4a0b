import { describe, expect, it } from 'vitest'
import { fillGaps, type GappyLog } from '../../src/adapters/fill-gaps.ts'
import { createLink } from '../../src/adapters/link.ts'
import { createServerClock } from '../../src/lib/server-clock.ts'
import '../../src/adapters/keep-token.ts'
import { createFakeSource } from '../support/fake-source.ts'
import { createVirtualTime } from '../support/virtual-time.ts'

/** How long a cache holds history back, ms. */
const LAG = 8000

/** Host events that a viewer never saw of a log whose second is nowhere, while every seven seconds another is lost on its way. */
async function neverSeen(seed: number): Promise<number[]> {
  const time = createVirtualTime(seed)
  const source = createFakeSource(time.now)
  const end = new AbortController()
  const seen = new Set<number | undefined>()
  createLink({
    adapter: source.adapter,
    fetch,
    locale: 'en',
    clock: createServerClock({ now: () => 1.8e12 + time.now(), monotonic: time.now }),
    signal: end.signal,
    environment: time,
    onEvents(events) {
      for (const { seq } of events) seen.add(seq)
    },
    onReset: () => seen.clear(),
    onStatus() {},
    onProblem() {},
  })
  const alive = async (seconds: number) => {
    for (let n = 0; n < seconds; n++) {
      await time.advance(1000)
      source.sink()?.events([])
    }
  }
  const born = new Map<unknown, number>()
  const note = () => {
    for (const { seq } of source.log) if (!born.has(seq)) born.set(seq, time.now())
  }
  await time.advance(2000)
  source.publish()
  source.write()
  source.publish()
  note()
  const snapshot = { v: 1, epoch: 'a', seq: 1, at: 1, events: source.log.slice(0, 1) }
  const isOut = ({ seq }: { readonly seq?: unknown }) => Number(seq) > 2 && time.now() - (born.get(seq) ?? 0) > LAG
  source.onLoad = async (kind) => (kind === 'snapshot' ? snapshot : { events: source.log.filter(isOut) })
  for (let n = 0; n < 60; n++) {
    await alive(6)
    source.write()
    source.publish()
    note()
  }
  await alive(400)
  end.abort()
  return source.log.map(({ seq }) => Number(seq)).filter((seq) => !seen.has(seq))
}

/** Places 1 and 3 are there; what is asked and done is noted. `snapshots`: what reading one comes to, in turn. */
function gappyLog(snapshots: readonly boolean[] = []) {
  const done: string[] = []
  const place = { epoch: 'a', seq: 1 }
  const answers = [...snapshots]
  const log: GappyLog = {
    logs: { current: 'a', former: new Set(), latest: 0 },
    place: () => place,
    missing: () => 3 - place.seq,
    isDisputed: () => false,
    held: new Map(),
    accept() {},
    async readSnapshot() {
      done.push('snapshot')
      const isRead = answers.shift() ?? false
      if (isRead) place.seq = 3
      return isRead
    },
    skipTo(seq) {
      done.push(`skip to ${seq}`)
      place.seq = seq
    },
    doubt: () => () => false,
    release: () => void done.push('release'),
  }
  const sources = { onProblem() {}, pause: async () => {}, delay: () => 0 }
  return { done, log, place, sources }
}

describe('fillGaps', () => {
  // Courses of waits in which another gap stood open as the hole was given up.
  it.each([15, 34])('gives the next gap its own time once a hole is given up (seed %i)', async (seed) => {
    expect(await neverSeen(seed)).toEqual([2])
  })

  it('asks nobody where the gap closed by itself while it waited', async () => {
    const { done, log, place, sources } = gappyLog()
    const pause = async () => {
      place.seq = 3
    }
    await fillGaps(log, { ...sources, snapshot: async () => null, pause }, true)
    expect(done).toEqual([])
  })

  it('asks a source that has a snapshot and no history again, and gives nothing up', async () => {
    const { done, log, sources } = gappyLog([false, false, true])
    await fillGaps(log, { ...sources, snapshot: async () => null }, true)
    expect(done).toEqual(['snapshot', 'snapshot', 'snapshot'])
  })

  it('asks for nothing where the source has neither, and goes on at once', async () => {
    const { done, log, sources } = gappyLog()
    await fillGaps(log, sources, true)
    expect(done).toEqual(['skip to 3'])
  })
})
