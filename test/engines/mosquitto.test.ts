import { afterAll, beforeAll } from 'vitest'
import { mqtt } from '../../src/adapters/mqtt.ts'
import { testAdapter } from '../contracts/adapter.ts'
import { startFaultProxy } from '../contracts/fault-proxy.ts'
import { describeEngine } from './describe-engine.ts'
import { startLogServer } from './log-server.ts'
import { connectMqtt, type Mosquitto, mosquittoEngine, startMosquitto } from './mosquitto.ts'
import { testEngineStorm } from './storm.ts'

describeEngine('mosquitto', ['mosquitto'], () => {
  let server: Mosquitto
  let shows = 0
  beforeAll(async () => {
    server = await startMosquitto()
  })
  afterAll(() => server.stop())

  testAdapter('mqtt over mosquitto', async () => {
    const show = `show/shop${++shows}`
    const [proxy, log] = [await startFaultProxy(server.url), await startLogServer()]
    const clientId = `viewer-${shows}`
    const client = await connectMqtt(proxy.url, { clientId })
    const { studio } = server
    for (const name of [`${show}/ask/history`, `${show}/ask/send`]) await studio.subscribeAsync(name)
    const answer = (topic: string, payload: Uint8Array) => {
      if (!topic.startsWith(`${show}/ask`)) return
      const question = JSON.parse(String(payload))
      studio.publish(question.replyTo, JSON.stringify(log.answer(topic, question)), { qos: 1 })
    }
    studio.on('message', answer)
    /** Subscriptions of this viewer to the events, as the broker wrote them down. */
    const noted = (verb: string) => server.log().filter((line) => line.includes(`${clientId} `) && line.includes(verb))
    return {
      adapter: mqtt({
        client,
        topic: `${show}/events`,
        snapshot: `${show}/snapshot`,
        history: `${show}/ask/history`,
        send: `${show}/ask/send`,
      }),
      epoch: log.epoch,
      async publish(count) {
        for (let n = 0; n < count; n++) {
          const event = log.append('product.pin', { ids: ['mug'] })
          await studio.publishAsync(`${show}/events`, JSON.stringify(event), { qos: 1 })
        }
        const snapshot = JSON.stringify(log.answer('snapshot', {}))
        await studio.publishAsync(`${show}/snapshot`, snapshot, { qos: 1, retain: true })
      },
      connections: () => noted(`1 ${show}/events`).length - noted('Received UNSUBSCRIBE').length,
      addresses: () => noted(`1 ${show}/events`),
      endings: { network: { after: proxy.cut } },
      garble() {
        for (const payload of ['{not json', 'null', '{"later":1}', '\u0000', 'x'.repeat(66_000)])
          studio.publish(`${show}/events`, payload, { qos: 1 })
      },
      async stop() {
        studio.off('message', answer)
        await client.endAsync(true)
        await proxy.stop()
        await log.stop()
      },
    }
  }, ['tokens'])

  testEngineStorm('mosquitto', mosquittoEngine)
})
