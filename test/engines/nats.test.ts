import { afterAll, beforeAll, describe, vi } from 'vitest'
import { WebSocket } from 'ws'
import { natsCore } from '../../src/adapters/nats-core.ts'
import { testAdapter } from '../contracts/adapter.ts'
import { startFaultProxy } from '../contracts/fault-proxy.ts'
import { describeEngine } from './describe-engine.ts'
import { startLogServer } from './log-server.ts'
import { type NatsServer, natsEngine, startNatsServer, VIEWER_PASSWORD } from './nats-server.ts'
import { testEngineStorm } from './storm.ts'

vi.stubGlobal('WebSocket', WebSocket)

describeEngine('nats-server', ['nats-server'], () => {
  describe('by hand', () => {
    let server: NatsServer
    let shows = 0
    beforeAll(async () => {
      server = await startNatsServer()
    })
    afterAll(() => server.stop())

    testAdapter('nats-core over nats-server', async () => {
      const show = `core${++shows}`
      const [proxy, log] = [await startFaultProxy(server.url), await startLogServer()]
      const asked: string[] = []
      proxy.rules.request = ({ url }) => void asked.push(url)
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
      const subject = `show.${show}.events`
      const make = (more: { user?: string; subject?: string } = {}) =>
        natsCore({ url: proxy.url.replace('http', 'ws'), subject, ...questions, ...more })
      const say = async (text: string | Uint8Array) => {
        server.studio.publish(subject, text)
        await server.studio.flush()
      }
      const harness = {
        adapter: make(),
        epoch: log.epoch,
        async publish(count: number) {
          for (let n = 0; n < count; n++) await say(JSON.stringify(log.append('product.pin', { ids: ['mug'] })))
        },
        connections: proxy.connections,
        addresses: () => asked,
        endings: {
          network: { after: proxy.cut },
          unauthorized: {
            before() {
              harness.adapter = make({ user: 'viewer' })
            },
          },
          denied: {
            before() {
              harness.adapter = make({ subject: 'studio.secret' })
            },
          },
        },
        requireToken(token: string) {
          if (token !== VIEWER_PASSWORD) throw new Error(`the server has another token than ${token}`)
          harness.adapter = make({ user: 'viewer' })
        },
        async garble() {
          for (const text of ['{not json', 'null', '{"later":1}', '\u0000', 'x'.repeat(900_000)]) await say(text)
          await say(new Uint8Array([255, 254, 0]))
        },
        async stop() {
          await proxy.stop()
          await log.stop()
        },
      }
      return harness
    })
  })

  testEngineStorm('NATS by hand', () => natsEngine('core'))
  testEngineStorm('NATS JetStream', () => natsEngine('stream'))
})
