import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createLink } from '../../src/adapters/link.ts'
import { createServerClock } from '../../src/lib/server-clock.ts'
import { type LiveEvent, parseEvent } from '../../src/model/event.ts'
import { emptyRoom, fold } from '../../src/state/room.ts'
import { type FaultProxy, seededFaults, startFaultProxy } from '../contracts/fault-proxy.ts'
import { seededRandom } from '../support/virtual-time.ts'
import type { Engine, EngineShow } from './engine.ts'

const SEEDS = 20
/** Faults that each seed must have had. */
const FAULTS = 30
/** Seeds that run at once; they share nothing but the engine. */
const AT_ONCE = 5
/** First wait of the backoff, ms. */
const FLOOR = 20
/** Ms without a sign of life after which a line counts as dead: something is published all the time. */
const IDLE = 1500
/** Ms within which all that was lost must have come once the weather is fair. */
const PATIENCE = 60_000
const ONLY = process.env.STORM_SEED

/** How an engine's storm differs from others. */
export interface StormOptions {
  /** Faults from which a client of this engine cannot come back, and why is said where they are given. */
  readonly without?: readonly string[]
  /** Part of the messages, and of the requests, that suffer. */
  readonly messages?: number
  readonly requests?: number
  readonly idle?: number
}

/**
 * Sends one viewer per seed through a storm over a real server. What arrives must be the log, whole, each event once, and fold to its
 * room. A seed that fails is in its test's name; `STORM_SEED=7 npm run test:engines` repeats it alone.
 */
export function testEngineStorm(name: string, start: () => Promise<Engine>, options: StormOptions = {}): void {
  describe(`a link over ${name} in a storm`, () => {
    let engine: Engine
    beforeAll(async () => {
      engine = await start()
    })
    afterAll(() => engine.stop())

    const all = Array.from({ length: SEEDS }, (_, seed) => seed)
    const seeds = ONLY === undefined ? all : [Number(ONLY)]
    for (let first = 0; first < seeds.length; first += AT_ONCE) {
      const group = seeds.slice(first, first + AT_ONCE)
      describe.concurrent(`seeds from ${group[0]}`, () => {
        it.each(group)('loses and doubles nothing (repeat with STORM_SEED=%i)', (seed) =>
          weather(engine, seed, options),
        )
      })
    }
  })
}

async function weather(engine: Engine, seed: number, options: StormOptions) {
  const show = await engine.openShow(`storm${seed}`)
  const [wire, logs] = [await startFaultProxy(show.target), await startFaultProxy(show.log.url)]
  const viewer = await show.viewer({ engine: wire.url, log: logs.url })
  const abort = new AbortController()
  const random = seededRandom(seed)
  const isSilent = seed % 2 === 1
  let delivered: LiveEvent[] = []
  const told: string[] = []
  const begun = Date.now()
  const note = (text: string) => void told.push(`${Date.now() - begun} ms: ${text}`)
  let opened = 0
  createLink({
    adapter: viewer.adapter,
    fetch: (...args) => fetch(...args),
    locale: 'en',
    clock: createServerClock(),
    signal: abort.signal,
    firstWait: FLOOR,
    // Dialled anew for its silence, a line would bring the last word by that alone.
    idleLimit: isSilent ? 2 * PATIENCE : (options.idle ?? IDLE),
    onEvents: (events) => delivered.push(...events),
    onReset() {
      delivered = []
    },
    onStatus(status, code) {
      if (status === 'open') opened++
      note(`${status} ${code ?? ''}, at ${delivered.at(-1)?.seq}`)
    },
    onProblem: (problem) => problem.includes('from.tomorrow') || note(problem),
  })
  try {
    const faults = await rage({ show, wire, logs, random }, options)
    expect(faults).toBeGreaterThanOrEqual(FAULTS)
    if (isSilent) await loseLastWord({ show, wire, logs }, { opened: () => opened, delivered: () => delivered })
    for (const proxy of [wire, logs]) proxy.thaw()
    note('fair')
    await settle(show, () => delivered, isSilent)
    const places = delivered.map(({ seq }) => seq)
    expect(places).toHaveLength(new Set(places).size)
    const expected = show.log.events.filter((event) => parseEvent(event).ok)
    expect([...delivered].sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0))).toEqual(expected)
    expect(delivered.reduce(fold, emptyRoom('first'))).toEqual(show.log.events.reduce(fold, emptyRoom('first')))
  } catch (error) {
    console.error(`seed ${seed}, the last that its link told:\n${told.slice(-40).join('\n')}`)
    throw error
  } finally {
    abort.abort()
    await viewer.close()
    await Promise.all([wire.stop(), logs.stop()])
    await show.stop()
  }
}

interface Weather {
  readonly show: EngineShow
  readonly wire: FaultProxy
  readonly logs: FaultProxy
  readonly random: () => number
}

/** Publishes under faults until there were enough of them; returns how many. */
async function rage({ show, wire, logs, random }: Weather, options: StormOptions): Promise<number> {
  const { without = [], messages = 0.15, requests = 0.25 } = options
  // A request without an answer is given up after ten seconds: that is tried on a virtual clock.
  const requestRules = seededFaults(random, { requests, delay: 50, without: ['freeze', ...without] })
  const messageRules = seededFaults(random, { messages, delay: 50, without })
  const rules = { ...messageRules, ...(requestRules.request && { request: requestRules.request }) }
  wire.rules = rules
  logs.rules = rules
  let cuts = 0
  for (let n = 1; n <= 4000 && (n < 60 || wire.total() + logs.total() + cuts < FAULTS); n++) {
    await show.publish(show.log.append(...hostEvent(n, random)))
    if (random() < 0.03) {
      cuts++
      wire.cut()
    }
    if (random() < 0.02) wire.thaw()
    // The host's pace, not a wait for anything.
    await sleep(random() * 30)
  }
  wire.rules = {}
  logs.rules = {}
  return wire.total() + logs.total() + cuts
}

/**
 * The last event is lost with the line, and nothing comes after it; no log answers until the line stands again, or a feed was read thrice, or
 * the engine itself has brought it.
 */
async function loseLastWord(
  { show, wire, logs }: Omit<Weather, 'random'>,
  { opened, delivered }: { opened(): number; delivered(): readonly LiveEvent[] },
) {
  const before = opened()
  let asked = 0
  wire.rules = { request: () => void asked++ }
  logs.rules = { request: () => ({ status: 503 }) }
  wire.thaw()
  wire.cut()
  await show.publish(show.log.append('notice', { text: 'The last word' }))
  const isThere = () => delivered().some(({ seq }) => seq === show.log.events.length)
  const isBack = () => opened() > before || asked > 2 || isThere()
  await vi.waitFor(() => expect(isBack()).toBe(true), { timeout: PATIENCE, interval: 20 })
  logs.rules = {}
}

/** Fair weather: the host goes on, now and then, or is silent, until all has arrived. */
async function settle(show: EngineShow, delivered: () => readonly LiveEvent[], isSilent: boolean) {
  const count = () => show.log.events.filter((event) => parseEvent(event).ok).length
  let last = 0
  await vi.waitFor(
    async () => {
      if (!isSilent && Date.now() - last > 500) {
        last = Date.now()
        await show.publish(show.log.append('notice', { text: 'The sun is out' }))
      }
      expect(new Set(delivered().map(({ seq }) => seq)).size).toBe(count())
    },
    { timeout: PATIENCE, interval: 100 },
  )
}

function hostEvent(n: number, random: () => number): [type: string, data: unknown] {
  const host = { id: 'h', name: 'Mira', role: 'host' }
  const choices: [string, unknown][] = [
    ['product.pin', { ids: [`p${n % 7}`] }],
    ['product.stock', { id: `p${n % 5}`, stock: Math.floor(random() * 9) }],
    ['notice', { text: `Notice ${n}` }],
    ['chat.message', { author: host, text: `Line ${n} — ещё строка` }],
    ['poll.update', { id: 'poll', votes: { a: n } }],
    ['from.tomorrow', n],
  ]
  return choices[Math.floor(random() * choices.length)] ?? ['notice', { text: '' }]
}
