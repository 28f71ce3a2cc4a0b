import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A show's log in memory, and its `snapshot`, `history` and `send` over HTTP: what stands beside an engine that only moves messages. */
export interface FakeLog {
  /** Ends with a slash; `snapshot`, `history` and `send` are below it. */
  readonly url: string
  readonly epoch: string
  readonly events: readonly Record<string, unknown>[]
  readonly requests: readonly string[]
  /** Writes host events; whoever publishes sends them. */
  write(count: number): readonly Record<string, unknown>[]
  /** Answers a question as the addresses do, for an engine that asks by itself. */
  answer(name: string, question: unknown): unknown
  stop(): Promise<void>
}

/** Listens on a free port of 127.0.0.1. */
export async function startFakeLog(): Promise<FakeLog> {
  const epoch = 'first'
  const events: Record<string, unknown>[] = []
  const requests: string[] = []
  const answers = new Map<string, unknown>()

  function act(action: Record<string, unknown>) {
    if (typeof action.clock === 'number') return { clock: action.clock, at: Date.now() }
    const key = String(action.key)
    const answer =
      answers.get(key) ??
      (Object(action.data).text === '' ? { ok: false, reason: 'empty' } : { ok: true, id: `c-${key}` })
    answers.set(key, answer)
    return answer
  }
  function answer(name: string, question: unknown): unknown {
    const { epoch: of, after, limit } = Object(question) as Record<string, unknown>
    if (name.endsWith('snapshot')) return { v: 1, epoch, seq: events.length, at: Date.now(), events }
    if (name.endsWith('send')) return act(Object(question))
    return of === epoch ? { events: events.slice(Number(after), Number(after) + Number(limit)) } : { gone: true }
  }
  const server: Server = createServer(async (request, response) => {
    requests.push(`${request.method} ${request.url}`)
    const url = new URL(request.url ?? '/', 'http://log')
    let body = ''
    for await (const piece of request) body += piece
    const question = body ? JSON.parse(body) : Object.fromEntries(url.searchParams)
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer(url.pathname, question)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    epoch,
    events,
    requests,
    write(count) {
      const written = Array.from({ length: count }, (_, index) => {
        const seq = events.length + index + 1
        return {
          v: 1,
          epoch,
          seq,
          id: `e${seq}`,
          at: 1_800_000_000_000 + seq,
          type: 'product.pin',
          data: { ids: ['mug'] },
        }
      })
      events.push(...written)
      return written
    },
    answer,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
