import { newId } from '../lib/new-id.ts'
import type { AdapterContext, CloseCode } from '../model/adapter.ts'
import { createNatsReader, type NatsFrame } from './nats-frames.ts'
import { onEnd, readAnswer } from './shop-client.ts'

/** A NATS server with a `websocket` listener. */
export interface NatsServer {
  /** `wss:` or `ws:`. */
  readonly url: string
  /** With it the page's token is this user's password; absent: it is the server's token. */
  readonly user?: string | undefined
}

/** One WebSocket to a NATS server; it falls with its signal. */
export interface NatsLine {
  /** Returns what ends it. */
  subscribe(subject: string, hear: (frame: NatsFrame) => void): () => void
  /** Resolves with the answer; rejects where nobody answers or the line falls. */
  ask(subject: string, question: unknown): Promise<unknown>
  /** A round trip: resolves to true, rejects where the line falls. */
  ping(): Promise<boolean>
}

/** Whom a line tells. */
interface Told {
  onClosed?(code: CloseCode): void
  onProblem?(text: string): void
}

/** The bytes of a line. */
interface Wire {
  say(text: string): void
  fall(code: CloseCode): void
  /** Settles as `run` says, and rejects when the line falls. */
  orFall<T>(run: (resolve: (value: T) => void) => void): Promise<T>
}

/**
 * Dials; resolves when the server let us in, rejects where it does not or `signal` aborts. Speaks
 * https://docs.nats.io/reference/reference-protocols/nats-protocol with a token or user and password; nkeys and JWT it does not know.
 */
export async function dialNats(
  { url, user }: NatsServer,
  { getToken, signal }: AdapterContext,
  told: Told = {},
): Promise<NatsLine> {
  const token = await getToken?.()
  signal.throwIfAborted()
  const socket = new WebSocket(url)
  const wire = createWire(socket, told)
  const { line, hear } = createLine(wire, told)
  const read = createNatsReader(hear)
  socket.binaryType = 'arraybuffer'
  socket.onmessage = ({ data }) => {
    if (data instanceof ArrayBuffer && !read(new Uint8Array(data))) wire.fall('protocol')
  }
  onEnd({ signal }, () => wire.fall('network'))
  await wire.orFall<unknown>((resolve) => {
    socket.onopen = resolve
  })
  const proof = user === undefined ? { auth_token: token } : { user, pass: token }
  const manner = { verbose: false, pedantic: false, headers: true, no_responders: true, protocol: 1 }
  wire.say(`CONNECT ${JSON.stringify({ ...proof, ...manner, lang: 'castcart', version: '1' })}`)
  await line.ping()
  return line
}

function createWire(socket: WebSocket, { onClosed }: Told): Wire {
  const fallen = new AbortController()
  function fall(code: CloseCode) {
    if (fallen.signal.aborted) return
    socket.onmessage = null
    fallen.abort(new Error(`the line fell: ${code}`))
    socket.close()
    onClosed?.(code)
  }
  // `close` follows and says more; outside a browser an unheard error would end the program.
  socket.onerror = () => {}
  socket.onclose = () => fall('network')
  return {
    fall,
    say(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(bytesOf(`${text}\r\n`))
    },
    orFall: (run) =>
      new Promise((resolve, reject) => {
        onEnd(fallen, () => reject(fallen.signal.reason))
        run(resolve)
      }),
  }
}

function createLine({ say, fall, orFall }: Wire, { onProblem }: Told) {
  const ears = new Map<string, (frame: NatsFrame) => void>()
  const pongs: ((value: boolean) => void)[] = []
  const inbox = `_INBOX.${newId()}.`
  let count = 0
  const line: NatsLine = {
    subscribe(subject, hear) {
      const sid = `${++count}`
      ears.set(sid, hear)
      say(`SUB ${subject} ${sid}`)
      return () => {
        ears.delete(sid)
        say(`UNSUB ${sid}`)
      }
    },
    ping: () =>
      orFall((resolve) => {
        pongs.push(resolve)
        say('PING')
      }),
    async ask(subject, question) {
      const body = JSON.stringify(question)
      const reply = inbox + count
      let forget = () => {}
      const answer = orFall<NatsFrame>((resolve) => {
        forget = line.subscribe(reply, resolve)
        say(`PUB ${subject} ${reply} ${bytesOf(body).length}\r\n${body}`)
      })
      const { status, data } = await answer.finally(forget)
      if (status) throw new Error(`${subject} answered ${status}`)
      return readAnswer(data)
    },
  }
  function hear(frame: NatsFrame) {
    const { verb, rest } = frame
    if (verb === 'PING') say('PONG')
    else if (verb === 'PONG') pongs.shift()?.(true)
    else if (verb === '-ERR') {
      const code = refusal(rest)
      if (code) fall(code)
      else onProblem?.(rest)
    } else ears.get(rest.split(/\s+/)[1] ?? '')?.(frame)
  }
  return { line, hear }
}

const bytesOf = (text: string) => new TextEncoder().encode(text)

/** What an `-ERR` means for the line; `undefined`: it goes on. */
function refusal(text: string): CloseCode | undefined {
  if (/authori[sz]ation|authentication/i.test(text)) return 'unauthorized'
  if (/permissions/i.test(text)) return /subscription/i.test(text) ? 'denied' : undefined
  return /maximum conn|slow/i.test(text) ? 'overloaded' : 'network'
}
