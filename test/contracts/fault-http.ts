import { type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { Lane } from './fault-lane.ts'
import type { FaultWires } from './fault-wires.ts'

/** What a `wrong-type` answer holds. */
export const WRONG_PAGE = '<!doctype html><title>Not what you asked for</title>'
/** Headers that belong to one hop; the proxy's own hop has its own. */
const HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length'])

/** Headers of an answer that the proxy makes up; pages of any address may read it. */
export function ownHeaders(retryAfter?: number): Record<string, string> {
  return {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'Retry-After',
    ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
  }
}

/** Carries one request to the target and its answer back: an event stream block by block, any other body as one message. */
export function serveHttp(wires: FaultWires, target: URL, incoming: IncomingMessage, response: ServerResponse): void {
  const { method = 'GET', url = '/' } = incoming
  const fault = wires.judge.judgeRequest({ method, url })
  const go = () => wires.unlessFrozen(() => forward(wires, target, incoming, response))
  if (fault === undefined) go()
  else if (fault === 'drop') incoming.socket.destroy()
  else if (fault === 'wrong-type')
    response.writeHead(200, { ...ownHeaders(), 'Content-Type': 'text/html' }).end(WRONG_PAGE)
  else if (fault === 'freeze') return
  else if ('delay' in fault) wires.wait(fault.delay, go)
  else response.writeHead(fault.status, ownHeaders(fault.retryAfter)).end()
}

function forward(wires: FaultWires, target: URL, incoming: IncomingMessage, response: ServerResponse) {
  const { socket, method = 'GET', url = '/' } = incoming
  if (socket.destroyed) return
  // The body must be readable here; its length may change on the way.
  const headers = { ...incoming.headers, host: target.host, 'accept-encoding': 'identity', connection: 'close' }
  const upstream = request({ host: target.hostname, port: target.port, path: url, method, headers }, (answer) => {
    const kept = Object.entries(answer.headers).filter(([name]) => !HOP.has(name))
    response.writeHead(answer.statusCode ?? 502, Object.fromEntries(kept) as Record<string, string>)
    const isStream = answer.headers['content-type']?.includes('text/event-stream') ?? false
    const lane = wires.lane(
      socket,
      { kind: isStream ? 'events' : 'http', way: 'down', url },
      (bytes) => void (response.writable && response.write(bytes)),
    )
    if (isStream) response.flushHeaders()
    const read = isStream ? readBlocks(lane) : readWhole(lane)
    answer.on('data', read.data)
    answer.on('end', () => {
      read.end()
      lane.after(() => response.end())
    })
    answer.on('error', () => socket.destroy())
    response.on('close', () => wires.done(socket, lane))
  })
  upstream.on('error', () => socket.destroy())
  response.on('close', () => upstream.destroy())
  incoming.pipe(upstream)
}

/** Every block of an event stream is a message, without the empty line at its end; a last one that is not whole is left out. */
function readBlocks(lane: Lane) {
  let rest = ''
  const decoder = new TextDecoder()
  return {
    data(bytes: Uint8Array) {
      const blocks = (rest + decoder.decode(bytes, { stream: true })).split(/\r\n\r\n|\n\n|\r\r/)
      rest = blocks.pop() ?? ''
      for (const block of blocks) lane.push(Buffer.from(block), endBlock)
    },
    end() {},
  }
}

const endBlock = (block: Uint8Array) => Buffer.concat([block, Buffer.from('\n\n')])

/** The whole body is one message; an empty one is none. */
function readWhole(lane: Lane) {
  const parts: Uint8Array[] = []
  return {
    data: (bytes: Uint8Array) => void parts.push(bytes),
    end: () => void (parts.length && lane.push(Buffer.concat(parts), (body) => body)),
  }
}
