import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLink } from '../../src/adapters/link.ts'
import { sse } from '../../src/adapters/sse.ts'
import { createServerClock } from '../../src/lib/server-clock.ts'
import { testAdapter } from '../contracts/adapter.ts'
import { CENTRIFUGO, type FakeHub, MERCURE, NCHAN, startFakeHub } from '../support/fake-hub.ts'
import { hearInTests } from '../support/hear-adapter.ts'
import { until } from '../support/until.ts'

vi.setConfig({ testTimeout: 20_000 })
const MAKES = { nchan: NCHAN, mercure: MERCURE, centrifugo: CENTRIFUGO } as const
const DIALECTS = ['nchan', 'mercure', 'centrifugo'] as const

const adapterOf = (hub: FakeHub, dialect: (typeof DIALECTS)[number]) =>
  sse({ url: hub.stream, dialect, snapshot: `${hub.url}snapshot`, history: `${hub.url}history` })

for (const dialect of DIALECTS) {
  testAdapter(`sse from a fake of ${dialect}`, async () => {
    const hub = await startFakeHub(MAKES[dialect])
    const refuse = (status: number) => () => {
      hub.faults.refuse = status
      hub.faults.retryAfter = 7
    }
    return {
      adapter: adapterOf(hub, dialect),
      epoch: 'first',
      publish: hub.publish,
      connections: hub.connections,
      addresses: () => hub.requests,
      endings: {
        network: { after: hub.cut },
        unauthorized: { before: refuse(401) },
        denied: { before: refuse(403) },
        gone: { before: refuse(410) },
        overloaded: { before: refuse(503), retryAfter: 7 },
      },
      requireToken(token) {
        hub.faults.token = token
      },
      garble() {
        hub.shout('{}')
        hub.shout('null')
        hub.shout(`"${'x'.repeat(200_000)}"`)
      },
      stop: hub.stop,
    }
  }, ['clock', 'send'])
}

describe.each(DIALECTS)('a link over sse from a fake of %s', (dialect) => {
  let hub: FakeHub
  let abort: AbortController
  let seqs: number[]
  let statuses: string[]
  beforeEach(async () => {
    hub = await startFakeHub(MAKES[dialect])
    abort = new AbortController()
    seqs = []
    statuses = []
    createLink({
      adapter: adapterOf(hub, dialect),
      fetch: (...args) => fetch(...args),
      ...{ locale: 'en', clock: createServerClock(), signal: abort.signal, firstWait: 20 },
      onEvents: (events) => seqs.push(...events.flatMap(({ seq }) => seq ?? [])),
      onReset() {
        seqs = []
      },
      onStatus: (status) => statuses.push(status),
      onProblem() {},
    })
    await until(() => expect(hub.connections()).toBe(1))
  })
  afterEach(async () => {
    abort.abort()
    await hub.stop()
  })
  const arrived = (count: number) =>
    vi.waitFor(() => expect(seqs).toEqual(Array.from({ length: count }, (_, n) => n + 1)), 8000)

  it('stands though nobody says anything', () => vi.waitFor(() => expect(statuses.at(-1)).toBe('open'), 4000))

  it('resumes by the hub after a cut, without asking the log', async () => {
    hub.publish(3)
    await arrived(3)
    const asked = hub.requests.filter((address) => address.includes('history')).length
    hub.cut()
    hub.publish(2)
    await arrived(5)
    expect(hub.requests.filter((address) => address.includes('history'))).toHaveLength(asked)
  })

  it('fills from the log what the hub has forgotten', async () => {
    hub.publish(3)
    await arrived(3)
    const before = statuses.length
    hub.faults.forgetful = true
    hub.cut()
    hub.publish(4)
    await vi.waitFor(() => expect(statuses.slice(before)).toContain('open'), 8000)
    // nchan does not say that it has forgotten; the next event does.
    if (dialect === 'nchan') hub.publish(1)
    await arrived(dialect === 'nchan' ? 8 : 7)
  })
})

describe('sse from a fake of centrifugo', () => {
  const hear = hearInTests()
  let hub: FakeHub
  beforeEach(async () => {
    hub = await startFakeHub({ ...CENTRIFUGO, frame: ({ text }) => `data: ${text}\n\n` })
  })
  afterEach(() => hub.stop())

  // https://centrifugal.dev/docs/server/codes
  it.each([
    [3000, 'network'],
    [3005, 'unauthorized'],
    [3499, 'network'],
    [3500, 'unauthorized'],
    [3501, 'denied'],
    [3999, 'denied'],
    [4000, 'network'],
    [4499, 'network'],
    [4500, 'denied'],
  ] as const)('ends with code %i as %s', async (code, closed) => {
    const heard = hear(adapterOf(hub, 'centrifugo'))
    await until(() => expect(hub.connections()).toBe(1))
    hub.shout(JSON.stringify({ disconnect: { code, reason: 'x' } }))
    await until(() => expect(heard.closed).toBe(closed))
  })
})
