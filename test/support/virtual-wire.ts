import { createLane, type Lane } from '../contracts/fault-lane.ts'
import type { FaultJudge } from '../contracts/faults.ts'
import type { VirtualTime } from './virtual-time.ts'

/** What a virtual server is asked. */
export interface VirtualRequest {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
}

/** Its answer: a body, or a stream of blocks. */
export interface VirtualAnswer {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body?: string
  /** Called with what says one block and what ends the stream; returns what is called when the reader is gone. */
  readonly stream?: (say: (block: string) => void, end: () => void) => () => void
}

/** A server without a network. */
export interface VirtualServer {
  answer(request: VirtualRequest): VirtualAnswer
  /** A WebSocket has been opened; returns what hears its messages and its end. */
  socket?(line: { say(text: string): void; close(code: number, reason?: string): void }): {
    hear(text: string): void
    gone(): void
  }
}

/** The twin of the fault proxy on a virtual clock: `fetch` and `WebSocket` for a client, with the same faults on the same messages. */
export interface VirtualWire {
  readonly fetch: typeof fetch
  readonly WebSocket: typeof WebSocket
  /** Ends every connection, without a close frame. */
  cut(): void
  /** Lets go what single messages froze. */
  thaw(): void
  connections(): number
}

interface Connection {
  readonly end: () => void
  readonly frozen: Lane[]
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** See {@link VirtualWire}. */
export function createVirtualWire(server: VirtualServer, faults: FaultJudge, time: VirtualTime): VirtualWire {
  const connections = new Set<Connection>()
  const wait = (ms: number, run: () => void) => void time.wait(ms, run)
  const core: Core = { server, faults, wait, connections }
  return {
    fetch: (input, init) => exchange(core, new Request(input, init)),
    WebSocket: socketClass(core),
    cut() {
      for (const { end } of [...connections]) end()
    },
    thaw() {
      for (const { frozen } of connections) for (const lane of frozen.splice(0)) lane.release()
    },
    connections: () => connections.size,
  }
}

interface Core {
  readonly server: VirtualServer
  readonly faults: FaultJudge
  wait(ms: number, run: () => void): void
  readonly connections: Set<Connection>
}

function laneOf(core: Core, connection: Connection, write: (bytes: Uint8Array) => void, more: LaneMore): Lane {
  const { kind, way, url, cut } = more
  const lane = createLane({
    write,
    cut,
    wait: core.wait,
    judge: (message) => core.faults.judgeMessage({ kind, way, url, text: decoder.decode(message) }),
    freeze() {
      connection.frozen.push(lane)
      lane.hold()
    },
  })
  return lane
}

interface LaneMore {
  readonly kind: 'http' | 'events' | 'socket'
  readonly way: 'up' | 'down'
  readonly url: string
  cut(last: Uint8Array): void
}

async function exchange(core: Core, request: Request): Promise<Response> {
  const { method, signal } = request
  const url = new URL(request.url)
  const fault = core.faults.judgeRequest({ method, url: url.pathname })
  const given = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason))
    if (signal.aborted) reject(signal.reason)
  })
  // Awaited only where something is waited for.
  given.catch(() => {})
  if (fault === 'drop') throw new TypeError('fetch failed')
  if (fault === 'freeze') return given
  if (fault === 'wrong-type') return new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html' } })
  if (fault && 'delay' in fault) await Promise.race([given, new Promise<void>((go) => core.wait(fault.delay, go))])
  else if (fault) {
    const headers = fault.retryAfter === undefined ? {} : { 'Retry-After': String(fault.retryAfter) }
    return new Response(null, { status: fault.status, headers })
  }
  if (signal.aborted) return given
  const { status, headers = {}, body, stream } = core.server.answer({ method, url, headers: request.headers })
  if (!stream && !body) return new Response(null, { status, headers })
  return new Response(bodyOf(core, { url: url.pathname, signal, body, stream }), { status, headers })
}

interface BodyOptions {
  readonly url: string
  readonly signal: AbortSignal
  readonly body: string | undefined
  readonly stream: VirtualAnswer['stream']
}

function bodyOf(core: Core, { url, signal, body, stream }: BodyOptions): ReadableStream<Uint8Array> {
  let over = false
  let gone = () => {}
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const finish = (run: () => void) => {
        if (over) return
        over = true
        core.connections.delete(connection)
        run()
        gone()
      }
      const fail = () => finish(() => controller.error(new TypeError('terminated')))
      const connection: Connection = { end: fail, frozen: [] }
      core.connections.add(connection)
      signal.addEventListener('abort', () => finish(() => controller.error(signal.reason)))
      const write = (bytes: Uint8Array) => over || controller.enqueue(bytes)
      const cut = (last: Uint8Array) => {
        write(last)
        fail()
      }
      const lane = laneOf(core, connection, write, { kind: stream ? 'events' : 'http', way: 'down', url, cut })
      if (body) {
        lane.push(encoder.encode(body), (whole) => whole)
        lane.after(() => finish(() => controller.close()))
      } else if (stream) {
        const say = (block: string) => over || lane.push(encoder.encode(block), endBlock)
        gone = stream(say, () => lane.after(() => finish(() => controller.close())))
        if (over) gone()
      }
    },
    cancel() {
      over = true
      gone()
    },
  })
}

const endBlock = (block: Uint8Array) => encoder.encode(`${decoder.decode(block)}\n\n`)

/** A `WebSocket` class whose instances talk to the virtual server. Only what the adapters use is there. */
function socketClass(core: Core): typeof WebSocket {
  class VirtualSocket {
    static readonly OPEN = 1
    readyState = 0
    onopen: (() => void) | null = null
    onmessage: ((event: { data: unknown }) => void) | null = null
    onclose: ((event: { code: number; reason: string }) => void) | null = null
    onerror: (() => void) | null = null
    #peer: ReturnType<NonNullable<VirtualServer['socket']>> | undefined
    #up: Lane | undefined
    readonly #connection: Connection = { end: () => this.#end(1006), frozen: [] }

    constructor(address: string) {
      const url = new URL(address).pathname
      const fault = core.faults.judgeRequest({ method: 'GET', url })
      core.connections.add(this.#connection)
      if (fault === 'freeze') return
      if (fault && !(typeof fault === 'object' && 'delay' in fault)) core.wait(0, () => this.#end(1006))
      else core.wait(typeof fault === 'object' && 'delay' in fault ? fault.delay : 0, () => this.#open(url))
    }

    #open(url: string) {
      if (this.readyState !== 0) return
      const cut = () => this.#end(1006)
      const lane = (way: 'up' | 'down', write: (bytes: Uint8Array) => void) =>
        laneOf(core, this.#connection, write, { kind: 'socket', way, url, cut })
      const down = lane('down', (bytes) => this.readyState === 1 && this.onmessage?.({ data: decoder.decode(bytes) }))
      this.#up = lane('up', (bytes) => this.readyState < 3 && this.#peer?.hear(decoder.decode(bytes)))
      this.readyState = 1
      this.#peer = core.server.socket?.({
        say: (text) => down.push(encoder.encode(text), (message) => message),
        close: (code, reason = '') => down.after(() => this.#end(code, reason)),
      })
      this.onopen?.()
    }

    #end(code: number, reason = '') {
      if (this.readyState === 3) return
      this.readyState = 3
      core.connections.delete(this.#connection)
      this.#peer?.gone()
      this.onclose?.({ code, reason })
    }

    send(text: string) {
      this.#up?.push(encoder.encode(text), (message) => message)
    }

    close() {
      if (this.readyState === 3) return
      core.wait(0, () => this.#end(1000))
      this.readyState = this.readyState === 3 ? 3 : 2
    }
  }
  return VirtualSocket as never
}
