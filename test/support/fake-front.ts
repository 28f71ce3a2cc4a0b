import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A page of a fake front; a text is HTML. */
export type FakePage =
  | string
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }

/** The address that a fake shop shows to the world, in front of a fake store. */
export interface FakeFront {
  /** Ends in no slash. */
  readonly origin: string
  stop(): Promise<void>
}

/**
 * Serves pages, and hands what `to` finds a way for to the store at `behind`. Everything else is no page of this shop (404), so that who asks at the
 * wrong place hears it.
 * @param to path and query at the store, by those asked for
 */
export async function startFakeFront(options: {
  readonly pages: Readonly<Record<string, FakePage>>
  readonly behind: string
  readonly to: (path: string) => string | undefined
  /** Has an answer of its own before all else. */
  readonly guard?: (req: IncomingMessage) => FakePage | undefined
}): Promise<FakeFront> {
  const { pages, behind, to, guard } = options
  const server = createServer((req, res) => {
    const path = req.url ?? '/'
    const found = guard?.(req) ?? pages[path]
    const inner = found ? undefined : to(path)
    if (inner !== undefined) forward(req, res, new URL(inner, behind))
    else send(res, found ?? { status: 404, body: '<h1>Not found</h1>' })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

function send(res: ServerResponse, page: FakePage): void {
  const { status, headers, body } = typeof page === 'string' ? { status: 200, headers: {}, body: page } : page
  res.writeHead(status, { 'content-type': 'text/html; charset=utf-8', connection: 'close', ...headers }).end(body)
}

function forward(req: IncomingMessage, res: ServerResponse, url: URL): void {
  const { method, headers } = req
  const far = ask(url, { method, headers }, (answer) => {
    res.writeHead(answer.statusCode ?? 502, { ...answer.headers, connection: 'close' })
    answer.pipe(res)
  })
  far.on('error', () => res.destroy())
  req.pipe(far)
}
