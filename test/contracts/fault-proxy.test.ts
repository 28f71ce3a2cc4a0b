import { get, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { type RawServer, startRawServer } from '../support/raw-server.ts'
import { seededRandom } from '../support/virtual-time.ts'
import { type FaultProxy, seededFaults, startFaultProxy } from './fault-proxy.ts'

/** A client that judges nothing: every message as it came, and how it ended. */
interface Raw {
  readonly messages: string[]
  /** `undefined` while it stands; a socket's close code, or how a stream ended. */
  ended?: string | undefined
  say(text: string): void
}

let server: RawServer
let proxy: FaultProxy
const open: (() => void)[] = []
const until = (is: () => void) => vi.waitFor(is, { interval: 5, timeout: 3000 })

beforeEach(async () => {
  server = await startRawServer()
  proxy = await startFaultProxy(server.url)
})
afterEach(async () => {
  for (const close of open.splice(0)) close()
  await proxy.stop()
  await server.stop()
})

function socketClient(): Raw {
  const socket = new WebSocket(proxy.url.replace('http', 'ws'))
  const raw: Raw = { messages: [], say: (text) => socket.send(text) }
  socket.on('message', (data) => raw.messages.push(String(data)))
  socket.on('close', (code) => {
    raw.ended = String(code)
  })
  socket.on('error', () => {})
  open.push(() => socket.terminate())
  return raw
}

function streamClient(): Raw {
  const raw: Raw = { messages: [], say() {} }
  let text = ''
  const request = get(`${proxy.url}stream`, (response) => {
    response.setEncoding('utf8').on('data', (piece: string) => {
      const blocks = (text + piece).split('\n\n')
      text = blocks.pop() ?? ''
      raw.messages.push(...blocks.map((block) => block.replace(/^data: /, '')))
    })
    response.on('end', () => {
      raw.ended = 'end'
    })
    response.on('error', (error) => {
      raw.ended = error.message
    })
  })
  request.on('error', (error) => {
    raw.ended = error.message
  })
  open.push(() => request.destroy())
  return raw
}

const ask = (path = 'thing') =>
  new Promise<{ response: IncomingMessage; body: string }>((resolve, reject) => {
    const request = get(proxy.url + path, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (piece: string) => {
        body += piece
      })
      response.on('end', () => resolve({ response, body }))
      response.on('error', reject)
    })
    request.on('error', reject)
    open.push(() => request.destroy())
  })

const listening = () => until(() => expect(server.listeners()).toBe(1))

describe.each([
  ['a WebSocket', socketClient],
  ['an event stream', streamClient],
] as const)('startFaultProxy in front of %s', (kind, connectClient) => {
  let client: Raw
  beforeEach(async () => {
    client = connectClient()
    await listening()
  })
  const heard = (...messages: string[]) => until(() => expect(client.messages).toEqual(messages))
  const say = (...texts: string[]) => {
    for (const text of texts) server.say(text)
  }

  it('carries messages of any length, in order', async () => {
    const texts = ['a', 'ä'.repeat(100), 'b'.repeat(70_000)]
    say(...texts)
    await heard(...texts)
    expect(proxy.total()).toBe(0)
  })

  it('drops', async () => {
    proxy.next('drop')
    say('one', 'two')
    await heard('two')
  })

  it('duplicates', async () => {
    proxy.next('duplicate')
    say('one', 'two')
    await heard('one', 'one', 'two')
  })

  it('reorders, also where nothing follows', async () => {
    proxy.next('reorder')
    say('one', 'two', 'three')
    await heard('two', 'one', 'three')
    proxy.next('reorder')
    say('last')
    await heard('two', 'one', 'three', 'last')
  })

  it('delays, and what is behind too', async () => {
    proxy.next({ delay: 80 })
    const begun = performance.now()
    say('one', 'two')
    await heard('one', 'two')
    expect(performance.now() - begun).toBeGreaterThan(75)
  })

  it('truncates', async () => {
    proxy.next('truncate')
    const json = JSON.stringify({ text: 'a text that is long enough' })
    say(json, 'two')
    await until(() => expect(client.messages.at(-1)).toBe('two'))
    expect(json.startsWith(client.messages[0] ?? '-')).toBe(true)
    expect(client.messages[0]?.length).toBeLessThan(json.length)
  })

  it('corrupts so that no JSON is left', async () => {
    proxy.next('corrupt')
    say('{"a":"quite a few letters"}', 'two')
    await until(() => expect(client.messages.at(-1)).toBe('two'))
    expect(client.messages).toHaveLength(2)
    expect(() => JSON.parse(client.messages[0] ?? '')).toThrow()
  })

  it('cuts in the middle of a message, without a close frame', async () => {
    proxy.next('cut')
    say('one', 'two')
    await until(() => expect(client.ended).toBe(kind === 'a WebSocket' ? '1006' : 'aborted'))
    expect(client.messages).toEqual([])
    await until(() => expect(server.listeners()).toBe(0))
  })

  it('floods', async () => {
    proxy.next({ flood: 500 })
    say('one', 'two')
    await heard(...Array<string>(500).fill('one'), 'two')
  })

  it('gives out bytes in pieces, whole in the end', async () => {
    proxy.next({ pieces: 3 })
    say('one message in many pieces', 'two')
    await heard('one message in many pieces', 'two')
  })

  it('freezes with one message and keeps all until it thaws', async () => {
    proxy.next('freeze')
    say('one', 'two')
    const other = connectClient()
    await until(() => expect(server.listeners()).toBe(2))
    say('three')
    await until(() => expect(other.messages).toEqual(['three']))
    expect(client.messages).toEqual([])
    proxy.thaw()
    await heard('one', 'two', 'three')
  })

  it('freezes everything, new connections too', async () => {
    proxy.freeze()
    say('one')
    const other = connectClient()
    await until(() => expect(proxy.connections()).toBe(2))
    expect(client.messages).toEqual([])
    expect(server.listeners()).toBe(1)
    proxy.thaw()
    await heard('one')
    await until(() => expect(server.listeners()).toBe(2))
    say('two')
    await until(() => expect(other.messages).toEqual(['two']))
  })

  it('cuts all connections at once', async () => {
    proxy.cut()
    await until(() => expect(client.ended).toBeDefined())
    expect(proxy.connections()).toBe(0)
  })

  it('refuses to connect in every way it is told', async () => {
    proxy.nextRequest('drop')
    const dropped = connectClient()
    await until(() => expect(dropped.ended).toBeDefined())
    proxy.nextRequest({ status: 429, retryAfter: 3 })
    const refused = connectClient()
    await until(() => expect(refused.ended).toBeDefined())
    expect(server.listeners()).toBe(1)
    expect(proxy.done).toEqual({ drop: 1, status: 1 })
  })

  it('asks its rules about every message, and counts what they do', async () => {
    const seen: string[] = []
    proxy.rules = {
      message({ text, way }) {
        if (way === 'down') seen.push(text)
        return text.includes('bad') ? 'drop' : undefined
      },
    }
    say('one', 'bad', 'two')
    await heard('one', 'two')
    expect(seen.map((text) => text.replace('data: ', ''))).toEqual(['one', 'bad', 'two'])
    expect(proxy.done).toEqual({ drop: 1 })
  })
})

describe('startFaultProxy', () => {
  it('judges what a socket says as well', async () => {
    const client = socketClient()
    await listening()
    proxy.rules = { message: ({ way, text }) => (way === 'up' && text === 'no' ? 'drop' : undefined) }
    client.say('no')
    client.say('yes')
    await until(() => expect(server.heard).toEqual(['yes']))
  })

  it('hands over a close frame as it is', async () => {
    const socket = new WebSocket(proxy.url.replace('http', 'ws'))
    socket.on('error', () => {})
    await listening()
    const code = new Promise((resolve) => socket.on('close', resolve))
    socket.close(4000, 'bye')
    expect(await code).toBe(4000)
  })

  it('answers plain requests with their status, headers and body', async () => {
    const { response, body } = await ask('a?b=c')
    expect([response.statusCode, response.headers.etag, body]).toEqual([200, '"1"', '{"path":"/a?b=c"}'])
  })

  it('answers 401, and 429 with Retry-After', async () => {
    proxy.nextRequest({ status: 401 })
    proxy.nextRequest({ status: 429, retryAfter: 12 })
    const [unauthorized, busy] = [await ask(), await ask()]
    expect(unauthorized.response.statusCode).toBe(401)
    expect([busy.response.statusCode, busy.response.headers['retry-after']]).toEqual([429, '12'])
    expect((await ask()).response.statusCode).toBe(200)
  })

  it('answers with the wrong type', async () => {
    proxy.nextRequest('wrong-type')
    const { response, body } = await ask('stream')
    expect([response.statusCode, response.headers['content-type']]).toEqual([200, 'text/html'])
    expect(body).toContain('<title>')
  })

  it('shortens, breaks and drops a body, each whole as HTTP', async () => {
    proxy.next('truncate')
    expect((await ask()).body).toBe('{"path":')
    proxy.next('corrupt')
    expect((await ask()).body).toContain('\0')
    proxy.next('drop')
    expect((await ask()).body).toBe('')
  })

  it('cuts an answer short', async () => {
    proxy.next('cut')
    await expect(ask()).rejects.toThrow('aborted')
  })

  it('never answers a frozen request, and a delayed one late', async () => {
    proxy.nextRequest('freeze')
    let answered = false
    ask().then(
      () => {
        answered = true
      },
      () => {},
    )
    await until(() => expect(proxy.total()).toBe(1))
    proxy.nextRequest({ delay: 60 })
    const begun = performance.now()
    await ask()
    expect(performance.now() - begun).toBeGreaterThan(55)
    expect(answered).toBe(false)
  })

  it('hangs up where the server is not there', async () => {
    await server.stop()
    await expect(ask()).rejects.toThrow()
    server = await startRawServer()
  })

  it('survives a client that speaks no HTTP', async () => {
    const { port } = new URL(proxy.url)
    const client = connect(Number(port), '127.0.0.1')
    client.resume().on('error', () => {})
    client.write('\x00\x01nonsense\r\n\r\n')
    await new Promise((resolve) => client.on('close', resolve))
    expect((await ask()).response.statusCode).toBe(200)
  })
})

describe('seededFaults', () => {
  const message = { kind: 'socket', way: 'down', url: '/', text: '' } as const

  it('does the same for the same seed, and every fault in the long run', () => {
    const run = (seed: number) => {
      const rules = seededFaults(seededRandom(seed), { messages: 0.5 })
      return Array.from({ length: 400 }, () => rules.message?.(message))
    }
    expect(run(7)).toEqual(run(7))
    expect(run(7)).not.toEqual(run(8))
    const names = new Set(run(7).flatMap((fault) => (typeof fault === 'object' ? Object.keys(fault) : (fault ?? []))))
    expect(names.size).toBe(10)
  })

  it('leaves out what it is told, and all once the weather clears', () => {
    let rages = true
    const rules = seededFaults(seededRandom(1), { messages: 1, without: ['freeze', 'cut'], rages: () => rages })
    const faults = Array.from({ length: 300 }, () => rules.message?.(message))
    expect(faults).not.toContain('freeze')
    expect(faults).not.toContain('cut')
    rages = false
    expect(rules.message?.(message)).toBeUndefined()
  })
})
