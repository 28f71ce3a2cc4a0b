import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import type { EventData, EventType } from '../../src/model/event.ts'

/** A desk that speaks docs/protocol.md and does as told. Keeps its log in memory; its snapshot is the whole log. */
export interface FakeDesk {
  /** Ends with a slash; `events`, `snapshot`, `history` and `log.jsonl` are below it, the socket is `events` over `ws:`. */
  readonly url: string
  readonly epoch: string
  readonly events: readonly object[]
  /** Every hello and every header set of a stream, oldest first. */
  readonly hellos: readonly Record<string, unknown>[]
  readonly requests: readonly string[]
  readonly actions: readonly Record<string, unknown>[]
  /** What the desk does wrong from now on. */
  readonly faults: {
    /** Connects and says nothing. */
    silent?: boolean
    /** Answers every connection with this HTTP status (a socket: 4000 + status). */
    refuse?: number | undefined
    retryAfter?: number | undefined
    /** Forgets the past on the wire: no events after a hello. */
    forgetful?: boolean
    /** Answers history and snapshot with this status. */
    log?: number | undefined
    /** Swallows answers to actions this many times. */
    deaf?: number
    /** The only token that is let in. */
    token?: string
  }
  publish<T extends EventType>(type: T, data: EventData[T]): void
  chat(text: string): void
  /** Sends this text to everyone, whatever it is. */
  shout(text: string | Uint8Array): void
  /** Starts a new log. */
  restart(epoch: string): void
  /** Sockets and streams that are open; an idle keep-alive connection does not count. */
  connections(): number
  /** Ends all connections: without a word, or with a close code (a stream: just ends). */
  cut(code?: number, reason?: string): void
  stop(): Promise<void>
}

interface Listener {
  say(frame: object | string | Uint8Array, id?: string): void
  cut(code?: number, reason?: string): void
}

/** Listens on a free port of 127.0.0.1. */
export async function startFakeDesk(faults: FakeDesk['faults'] = {}): Promise<FakeDesk> {
  let epoch = 'first'
  let seq = 0
  /** Host events of all logs; each is a millisecond later than the one before. */
  let written = 0
  let chats = 0
  let events: object[] = []
  const hellos: Record<string, unknown>[] = []
  const requests: string[] = []
  const actions: Record<string, unknown>[] = []
  const answers = new Map<string, object>()
  const listeners = new Set<Listener>()
  let open = 0
  const server = createServer(serve)
  const lines = new WebSocketServer({ server })

  function ping() {
    return { at: Date.now(), epoch, seq }
  }

  function tail(since: { epoch?: unknown; seq?: unknown } | undefined): object[] {
    if (since?.epoch !== epoch || faults.forgetful) return []
    return events.filter((event) => 'seq' in event && Number(event.seq) > Number(since.seq))
  }

  function act(action: Record<string, unknown>): object {
    const key = String(action.key)
    const known = answers.get(key)
    if (known) return known
    actions.push(action)
    const text = Object(action.data).text
    const answer = text === '' ? { ok: false, reason: 'empty' } : { ok: true, id: `c-${key}` }
    answers.set(key, answer)
    return answer
  }

  function swallow() {
    if (!faults.deaf) return false
    faults.deaf--
    return true
  }

  lines.on('connection', (socket: WebSocket, request) => {
    requests.push(`WS ${request.url}`)
    open++
    const listener: Listener = {
      say: (frame) =>
        socket.send(typeof frame === 'string' || frame instanceof Uint8Array ? frame : JSON.stringify(frame)),
      cut: (code, reason) => (code ? socket.close(code, reason) : socket.terminate()),
    }
    socket.on('close', () => {
      open--
      listeners.delete(listener)
    })
    socket.on('message', (data) => {
      const { hello, clock, action } = JSON.parse(String(data))
      if (faults.silent) return
      if (hello) greet(hello)
      if (clock !== undefined) listener.say({ clock, at: Date.now() })
      if (action) {
        const answer = act(action)
        if (!swallow()) listener.say({ ack: action.key, ...answer })
      }
    })

    function greet(hello: Record<string, unknown>) {
      hellos.push(hello)
      const status = faults.refuse ?? (faults.token && hello.token !== faults.token ? 401 : undefined)
      if (status) return socket.close(4000 + status, String(faults.retryAfter ?? ''))
      const missed = tail(hello.since as object | undefined)
      if (missed.length) listener.say(missed)
      const { at, ...place } = ping()
      listener.say({ ping: at, ...place })
      listeners.add(listener)
    }
  })

  function serve(request: IncomingMessage, response: ServerResponse) {
    requests.push(`${request.method} ${request.url}`)
    const url = new URL(request.url ?? '/', 'http://desk')
    const json = (value: unknown, status = 200) => {
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
    }
    const refused =
      faults.refuse ?? (faults.token && request.headers.authorization !== `Bearer ${faults.token}` ? 401 : 0)
    if (url.pathname === '/snapshot') {
      return json({ v: 1, epoch, seq, at: 1_800_000_000_000 + written, events }, faults.log)
    }
    if (url.pathname === '/history') {
      const { epoch: of, after, limit } = Object.fromEntries(url.searchParams)
      if (of !== epoch) return json({ gone: true }, faults.log)
      const page = events.filter((event) => 'seq' in event && Number(event.seq) > Number(after)).slice(0, Number(limit))
      return json({ events: page }, faults.log)
    }
    if (refused) {
      const wait = faults.retryAfter === undefined ? {} : { 'Retry-After': String(faults.retryAfter) }
      return response.writeHead(refused, wait).end()
    }
    if (url.pathname === '/log.jsonl') return response.end(events.map((event) => `${JSON.stringify(event)}\n`).join(''))
    if (request.method === 'POST') return receive(request, json)
    stream(request, response)
  }

  function receive(request: IncomingMessage, json: (value: unknown) => void) {
    let body = ''
    request.on('data', (piece) => {
      body += piece
    })
    request.on('end', () => {
      const answer = act(JSON.parse(body))
      if (swallow()) request.socket.destroy()
      else json(answer)
    })
  }

  function stream(request: IncomingMessage, response: ServerResponse) {
    hellos.push({ ...request.headers })
    open++
    response.on('close', () => {
      open--
    })
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders()
    if (faults.silent) return
    const listener: Listener = {
      say: (frame, id) => {
        if (response.writableEnded) return
        const text = typeof frame === 'string' ? frame : frame instanceof Uint8Array ? '\u0000' : JSON.stringify(frame)
        response.write(`${id ? `id: ${id}\n` : ''}data: ${text}\n\n`)
      },
      cut: (code) => (code ? response.end() : response.destroy()),
    }
    const [of, after] = String(request.headers['last-event-id'] ?? '').split(':')
    for (const event of tail({ epoch: decodeURIComponent(of ?? ''), seq: Number(after) }))
      listener.say(event, place(event))
    response.write(`event: ping\ndata: ${JSON.stringify(ping())}\n\n`)
    listeners.add(listener)
    response.on('close', () => listeners.delete(listener))
  }

  function place(event: object) {
    return 'seq' in event ? `${encodeURIComponent(epoch)}:${event.seq}` : undefined
  }

  function tell(event: object) {
    events.push(event)
    for (const listener of listeners) listener.say(event, place(event))
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    get epoch() {
      return epoch
    },
    get events() {
      return events
    },
    hellos,
    requests,
    actions,
    faults,
    publish: (type, data) =>
      tell({ v: 1, epoch, seq: ++seq, id: `${epoch}-${seq}`, at: 1_800_000_000_000 + ++written, type, data }),
    chat(text) {
      const author = { id: 'v1', name: 'Anna', role: 'viewer' }
      tell({ v: 1, id: `c${++chats}`, at: 1_800_000_000_000 + chats, type: 'chat.message', data: { author, text } })
    },
    shout(text) {
      for (const listener of listeners) listener.say(text)
    },
    restart(next) {
      epoch = next
      seq = 0
      events = []
    },
    connections: () => open,
    cut(code, reason) {
      for (const listener of [...listeners]) listener.cut(code, reason)
    },
    async stop() {
      for (const line of lines.clients) line.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
