import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

/** A fake of Centrifugo's WebSocket, written from its client protocol (JSON): connect, subscribe with recovery, publications, RPC. */
export interface FakeCentrifugo {
  readonly url: string
  readonly subscribed: readonly string[]
  subscriptions(): number
  lines(): number
  publish(channel: string, data: unknown): void
  answer(method: string, give: (question: unknown) => unknown): void
  /** The channel's history is lost: a new epoch. */
  forget(): void
  readonly faults: {
    /** Answers the next subscribe with this error. */
    subscribe?: { readonly code: number; readonly message: string } | undefined
    /** Hangs up on the next connect with this code. */
    connect?: { readonly code: number; readonly reason: string } | undefined
  }
  cut(): void
  stop(): Promise<void>
}

interface Client {
  readonly socket: WebSocket
  readonly channels: Set<string>
}

interface Command {
  readonly id: number
  readonly connect?: object
  readonly subscribe?: { channel: string; recover?: boolean; epoch?: string; offset?: number }
  readonly unsubscribe?: { channel: string }
  readonly rpc?: { method: string; data: unknown }
}

/** Listens on a free port of 127.0.0.1. */
export async function startFakeCentrifugo(): Promise<FakeCentrifugo> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await new Promise((resolve) => server.on('listening', resolve))
  const clients = new Set<Client>()
  const subscribed: string[] = []
  const answers = new Map<string, (question: unknown) => unknown>()
  let publications: { data: unknown; offset: number }[] = []
  let epoch = 'one'

  function subscribe(client: Client, command: NonNullable<Command['subscribe']>) {
    const { channel, recover = false, epoch: of, offset = 0 } = command
    const error = fake.faults.subscribe
    fake.faults.subscribe = undefined
    if (error) return { error }
    client.channels.add(channel)
    subscribed.push(channel)
    const recovered = recover && of === epoch
    const missed = recovered ? publications.filter((publication) => publication.offset > offset) : []
    const place = { epoch, offset: publications.length, recoverable: true, positioned: true }
    return { subscribe: { ...place, was_recovering: recover, recovered, publications: missed } }
  }

  function carryOut(client: Client, command: Command): object {
    if (command.connect) return { connect: { client: 'fake', version: '6.0.0', ping: 25, pong: true } }
    if (command.subscribe) return subscribe(client, command.subscribe)
    if (command.unsubscribe) {
      client.channels.delete(command.unsubscribe.channel)
      return { unsubscribe: {} }
    }
    const give = answers.get(command.rpc?.method ?? '')
    return give ? { rpc: { data: give(command.rpc?.data) } } : { error: { code: 104, message: 'method not found' } }
  }

  server.on('connection', (socket) => {
    const client: Client = { socket, channels: new Set() }
    clients.add(client)
    socket.on('close', () => clients.delete(client))
    socket.on('message', (data) => {
      for (const line of String(data).split('\n').filter(Boolean)) {
        const command = JSON.parse(line) as Command
        if (!command.id) continue
        const refusal = fake.faults.connect
        if (command.connect && refusal) {
          fake.faults.connect = undefined
          return socket.close(refusal.code, refusal.reason)
        }
        socket.send(JSON.stringify({ id: command.id, ...carryOut(client, command) }))
      }
    })
  })

  const fake: FakeCentrifugo = {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/connection/websocket`,
    subscribed,
    subscriptions: () => [...clients].reduce((sum, { channels }) => sum + channels.size, 0),
    lines: () => clients.size,
    publish(channel, data) {
      const pub = { data, offset: publications.length + 1 }
      publications.push(pub)
      for (const { socket, channels } of clients)
        if (channels.has(channel)) socket.send(JSON.stringify({ push: { channel, pub } }))
    },
    answer: (method, give) => void answers.set(method, give),
    forget() {
      epoch = 'two'
      publications = []
    },
    faults: {},
    cut() {
      for (const { socket } of clients) socket.terminate()
    },
    async stop() {
      fake.cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return fake
}
