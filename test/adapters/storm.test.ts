import { describe, expect, it } from 'vitest'
import { createLink } from '../../src/adapters/link.ts'
import { createServerClock } from '../../src/lib/server-clock.ts'
import type { EventSink } from '../../src/model/adapter.ts'
import type { LiveEvent } from '../../src/model/event.ts'
import { compact, emptyRoom, fold } from '../../src/state/room.ts'
// Loaded on demand by the link; here before, so that only virtual time passes.
import '../../src/adapters/fill-gaps.ts'
import { createFakeSource } from '../support/fake-source.ts'
import { createVirtualTime, seededRandom } from '../support/virtual-time.ts'

const EVENTS = 200
const SEEDS = Number(process.env.STORM_SEEDS ?? 60)
const ONLY = process.env.STORM_SEED

/** A host at work: every event changes something that a later one may change again. */
function hostEvent(n: number, random: () => number) {
  const id = `o${Math.floor(random() * 4)}`
  const product = `p${Math.floor(random() * 5)}`
  const terms = {
    id,
    kind: 'percent',
    title: 'Offer',
    productIds: [product],
    opensAt: n,
    closesAt: n + 50,
    how: 'note',
  }
  const choices = [
    { type: 'product.pin', data: { ids: random() < 0.2 ? [] : [product] } },
    { type: 'product.stock', data: { id: product, stock: Math.floor(random() * 9) } },
    { type: 'offer.open', data: { ...terms, id: `o${n}` } },
    { type: 'offer.close', data: { id: `o${Math.floor(random() * n)}`, reason: 'host' } },
    { type: 'notice', data: { text: `Notice ${n}` } },
    { type: 'chat.message', data: { author: { id: 'h', name: 'Mira', role: 'host' }, text: `Line ${n}` } },
    { type: 'poll.update', data: { id: 'poll', votes: { a: n } } },
    { type: 'from.tomorrow', data: n },
  ]
  return choices[Math.floor(random() * choices.length)]
}

/** One viewer through a storm; what reached the page since the last reset, and what the log holds. */
async function weather(seed: number) {
  const random = seededRandom(seed)
  const chance = (share: number) => random() < share
  const time = createVirtualTime(seed + 1)
  const source = createFakeSource(time.now, { snapshot: seed % 4 !== 1, history: seed % 4 !== 2 })
  const abort = new AbortController()
  let calm = false
  let delivered: LiveEvent[] = []
  let epochs = 0
  let faults = 0
  let jump = 0
  let refused = false

  const fault = (share: number) => !calm && chance(share) && ++faults > 0
  /** The line: late, twice, garbled or never. */
  const carry = (sink: EventSink, events: readonly unknown[]) => {
    for (const event of events) {
      if (fault(0.05)) continue
      if (fault(0.05)) sink.events(['{"v":1,"epo'])
      const again = fault(0.1) ? 2 : 1
      for (let n = 0; n < again; n++) {
        if (fault(0.2)) time.wait(random() * 3000, () => sink.events([event]))
        else sink.events(chance(0.5) ? [event] : [JSON.stringify(event)])
      }
    }
  }
  source.onConnect = (sink, { since }) => {
    if (fault(0.15)) return
    if (fault(0.1)) return sink.closed({ code: 'overloaded', retryAfter: 1 })
    if (!refused && fault(0.05)) {
      refused = true
      return sink.closed({ code: 'unauthorized' })
    }
    refused = false
    if (fault(0.05)) return sink.closed({ code: 'gone' })
    sink.open()
    if (since?.epoch === source.epoch && !fault(0.2)) {
      carry(
        sink,
        source.log.filter(({ seq }) => Number(seq) > since.seq),
      )
    }
    sink.newest({ epoch: source.epoch, seq: source.log.length })
  }
  source.onLoad = (kind) => {
    if (fault(0.2)) return Promise.reject(new Error('500'))
    if (fault(0.1)) return Promise.resolve('<html>')
    if (fault(0.05)) return new Promise(() => {})
    return kind === 'snapshot' && source.log.length ? Promise.resolve(compact(source.log)) : undefined
  }

  const clock = createServerClock({ now: () => time.now() + jump, monotonic: time.now })
  createLink({
    adapter: source.adapter,
    fetch,
    locale: 'en',
    getToken: async () => 'token',
    clock,
    signal: abort.signal,
    environment: time,
    onEvents: (events) => delivered.push(...events),
    onReset() {
      delivered = []
    },
    onStatus() {},
    onProblem() {},
  })

  const page = [
    () => source.close(),
    () => time.send('offline'),
    () => time.send('online'),
    () => time.send('pagehide'),
    () => time.send('pageshow'),
    () => time.send('visibilitychange'),
    () => {
      jump += (random() - 0.5) * 172_800_000
    },
  ]
  for (let n = 1; n <= EVENTS; n++) {
    const event = Object.assign(source.write(), hostEvent(n, random))
    const sink = source.sink()
    if (sink) carry(sink, [event])
    if (fault(0.1)) page[Math.floor(random() * page.length)]?.()
    if (chance(0.1))
      source.sink()?.clock({ sentAt: time.now() + jump, receivedAt: time.now() + jump, serverAt: time.now() })
    if (epochs < 2 && fault(0.005)) source.restart(`epoch-${++epochs}`)
    await time.advance(random() * 400)
  }
  calm = true
  time.send('online')
  time.send('pageshow')
  for (let n = 0; n < 10; n++) {
    await time.advance(15_000)
    source.sink()?.newest({ epoch: source.epoch, seq: source.log.length })
  }
  abort.abort()
  return { delivered, log: source.log, epoch: source.epoch, faults, timers: time.timers() }
}

describe('a link in a storm', () => {
  const seeds = ONLY ? [Number(ONLY)] : Array.from({ length: SEEDS }, (_, seed) => seed)

  it.each(seeds)('ends in the same room as without one (repeat with STORM_SEED=%i)', async (seed) => {
    const { delivered, log, epoch, faults } = await weather(seed)
    const places = delivered.map(({ seq }) => seq)
    expect(new Set(places).size).toBe(places.length)
    expect(delivered.every((event) => event.epoch === epoch)).toBe(true)
    const room = (events: readonly unknown[]) => events.reduce(fold, emptyRoom(epoch))
    expect(room(delivered)).toEqual(room(log))
    expect(faults).toBeGreaterThan(30)
  })
})
