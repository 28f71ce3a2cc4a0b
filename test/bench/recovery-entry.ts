import { createLink } from '../../src/adapters/link.ts'
import { browserEnvironment } from '../../src/adapters/link-environment.ts'
import { createServerClock } from '../../src/lib/server-clock.ts'
import { startFaultProxy } from '../contracts/fault-proxy.ts'
import type { Engine } from '../engines/engine.ts'
import { fakeDeskEngine } from '../engines/fake-desk-engine.ts'
import { mosquittoEngine } from '../engines/mosquitto.ts'
import { natsEngine } from '../engines/nats-server.ts'
import { nchanEngine } from '../engines/nchan.ts'
import { missing } from '../engines/run-server.ts'
import { socketIoEngine } from '../engines/socketio-server.ts'
import { staticEngine } from '../engines/static-host.ts'

/** An engine to be measured, and who dials again after a cut. */
export interface Measured {
  readonly name: string
  readonly start: () => Promise<Engine>
  /** How to install what is missing; empty: nothing is. */
  readonly missing: string
  /** Whose wait is between two attempts. */
  readonly dials: 'link' | 'client'
}

/** All there are. */
export const ENGINES: readonly Measured[] = [
  { name: 'socket, a small desk', start: () => fakeDeskEngine('socket'), missing: '', dials: 'link' },
  { name: 'sse, a small desk', start: () => fakeDeskEngine('sse'), missing: '', dials: 'link' },
  {
    name: 'sse, nchan over Redis',
    start: nchanEngine,
    missing: missing('nginx', 'nchan', 'redis-server'),
    dials: 'link',
  },
  { name: 'nats-core, nats-server', start: () => natsEngine('core'), missing: missing('nats-server'), dials: 'link' },
  { name: 'nats, JetStream', start: () => natsEngine('stream'), missing: missing('nats-server'), dials: 'client' },
  { name: 'mqtt, mosquitto', start: mosquittoEngine, missing: missing('mosquitto'), dials: 'client' },
  { name: 'socketio, Socket.IO', start: socketIoEngine, missing: '', dials: 'client' },
  { name: 'feed, caches of 3 s', start: staticEngine, missing: missing('nginx'), dials: 'link' },
]

/**
 * Ms from a cut without a word until what was published right after it has reached the page, once per cut.
 * @param firstWait ms, the link's; absent: as shipped
 */
export async function measureRecovery(
  start: () => Promise<Engine>,
  cuts: number,
  firstWait?: number,
): Promise<number[]> {
  const engine = await start()
  const show = await engine.openShow('recovery')
  const proxy = await startFaultProxy(show.target)
  const viewer = await show.viewer({ engine: proxy.url, log: show.log.url })
  const abort = new AbortController()
  let newest = 0
  let isOpen = false
  let told = () => {}
  let ahead = 0
  createLink({
    adapter: viewer.adapter,
    fetch: (...args) => fetch(...args),
    locale: 'en',
    clock: createServerClock(),
    signal: abort.signal,
    environment: { ...browserEnvironment(), now: () => performance.now() + ahead },
    firstWait,
    onEvents(events) {
      newest = Math.max(newest, ...events.map(({ seq = 0 }) => seq))
      told()
    },
    onReset() {},
    onStatus(status) {
      isOpen = status === 'open'
      told()
    },
    onProblem() {},
  })
  const say = async () => {
    await show.publish(show.log.append('product.pin', { ids: ['mug'] }))
    const { length } = show.log.events
    await new Promise<void>((resolve) => {
      // An event may come before its line is said to stand: one that is cut by then stood for no time.
      told = () => isOpen && newest >= length && resolve()
      told()
    })
  }
  const times: number[] = []
  try {
    await say()
    for (let cut = 0; cut < cuts; cut++) {
      // A line that stood for five first waits counts as sound: the next failure is the first.
      ahead += 5.2 * (firstWait ?? 1000)
      await say()
      const begun = performance.now()
      proxy.cut()
      await say()
      times.push(performance.now() - begun)
    }
  } finally {
    abort.abort()
    await viewer.close()
    await proxy.stop()
    await show.stop()
    await engine.stop()
  }
  return times
}
