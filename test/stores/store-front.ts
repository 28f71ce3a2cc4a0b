import { readFile } from 'node:fs/promises'
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The build that is driven; `CASTCART_DIST` in the environment names another. */
const DIST = process.env.CASTCART_DIST ?? fileURLToPath(new URL('../../dist/', import.meta.url))
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.map': 'application/json',
}

/**
 * One connection for one request: on a connection that it used before and that dies without a word, a browser sends its request again by
 * itself (RFC 9110 §9.2.2 has it do so for safe ones only), and what is lost here would be asked for twice.
 */
const ONE_EACH = { connection: 'close' }

/** A file of the build, as a store's server gives it; `undefined`: there is none. */
export async function builtFile(path: string): Promise<{ body: Buffer; type: string } | undefined> {
  const place = join(DIST, normalize(`/${path}`))
  const body = await readFile(place).catch(() => undefined)
  return body && { body, type: TYPES[extname(place)] ?? 'application/octet-stream' }
}

/** A storefront of a headless shop: its pages, our build at `/castcart/`, and the engine behind it. */
export interface StoreFront {
  /** Without a slash at the end. */
  readonly origin: string
  /** The next answer of the engine to such a request is lost on its way; the engine has done what it was asked. */
  loseAnswer(isMeant: (method: string, url: string, body: string) => boolean): void
  stop(): Promise<void>
}

/** What a storefront serves. */
export interface StoreFrontOptions {
  /** Pages by path. */
  readonly pages?: Readonly<Record<string, string>>
  /** Paths that begin like this go to the engine as they are. */
  readonly prefix: string
  /** The engine, without a slash at the end. */
  readonly engine: string
}

/** Starts it at a free port. */
export async function startStoreFront({ pages = {}, prefix, engine }: StoreFrontOptions): Promise<StoreFront> {
  const lost: ((method: string, url: string, body: string) => boolean)[] = []
  const server = createServer(async (req, res) => {
    const { pathname } = new URL(req.url ?? '/', 'http://front.example')
    const page = pages[pathname]
    if (pathname.startsWith(prefix)) return forward(req, res, { engine, lost })
    const file = pathname.startsWith('/castcart/') ? await builtFile(pathname.slice('/castcart/'.length)) : undefined
    const type = file?.type ?? (/^\s*[[{]/.test(page ?? '') ? 'application/json' : 'text/html; charset=utf-8')
    res.writeHead(file || page ? 200 : 404, { 'content-type': type, 'cache-control': 'no-cache', ...ONE_EACH })
    res.end(file?.body ?? page ?? '<h1>Not found</h1>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    loseAnswer: (isMeant) => void lost.push(isMeant),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Asks the engine in full before anything is answered, so that an answer can be lost after the deed. */
async function forward(
  req: IncomingMessage,
  res: ServerResponse,
  { engine, lost }: { engine: string; lost: ((method: string, url: string, body: string) => boolean)[] },
): Promise<void> {
  const pieces: Buffer[] = []
  for await (const piece of req) pieces.push(piece)
  const body = Buffer.concat(pieces)
  const far = ask(new URL(req.url ?? '/', engine), { method: req.method, headers: req.headers }, async (answer) => {
    const back: Buffer[] = []
    for await (const piece of answer) back.push(piece)
    const at = lost.findIndex((isMeant) => isMeant(req.method ?? '', req.url ?? '', `${body}`))
    if (at >= 0) {
      lost.splice(at, 1)
      req.socket.destroy()
      return
    }
    res.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...ONE_EACH })
    res.end(Buffer.concat(back))
  })
  far.on('error', () => res.destroy())
  far.end(body)
}
