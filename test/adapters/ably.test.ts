import { Realtime } from 'ably'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ably } from '../../src/adapters/ably.ts'
import { testAdapter } from '../contracts/adapter.ts'
import { type FakeAbly, startFakeAbly } from '../support/fake-ably.ts'
import { type FakeLog, startFakeLog } from '../support/fake-log.ts'
import { type Heard, hearInTests } from '../support/hear-adapter.ts'
import { until } from '../support/until.ts'

/** The real client over the fake server. */
const clientOf = ({ port }: FakeAbly) =>
  new Realtime({
    token: 'fake',
    endpoint: '127.0.0.1',
    port,
    tls: false,
    useBinaryProtocol: false,
    transports: ['web_socket'],
    disconnectedRetryTimeout: 50,
    fallbackHosts: [],
    logLevel: 0,
  })

testAdapter('ably', async () => {
  const [server, log] = await Promise.all([startFakeAbly(), startFakeLog()])
  const client = clientOf(server)
  const { url } = log
  return {
    adapter: ably({
      client,
      channel: 'show',
      snapshot: `${url}snapshot`,
      history: `${url}history`,
      send: `${url}send`,
    }),
    epoch: log.epoch,
    publish(count) {
      for (const event of log.write(count)) server.publish('show', event)
    },
    connections: server.attachments,
    addresses: () => server.attached,
    endings: {
      unauthorized: {
        before() {
          server.faults.attach = { code: 40140, statusCode: 401 }
        },
      },
      denied: {
        before() {
          server.faults.attach = { code: 40160, statusCode: 401 }
        },
      },
      network: {
        after() {
          server.faults.forgets = true
          server.cut()
        },
      },
    },
    garble() {
      for (const data of ['{not json', null, { later: 1 }, 'x'.repeat(200_000)]) server.publish('show', data)
    },
    async stop() {
      client.close()
      await server.stop()
      await log.stop()
    },
  }
}, ['tokens'])

describe('ably', () => {
  let server: FakeAbly
  let log: FakeLog
  let client: Realtime
  beforeEach(async () => {
    server = await startFakeAbly()
    log = await startFakeLog()
    client = clientOf(server)
  })
  afterEach(async () => {
    client.close()
    await server.stop()
    await log.stop()
  })
  const hear = hearInTests()
  const opened = (heard: Heard) => until(() => expect(heard.calls).toContain('open'))
  const publish = (count: number) => {
    for (const event of log.write(count)) server.publish('show', event)
  }

  it('takes a drop that Ably resumes for none: what was sent meanwhile comes, once', async () => {
    const heard = hear(ably({ client, channel: 'show' }))
    await opened(heard)
    publish(1)
    await until(() => expect(heard.seqs()).toEqual([1]))
    server.cut()
    publish(2)
    await until(() => expect(heard.seqs()).toEqual([1, 2, 3]))
    expect(heard.closed).toBeUndefined()
  })

  it("reads on in the channel's history from the last message's time, page by page", async () => {
    publish(250)
    const heard = hear(ably({ client, channel: 'show' }), { epoch: log.epoch, seq: 20, token: '1800000000019:m19' })
    await opened(heard)
    publish(1)
    await until(() => expect(heard.seqs()).toEqual(Array.from({ length: 231 }, (_, index) => index + 21)))
  })

  it('begins with the newest hundred of the channel, oldest first, where the show has no history of its own', async () => {
    publish(120)
    const heard = hear(ably({ client, channel: 'show' }))
    await until(() => expect(heard.seqs()).toHaveLength(100))
    expect(heard.seqs().at(0)).toBe(21)
    expect(heard.seqs().at(-1)).toBe(120)
  })

  it('leaves the shop its client, and a channel that it had attached', async () => {
    await client.channels.get('show').attach()
    const heard = hear(ably({ client, channel: 'show' }))
    await opened(heard)
    heard.stop()
    const other = hear(ably({ client, channel: 'other' }))
    await opened(other)
    other.stop()
    await until(() => expect(server.attachments()).toBe(1))
    expect(client.channels.get('show').state).toBe('attached')
    expect(client.connection.state).toBe('connected')
  })
})
