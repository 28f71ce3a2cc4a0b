import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

/**
 * A fake of a NATS server's WebSocket listener, written from its protocol: publish, subscribe, request and reply, and of JetStream the one stream `SHOWS`
 * with push consumers. No clusters, no permissions but a token and one forbidden subject.
 */
export interface FakeNats {
  readonly url: string
  /** Every subject that was subscribed, inboxes left out. */
  readonly subscribed: readonly string[]
  /** Subscriptions that stand, inboxes left out. */
  subscriptions(): number
  lines(): number
  /** Publishes to who listens, and to the stream. */
  publish(subject: string, payload: string | Uint8Array): void
  /** Answers requests to a subject. */
  answer(subject: string, give: (question: unknown) => unknown): void
  /** Loses one message on the way to each consumer. */
  skipOne(): void
  /** The stream is deleted and made anew. */
  restartStream(): void
  /** Says this to the next who connects, or to all, and hangs up. */
  refuseNext(error: string): void
  sayError(error: string): void
  /** Says this to all, and stays. */
  complain(error: string): void
  cut(): void
  /** What a client must show. */
  token?: string
  readonly faults: { forbidden?: string; piece?: number }
  /** The lines that stand are dead from now on, without a word. */
  deafen(): void
  /** Lines that were ever opened. */
  dialled(): number
  stop(): Promise<void>
}

interface Client {
  readonly socket: WebSocket
  readonly subs: Map<string, string>
  send(text: string, payload?: Uint8Array): void
}

interface Consumer {
  readonly inbox: string
  readonly filter: string
  delivered: number
}

const matches = (filter: string, subject: string) => {
  const [wanted, found] = [filter.split('.'), subject.split('.')]
  if (wanted.at(-1) === '>') return found.length >= wanted.length && wanted.slice(0, -1).every(same)
  return wanted.length === found.length && wanted.every(same)
  function same(level: string, index: number) {
    return level === '*' || level === found[index]
  }
}

/** Listens on a free port of 127.0.0.1. */
export async function startFakeNats(): Promise<FakeNats> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await new Promise((resolve) => server.on('listening', resolve))
  const clients = new Set<Client>()
  const subscribed: string[] = []
  const answers = new Map<string, (question: unknown) => unknown>()
  const consumers = new Set<Consumer>()
  let stream: { subject: string; payload: Uint8Array }[] = []
  let refusal: string | undefined
  let skips = false
  let dials = 0
  const deaf = new Set<Client>()

  function deliver(subject: string, payload: Uint8Array, reply?: string) {
    let heard = 0
    for (const client of clients)
      for (const [sid, filter] of client.subs)
        if (matches(filter, subject)) {
          heard++
          client.send(`MSG ${subject} ${sid}${reply ? ` ${reply}` : ''} ${payload.length}\r\n`, payload)
        }
    return heard
  }

  function push(consumer: Consumer, index: number) {
    const message = stream[index]
    if (!message || !matches(consumer.filter, message.subject)) return
    const delivery = ++consumer.delivered
    if (skips) return
    const ack = `$JS.ACK.SHOWS.fake.1.${index + 1}.${delivery}.0.0`
    deliver(consumer.inbox, message.payload, ack)
  }

  function createConsumer(config: Record<string, unknown>) {
    const wanted = config.deliver_policy === 'new' ? stream.length + 1 : Number(config.opt_start_seq)
    const from = Math.min(wanted, stream.length + 1)
    const consumer = { inbox: String(config.deliver_subject), filter: String(config.filter_subject), delivered: 0 }
    setImmediate(() => {
      consumers.add(consumer)
      for (let index = from - 1; index < stream.length; index++) push(consumer, index)
    })
    return { name: 'fake', delivered: { consumer_seq: 0, stream_seq: from - 1 } }
  }

  function request(client: Client, subject: string, { reply, payload }: { reply: string; payload: Uint8Array }) {
    const isCreate = subject === '$JS.API.CONSUMER.CREATE.SHOWS'
    const give = answers.get(subject)
    const sid = [...client.subs].find(([, filter]) => matches(filter, reply))?.[0]
    if (sid === undefined) return
    if (!isCreate && !give) {
      const head = 'NATS/1.0 503\r\n\r\n'
      return client.send(`HMSG ${reply} ${sid} ${head.length} ${head.length}\r\n`, Buffer.from(head))
    }
    const question = JSON.parse(Buffer.from(payload).toString())
    const answer = Buffer.from(JSON.stringify(isCreate ? createConsumer(question.config) : give?.(question)))
    client.send(`MSG ${reply} ${sid} ${answer.length}\r\n`, answer)
  }

  function command(client: Client, line: string, payload: Uint8Array) {
    const [verb = '', ...args] = line.split(/\s+/)
    if (verb === 'CONNECT') {
      const { auth_token: token, pass } = JSON.parse(line.slice(8))
      const error = refusal ?? (fake.token && (token ?? pass) !== fake.token ? 'Authorization Violation' : undefined)
      refusal = undefined
      if (error) hangUp(client, error)
    } else if (verb === 'PING') client.send('PONG\r\n')
    else if (verb === 'SUB') {
      const [subject = ''] = args
      if (subject === fake.faults.forbidden) {
        return client.send(`-ERR 'Permissions Violation for Subscription to "${subject}"'\r\n`)
      }
      if (!subject.startsWith('_INBOX')) subscribed.push(subject)
      client.subs.set(args.at(-1) ?? '', subject)
    } else if (verb === 'UNSUB' && !args[1]) client.subs.delete(args[0] ?? '')
    else if (verb === 'PUB' && args.length === 3) request(client, args[0] ?? '', { reply: args[1] ?? '', payload })
  }

  function hangUp(client: Client, error: string) {
    client.send(`-ERR '${error}'\r\n`)
    client.socket.close()
  }

  server.on('connection', (socket) => {
    dials++
    const client: Client = {
      socket,
      subs: new Map(),
      send(text, payload) {
        const bytes = Buffer.concat([Buffer.from(text), ...(payload ? [payload, Buffer.from('\r\n')] : [])])
        const piece = fake.faults.piece ?? bytes.length
        for (let at = 0; at < bytes.length; at += piece) socket.send(bytes.subarray(at, at + piece))
      },
    }
    clients.add(client)
    let rest = Buffer.alloc(0)
    socket.on('close', () => clients.delete(client))
    socket.on('message', (data: Buffer) => {
      if (deaf.has(client)) return
      rest = Buffer.concat([rest, data])
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.subarray(0, end).toString()
        const size = line.startsWith('PUB ') ? Number(line.split(/\s+/).at(-1)) : -1
        if (rest.length < end + 2 + (size < 0 ? 0 : size + 2)) return
        const payload = rest.subarray(end + 2, end + 2 + Math.max(size, 0))
        rest = rest.subarray(end + 2 + (size < 0 ? 0 : size + 2))
        command(client, line, payload)
      }
    })
    const info = { server_id: 'FAKE', server_name: 'fake', version: '2.10.0', proto: 1, headers: true }
    client.send(`INFO ${JSON.stringify({ ...info, max_payload: 1_048_576, auth_required: !!fake.token })} \r\n`)
  })

  const fake: FakeNats = {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    subscribed,
    subscriptions: () =>
      [...clients].flatMap(({ subs }) =>
        [...subs.values()].filter((subject) => !subject.startsWith('_INBOX.') || isConsumed(subject)),
      ).length,
    lines: () => clients.size,
    deafen() {
      for (const client of clients) deaf.add(client)
    },
    dialled: () => dials,
    publish(subject, payload) {
      const bytes = Buffer.from(payload)
      stream.push({ subject, payload: bytes })
      deliver(subject, bytes)
      for (const consumer of consumers) push(consumer, stream.length - 1)
    },
    answer: (subject, give) => void answers.set(subject, give),
    skipOne() {
      skips = true
      fake.publish('shows.friday', '{}')
      skips = false
    },
    restartStream() {
      stream = []
      consumers.clear()
    },
    refuseNext(error) {
      refusal = error
    },
    sayError(error) {
      for (const client of clients) hangUp(client, error)
    },
    complain(error) {
      for (const client of clients) client.send(`-ERR '${error}'\r\n`)
    },
    cut() {
      for (const { socket } of clients) socket.terminate()
    },
    faults: {},
    async stop() {
      for (const { socket } of clients) socket.terminate()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  function isConsumed(inbox: string) {
    return [...consumers].some((consumer) => consumer.inbox === inbox)
  }
  return fake
}
