import { jetstreamManager } from '@nats-io/jetstream'
import { afterAll, beforeAll, vi } from 'vitest'
import { WebSocket } from 'ws'
import { nats } from '../../src/adapters/nats.ts'
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
})
