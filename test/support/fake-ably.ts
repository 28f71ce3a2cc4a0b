import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

/** A fake of Ably, written from its protocol 2+ (JSON): connect, resume, attach, messages, detach; over HTTP the time and a channel's history. */
export interface FakeAbly {
  readonly port: number
  readonly attached: readonly string[]
  attachments(): number
  lines(): number
  publish(channel: string, data: unknown): void
  readonly faults: {
    /** Refuses the next attach with this error. */
    attach?: { readonly code: number; readonly statusCode: number } | undefined
    /** Continuity cannot be kept from now on. */
    forgets?: boolean
  }
  cut(): void
  stop(): Promise<void>
}

interface Message {
  readonly id: string
  readonly timestamp: number
  readonly data: unknown
}

interface Connection {
  readonly id: string
  socket?: WebSocket | undefined
  readonly channels: Set<string>
  readonly missed: object[]
}

const [HEARTBEAT, CONNECTED, ERROR, ATTACH, ATTACHED, DETACH, DETACHED, MESSAGE] = [0, 4, 9, 10, 11, 12, 13, 15]
/** Flags: continuity was kept; messages are delivered. */
const [RESUMED, SUBSCRIBE] = [4, 262_144]

/** Listens on a free port of 127.0.0.1. */
export async function startFakeAbly(): Promise<FakeAbly> {
  const connections = new Map<string, Connection>()
  const attached: string[] = []
  const history: Message[] = []

  function answer(request: IncomingMessage, response: ServerResponse) {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://ably')
    const json = (value: unknown, headers = {}) =>
      response.writeHead(200, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(value))
    if (pathname === '/time') return json([Date.now()])
    if (!pathname.endsWith('/messages')) return response.writeHead(404).end()
    const { start = '0', limit = '100', direction, page = '0' } = Object.fromEntries(searchParams)
    const found = history.filter(({ timestamp }) => timestamp >= Number(start))
    if (direction === 'backwards') found.reverse()
    const from = Number(page) * Number(limit)
    searchParams.set('page', `${Number(page) + 1}`)
    const isMore = found.length > from + Number(limit)
    json(found.slice(from, from + Number(limit)), isMore ? { Link: `<./messages?${searchParams}>; rel="next"` } : {})
  }

  const http = createServer(answer)
  const server = new WebSocketServer({ server: http })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))

  const send = (connection: Connection, message: object) => {
    if (connection.socket?.readyState === 1) connection.socket.send(JSON.stringify(message))
    else connection.missed.push(message)
  }

  function attach(connection: Connection, channel: string) {
    const error = fake.faults.attach
    fake.faults.attach = undefined
    if (error) return send(connection, { action: ERROR, channel, error: { ...error, message: 'refused' } })
    const isResumed = connection.channels.has(channel)
    connection.channels.add(channel)
    attached.push(channel)
    send(connection, {
      action: ATTACHED,
      channel,
      channelSerial: `s${history.length}`,
      flags: SUBSCRIBE + (isResumed ? RESUMED : 0),
    })
    if (isResumed) for (const missed of connection.missed.splice(0)) send(connection, missed)
  }

  server.on('connection', (socket, request) => {
    const resume = new URL(request.url ?? '/', 'http://ably').searchParams.get('resume') ?? ''
    const known = fake.faults.forgets ? undefined : connections.get(resume)
    const id = `c${connections.size + 1}`
    const connection: Connection = known ?? { id, channels: new Set(), missed: [] }
    connections.set(connection.id, connection)
    connection.socket = socket
    const details = { connectionKey: connection.id, maxMessageSize: 65_536, connectionStateTtl: 120_000 }
    send(connection, {
      action: CONNECTED,
      connectionId: connection.id,
      connectionDetails: { ...details, maxIdleInterval: 15_000 },
    })
    socket.on('message', (data) => {
      const { action, channel } = JSON.parse(String(data))
      if (action === HEARTBEAT) send(connection, { action: HEARTBEAT })
      if (action === ATTACH) attach(connection, channel)
      if (action !== DETACH) return
      connection.channels.delete(channel)
      send(connection, { action: DETACHED, channel })
    })
  })

  const fake: FakeAbly = {
    port: (http.address() as AddressInfo).port,
    attached,
    attachments: () => [...connections.values()].reduce((sum, { channels }) => sum + channels.size, 0),
    lines: () => server.clients.size,
    publish(channel, data) {
      const timestamp = 1_800_000_000_000 + history.length
      const message = { id: `m${history.length}`, timestamp, data, name: 'event', encoding: null }
      history.push(message)
      const frame = { action: MESSAGE, channel, id: message.id, timestamp, messages: [message] }
      for (const connection of connections.values()) if (connection.channels.has(channel)) send(connection, frame)
    },
    faults: {},
    cut() {
      for (const socket of server.clients) socket.terminate()
    },
    async stop() {
      fake.cut()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
  return fake
}
