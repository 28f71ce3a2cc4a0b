import { connectAsync, type MqttClient } from 'mqtt'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mqtt } from '../../src/adapters/mqtt.ts'
import { testAdapter } from '../contracts/adapter.ts'
import { type FakeLog, startFakeLog } from '../support/fake-log.ts'
import { type FakeMqtt, startFakeMqtt } from '../support/fake-mqtt.ts'
import { type Heard, hearInTests } from '../support/hear-adapter.ts'
import { until } from '../support/until.ts'

const connectTo = (broker: FakeMqtt, options = {}) => connectAsync(broker.url, { reconnectPeriod: 50, ...options })

testAdapter('mqtt', async () => {
  const [broker, log] = await Promise.all([startFakeMqtt(), startFakeLog()])
  const client = await connectTo(broker)
  for (const name of ['show/history', 'show/send']) broker.answer(name, (question) => log.answer(name, question))
  return {
    adapter: mqtt({
      client,
      topic: 'show/events',
      snapshot: 'show/snapshot',
      history: 'show/history',
      send: 'show/send',
    }),
    epoch: log.epoch,
    publish(count) {
      for (const event of log.write(count)) broker.publish('show/events', JSON.stringify(event))
      broker.publish('show/snapshot', JSON.stringify(log.answer('snapshot', {})), { retain: true })
    },
    connections: broker.subscriptions,
    addresses: () => broker.subscribed,
    endings: {
      network: { after: broker.cut },
      denied: {
        before() {
          broker.forbidden = 'show/events'
        },
      },
    },
    garble() {
      for (const payload of ['{not json', 'null', '{"later":1}', '\u0000', 'x'.repeat(5_000_000)])
        broker.publish('show/events', payload)
    },
    async stop() {
      await client.endAsync(true)
      await broker.stop()
      await log.stop()
    },
  }
}, ['tokens'])

describe('mqtt', () => {
  let broker: FakeMqtt
  let log: FakeLog
  let client: MqttClient
  beforeEach(async () => {
    broker = await startFakeMqtt()
    log = await startFakeLog()
    client = await connectTo(broker)
  })
  afterEach(async () => {
    await client.endAsync(true)
    await broker.stop()
    await log.stop()
  })
  const hear = hearInTests()
  const opened = (heard: Heard) => until(() => expect(heard.calls).toContain('open'))
  const publish = (count: number) => {
    for (const event of log.write(count)) broker.publish('show/events', JSON.stringify(event))
  }

  it('takes a drop within a kept session for none: what was sent meanwhile comes, once', async () => {
    await client.endAsync()
    client = await connectTo(broker, { clean: false, clientId: 'viewer-1' })
    const heard = hear(mqtt({ client, topic: 'show/events' }))
    await opened(heard)
    publish(1)
    broker.shut()
    publish(2)
    broker.letIn()
    await until(() => expect(heard.seqs()).toEqual([1, 2, 3]))
    expect(heard.closed).toBeUndefined()
  })

  it('ends where the session was not kept, and the next attempt hears again', async () => {
    const adapter = mqtt({ client, topic: 'show/events' })
    const first = hear(adapter)
    await opened(first)
    broker.cut()
    await until(() => expect(first.closed).toBe('network'))
    const second = hear(adapter)
    await opened(second)
    publish(1)
    await until(() => expect(second.seqs()).toEqual([1]))
    expect(first.seqs()).toEqual([])
  })

  it('leaves a client that the shop is ending alone, whose errors may have no listener', async () => {
    const heard = hear(mqtt({ client, topic: 'show/events' }))
    await opened(heard)
    const errors: unknown[] = []
    client.removeAllListeners('error').on('error', (error) => errors.push(error))
    const ending = client.endAsync()
    heard.stop()
    await ending
    expect(errors).toEqual([])
  })

  it('hears by a filter only what it is for', async () => {
    const heard = hear(mqtt({ client, topic: 'show/+/cues' }))
    await opened(heard)
    await client.subscribeAsync('show/#')
    broker.publish('show/a/chat', '{"no":1}')
    broker.publish('show/a/cues', '{"yes":1}')
    await until(() => expect(heard.raw).toContain('{"yes":1}'))
    expect(heard.raw).not.toContain('{"no":1}')
  })

  it('hears by a filter with # whatever is below, and nothing beside it', async () => {
    const heard = hear(mqtt({ client, topic: 'show/a/#' }))
    await opened(heard)
    await client.subscribeAsync('show/#')
    broker.publish('show/b/cues', '{"no":1}')
    broker.publish('show/a/cues/late', '{"yes":1}')
    await until(() => expect(heard.raw).toContain('{"yes":1}'))
    expect(heard.raw).not.toContain('{"no":1}')
  })

  it('has no snapshot where the topic has no retained message', async () => {
    const { signal } = new AbortController()
    expect(
      await mqtt({ client, topic: 'a', snapshot: 'none' }).snapshot?.({ signal, fetch, locale: 'en' }),
    ).toBeUndefined()
  })

  it('takes an answer to a ping for a sign of life', async () => {
    const heard = hear(mqtt({ client, topic: 'a' }))
    await opened(heard)
    const before = heard.calls.length
    client.sendPing()
    await until(() => expect(heard.calls.slice(before)).toContain('life'))
  })

  it('leaves the shop its client', async () => {
    const heard = hear(mqtt({ client, topic: 'a' }))
    await opened(heard)
    const listeners = client.listenerCount('message')
    heard.stop()
    expect(client.connected).toBe(true)
    expect(client.listenerCount('message')).toBe(listeners - 1)
  })
})
