import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { createLink, type Link, type LinkOptions } from '../../src/adapters/link.ts'
import { browserEnvironment } from '../../src/adapters/link-environment.ts'
import { socket } from '../../src/adapters/socket.ts'
import { sse } from '../../src/adapters/sse.ts'
import { createServerClock } from '../../src/lib/server-clock.ts'
import { type FaultProxy, startFaultProxy } from '../contracts/fault-proxy.ts'
import { type FakeDesk, startFakeDesk } from '../support/fake-desk.ts'
import { until } from '../support/until.ts'
import { seededRandom } from '../support/virtual-time.ts'

vi.stubGlobal('WebSocket', WebSocket)
vi.setConfig({ testTimeout: 60_000 })

describe.each([
  ['socket', socket],
  ['sse', sse],
] as const)('a link over %s and a broken line', (_, make) => {
  let desk: FakeDesk
  let proxy: FaultProxy
  let abort: AbortController
  let seqs: number[]
  let statuses: string[]

  beforeEach(async () => {
    desk = await startFakeDesk()
    proxy = await startFaultProxy(desk.url)
    abort = new AbortController()
    seqs = []
    statuses = []
  })
  afterEach(async () => {
    abort.abort()
    await proxy.stop()
    await desk.stop()
  })

  function link(more: Partial<LinkOptions> = {}): Link {
    const { url } = proxy
    return createLink({
      adapter: make({ url: `${url}events`, snapshot: `${url}snapshot`, history: `${url}history` }),
      fetch: (...args) => fetch(...args),
      locale: 'en',
      clock: createServerClock(),
      signal: abort.signal,
      // The same waits, a twentieth as long.
      environment: { ...browserEnvironment(), random: () => Math.random() / 20 },
      onEvents: (events) => seqs.push(...events.flatMap(({ seq }) => seq ?? [])),
      onReset() {
        seqs = []
      },
      onStatus: (status) => statuses.push(status),
      onProblem() {},
      ...more,
    })
  }

  const pin = (count = 1) => {
    for (let n = 0; n < count; n++) desk.publish('product.pin', { ids: ['mug'] })
  }
  const all = () => desk.events.map((_, index) => index + 1)
  const arrived = () => vi.waitFor(() => expect(seqs).toEqual(all()), 8000)
  const open = () => vi.waitFor(() => expect(statuses.at(-1)).toBe('open'), 8000)

  it('resumes after a cut without a word', async () => {
    link()
    await open()
    pin(3)
    await arrived()
    proxy.cut()
    pin(3)
    await arrived()
    pin()
    await arrived()
  })

  it('notices a peer that is gone without saying so', async () => {
    link({ idleLimit: 300 })
    await open()
    pin(2)
    await arrived()
    proxy.freeze()
    pin(2)
    await vi.waitFor(() => expect(statuses).toContain('reconnecting'), 8000)
    proxy.cut()
    proxy.thaw()
    await arrived()
  })

  it('reads a stream that comes in pieces of seven bytes', async () => {
    proxy.rules.message = () => ({ pieces: 7 })
    link()
    await open()
    pin(20)
    await arrived()
  })

  it('fills from history what the wire does not resend', async () => {
    desk.faults.forgetful = true
    const it = link()
    await open()
    pin(2)
    await arrived()
    proxy.cut()
    pin(30)
    await arrived()
    expect(it.counts.gaps).toBeGreaterThan(0)
  })

  it('starts afresh with a new log', async () => {
    link()
    await open()
    pin(5)
    await arrived()
    desk.restart('second')
    pin(2)
    proxy.cut()
    await arrived()
    expect(desk.epoch).toBe('second')
  })

  it('measures the clock of the desk', async () => {
    const clock = createServerClock({ now: () => Date.now() })
    link({ clock })
    await open()
    await until(() => expect(clock.known()).toBe(true))
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000)
  })

  it('carries out an action once though its answer was lost', async () => {
    const it = link()
    await open()
    desk.faults.deaf = 1
    const answer = it.send({ type: 'chat.send', key: 'k1', data: { text: 'hi' } })
    await until(() => expect(desk.actions).toHaveLength(1))
    proxy.cut()
    expect(await answer).toMatchObject({ ok: true, id: 'c-k1' })
    expect(desk.actions).toHaveLength(1)
  })

  it('keeps its token out of every address', async () => {
    desk.faults.token = 's3cret'
    link({ getToken: async () => 's3cret' })
    await open()
    expect(desk.requests.join()).not.toContain('s3cret')
  })

  it.each([1, 2, 3])('loses and repeats nothing through thirty faults (seed %i)', async (seed) => {
    const random = seededRandom(seed)
    let refusing = false
    let pieces = 0
    proxy.rules = {
      request: () => (refusing ? 'drop' : undefined),
      message: () => (pieces ? { pieces } : undefined),
    }
    link({ idleLimit: 200 })
    await open()
    for (let fault = 0; fault < 30; fault++) {
      pin(1 + Math.floor(random() * 5))
      const kind = Math.floor(random() * 5)
      if (kind === 0) proxy.cut()
      else if (kind === 1) refusing = !refusing
      else if (kind === 2) desk.cut(random() < 0.5 ? 1001 : 1013)
      else if (kind === 3) desk.faults.forgetful = !desk.faults.forgetful
      else pieces = Math.floor(random() * 50)
      if (!refusing) await arrived()
    }
    refusing = false
    pin()
    await arrived()
  })
})
