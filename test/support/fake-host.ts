import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FeedFile } from '../../src/feed.ts'

/** A static host behind a cache that may be behind, in memory. */
export interface FakeHost {
  /** Ends with a slash. */
  readonly url: string
  put(files: readonly FeedFile[]): void
  /** Takes a file away. */
  remove(name: string): void
  readonly requests: readonly { readonly name: string; readonly status: number; readonly bytes: number }[]
  readonly faults: {
    /** Answers everything with this. */
    refuse?: number | undefined
    retryAfter?: number
    token?: string
    /** Ms by which an answer may be behind: each is anything up to it, so one may be older than the last. */
    stale: number
    /** From 0 to below 1, for the above. */
    random(): number
  }
  connections(): number
  stop(): Promise<void>
}

/** Listens on a free port of 127.0.0.1. */
export async function startFakeHost(now: () => number = Date.now): Promise<FakeHost> {
  const versions = new Map<string, { text: string; at: number }[]>()
  const requests: { name: string; status: number; bytes: number }[] = []
  const faults: FakeHost['faults'] = { stale: 0, random: Math.random }
  let open = 0

  /** The file as some edge of the cache has it. */
  function find(name: string) {
    const seen = now() - faults.stale * faults.random()
    return versions.get(name)?.findLast(({ at }) => at <= seen)
  }

  function serve(request: IncomingMessage, response: ServerResponse) {
    const name = decodeURIComponent((request.url ?? '').slice(1).replace(/\?.*/, ''))
    const isRefused = faults.token && request.headers.authorization !== `Bearer ${faults.token}`
    const file = find(name)
    const status = faults.refuse ?? (isRefused ? 401 : file ? 200 : 404)
    const etag = `"${file?.at}"`
    const isKnown = status === 200 && request.headers['if-none-match'] === etag
    const text = status === 200 && !isKnown ? (file?.text ?? '') : ''
    requests.push({ name, status: isKnown ? 304 : status, bytes: Buffer.byteLength(text) })
    open++
    response.on('close', () => {
      open--
    })
    const wait = faults.retryAfter === undefined ? {} : { 'Retry-After': String(faults.retryAfter) }
    response.writeHead(isKnown ? 304 : status, { ...wait, ...(status === 200 && { ETag: etag }) }).end(text)
  }

  const server = createServer(serve)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    put(files) {
      for (const { name, text } of files) versions.set(name, [...(versions.get(name) ?? []), { text, at: now() }])
    },
    remove: (name) => versions.delete(name),
    requests,
    faults,
    connections: () => open,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
