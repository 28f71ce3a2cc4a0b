import { jetstreamManager } from '@nats-io/jetstream'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { createLink } from '../../src/adapters/link.ts'
import { nats } from '../../src/adapters/nats.ts'
import { createServerClock } from '../../src/lib/server-clock.ts'
import { testAdapter } from '../contracts/adapter.ts'
import { startFaultProxy } from '../contracts/fault-proxy.ts'
import { describeEngine } from './describe-engine.ts'
import { startLogServer } from './log-server.ts'
import { connectNats, type NatsServer, startNatsServer } from './nats-server.ts'

vi.stubGlobal('WebSocket', WebSocket)

describeEngine('nats-server with its own client', ['nats-server'], () => {
  let server: NatsServer
  let shows = 0
  beforeAll(async () => {
    server = await startNatsServer()
  })
  afterAll(() => server.stop())

  for (const kind of ['JetStream', 'plain subjects'] as const) {
    testAdapter(`nats over ${kind}`, async () => {
      const show = `shop${++shows}`
      const [proxy, log] = [await startFaultProxy(server.url), await startLogServer()]
      const subject = `show.${show}.events`
      if (kind === 'JetStream') {
        await (await jetstreamManager(server.studio)).streams.add({ name: show, subjects: [subject] })
      }
      const questions = {
        snapshot: `show.${show}.ask.snapshot`,
        history: `show.${show}.ask.history`,
        send: `show.${show}.ask.send`,
      }
      for (const name of Object.values(questions)) {
        server.studio.subscribe(name, {
          callback: (_, message) => void message.respond(JSON.stringify(log.answer(name, message.json()))),
        })
      }
      await server.studio.flush()
      const connection = await connectNats(proxy.url, show)
      const adapter = nats({ connection, subject, ...questions, ...(kind === 'JetStream' && { stream: show }) })
      const attempts: string[] = []
      const say = async (text: string) => {
        server.studio.publish(subject, text)
        await server.studio.flush()
      }
      return {
        adapter: {
          ...adapter,
          connect(sink, context) {
            if (!context.signal.aborted) attempts.push('attempt')
            adapter.connect(sink, context)
          },
        },
        epoch: log.epoch,
        async publish(count) {
          for (let n = 0; n < count; n++) await say(JSON.stringify(log.append('product.pin', { ids: ['mug'] })))
        },
        connections: async () => (await server.subscriptions(show)).length,
        addresses: () => attempts,
        endings: { network: { after: proxy.cut } },
        async garble() {
          for (const text of ['{not json', 'null', '{"later":1}', '\u0000', 'x'.repeat(900_000)]) await say(text)
        },
        async stop() {
          await connection.close()
          await proxy.stop()
          await log.stop()
        },
      }
    }, ['tokens'])
  }

  it('is back though the line has lost what the client listens for answers by', async () => {
    const [proxy, log] = [await startFaultProxy(server.url), await startLogServer()]
    await (await jetstreamManager(server.studio)).streams.add({ name: 'answers', subjects: ['show.answers.events'] })
    const connection = await connectNats(proxy.url, 'answers')
    const abort = new AbortController()
    const seqs: unknown[] = []
    createLink({
      adapter: nats({ connection, subject: 'show.answers.events', stream: 'answers', snapshot: `${log.url}snapshot` }),
      fetch: (...args) => fetch(...args),
      locale: 'en',
      clock: createServerClock(),
      signal: abort.signal,
      firstWait: 20,
      onEvents: (events) => seqs.push(...events.map(({ seq }) => seq)),
      onReset() {},
      onStatus() {},
      onProblem() {},
    })
    async function say() {
      server.studio.publish('show.answers.events', JSON.stringify(log.append('product.pin', { ids: ['mug'] })))
      await server.studio.flush()
      await vi.waitFor(() => expect(seqs).toContain(log.events.length), 30_000)
    }
    try {
      // The shop's own request: from now on the client keeps one subscription for all answers.
      await expect(connection.request('show.answers.ask.nobody', '', { timeout: 5000 })).rejects.toThrow()
      await say()
      let lost = false
      proxy.rules.message = ({ way, text }) => {
        if (lost || way !== 'up' || !/^SUB _INBOX.*\.\*/m.test(text)) return undefined
        lost = true
        return 'drop'
      }
      proxy.cut()
      await vi.waitFor(() => expect(lost).toBe(true), 30_000)
      await say()
    } finally {
      abort.abort()
      await connection.close()
      await proxy.stop()
      await log.stop()
    }
  })
})
