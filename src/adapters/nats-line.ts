import { newId } from '../lib/new-id.ts'
import type { AdapterContext, EventSink } from '../model/adapter.ts'
import { createNatsReader } from './nats-frames.ts'
import { onEnd } from './shop-client.ts'

/** A NATS server with a `websocket` listener. */
export interface NatsServer {
  /** `wss:` or `ws:`. */
  readonly url: string
  /** With it the page's token is this user's password; absent: it is the server's token. */
  readonly user?: string | undefined
}

/** One WebSocket to a NATS server. */
export interface NatsLine {
  subscribe(subject: string, hear: (payload: Uint8Array) => void): void
  /** Resolves with the answer's bytes, none where nobody answers (the server says so at once); rejects where the line ends. */
  ask(subject: string, question: unknown): Promise<Uint8Array>
  /** A round trip: resolves to true, rejects where the line ends. */
  ping(): Promise<boolean>
}

/** Whom a line tells: `closed`, which must abort its signal, of its fall, `problem` of errors that it outlives. */
type Told = Pick<EventSink, 'closed' | 'problem'>

/**
 * Dials; resolves when the server let us in, rejects when the signal aborts, with which the line ends. Speaks
 * https://docs.nats.io/reference/reference-protocols/nats-protocol with a token or user and password; nkeys and JWT it does not know.
 */
export async function dialNats(
  { url, user }: NatsServer,
  told: Told,
  { getToken, signal }: AdapterContext,
): Promise<NatsLine> {
  const token = await getToken?.()
  signal.throwIfAborted()
  const socket = new WebSocket(url)
  /** By sid, which counts from 1. */
  const ears: ((payload: Uint8Array) => void)[] = []
  const pongs: ((value: boolean) => void)[] = []
  const say = (text: string) => socket.send(`${text}\r\n`)
  const untilEnd = <T>(run: (resolve: (value: T) => void) => void) => {
    const done = new AbortController()
    return new Promise<T>((resolve, reject) => {
      onEnd({ signal }, () => reject(signal.reason), done.signal)
      run(resolve)
    }).finally(() => done.abort())
  }
  const read = createNatsReader((words, payload) => {
    const [verb, , sid] = words
    if (verb === 'PING') say('PONG')
    else if (verb === 'PONG') pongs.shift()?.(true)
    else if (verb === '-ERR') hearError(words.join(' '), told)
    else ears[Number(sid) - 1]?.(payload)
  })
  const line: NatsLine = {
    subscribe: (subject, hear) => say(`SUB ${subject} ${ears.push(hear)}`),
    ping: () =>
      untilEnd((resolve) => {
        pongs.push(resolve)
        say('PING')
      }),
    ask: (subject, question) =>
      untilEnd((resolve) => {
        const body = JSON.stringify(question)
        const inbox = `_INBOX.${newId()}`
        line.subscribe(inbox, resolve)
        say(`UNSUB ${ears.length} 1\r\nPUB ${subject} ${inbox} ${new Blob([body]).size}\r\n${body}`)
      }),
  }
  socket.binaryType = 'arraybuffer'
  socket.onmessage = ({ data }) => {
    if (data instanceof ArrayBuffer && !read(new Uint8Array(data))) told.closed({ code: 'protocol' })
  }
  // Outside a browser an unheard error would end the program.
  socket.onerror = socket.onclose = () => told.closed({ code: 'network' })
  onEnd({ signal }, () => socket.close())
  await untilEnd<boolean>((resolve) => {
    pongs.push(resolve)
    socket.onopen = () => say(`CONNECT ${greeting(user, token)}\r\nPING`)
  })
  return line
}

/** A server reads of the proofs what it is set up for: a token, or a user's password. */
function greeting(user: string | undefined, token: string | undefined): string {
  const proof = { user, pass: token, auth_token: token }
  return JSON.stringify({ ...proof, verbose: false, pedantic: false, headers: true, no_responders: true, lang: 'js' })
}

/** What is refused to be published the line outlives; anything else ends it. */
function hearError(error: string, told: Told) {
  if (/violation for pub/i.test(error)) return told.problem(error)
  // A greeting that comes too late over a slow line is no wrong one.
  const isRefused = /auth/i.test(error) && !/timeout/i.test(error)
  const code = /violation for/i.test(error) ? 'denied' : isRefused ? 'unauthorized' : 'network'
  told.closed({ code: /max.*conn|slow/i.test(error) ? 'overloaded' : code })
}
