import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

/** What a path answers in the real store's stead; a text is a page. */
export type Answer = string | { status?: number; headers?: Record<string, string>; body?: string }

/** A store at an address of its own: its own pages, everything else from the demo's store behind it. */
export interface StorePages {
  /** Without a slash at the end. */
  readonly origin: string
  /** Answers by path, for now; `undefined` leaves a path to the demo. */
  answers: Record<string, Answer | undefined>
  /** Paths whose answers wait for this, after the store has done its part. */
  held: Record<string, Promise<unknown> | undefined>
  /** False: sockets are refused, and those that stand are cut. */
  sockets: boolean
  /** Sockets that stand now. */
  readonly standing: number
  close(): Promise<void>
}

/** The tag, as a shop pastes it; `attributes` over the usual ones. */
export function tag(attributes: Record<string, string> = {}, file = '/castcart/castcart.js'): string {
  const all: Record<string, string> = { 'data-show': '/shows/live.json', ...attributes }
  const written = Object.entries(all).map(([name, value]) => `${name}="${value.replaceAll('"', '&quot;')}"`)
  return `<script src="${file}" ${written.join(' ')}></script>`
}

/** A whole page around what is given. */
export const page = (body: string, head = ''): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A store</title>${head}</head><body><h1>A store</h1><button id="own">The store's own</button>${body}</body></html>`

/** Makes a page cacheable, so that it may go into the back-forward cache, or strict, by headers. */
export const withHeaders = (body: string, headers: Record<string, string>): Answer => ({ headers, body })

/** Starts it in front of a store. */
export async function startStorePages(store: string, answers: StorePages['answers'] = {}): Promise<StorePages> {
  const behind = new URL(store)
  const pairs = new Set<Socket>()
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', behind)
    const answer = pages.answers[pathname]
    if (answer === undefined) forward(request, response, behind, pages.held[pathname])
    else give(response, answer)
  })
  const pages = {
    origin: '',
    answers,
    held: {} as StorePages['held'],
    get sockets() {
      return areSocketsTaken
    },
    set sockets(on) {
      areSocketsTaken = on
      if (!on) for (const socket of pairs) socket.destroy()
    },
    get standing() {
      return pairs.size
    },
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of pairs) socket.destroy()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  let areSocketsTaken = true
  server.on('upgrade', (request, socket: Socket, head) => {
    socket.on('error', () => socket.destroy())
    if (!areSocketsTaken) return socket.destroy()
    pairs.add(socket)
    const far = connect(Number(behind.port), behind.hostname)
    far.on('error', () => far.destroy())
    far.on('close', () => socket.destroy())
    socket.on('close', () => {
      pairs.delete(socket)
      far.destroy()
    })
    const lines = [`GET ${request.url} HTTP/1.1`]
    for (let at = 0; at < request.rawHeaders.length; at += 2)
      lines.push(`${request.rawHeaders[at]}: ${request.rawHeaders[at + 1]}`)
    far.write(`${lines.join('\r\n')}\r\n\r\n`)
    far.write(head)
    far.pipe(socket).pipe(far)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  pages.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return pages
}

function give(response: ServerResponse, answer: Answer): void {
  const { status = 200, headers = {}, body = '' } = typeof answer === 'string' ? { body: answer } : answer
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache', ...headers })
  response.end(body)
}

/** The request's own host goes along, so that what the demo says of itself leads here again. */
function forward(request: IncomingMessage, response: ServerResponse, behind: URL, held?: Promise<unknown>): void {
  const { method, headers, url } = request
  const far = ask({ hostname: behind.hostname, port: behind.port, path: url, method, headers }, async (answer) => {
    await held
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  far.on('error', () => response.destroy())
  response.on('close', () => far.destroy())
  request.pipe(far)
}
