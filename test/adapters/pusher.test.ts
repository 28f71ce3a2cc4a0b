import pusherJs from 'pusher-js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { pusher } from '../../src/adapters/pusher.ts'
import { testAdapter } from '../contracts/adapter.ts'
import { startFakeLog } from '../support/fake-log.ts'
import { type FakePusher, startFakePusher } from '../support/fake-pusher.ts'
import { type Heard, hearInTests } from '../support/hear-adapter.ts'
import { until } from '../support/until.ts'

/** In Node the module is the class itself, whatever its types say. */
const PusherJs = pusherJs as unknown as typeof pusherJs.default

/** The real client over the fake server. */
const clientOf = ({ port }: FakePusher) =>
  new PusherJs('key', {
    cluster: '',
    wsHost: '127.0.0.1',
    wsPort: port,
    forceTLS: false,
    enabledTransports: ['ws'],
    channelAuthorization: { endpoint: `http://127.0.0.1:${port}/auth`, transport: 'ajax' },
  })

testAdapter('pusher', async () => {
  const [server, log] = await Promise.all([startFakePusher(), startFakeLog()])
  const client = clientOf(server)
  const { url } = log
  const adapter = pusher({
    client,
    channel: 'private-show',
    snapshot: `${url}snapshot`,
    history: `${url}history`,
    send: `${url}send`,
  })
  return {
    adapter,
    epoch: log.epoch,
    publish: (count) => server.publish('private-show', 'castcart', log.write(count)),
    connections: server.subscriptions,
    addresses: () => server.subscribed,
    endings: {
      network: { after: server.cut },
      denied: {
        before() {
          server.faults.authorise = 403
        },
      },
      unauthorized: {
        before() {
          server.faults.authorise = 401
        },
      },
    },
    garble() {
      for (const data of ['{not json', 'null', '7', '{"later":1}', 'x'.repeat(200_000)])
        server.publish('private-show', 'castcart', data)
    },
    async stop() {
      client.disconnect()
      await server.stop()
      await log.stop()
    },
  }
}, ['tokens', 'clock'])

describe('pusher', () => {
  let server: FakePusher
  let client: ReturnType<typeof clientOf>
  beforeEach(async () => {
    server = await startFakePusher()
  })
  afterEach(async () => {
    client.disconnect()
    await server.stop()
  })
  const hear = hearInTests()
  const opened = (heard: Heard) => until(() => expect(heard.calls).toContain('open'))

  it('hears the event it is told to, and no other', async () => {
    client = clientOf(server)
    const heard = hear(pusher({ client, channel: 'show', event: 'cue' }))
    await opened(heard)
    server.publish('show', 'castcart', { no: 1 })
    server.publish('show', 'cue', { yes: 1 })
    await until(() => expect(heard.raw).toEqual([{ yes: 1 }]))
  })

  it('waits for the client after a drop, and hears again', async () => {
    client = clientOf(server)
    const adapter = pusher({ client, channel: 'show' })
    const first = hear(adapter)
    await opened(first)
    server.cut()
    await until(() => expect(first.closed).toBe('network'))
    const second = hear(adapter)
    await vi.waitFor(() => expect(second.calls).toContain('open'), 5000)
    server.publish('show', 'castcart', { seq: 1 })
    await until(() => expect(second.seqs()).toEqual([1]))
    expect(first.raw).toEqual([])
  })

  it.each([
    [4001, 'denied'],
    [4100, 'overloaded'],
  ])('takes the refusal %i for %s', async (code, expected) => {
    server.faults.connect = code
    client = clientOf(server)
    const heard = hear(pusher({ client, channel: 'show' }))
    await until(() => expect(heard.closed).toBe(expected))
  })

  it('leaves a channel that the shop itself listens to, and the client', async () => {
    client = clientOf(server)
    client.subscribe('show')
    const heard = hear(pusher({ client, channel: 'show' }))
    await opened(heard)
    heard.stop()
    const other = hear(pusher({ client, channel: 'other' }))
    await opened(other)
    other.stop()
    await until(() => expect(server.subscriptions()).toBe(1))
    expect(client.connection.state).toBe('connected')
  })
})
