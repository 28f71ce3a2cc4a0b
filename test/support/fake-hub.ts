import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A hub of another make, written by hand after its documentation; no such server was run. */
export interface FakeHub {
  /** Of the stream. */
  readonly stream: string
  /** Ends with a slash; `snapshot` and `history` of the log are below it. */
  readonly url: string
  publish(count: number): void
  /** Sends a text, whatever it is. */
  shout(text: string): void
  readonly requests: readonly string[]
  readonly faults: {
    refuse?: number | undefined
    retryAfter?: number
    token?: string
    /** Forgets what was published before. */
    forgetful?: boolean
  }
  connections(): number
  cut(): void
  stop(): Promise<void>
}

interface Message {
  readonly id: string
  readonly offset: number
  readonly text: string
}

/** How one make of hub speaks. */
interface Make {
  readonly path: string
  idOf(offset: number): string
  /** Begins a stream: what it answers to this request, and the messages that come first. */
  begin(request: { url: URL; body: string; log: readonly Message[] }): {
    readonly missed: readonly Message[]
    readonly headers?: Record<string, string>
    readonly first?: string
    readonly token?: string | undefined
  }
  frame(message: Message): string
  refusal?(status: number): string | undefined
}

const after = (log: readonly Message[], id: string | null) => {
  const place = log.findIndex((message) => message.id === id)
  return place < 0 ? (id === null ? [] : log) : log.slice(place + 1)
}

/** nchan: ids are a time and a number, `last_event_id` in the address, a comment at once. */
export const NCHAN: Make = {
  path: 'sub/show',
  idOf: (offset) => `${1_795_197_600 + offset}:0`,
  begin: ({ url, log }) => ({ missed: after(log, url.searchParams.get('last_event_id')), first: ': hi\n\n' }),
  frame: ({ id, text }) => `id: ${id}\ndata: ${text}\n\n`,
}

/** Mercure: ids are URNs, `lastEventID` in the address, and a header that says whether it was found. */
export const MERCURE: Make = {
  path: '.well-known/mercure?topic=show',
  idOf: (offset) => `urn:uuid:00000000-0000-4000-8000-${String(offset).padStart(12, '0')}`,
  begin({ url, log }) {
    const asked = url.searchParams.get('lastEventID')
    const isKnown = log.some(({ id }) => id === asked)
    return {
      missed: after(log, asked),
      ...(asked !== null && { headers: { 'Last-Event-ID': isKnown ? asked : 'earliest' } }),
      first: ':\n',
    }
  },
  frame: ({ id, text }) => `id: ${id}\ndata: ${text}\n\n`,
}

const push = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`

/** Centrifugo's `uni_sse`, by POST: a connect push first, then publications with offsets. */
export const CENTRIFUGO: Make = {
  path: 'connection/uni_sse#show:friday',
  idOf: (offset) => String(offset),
  begin({ body, log }) {
    const { token, subs = {} } = JSON.parse(body || '{}')
    const { recover = false, epoch, offset = 0 } = subs['show:friday'] ?? {}
    const oldest = log[0]?.offset ?? Number.POSITIVE_INFINITY
    const recovered = recover && epoch === 'xyz' && offset >= oldest - 1
    const publications = recovered
      ? log.filter((one) => one.offset > offset).map((one) => ({ data: JSON.parse(one.text), offset: one.offset }))
      : []
    const place = { recoverable: true, positioned: true, epoch: 'xyz', offset: log.at(-1)?.offset ?? 0 }
    const sub = { ...place, ...(recover && { was_recovering: true, recovered }), publications }
    return { missed: [], token, first: push({ connect: { client: 'c', subs: { 'show:friday': sub }, ping: 25 } }) }
  },
  frame: ({ text, offset }) => `data: {"channel":"show:friday","pub":{"data":${text},"offset":${offset}}}\n\n`,
  refusal: (status) => (status === 401 ? push({ disconnect: { code: 3500, reason: 'invalid token' } }) : undefined),
}

/** Listens on a free port of 127.0.0.1. */
export async function startFakeHub(make: Make): Promise<FakeHub> {
  const log: Message[] = []
  const events: { seq: number }[] = []
  const requests: string[] = []
  const faults: FakeHub['faults'] = {}
  const streams = new Set<ServerResponse>()
  let offset = 0

  function open(request: IncomingMessage, response: ServerResponse, body: string) {
    const url = new URL(request.url ?? '/', 'http://hub')
    const known = faults.forgetful ? [] : log
    const { missed, headers, first, token } = make.begin({ url, body, log: known })
    const shown = token ?? request.headers.authorization?.slice('Bearer '.length)
    const status = faults.refuse ?? (faults.token && shown !== faults.token ? 401 : undefined)
    const words = status && make.refusal?.(status)
    if (status && !words) {
      const wait = faults.retryAfter === undefined ? {} : { 'Retry-After': String(faults.retryAfter) }
      return response.writeHead(status, wait).end()
    }
    streams.add(response)
    response.on('close', () => streams.delete(response))
    response.writeHead(200, { 'Content-Type': 'text/event-stream', ...headers }).flushHeaders()
    response.write(words || first)
    for (const message of missed) response.write(make.frame(message))
  }

  function serve(request: IncomingMessage, response: ServerResponse, body: string) {
    const url = new URL(request.url ?? '/', 'http://hub')
    requests.push(`${request.method} ${request.url}`)
    const json = (value: unknown) => response.end(JSON.stringify(value))
    if (url.pathname === '/snapshot') return json({ v: 1, epoch: 'first', seq: events.length, at: Date.now(), events })
    if (url.pathname !== '/history') return open(request, response, body)
    const { epoch, after: from, limit } = Object.fromEntries(url.searchParams)
    if (epoch !== 'first') return json({ gone: true })
    json({ events: events.filter(({ seq }) => seq > Number(from)).slice(0, Number(limit)) })
  }

  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (piece) => {
      body += piece
    })
    request.on('end', () => serve(request, response, body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const shout = (text: string) => {
    offset++
    const message = { id: make.idOf(offset), offset, text }
    log.push(message)
    for (const stream of streams) stream.write(make.frame(message))
  }
  return {
    stream: url + make.path,
    url,
    publish(count) {
      for (let n = 0; n < count; n++) {
        const seq = events.length + 1
        const rest = { id: `first-${seq}`, at: 1_800_000_000_000 + seq, type: 'product.pin', data: { ids: ['mug'] } }
        const event = { v: 1, epoch: 'first', seq, ...rest }
        events.push(event)
        shout(JSON.stringify(event))
      }
    },
    shout,
    requests,
    faults,
    connections: () => streams.size,
    cut() {
      for (const stream of streams) stream.destroy()
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
