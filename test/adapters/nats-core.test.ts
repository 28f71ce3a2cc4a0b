import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { natsCore } from '../../src/adapters/nats-core.ts'
import { createNatsReader } from '../../src/adapters/nats-frames.ts'
import { testAdapter } from '../contracts/adapter.ts'
import { startFakeLog } from '../support/fake-log.ts'
import { type FakeNats, startFakeNats } from '../support/fake-nats.ts'
import { type Heard, hearInTests } from '../support/hear-adapter.ts'
import { until } from '../support/until.ts'

vi.stubGlobal('WebSocket', WebSocket)

testAdapter('nats-core', async () => {
  const [nats, log] = await Promise.all([startFakeNats(), startFakeLog()])
  const subjects = { snapshot: 'show.snapshot', history: 'show.history', send: 'show.send' }
  for (const name of Object.values(subjects)) nats.answer(name, (question) => log.answer(name, question))
  return {
    adapter: natsCore({ url: nats.url, subject: 'shows.friday', ...subjects }),
    epoch: log.epoch,
    publish(count) {
      for (const event of log.write(count)) nats.publish('shows.friday', JSON.stringify(event))
    },
    connections: nats.lines,
    addresses: () => nats.subscribed,
    endings: {
      network: { after: nats.cut },
      unauthorized: { before: () => nats.refuseNext('Authorization Violation') },
      denied: {
        before() {
          nats.faults.forbidden = 'shows.friday'
        },
      },
      overloaded: {
        before() {
          delete nats.faults.forbidden
          nats.refuseNext('maximum connections exceeded')
        },
      },
    },
    requireToken(token) {
      nats.token = token
    },
    garble() {
      for (const payload of ['{not json', 'null', '{"later":1}', '\u0000', 'x'.repeat(5_000_000)])
        nats.publish('shows.friday', payload)
      nats.publish('shows.friday', new Uint8Array([255, 254, 0]))
    },
    async stop() {
      await nats.stop()
      await log.stop()
    },
  }
})

describe('natsCore', () => {
  let nats: FakeNats
  beforeEach(async () => {
    nats = await startFakeNats()
  })
  afterEach(async () => {
    await nats.stop()
  })
  const hear = hearInTests()
  const opened = (heard: Heard) => until(() => expect(heard.calls).toContain('open'))

  it('reads frames wherever their bytes end', async () => {
    nats.faults.piece = 3
    const heard = hear(natsCore({ url: nats.url, subject: 'shows.*' }))
    await opened(heard)
    nats.publish('shows.friday', '{"text":"é😀\\r\\n"}')
    await until(() => expect(heard.raw).toEqual(['{"text":"é😀\\r\\n"}']))
  })

  it('gives the token as the password of a user', async () => {
    nats.token = 'secret'
    const heard = hear(natsCore({ url: nats.url, subject: 'a', user: 'viewer' }), undefined, {
      getToken: async () => 'secret',
    })
    await opened(heard)
  })

  it('rejects a question that nobody answers, at once', async () => {
    const adapter = natsCore({ url: nats.url, subject: 'a', send: 'nobody' })
    await opened(hear(adapter))
    const context = { signal: new AbortController().signal, fetch, locale: 'en' }
    await expect(adapter.send?.({ type: 'chat.send', key: 'k', data: {} }, context)).rejects.toThrow('nobody answers')
  })

  it('asks over a line of its own before one stands, and leaves none', async () => {
    nats.answer('snap', () => ({ epoch: 'x' }))
    const adapter = natsCore({ url: nats.url, subject: 'a', snapshot: 'snap' })
    const context = { signal: new AbortController().signal, fetch, locale: 'en' }
    expect(await adapter.snapshot?.(context)).toEqual({ epoch: 'x' })
    await until(() => expect(nats.lines()).toBe(0))
  })

  it('keeps nothing of questions that were answered', async () => {
    const warnings: Error[] = []
    const warned = (warning: Error) => void warnings.push(warning)
    process.on('warning', warned)
    nats.answer('log', () => ({ events: [] }))
    const adapter = natsCore({ url: nats.url, subject: 'a', history: 'log' })
    await opened(hear(adapter))
    const context = { signal: new AbortController().signal, fetch, locale: 'en' }
    for (let after = 0; after < 12; after++) await adapter.history?.({ epoch: 'e', after, limit: 1 }, context)
    await new Promise(setImmediate)
    process.off('warning', warned)
    expect(warnings).toEqual([])
  })

  it.each([
    ['User Authentication Expired', 'unauthorized'],
    ['Authentication Timeout', 'network'],
    ['Stale Connection', 'network'],
    ['Slow Consumer', 'overloaded'],
    ['Permissions Violation for Subscription to "authors"', 'denied'],
  ])('takes %s for %s', async (error, code) => {
    const heard = hear(natsCore({ url: nats.url, subject: 'a' }))
    await opened(heard)
    nats.sayError(error)
    await until(() => expect(heard.closed).toBe(code))
  })

  it('outlives a publish that was refused, whatever its subject is called', async () => {
    const heard = hear(natsCore({ url: nats.url, subject: 'a' }))
    await opened(heard)
    nats.complain('Permissions Violation for Publish to "subscription.authentication"')
    nats.publish('a', '{}')
    await until(() => expect(heard.raw).toEqual(['{}']))
    expect(heard.problems.join()).toContain('Permissions Violation for Publish')
    expect(heard.closed).toBeUndefined()
  })
})

describe('createNatsReader', () => {
  const read = (text: string) => {
    const frames: unknown[] = []
    const push = createNatsReader((words, payload) => frames.push([words.join(' '), new TextDecoder().decode(payload)]))
    return { goesOn: push(new TextEncoder().encode(text)), frames }
  }

  it('gives up where this is no NATS: an endless line, sizes that are none or beyond all measure', () => {
    expect(read('x'.repeat(70_000)).goesOn).toBe(false)
    expect(read('MSG a 1 no\r\n').goesOn).toBe(false)
    expect(read('MSG a 1 -5\r\n').goesOn).toBe(false)
    expect(read('HMSG a 1 9 5\r\n').goesOn).toBe(false)
    expect(read('MSG a 1 999999999999\r\n').goesOn).toBe(false)
    expect(read('MSG a 1 5\r\nab').goesOn).toBe(true)
  })

  it('reads headers apart from the payload', () => {
    const head = 'NATS/1.0 100 Idle Heartbeat\r\n\r\n'
    const { frames } = read(`HMSG a 1 ${head.length} ${head.length + 2}\r\n${head}hi\r\nPING\r\n`)
    expect(frames).toEqual([
      ['HMSG a 1 31 33', 'hi'],
      ['PING', ''],
    ])
  })
})
