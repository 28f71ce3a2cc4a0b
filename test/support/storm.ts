import { expect, it, vi } from 'vitest'
import type { EventAdapter } from '../../src/model/adapter.ts'
import { type LiveEvent, parseEvent } from '../../src/model/event.ts'
import type { Room } from '../../src/state/room.ts'
import { createFaults, type FaultJudge } from '../contracts/faults.ts'
import { seededFaults } from '../contracts/seeded-faults.ts'
import { createStormTokens, type StormTokens } from './storm-tokens.ts'
import { createStormViewer, type StormViewer } from './storm-viewer.ts'
import { createVirtualDesk, type VirtualDesk } from './virtual-desk.ts'
import { createVirtualTime, seededRandom, type VirtualTime } from './virtual-time.ts'
import { createVirtualWire, type VirtualWire } from './virtual-wire.ts'

const EVENTS = 500
const BEGUN = 1_795_197_600_000
/** Ms after a refusal within which there is no other. */
const STOOD = 30_000
const ONLY = process.env.STORM_SEED

/** Makes the adapter of a viewer whose desk is at this address, which ends with a slash. */
export type MakeAdapter = (url: string) => EventAdapter

/**
 * Sends one viewer per seed through a storm and one, to the same events, through fair weather; both must end with the same log and the same
 * room. A seed that fails is in its test's name; `STORM_SEED=17 npx vitest run …` repeats it alone.
 */
export function testStorm(make: MakeAdapter, from: number, to: number): void {
  const all = Array.from({ length: to - from }, (_, index) => from + index)
  const seeds = ONLY === undefined ? all : all.filter((seed) => seed === Number(ONLY))
  const tokens = { given: 0, late: 0 }

  if (!seeds.length) it.skip(`has no seed ${ONLY}: those are ${from} to ${to - 1}`, () => {})
  it.each(seeds)('ends as without one (repeat with STORM_SEED=%i)', async (seed) => {
    const storm = await weather(make, seed)
    const fair = await calm(make, storm.desk)
    const { viewer } = storm
    expect(viewer.wrongs).toEqual([])
    // The last minute of fair weather, in which a token is replaced at most twice.
    expect(storm.status).toBe('open')
    expect(storm.redials).toBeLessThanOrEqual(storm.tokens ? 2 : 0)
    expect(storm.lateInFair).toBe(0)
    if (storm.tokens) tokens.given += storm.tokens.given
    if (storm.tokens) tokens.late += storm.tokens.late
    expect(placesOf(viewer)).toHaveLength(new Set(placesOf(viewer)).size)
    if (!storm.isTerse) expect(sorted(viewer.delivered())).toEqual(sorted(fair.viewer.delivered()))
    expect(withoutViewers(viewer.room())).toEqual(withoutViewers(fair.viewer.room()))
    expect(withoutViewers(viewer.wholeRoom())).toEqual(withoutViewers(fair.viewer.wholeRoom()))
    expect(sorted(fair.viewer.delivered())).toEqual(good(storm.desk.log))
    expect(good(storm.desk.log).length).toBeGreaterThan(storm.desk.log.length / 2)
    expect(new Set(viewer.room().chat.map(({ id }) => id)).size).toBe(viewer.room().chat.length)
    expect(storm.faults).toBeGreaterThan(60)
    expect(viewer.picture.faults).toBeGreaterThan(5)
  })

  if (seeds.length > 1)
    it('has replaced tokens before they ended, and after they had', () => {
      expect(tokens.late).toBeGreaterThan(0)
      expect(tokens.given).toBeGreaterThan(2 * tokens.late)
    })
}

const placesOf = (viewer: StormViewer) => viewer.delivered().map(({ seq }) => seq)
const sorted = (events: readonly LiveEvent[]) => [...events].sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0))

/** The host's events of a log that are events. */
function good(log: readonly object[]): LiveEvent[] {
  return log.flatMap((raw) => {
    const parsed = parseEvent(raw)
    return parsed.ok && parsed.event.seq !== undefined ? parsed.event : []
  })
}

/** What viewers wrote may be lost under load; the host's may not. */
function withoutViewers({ chat, now, ...room }: Room): unknown {
  const { audience: _, ...rest } = now
  return { ...room, now: rest, chat: chat.filter(({ seq }) => seq !== undefined) }
}

interface World {
  readonly time: VirtualTime
  readonly desk: VirtualDesk
  readonly faults: FaultJudge
  readonly wire: VirtualWire
  readonly viewer: StormViewer
  readonly random: () => number
  readonly sky: Sky
  readonly tokens: StormTokens
  over(): void
}

/** What a world has its own way. */
interface WorldOptions {
  readonly terse?: boolean
  readonly without?: 'snapshot' | 'history' | undefined
  /** Tokens end, and the desk looks at them. */
  readonly jwt?: boolean
}

interface Sky {
  /** The viewer's wall clock is off by this, ms. */
  jump: number
  rages: boolean
  /** There is no network. */
  down: boolean
  /** When the line was refused last, ms of virtual time. */
  refusedAt: number
}

function createWorld(make: MakeAdapter, seed: number, options: WorldOptions = {}): World {
  const random = seededRandom(seed)
  const time = createVirtualTime(seed + 1)
  const adapter = make('http://desk/')
  const tokens = createStormTokens(() => desk.now())
  const letsIn = (token: string | undefined, isLine: boolean) =>
    tokens.isGood(token) || (isLine && !refuse({ sky, viewer, time }))
  const desk: VirtualDesk = createVirtualDesk(time, {
    ...{ begun: BEGUN, feed: adapter.name === 'feed', ...options },
    letsIn: options.jwt ? letsIn : undefined,
  })
  const faults = createFaults()
  const wire = createVirtualWire(desk, faults, time)
  const abort = new AbortController()
  const sky: Sky = { jump: 0, rages: false, down: false, refusedAt: Number.NEGATIVE_INFINITY }
  const wall = () => BEGUN + time.now() + sky.jump
  vi.stubGlobal('WebSocket', wire.WebSocket)
  vi.stubGlobal('setTimeout', (run: () => void, ms = 0) => time.wait(ms, run))
  vi.stubGlobal('clearTimeout', (cancel?: () => void) => cancel?.())
  const now = vi.spyOn(Date, 'now').mockImplementation(wall)
  // A feed's period is jittered.
  const chance = vi.spyOn(Math, 'random').mockImplementation(seededRandom(seed + 3))
  const viewer = createStormViewer({
    adapter,
    fetch: wire.fetch,
    time,
    wall,
    begun: BEGUN,
    random: seededRandom(seed + 2),
    getToken: options.jwt ? tokens.give : async () => 'token',
    signal: abort.signal,
  })
  return {
    time,
    desk,
    faults,
    wire,
    random,
    sky,
    viewer,
    tokens,
    over() {
      abort.abort()
      desk.stop()
      now.mockRestore()
      chance.mockRestore()
      vi.unstubAllGlobals()
    },
  }
}

/** One viewer through a storm. */
async function weather(make: MakeAdapter, seed: number) {
  const isTerse = seed % 4 === 3
  const without = seed % 8 === 1 ? 'snapshot' : seed % 8 === 5 ? 'history' : undefined
  const jwt = seed % 5 === 2
  const world = createWorld(make, seed, { terse: isTerse, without, jwt })
  const { time, desk, faults, viewer, wire, random } = world
  rage(world)
  let mischief = 0
  for (let n = 1; n <= EVENTS; n++) {
    desk.publish(...hostEvent(n, desk, random))
    if (random() < 0.15)
      desk.note(`v${n}`, 'chat.message', { author: { id: 'v', name: 'Anna', role: 'viewer' }, text: `${n}` })
    if (random() < 0.1) await mischiefs[++mischief && Math.floor(random() * mischiefs.length)]?.(world, n)
    await pass(world, random() * 400)
  }
  world.sky.rages = world.sky.down = false
  time.document.visibilityState = 'visible'
  for (const type of ['online', 'pageshow', 'visibilitychange']) time.send(type)
  wire.thaw()
  for (let n = 0; n < 28; n++) await pass(world, 5000)
  const { connects } = viewer.link.counts
  const { late } = world.tokens.counts
  for (let n = 0; n < 12; n++) await pass(world, 5000)
  const redials = viewer.link.counts.connects - connects
  const lateInFair = world.tokens.counts.late - late
  const status = viewer.status()
  const total = faults.total() + mischief
  world.over()
  return { desk, viewer, isTerse, faults: total, redials, status, lateInFair, tokens: jwt && world.tokens.counts }
}

/**
 * Whether the line may be refused, which is noted: once at most in a while, since a second refusal before the line has brought an event is final.
 * An open line alone is no proof that it was let in.
 */
function refuse({ sky, viewer, time }: Pick<World, 'sky' | 'viewer' | 'time'>): boolean {
  const stood = viewer.heardAt() > sky.refusedAt && time.now() - sky.refusedAt > STOOD
  if (stood) sky.refusedAt = time.now()
  return stood
}

/** One viewer who hears the same log over a line that does nothing wrong. */
async function calm(make: MakeAdapter, { log, epoch }: VirtualDesk) {
  const world = createWorld(make, 0)
  const { desk, time } = world
  if (epoch !== desk.epoch) desk.restart(epoch)
  await time.advance(10)
  for (const event of log) {
    desk.replay(event)
    await time.advance(1)
  }
  for (let n = 0; n < 100; n++) await pass(world, 5000)
  world.over()
  return world
}

/** Time goes by with frames on screen. */
async function pass({ time, viewer }: World, ms: number) {
  await time.advance(ms)
  viewer.tick()
}

/** The wire breaks things from now on. */
function rage(world: World) {
  const { faults, random, sky } = world
  sky.rages = true
  const rules = seededFaults(random, { messages: 0.15, requests: 0.2, delay: 3000, rages: () => sky.rages })
  faults.rules = {
    request(request) {
      if (sky.down) return 'drop'
      if (!/events$|index\.json$/.test(request.url) || !sky.rages) return rules.request?.(request)
      if (random() < 0.05) return { status: 410 }
      return random() < 0.05 && refuse(world) ? { status: 401 } : rules.request?.(request)
    },
    message(message) {
      const fault = rules.message?.(message)
      // A message of a socket has no bytes of its own here.
      return message.kind === 'socket' && typeof fault === 'object' && 'pieces' in fault ? undefined : fault
    },
  }
}

/** A host at work: every event changes something that a later one may change again. */
export function hostEvent(
  n: number,
  desk: Pick<VirtualDesk, 'now'>,
  random: () => number,
): [type: string, data: unknown] {
  const product = `p${Math.floor(random() * 5)}`
  const at = desk.now()
  const terms = { id: `o${n}`, kind: 'percent', title: 'Offer', productIds: [product], how: 'note', grace: 5 }
  const closesAt = at + 5000 + Math.floor(random() * 30_000)
  const host = { id: 'h', name: 'Mira', role: 'host' }
  const choices: [string, unknown][] = [
    ['product.pin', { ids: [`pin${n}`] }],
    ['product.pin', { ids: [`pin${n}`] }],
    ['product.stock', { id: product, stock: Math.floor(random() * 9) }],
    ['offer.open', { ...terms, opensAt: at, closesAt }],
    ['offer.close', { id: `o${Math.floor(random() * n)}`, reason: random() < 0.5 ? 'host' : 'sold-out' }],
    ['notice', { text: `Notice ${n}` }],
    ['chat.message', { author: host, text: `Line ${n}` }],
    ['poll.update', { id: 'poll', votes: { a: n } }],
    ['from.tomorrow', n],
  ]
  return choices[Math.floor(random() * choices.length)] ?? ['notice', { text: '' }]
}

/** What happens to the machine, the page and the server, beside what happens to messages. */
const mischiefs: readonly ((world: World, n: number) => unknown)[] = [
  ({ wire }) => wire.cut(),
  ({ wire }) => wire.thaw(),
  ({ sky, wire, time }) => {
    sky.down = true
    wire.cut()
    time.send('offline')
    time.wait(4000, () => {
      sky.down = false
      time.send('online')
    })
  },
  ({ time }) => {
    time.send('pagehide')
    time.wait(3000, () => time.send('pageshow'))
  },
  // The viewer sets the clock, by up to a day.
  ({ sky, random }) => {
    sky.jump += (random() - 0.5) * 172_800_000
  },
  // So does somebody at the server, by seconds.
  ({ desk, random }) => desk.step(Math.round((random() - 0.5) * 6000)),
  (world) => (world.random() < 0.3 ? hide(world) : undefined),
  (world) => (world.random() < 0.3 ? sleep(world) : undefined),
  ({ desk, random }, n) => (n < EVENTS - 100 && random() < 0.1 ? desk.restart(`epoch-${n}`) : undefined),
]

/** Hidden for minutes: timers run once a minute, no frames are seen, events go on. */
async function hide({ time, desk, viewer, random }: World) {
  time.document.visibilityState = 'hidden'
  time.send('visibilitychange')
  for (let minutes = 1 + Math.floor(random() * 4); minutes > 0; minutes--) {
    desk.publish('notice', { text: `Nobody looks, ${minutes}` })
    time.sleep(59_000)
    await time.advance(1000)
  }
  time.document.visibilityState = 'visible'
  time.send('visibilitychange')
  viewer.tick()
}

/** The lid is closed for minutes: the picture stands, and comes back at the live edge. */
async function sleep({ time, viewer, random }: World) {
  time.sleep(60_000 + random() * 240_000)
  await time.advance(100)
  viewer.picture.seekToLive()
  time.document.dispatchEvent(new Event('visibilitychange'))
}
