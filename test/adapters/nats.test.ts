import { wsconnect } from '@nats-io/nats-core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { nats } from '../../src/adapters/nats.ts'
import { testAdapter } from '../contracts/adapter.ts'
import { type FakeLog, startFakeLog } from '../support/fake-log.ts'
import { type FakeNats, startFakeNats } from '../support/fake-nats.ts'
import { type Heard, hearInTests } from '../support/hear-adapter.ts'
import { until } from '../support/until.ts'

vi.stubGlobal('WebSocket', WebSocket)

/** The real client over the fake server; it redials as fast as a test wants. */
const connectTo = (server: FakeNats) =>
  wsconnect({ servers: server.url, reconnectTimeWait: 50, reconnectJitter: 0, maxReconnectAttempts: -1 })

describe.each([
  ['with a stream', 'SHOWS'],
  ['without a stream', undefined],
])('%s', (_, stream) => {
  testAdapter('nats', async () => {
    const [server, log] = await Promise.all([startFakeNats(), startFakeLog()])
    const connection = await connectTo(server)
    const subjects = { snapshot: 'show.snapshot', history: 'show.history', send: 'show.send' }
    for (const name of Object.values(subjects)) server.answer(name, (question) => log.answer(name, question))
    const adapter = nats({ connection, subject: 'shows.friday', stream, ...subjects })
    let attempts = 0
    const connect: typeof adapter.connect = (sink, context) => {
      if (!context.signal.aborted) attempts++
      adapter.connect(sink, context)
    }
    return {
      adapter: { ...adapter, connect },
      epoch: log.epoch,
      publish(count) {
        for (const event of log.write(count)) server.publish('shows.friday', JSON.stringify(event))
      },
      connections: server.subscriptions,
      addresses: () => Array.from({ length: attempts }, (_, index) => `attempt ${index + 1}`),
      endings: { network: { after: server.cut } },
      garble() {
        for (const payload of ['{not json', 'null', '{"later":1}', '\u0000', 'x'.repeat(900_000)])
          server.publish('shows.friday', payload)
      },
      async stop() {
        await connection.close()
        await server.stop()
        await log.stop()
      },
    }
  }, ['tokens'])
})

describe('nats', () => {
  let server: FakeNats
  let log: FakeLog
  let connection: Awaited<ReturnType<typeof connectTo>>
  beforeEach(async () => {
    server = await startFakeNats()
    log = await startFakeLog()
    connection = await connectTo(server)
  })
  afterEach(async () => {
    await connection.close()
    await server.stop()
    await log.stop()
  })
  const hear = hearInTests()
  const opened = (heard: Heard) => until(() => expect(heard.calls).toContain('open'))
  const publish = (count: number) => {
    for (const event of log.write(count)) server.publish('shows.friday', JSON.stringify(event))
  }
  const show = { subject: 'shows.friday', stream: 'SHOWS' }

  it('reads the stream from its beginning for a newcomer, and on from its own sequence', async () => {
    publish(3)
    const first = hear(nats({ connection, ...show }))
    await until(() => expect(first.seqs()).toEqual([1, 2, 3]))
    expect(first.tokens).toEqual(['1', '2', '3'])
    publish(1)
    const second = hear(nats({ connection, ...show }), { epoch: log.epoch, seq: 3, token: '3' })
    await until(() => expect(second.seqs()).toEqual([4]))
  })

  it('ends when a message did not arrive, to be read again from the last that did', async () => {
    const heard = hear(nats({ connection, ...show }))
    await opened(heard)
    publish(1)
    await until(() => expect(heard.seqs()).toEqual([1]))
    server.skipOne()
    publish(1)
    await until(() => expect(heard.closed).toBe('network'))
    expect(heard.seqs()).toEqual([1])
  })

  it('says gone where the stream began anew', async () => {
    publish(3)
    server.restartStream()
    const heard = hear(nats({ connection, ...show }), { epoch: log.epoch, seq: 3, token: '3' })
    await until(() => expect(heard.closed).toBe('gone'))
  })

  it('waits for the client where it redials, and does not dial itself', async () => {
    const heard = hear(nats({ connection, ...show }))
    await opened(heard)
    server.cut()
    await until(() => expect(heard.closed).toBe('network'))
    const again = hear(nats({ connection, ...show }))
    await opened(again)
    expect(server.lines()).toBe(1)
  })

  it('has the client dial anew where its line is dead without a word', async () => {
    server.deafen()
    const heard = hear(nats({ connection, ...show }))
    await vi.waitFor(() => expect(server.dialled()).toBe(2), 8000)
    await opened(heard)
  }, 20_000)

  it('asks the shop for the connection before each attempt, and says when it has none that lives', async () => {
    const dead = await connectTo(server)
    await dead.close()
    const given = [dead, connection]
    const adapter = nats({ connection: () => given.shift() ?? connection, ...show })
    const first = hear(adapter)
    await until(() => expect(first.closed).toBe('network'))
    expect(first.problems.join()).toContain('the connection is closed')
    await opened(hear(adapter))
  })

  it.each(['disconnect', 'staleConnection', 'close'])('ends when the client says %s, and not before', async (type) => {
    let tell = (_type: string) => {}
    const stop = vi.fn()
    async function* words() {
      yield { type: 'update' }
      yield { type: await new Promise<string>((resolve) => (tell = resolve)) }
    }
    const status = () => Object.assign(words(), { stop })
    const telling = new Proxy(connection, {
      get(target, name) {
        const found: unknown = name === 'status' ? status : Reflect.get(target, name)
        return typeof found === 'function' ? found.bind(target) : found
      },
    })
    const heard = hear(nats({ connection: telling, ...show }))
    await opened(heard)
    expect(heard.closed).toBeUndefined()
    tell(type)
    await until(() => expect(heard.closed).toBe('network'))
    expect(stop).toHaveBeenCalledOnce()
  })

  it('says denied where the subject may not be read', async () => {
    server.faults.forbidden = 'shows.friday'
    const heard = hear(nats({ connection, subject: 'shows.friday' }))
    await until(() => expect(heard.closed).toBe('denied'))
  })

  it('leaves the shop its connection', async () => {
    const heard = hear(nats({ connection, ...show }))
    await opened(heard)
    heard.stop()
    await until(() => expect(server.subscriptions()).toBe(0))
    expect(connection.isClosed()).toBe(false)
    expect(server.lines()).toBe(1)
  })
})
