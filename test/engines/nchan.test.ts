import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createLink } from '../../src/adapters/link.ts'
import { sse } from '../../src/adapters/sse.ts'
import { createServerClock } from '../../src/lib/server-clock.ts'
import { testAdapter } from '../contracts/adapter.ts'
import { startFaultProxy } from '../contracts/fault-proxy.ts'
import { describeEngine } from './describe-engine.ts'
import { type LogServer, startLogServer } from './log-server.ts'
import { type Nchan, nchanEngine, startNchan } from './nchan.ts'
import { testEngineStorm } from './storm.ts'

describeEngine('nginx with nchan over Redis', ['nginx', 'nchan', 'redis-server'], () => {
  let nchan: Nchan
  let guard: LogServer
  let shows = 0
  beforeAll(async () => {
    guard = await startLogServer()
    nchan = await startNchan(`${guard.url}auth`)
  })
  afterAll(async () => {
    await nchan.stop()
    await guard.stop()
  })

  testAdapter('sse over nchan', async () => {
    const show = `shop${++shows}`
    const [proxy, log] = [await startFaultProxy(nchan.url), await startLogServer()]
    guard.token = guard.refuse = undefined
    const asked: string[] = []
    proxy.rules.request = ({ url }) => void asked.push(url)
    const refuse = (status: number) => () => {
      guard.refuse = status
    }
    return {
      adapter: sse({
        dialect: 'nchan',
        url: `${proxy.url}events/${show}`,
        snapshot: `${log.url}snapshot`,
        history: `${log.url}history`,
        send: `${log.url}send`,
      }),
      epoch: log.epoch,
      async publish(count) {
        for (let n = 0; n < count; n++)
          await nchan.publish(show, JSON.stringify(log.append('product.pin', { ids: ['mug'] })))
      },
      connections: nchan.subscribers,
      addresses: () => asked,
      endings: {
        network: { after: proxy.cut },
        unauthorized: { before: refuse(401) },
        denied: { before: refuse(403) },
      },
      requireToken(token) {
        guard.token = token
      },
      async garble() {
        for (const text of ['{not json', 'null', '{"later":1}', 'x'.repeat(500_000)]) await nchan.publish(show, text)
      },
      async stop() {
        await proxy.stop()
        await log.stop()
      },
    }
  }, ['clock'])

  it('brings a viewer whose node dies all that was published meanwhile, once', async () => {
    guard.token = guard.refuse = undefined
    const [log, abort] = [await startLogServer(), new AbortController()]
    const seqs: unknown[] = []
    let status = ''
    createLink({
      adapter: sse({ dialect: 'nchan', url: `${nchan.url}events/crash` }),
      fetch: (...args) => fetch(...args),
      locale: 'en',
      clock: createServerClock(),
      signal: abort.signal,
      firstWait: 20,
      onEvents: (events) => seqs.push(...events.map(({ seq }) => seq)),
      onReset() {},
      onStatus(next) {
        status = next
      },
      onProblem() {},
    })
    const pin = () => nchan.publish('crash', JSON.stringify(log.append('product.pin', { ids: ['mug'] })))
    const arrived = () => vi.waitFor(() => expect(seqs).toEqual(log.events.map((_, index) => index + 1)), 10_000)
    await vi.waitFor(() => expect(status).toBe('open'), 5000)
    await pin()
    await arrived()
    const back = nchan.crash()
    await pin()
    await pin()
    await back
    await pin()
    await arrived()
    abort.abort()
    await log.stop()
  })

  testEngineStorm('nchan', nchanEngine)
})
