import { type AddressInfo, createServer, type Socket } from 'node:net'
import { generate, type Packet, parser } from 'mqtt-packet'

/** A fake of an MQTT 3.1.1 broker, written from its specification: subscriptions, retained messages, sessions, QoS 0 and 1. */
export interface FakeMqtt {
  readonly url: string
  /** Topics that were subscribed, replies left out. */
  readonly subscribed: readonly string[]
  /** Subscriptions that stand, replies left out. */
  subscriptions(): number
  publish(topic: string, payload: string | Uint8Array, options?: { readonly retain?: boolean }): void
  /** Answers what is asked on a topic, at its `replyTo`. */
  answer(topic: string, give: (question: unknown) => unknown): void
  /** Whoever subscribes this is refused. */
  forbidden?: string
  cut(): void
  /** Nobody is let in until `letIn`. */
  shut(): void
  letIn(): void
  stop(): Promise<void>
}

interface Session {
  readonly topics: Set<string>
  readonly missed: { topic: string; payload: Buffer }[]
  socket?: Socket | undefined
}

const matches = (filter: string, topic: string) =>
  new RegExp(`^${filter.replace(/[.$]/g, '\\$&').replace(/\+/g, '[^/]+').replace(/\/?#$/, '(/.*)?')}$`).test(topic)
const isReply = (topic: string) => topic.startsWith('castcart/replies/')

/** Listens on a free port of 127.0.0.1. */
export async function startFakeMqtt(): Promise<FakeMqtt> {
  const sessions = new Map<string, Session>()
  const sockets = new Set<Socket>()
  const retained = new Map<string, Buffer>()
  const answers = new Map<string, (question: unknown) => unknown>()
  const subscribed: string[] = []
  let isShut = false
  let messageId = 0

  function send(
    session: Session,
    { topic, payload, retain = false }: { topic: string; payload: Buffer; retain?: boolean },
  ) {
    if (!session.socket || session.socket.destroyed) return void session.missed.push({ topic, payload })
    messageId = (messageId % 65_535) + 1
    const packet = { cmd: 'publish' as const, topic, payload, qos: 1 as const, dup: false, retain, messageId }
    session.socket.write(generate(packet))
  }

  function spread(topic: string, payload: Buffer) {
    for (const session of sessions.values())
      if ([...session.topics].some((filter) => matches(filter, topic))) send(session, { topic, payload })
  }

  function greet(socket: Socket, { clientId, clean }: { clientId: string; clean: boolean }): Session {
    const known = clean ? undefined : sessions.get(clientId)
    const session: Session = known ?? { topics: new Set(), missed: [] }
    session.socket = socket
    sessions.set(clientId, session)
    socket.write(generate({ cmd: 'connack', returnCode: 0, sessionPresent: !!known }))
    for (const missed of session.missed.splice(0)) send(session, missed)
    socket.on('close', () => {
      session.socket = undefined
      if (clean && sessions.get(clientId) === session) sessions.delete(clientId)
    })
    return session
  }

  function subscribe(session: Session, socket: Socket, packet: Packet & { cmd: 'subscribe' }) {
    const granted = packet.subscriptions.map(({ topic }) => (topic === broker.forbidden ? 128 : 1))
    const topics = packet.subscriptions.map(({ topic }) => topic).filter((topic) => topic !== broker.forbidden)
    socket.write(generate({ cmd: 'suback', messageId: packet.messageId ?? 0, granted }))
    for (const topic of topics) {
      session.topics.add(topic)
      if (!isReply(topic)) subscribed.push(topic)
      for (const [at, payload] of retained) if (matches(topic, at)) send(session, { topic: at, payload, retain: true })
    }
  }

  function receive(socket: Socket, packet: Packet & { cmd: 'publish' }) {
    if (packet.qos === 1) socket.write(generate({ cmd: 'puback', messageId: packet.messageId ?? 0 }))
    const give = answers.get(packet.topic)
    if (!give) return spread(packet.topic, Buffer.from(packet.payload))
    const question = JSON.parse(packet.payload.toString())
    spread(question.replyTo, Buffer.from(JSON.stringify(give(question))))
  }

  const server = createServer((socket) => {
    if (isShut) return socket.destroy()
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    const read = parser()
    let session: Session | undefined
    read.on('packet', (packet) => {
      if (packet.cmd === 'connect') session = greet(socket, { clientId: packet.clientId, clean: packet.clean ?? true })
      else if (!session) socket.destroy()
      else if (packet.cmd === 'subscribe') subscribe(session, socket, packet)
      else if (packet.cmd === 'unsubscribe') {
        for (const topic of packet.unsubscriptions) session.topics.delete(topic)
        socket.write(generate({ cmd: 'unsuback', messageId: packet.messageId ?? 0, granted: [] }))
      } else if (packet.cmd === 'publish') receive(socket, packet)
      else if (packet.cmd === 'pingreq') socket.write(generate({ cmd: 'pingresp' }))
    })
    socket.on('data', (data: Buffer) => read.parse(data))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  const broker: FakeMqtt = {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    subscribed,
    subscriptions: () =>
      [...sessions.values()].reduce(
        (sum, { topics }) => sum + [...topics].filter((topic) => !isReply(topic)).length,
        0,
      ),
    publish(topic, payload, { retain = false } = {}) {
      const bytes = Buffer.from(payload)
      if (retain) retained.set(topic, bytes)
      spread(topic, bytes)
    },
    answer: (topic, give) => void answers.set(topic, give),
    cut() {
      for (const socket of sockets) socket.destroy()
    },
    shut() {
      isShut = true
      broker.cut()
    },
    letIn() {
      isShut = false
    },
    async stop() {
      broker.cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return broker
}
