import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

/** A fake of the Pusher Channels WebSocket, written from its protocol 7: connect, subscribe to public channels, events, errors. */
export interface FakePusher {
  readonly port: number
  readonly subscribed: readonly string[]
  subscriptions(): number
  lines(): number
  publish(channel: string, event: string, data: unknown): void
  readonly faults: {
    /** Refuses the next subscription with this HTTP status, as servers that authorise do. */
    subscribe?: number | undefined
    /** Refuses the next connection with this code. */
    connect?: number | undefined
  }
  cut(): void
  stop(): Promise<void>
}

/** Listens on a free port of 127.0.0.1. */
export async function startFakePusher(): Promise<FakePusher> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await new Promise((resolve) => server.on('listening', resolve))
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
    const status = fake.faults.subscribe
    fake.faults.subscribe = undefined
    if (status)
      return say(socket, 'pusher:subscription_error', { channel, data: { type: 'AuthError', error: 'no', status } })
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
    port: (server.address() as AddressInfo).port,
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
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return fake
}
