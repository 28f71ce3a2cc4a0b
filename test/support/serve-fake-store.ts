import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { CartFault } from '../contracts/cart-bridge.ts'

/** A request as a fake store sees it; `form` and `json` are what the body is, by its type. */
export interface FakeRequest {
  readonly method: string
  readonly url: URL
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly cookies: Readonly<Record<string, string>>
  readonly form: URLSearchParams
  // biome-ignore lint/suspicious/noExplicitAny: a fake reads what it is sent
  readonly json: any
}

/** What a fake store answers; an object is sent as JSON. */
export interface FakeReply {
  readonly status?: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
}

/** One platform's behaviour. */
export interface FakePlatform {
  /** Absent answer: 404, in HTML. */
  handle(request: FakeRequest): FakeReply | undefined
  /** What faults are done to. */
  isWrite(request: FakeRequest): boolean
  /** What counts as an add that reached the store. Absent: every write. */
  isAdd?(request: FakeRequest): boolean
  /** How this platform puts an error into HTTP 200. */
  readonly errorInside?: FakeReply
  /** The page at `/`, so that `auto` knows the platform and the widget can be driven on it. */
  readonly page?: string
}

/** A fake store on loopback that can be told to fail; `fetch` keeps its cookies, as a browser would. */
export interface FakeStore {
  /** Ends in a slash. */
  readonly root: string
  /** `POST /cart/add`, in the order of coming. */
  readonly asked: string[]
  readonly fetch: typeof fetch
  fault(kind: CartFault, times?: number): void
  adds(): number
  /** Serves something else as well. */
  serve(path: string, reply: FakeReply): void
  close(): Promise<void>
}

/** Serves a fake platform on a free port of this machine. */
export async function serveFakeStore(platform: FakePlatform): Promise<FakeStore> {
  const faults: CartFault[] = []
  const asked: string[] = []
  const pages = new Map<string, FakeReply>()
  let adds = 0
  pages.set('/sign-in', { body: SIGN_IN })
  if (platform.page) pages.set('/', { body: platform.page, headers: { 'content-type': 'text/html; charset=utf-8' } })
  const server = createServer(async (req, res) => {
    const request = await toRequest(req)
    asked.push(`${request.method} ${request.path}`)
    const write = platform.isWrite(request)
    if (write && (platform.isAdd?.(request) ?? true)) adds++
    const fault = write ? faults.shift() : undefined
    const reply = () =>
      platform.handle(request) ?? pages.get(request.path) ?? { status: 404, body: '<h1>Not found</h1>' }
    if (fault) fail(fault, { req, res, reply, errorInside: platform.errorInside })
    else send(res, reply())
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const root = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`
  return {
    root,
    asked,
    fetch: cookieFetch(root),
    fault: (kind, times = 1) => faults.push(...Array<CartFault>(times).fill(kind)),
    adds: () => adds,
    serve: (path, reply) => void pages.set(path, reply),
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

interface Failing {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly reply: () => FakeReply
  readonly errorInside: FakeReply | undefined
}

function fail(fault: CartFault, { req, res, reply, errorInside }: Failing): void {
  const said =
    SAID[fault] ?? (fault === 'error-in-200' ? (errorInside ?? { body: { error: 'No &amp; <b>no</b>' } }) : null)
  const done = fault === 'lost-after' || fault === 'cut-short' ? reply() : said
  if (fault === 'lost-before' || fault === 'lost-after' || !done) req.socket.destroy()
  else if (fault === 'cut-short') send(res, { ...done, body: half(toText(done.body)) })
  else send(res, done)
}

/** What a shop shows who must sign in first. */
export const SIGN_IN = '<!doctype html><title>Sign in</title><form><input type="password" name="password"/></form>'

const half = (text: string) => text.slice(0, text.length / 2)
const SAID: Readonly<Partial<Record<CartFault, FakeReply>>> = {
  html: { body: '<!doctype html><title>Oops</title>' },
  'server-error': { status: 500, body: '<h1>500</h1>' },
  conflict: { status: 409, body: '<html>busy</html>', headers: { 'retry-after': '0' } },
  login: { status: 302, headers: { location: '/sign-in' } },
  'too-many': { status: 429, body: 'slow down', headers: { 'retry-after': '0' } },
}

function send(res: ServerResponse, { status = 200, body, headers }: FakeReply): void {
  // A browser sends a request again by itself where a connection that it has used before dies without an answer; a test of ours must not
  // meet that, so no connection is used twice.
  const type = typeof body === 'string' && !/^[[{]/.test(body) ? 'text/html; charset=utf-8' : 'application/json'
  res.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    connection: 'close',
    ...headers,
  } as Record<string, string>)
  res.end(status === 204 ? undefined : toText(body))
}

const toText = (body: unknown) => (typeof body === 'string' ? body : (JSON.stringify(body) ?? ''))

async function toRequest(req: IncomingMessage): Promise<FakeRequest> {
  const url = new URL(req.url ?? '/', 'http://fake.example')
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString()
  const type = req.headers['content-type'] ?? ''
  const cookies = Object.fromEntries(
    (req.headers.cookie ?? '').split('; ').flatMap((pair) => {
      const [name, ...value] = pair.split('=')
      return name ? [[name, value.join('=')]] : []
    }),
  )
  return {
    ...{ method: req.method ?? 'GET', url, path: url.pathname, headers: req.headers, cookies },
    form: /multipart/.test(type) ? multipart(text) : new URLSearchParams(/json/.test(type) ? '' : text),
    json: /json/.test(type) && text ? JSON.parse(text) : undefined,
  }
}

/** As much of RFC 7578 as a form without files needs. */
function multipart(text: string): URLSearchParams {
  const found = new URLSearchParams()
  for (const [, name = '', value = ''] of text.matchAll(/name="([^"]*)"\r\n\r\n([\s\S]*?)\r\n--/g))
    found.append(name, value)
  return found
}

function cookieFetch(root: string): typeof fetch {
  const jar = new Map<string, string>()
  return async (input, init) => {
    const headers = new Headers(init?.headers)
    if (jar.size) headers.set('cookie', [...jar].map((pair) => pair.join('=')).join('; '))
    const response = await fetch(new URL(`${input}`, root), { ...init, headers })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      jar.set(name, value)
    }
    return response
  }
}
