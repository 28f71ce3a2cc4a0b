import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

/** A fake of the Pusher Channels WebSocket, written from its protocol 7: connect, subscribe, events, errors; `/auth` authorises private channels. */
export interface FakePusher {
  readonly port: number
  readonly subscribed: readonly string[]
  subscriptions(): number
  lines(): number
  publish(channel: string, event: string, data: unknown): void
  readonly faults: {
    /** Refuses to authorise the next private channel with this HTTP status. */
    authorise?: number | undefined
    /** Refuses the next connection with this code. */
    connect?: number | undefined
  }
  cut(): void
  stop(): Promise<void>
}

/** Listens on a free port of 127.0.0.1. */
export async function startFakePusher(): Promise<FakePusher> {
  const http = createServer((_, response) => {
    const status = fake.faults.authorise ?? 200
    fake.faults.authorise = undefined
    response.writeHead(status, { 'Content-Type': 'application/json' }).end('{"auth":"key:fake"}')
  })
  const server = new WebSocketServer({ server: http })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const clients = new Map<WebSocket, Set<string>>()
  const subscribed: string[] = []
  const say = (socket: WebSocket, event: string, more: object) => socket.send(JSON.stringify({ event, ...more }))

  function hear(
    socket: WebSocket,
    channels: Set<string>,
    { event, data }: { event: string; data: { channel: string } },
  ) {
    if (event === 'pusher:ping') say(socket, 'pusher:pong', { data: '{}' })
    if (event === 'pusher:unsubscribe') channels.delete(data.channel)
    if (event !== 'pusher:subscribe') return
    const { channel } = data
    channels.add(channel)
    subscribed.push(channel)
    say(socket, 'pusher_internal:subscription_succeeded', { channel, data: '{}' })
  }

  server.on('connection', (socket) => {
    const refusal = fake.faults.connect
    fake.faults.connect = undefined
    if (refusal) {
      say(socket, 'pusher:error', { data: { code: refusal, message: 'refused' } })
      return socket.close(refusal)
    }
    const channels = new Set<string>()
    clients.set(socket, channels)
    socket.on('close', () => clients.delete(socket))
    socket.on('message', (data) => hear(socket, channels, JSON.parse(String(data))))
    say(socket, 'pusher:connection_established', { data: JSON.stringify({ socket_id: '1.1', activity_timeout: 120 }) })
  })

  const fake: FakePusher = {
    port: (http.address() as AddressInfo).port,
    subscribed,
    subscriptions: () => [...clients.values()].reduce((sum, { size }) => sum + size, 0),
    lines: () => clients.size,
    publish(channel, event, data) {
      for (const [socket, channels] of clients)
        if (channels.has(channel))
          say(socket, event, { channel, data: typeof data === 'string' ? data : JSON.stringify(data) })
    },
    faults: {},
    cut() {
      for (const socket of clients.keys()) socket.terminate()
    },
    async stop() {
      fake.cut()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
  return fake
}
