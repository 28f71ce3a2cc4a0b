import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { compact } from '../../src/state/room.ts'

/** The log of one show with its snapshot and history over HTTP: the back end's part beside an engine that only moves messages. */
export interface LogServer {
  /** Ends with a slash; `snapshot`, `history`, `send` and `auth` are below it. */
  readonly url: string
  readonly epoch: string
  readonly events: readonly object[]
  /** Takes the next place for a host's event; whoever publishes sends it. */
  append(type: string, data: unknown): object
  /** The answer to a question, for an engine that asks by itself; `name` ends with `snapshot`, `history` or `send`. */
  answer(name: string, question: unknown): unknown
  /** The only token that `auth` lets in. */
  token: string | undefined
  /** What `auth` answers instead. */
  refuse: number | undefined
  /** Addresses asked for, `auth` left out. */
  readonly requests: readonly string[]
  /** How often `auth` was asked. */
  readonly auths: () => number
  stop(): Promise<void>
}

/** Listens on a free port of 127.0.0.1. */
export async function startLogServer(epoch = 'first'): Promise<LogServer> {
  const events: object[] = []
  const answers = new Map<string, unknown>()
  const requests: string[] = []
  let auths = 0

  function act(action: Record<string, unknown>): unknown {
    const { key, clock, data } = action
    if (typeof clock === 'number') return { clock, at: Date.now() }
    const isEmpty = Object(data).text === ''
    const answer = answers.get(`${key}`) ?? (isEmpty ? { ok: false, reason: 'empty' } : { ok: true, id: `c-${key}` })
    answers.set(`${key}`, answer)
    return answer
  }
  function answer(name: string, question: unknown): unknown {
    const { epoch: of, after, limit } = Object(question) as Record<string, unknown>
    if (name.endsWith('snapshot')) return compact(events, { epoch, seq: events.length, at: Date.now(), since: 0 })
    if (name.endsWith('send')) return act(Object(question))
    return of === epoch ? { events: events.slice(Number(after), Number(after) + Number(limit)) } : { gone: true }
  }
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://log')
    if (url.pathname === '/auth') {
      auths++
      const isIn = log.token === undefined || request.headers.authorization === `Bearer ${log.token}`
      return response.writeHead(log.refuse ?? (isIn ? 200 : 401)).end()
    }
    requests.push(`${request.method} ${request.url}`)
    const body = await textOf(request)
    const question = body ? JSON.parse(body) : Object.fromEntries(url.searchParams)
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer(url.pathname, question)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const log: LogServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    epoch,
    events,
    token: undefined,
    refuse: undefined,
    requests,
    auths: () => auths,
    append(type, data) {
      const seq = events.length + 1
      const event = { v: 1, epoch, seq, id: `${epoch}-${seq}`, at: Date.now(), type, data }
      events.push(event)
      return event
    },
    answer,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return log
}

async function textOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const piece of request) body += piece
  return body
}
