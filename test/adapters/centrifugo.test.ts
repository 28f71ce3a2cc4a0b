import { Centrifuge } from 'centrifuge'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { centrifugo } from '../../src/adapters/centrifugo.ts'
import type { EventAdapter } from '../../src/model/adapter.ts'
import { testAdapter } from '../contracts/adapter.ts'
import { type FakeCentrifugo, startFakeCentrifugo } from '../support/fake-centrifugo.ts'
import { type FakeLog, startFakeLog } from '../support/fake-log.ts'
import { type Heard, hearInTests } from '../support/hear-adapter.ts'
import { until } from '../support/until.ts'

/** The real client over the fake server. */
const clientOf = (server: FakeCentrifugo) =>
  new Centrifuge(server.url, { websocket: WebSocket, minReconnectDelay: 50, maxReconnectDelay: 100 })

testAdapter('centrifugo', async () => {
  const [server, log] = await Promise.all([startFakeCentrifugo(), startFakeLog()])
  const client = clientOf(server)
  const methods = { snapshot: 'snapshot', history: 'history', send: 'send' }
  for (const name of Object.values(methods)) server.answer(name, (question) => log.answer(name, question))
  return {
    adapter: centrifugo({ client, channel: 'show', ...methods }),
    epoch: log.epoch,
    publish(count) {
      for (const event of log.write(count)) server.publish('show', event)
    },
    connections: server.subscriptions,
    addresses: () => server.subscribed,
    endings: {
      network: { after: server.cut },
      denied: {
        before() {
          server.faults.subscribe = { code: 103, message: 'permission denied' }
        },
      },
    },
    garble() {
      for (const data of ['{not json', null, 7, { later: 1 }, 'x'.repeat(200_000)]) server.publish('show', data)
    },
    async stop() {
      client.disconnect()
      await server.stop()
      await log.stop()
    },
  }
}, ['tokens'])

describe('centrifugo', () => {
  let server: FakeCentrifugo
  let log: FakeLog
  let client: Centrifuge
  beforeEach(async () => {
    server = await startFakeCentrifugo()
    log = await startFakeLog()
    client = clientOf(server)
  })
  afterEach(async () => {
    client.disconnect()
    await server.stop()
    await log.stop()
  })
  const hear = hearInTests()
  const opened = (heard: Heard) => until(() => expect(heard.calls).toContain('open'))
  const publish = (count: number) => {
    for (const event of log.write(count)) server.publish('show', event)
  }
  const again = (adapter: EventAdapter, { tokens }: Heard) =>
    hear(adapter, { epoch: log.epoch, seq: tokens.length, token: tokens.at(-1) })

  it("recovers what was missed by the channel's own epoch and offset", async () => {
    const adapter = centrifugo({ client, channel: 'show' })
    const first = hear(adapter)
    await opened(first)
    publish(2)
    await until(() => expect(first.tokens).toEqual(['1:one', '2:one']))
    server.cut()
    await until(() => expect(first.closed).toBe('network'))
    publish(2)
    const second = again(adapter, first)
    await until(() => expect(second.seqs()).toEqual([3, 4]))
    expect(second.calls[0]).toBe('open')
  })

  it('says gone where the channel no longer reaches back', async () => {
    const adapter = centrifugo({ client, channel: 'show' })
    const first = hear(adapter)
    await opened(first)
    publish(1)
    await until(() => expect(first.tokens).toHaveLength(1))
    first.stop()
    server.forget()
    const second = again(adapter, first)
    await until(() => expect(second.closed).toBe('gone'))
  })

  it('says unauthorized where the server refuses the token of the client', async () => {
    server.faults.connect = { code: 3500, reason: 'invalid token' }
    const heard = hear(centrifugo({ client, channel: 'show' }))
    await until(() => expect(heard.closed).toBe('unauthorized'))
  })

  it('leaves the shop its client, and the channel free', async () => {
    const heard = hear(centrifugo({ client, channel: 'show' }))
    await opened(heard)
    heard.stop()
    await until(() => expect(server.subscriptions()).toBe(0))
    expect(client.state).toBe('connected')
    expect(client.getSubscription('show')).toBeNull()
  })

  it('tells why it cannot listen where somebody else on the page has the channel', async () => {
    client.newSubscription('show')
    const heard = hear(centrifugo({ client, channel: 'show' }))
    await until(() => expect(heard.closed).toBe('network'))
    expect(heard.problems.join()).toMatch(/already exists/)
  })
})
