import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { socket } from '../../src/adapters/socket.ts'
import { testAdapter } from '../contracts/adapter.ts'
import { startFakeDesk } from '../support/fake-desk.ts'
import { until } from '../support/until.ts'

vi.stubGlobal('WebSocket', WebSocket)

testAdapter('socket', async () => {
  const desk = await startFakeDesk()
  const refuse = (status: number) => () => {
    desk.faults.refuse = status
    desk.faults.retryAfter = 7
  }
  return {
    adapter: socket({ url: `${desk.url}events`, snapshot: `${desk.url}snapshot`, history: `${desk.url}history` }),
    epoch: 'first',
    publish: (count) => {
      for (let n = 0; n < count; n++) desk.publish('product.pin', { ids: ['mug'] })
    },
    connections: desk.connections,
    addresses: () => desk.requests,
    endings: {
      network: { after: () => desk.cut() },
      unauthorized: { before: refuse(401) },
      denied: { before: refuse(403) },
      gone: { before: refuse(410) },
      ended: { before: refuse(204) },
      overloaded: { before: refuse(429), retryAfter: 7 },
    },
    requireToken: (token) => {
      desk.faults.token = token
    },
    garble: () => {
      desk.shout('{not json')
      desk.shout('null')
      desk.shout('{"later":1}')
      desk.shout(new Uint8Array([1, 2, 3]))
      desk.shout(`"${'x'.repeat(5_000_000)}"`)
    },
    stop: desk.stop,
  }
})

describe('socket', () => {
  let abort: AbortController
  beforeEach(() => {
    abort = new AbortController()
  })
  afterEach(() => abort.abort())

  it('rejects an action while the line is down', async () => {
    const adapter = socket({ url: 'ws://127.0.0.1:9/' })
    const context = { signal: abort.signal, fetch, locale: 'en' }
    await expect(adapter.send?.({ type: 'chat.send', key: 'k', data: {} }, context)).rejects.toThrow('no socket')
  })

  it('ends as a lost network where nobody listens, and quietly when given up while connecting', async () => {
    const context = { signal: abort.signal, fetch, locale: 'en' }
    const codes: string[] = []
    const sink = {
      open() {},
      events() {},
      newest() {},
      clock() {},
      problem() {},
      closed: ({ code = '' }) => void codes.push(code),
    }
    socket({ url: 'ws://127.0.0.1:9/' }).connect(sink, context)
    await until(() => expect(codes).toEqual(['network']))
    const desk = await startFakeDesk()
    socket({ url: desk.url }).connect(sink, context)
    await until(() => expect(desk.requests).toEqual([]))
    abort.abort()
    await until(() => expect(desk.connections()).toBe(0))
    await desk.stop()
  })

  it('hands over messages of another make for `map`, and keeps its own control frames', async () => {
    const desk = await startFakeDesk()
    const seen: unknown[] = []
    const sink = { open() {}, events: (raw: readonly unknown[]) => void seen.push(...raw) }
    const rest = { newest() {}, clock() {}, problem() {}, closed() {} }
    socket({ url: `${desk.url}events` }).connect({ ...sink, ...rest }, { signal: abort.signal, fetch, locale: 'en' })
    await until(() => expect(desk.connections()).toBe(1))
    await vi.waitFor(() => {
      desk.shout('{"kind":"pin","sku":"mug"}')
      expect(seen.length).toBeGreaterThan(0)
    })
    expect(seen).toContainEqual({ kind: 'pin', sku: 'mug' })
    expect(JSON.stringify(seen)).not.toMatch(/ping|clock|ack/)
    await desk.stop()
  })

  it('hides what the show does not let viewers send', () => {
    expect(socket({ url: 'ws://x/', actions: ['poll.vote'] }).actions).toEqual(['poll.vote'])
  })
})
