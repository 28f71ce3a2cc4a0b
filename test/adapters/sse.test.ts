import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, vi } from 'vitest'
import { sse } from '../../src/adapters/sse.ts'
import type { CloseCode } from '../../src/model/adapter.ts'
import { testAdapter } from '../contracts/adapter.ts'
import { startFakeDesk } from '../support/fake-desk.ts'
import { until } from '../support/until.ts'

testAdapter('sse', async () => {
  const desk = await startFakeDesk()
  const refuse = (status: number) => () => {
    desk.faults.refuse = status
    desk.faults.retryAfter = 7
  }
  return {
    adapter: sse({ url: `${desk.url}events`, snapshot: `${desk.url}snapshot`, history: `${desk.url}history` }),
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
      overloaded: { before: refuse(503), retryAfter: 7 },
    },
    requireToken: (token) => {
      desk.faults.token = token
    },
    garble: () => {
      desk.shout('{not json')
      desk.shout('null')
      desk.shout(`"${'x'.repeat(5_000_000)}"`)
    },
    stop: desk.stop,
  }
})

describe('sse', () => {
  async function read(body: readonly string[], type = 'text/event-stream') {
    const server = createServer(async (_, response) => {
      response.writeHead(200, { 'Content-Type': type })
      for (const piece of body) await new Promise<void>((resolve) => response.write(piece, () => setImmediate(resolve)))
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const heard: { raw: unknown[]; ids: (string | undefined)[]; code?: CloseCode } = { raw: [], ids: [] }
    sse({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }).connect(
      {
        open() {},
        events(raw, token) {
          heard.raw.push(...raw)
          if (raw.length) heard.ids.push(token)
        },
        newest() {},
        problem() {},
        clock() {},
        closed({ code }) {
          heard.code = code
        },
      },
      { signal: new AbortController().signal, fetch, locale: 'en' },
    )
    await until(() => expect(heard.code).toBeDefined())
    server.close()
    return heard
  }

  it('reads every line ending, data over several lines, ids and a piece cut anywhere', async () => {
    const { raw, ids } = await read([
      ': hi\r\nid: a:1\r\nda',
      'ta: {"a":1}\r\n\r',
      '\ndata: {"b":\ndata: 2}\n\n',
      'data: [{"c":3},{"d":"é"}]\r\rretry: 5\nevent: other\ndata: {"named":1}\n\ndata:{"e":5}\n\n',
    ])
    expect(raw).toEqual([{ a: 1 }, { b: 2 }, { c: 3 }, { d: 'é' }, { named: 1 }, { e: 5 }])
    expect(ids).toEqual(['a:1', undefined, undefined, undefined, undefined])
  })

  /** One attempt at a stream that is given, at this time of day. */
  function attempt(body: ReadableStream, getToken?: () => Promise<string>) {
    const over = new AbortController()
    const heard = { isOpen: false, samples: [] as { sentAt: number }[], over }
    const answer = new Response(body, { headers: { 'Content-Type': 'text/event-stream' } })
    sse({ url: 'https://x.example/' }).connect(
      {
        ...{ events() {}, newest() {}, problem() {}, closed() {} },
        open() {
          heard.isOpen = true
        },
        clock: (sample) => void heard.samples.push(sample),
      },
      { signal: over.signal, locale: 'en', fetch: async () => answer, ...(getToken && { getToken }) },
    )
    return heard
  }

  it('is open as soon as it is answered: a foreign server may have nothing to say yet', async () => {
    const heard = attempt(new ReadableStream())
    await until(() => expect(heard.isOpen).toBe(true))
    heard.over.abort()
  })

  it('measures the clock from when the request leaves, however long the token takes', async () => {
    let now = 1_800_000_000_000
    vi.spyOn(Date, 'now').mockImplementation(() => now)
    const getToken = async () => {
      now += 2000
      return 'slow'
    }
    const ping = new TextEncoder().encode(`event: ping\ndata: {"at":${now}}\n\n`)
    const heard = attempt(new ReadableStream({ start: (body) => body.enqueue(ping) }), getToken)
    await new Promise((resolve) => setImmediate(resolve))
    vi.mocked(Date.now).mockRestore()
    await until(() => expect(heard.samples).toMatchObject([{ sentAt: 1_800_000_002_000 }]))
    heard.over.abort()
  })

  it('leaves out an unfinished event at the end', async () => {
    expect((await read(['data: {"a":1}\n\ndata: {"b":2}'])).raw).toEqual([{ a: 1 }])
  })

  it('refuses what is no event stream', async () => {
    expect((await read(['<html>'], 'text/html')).code).toBe('protocol')
  })
})
