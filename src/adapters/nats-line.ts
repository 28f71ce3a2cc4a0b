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

/**
 * Dials; resolves when the server let us in, rejects where it does not or `signal` aborts. Speaks
 * https://docs.nats.io/reference/reference-protocols/nats-protocol with a token or user and password; nkeys and JWT it does not know.
 */
export async function dialNats(
  { url, user }: NatsServer,
  { getToken, signal }: AdapterContext,
  tell: { onClosed?(code: CloseCode): void; onProblem?(text: string): void } = {},
): Promise<NatsLine> {
  const token = await getToken?.()
  signal.throwIfAborted()
  const socket = new WebSocket(url)
  socket.binaryType = 'arraybuffer'
  const ears = new Map<string, (frame: NatsFrame) => void>()
  const pongs: (() => void)[] = []
  const fallen = new AbortController()
  const inbox = `_INBOX.${newId()}`
  let count = 0

  function say(text: string) {
    if (socket.readyState === WebSocket.OPEN) socket.send(new TextEncoder().encode(text))
  }
  function fall(code: CloseCode) {
    if (fallen.signal.aborted) return
    fallen.abort(new Error(`the line fell: ${code}`))
    socket.close()
    tell.onClosed?.(code)
  }
  /** Settles as `run` says, and rejects when the line falls. */
  function orFall<T>(run: (resolve: (value: T) => void, reject: (cause: unknown) => void) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      onEnd(fallen, () => reject(fallen.signal.reason))
      run(resolve, reject)
    })
  }
  const line: NatsLine = {
    subscribe(subject, hear) {
      const sid = `${++count}`
      ears.set(sid, hear)
      say(`SUB ${subject} ${sid}\r\n`)
      return () => {
        ears.delete(sid)
        say(`UNSUB ${sid}\r\n`)
      }
    },
    ping: () =>
      orFall((resolve) => {
        pongs.push(() => resolve(true))
        say('PING\r\n')
      }),
    ask(subject, question) {
      const body = JSON.stringify(question)
      const reply = `${inbox}.${count + 1}`
      let forget = () => {}
      const answer = orFall<NatsFrame>((resolve) => {
        forget = line.subscribe(reply, resolve)
        say(`PUB ${subject} ${reply} ${new TextEncoder().encode(body).length}\r\n${body}\r\n`)
      })
      return answer.finally(forget).then(({ status, data }) => {
        if (status) throw new Error(`${subject} answered ${status}`)
        return readAnswer(data)
      })
    },
  }
  const read = createNatsReader((frame) => {
    const { verb, rest } = frame
    if (verb === 'PING') say('PONG\r\n')
    else if (verb === 'PONG') pongs.shift()?.()
    else if (verb === '-ERR') {
      const code = refusal(rest)
      if (code) fall(code)
      else tell.onProblem?.(rest)
    } else ears.get(rest.split(/\s+/)[1] ?? '')?.(frame)
  })
  socket.onmessage = ({ data }) => {
    if (fallen.signal.aborted || !(data instanceof ArrayBuffer)) return
    if (!read(new Uint8Array(data))) fall('protocol')
  }
  // `close` follows and says more; outside a browser an unheard error would end the program.
  socket.onerror = () => {}
  socket.onclose = () => fall('network')
  onEnd({ signal }, () => fall('network'))
  await orFall<void>((resolve) => {
    socket.onopen = () => resolve()
  })
  const proof = user === undefined ? { auth_token: token } : { user, pass: token }
  const hello = { ...proof, verbose: false, pedantic: false, lang: 'castcart', version: '1', protocol: 1 }
  say(`CONNECT ${JSON.stringify({ ...hello, headers: true, no_responders: true })}\r\n`)
  await line.ping()
  return line
}

/** What an `-ERR` means for the line; `undefined`: it goes on. */
function refusal(text: string): CloseCode | undefined {
  if (/authorization violation|authentication (expired|revoked|timeout)/i.test(text)) return 'unauthorized'
  if (/permissions violation for subscription/i.test(text)) return 'denied'
  if (/permissions violation/i.test(text)) return undefined
  return /maximum connections|slow consumer/i.test(text) ? 'overloaded' : 'network'
}
