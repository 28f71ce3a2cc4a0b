import { afterAll, beforeAll } from 'vitest'
import { feed } from '../../src/adapters/feed.ts'
import { createFeedWriter } from '../../src/feed.ts'
import { testAdapter } from '../contracts/adapter.ts'
import { startFaultProxy } from '../contracts/fault-proxy.ts'
import { describeEngine } from './describe-engine.ts'
import { startLogServer } from './log-server.ts'
import { type StaticHost, startStaticHost, staticEngine } from './static-host.ts'
import { testEngineStorm } from './storm.ts'

describeEngine('nginx as a static host', ['nginx'], () => {
  let host: StaticHost
  let shows = 0
  beforeAll(async () => {
    host = await startStaticHost(0)
  })
  afterAll(() => host.stop())

  testAdapter('feed over nginx', async () => {
    const show = `shop${++shows}/`
    const [proxy, log] = [await startFaultProxy(host.url), await startLogServer()]
    const writer = createFeedWriter({ epoch: log.epoch, every: 0.1, window: 1e12 })
    await host.put(writer.cut(Date.now()), show)
    const asked: string[] = []
    proxy.rules.request = ({ url }) => {
      if (url.endsWith('index.json')) asked.push(url)
      return undefined
    }
    return {
      adapter: feed({ url: `${proxy.url}${show}index.json`, snapshot: `${log.url}snapshot` }),
      epoch: log.epoch,
      async publish(count) {
        for (let n = 0; n < count; n++) writer.add(log.append('product.pin', { ids: ['mug'] }))
        await host.put(writer.cut(Date.now()), show)
      },
      connections: proxy.connections,
      addresses: () => asked.slice(0, 1),
      endings: { network: { before: () => proxy.nextRequest({ status: 404 }) } },
      async garble() {
        writer.add('something')
        const [segment, ...rest] = writer.cut(Date.now())
        if (segment) await host.put([{ ...segment, text: '{"no":' }, ...rest], show)
      },
      async stop() {
        await proxy.stop()
        await log.stop()
      },
    }
  }, ['tokens', 'send'])

  // Every reading is a request: half of the faults meet those, and a second without news is nothing here.
  testEngineStorm('feed behind caches of 3 s', staticEngine, { messages: 0.3, requests: 0.3, idle: 10_000 })
})
