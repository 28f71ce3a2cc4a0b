import type { IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { ownHeaders, WRONG_PAGE } from './fault-http.ts'
import type { Lane } from './fault-lane.ts'
import type { FaultWires } from './fault-wires.ts'
import { createFrameReader, frameOf, type SocketMessage } from './websocket-frames.ts'

/** The client's end of a handshake, and the bytes that came with it. */
export interface TunnelEnd {
  readonly socket: Socket
  readonly head: Uint8Array
}

/** Carries a WebSocket: the handshake as it is but without extensions, then message by message, both ways. Control frames are no messages. */
export function openTunnel(wires: FaultWires, target: URL, incoming: IncomingMessage, end: TunnelEnd): void {
  const { method = 'GET', url = '/' } = incoming
  const { socket } = end
  const fault = wires.judge.judgeRequest({ method, url })
  const go = () => wires.unlessFrozen(() => tunnel(wires, target, incoming, end))
  if (fault === undefined) go()
  else if (fault === 'drop') socket.destroy()
  else if (fault === 'wrong-type')
    answer(socket, '200 OK', { ...ownHeaders(), 'Content-Type': 'text/html' }, WRONG_PAGE)
  else if (fault === 'freeze') return
  else if ('delay' in fault) wires.wait(fault.delay, go)
  else answer(socket, `${fault.status} Refused`, ownHeaders(fault.retryAfter), '')
}

function answer(socket: Socket, status: string, headers: Record<string, string>, body: string) {
  const all = { ...headers, Connection: 'close', 'Content-Length': String(body.length) }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n${body}`)
}

function tunnel(wires: FaultWires, target: URL, incoming: IncomingMessage, { socket, head }: TunnelEnd) {
  if (socket.destroyed) return
  const { url = '/' } = incoming
  const upstream = connect(Number(target.port || 80), target.hostname).setNoDelay()
  const end = () => {
    socket.destroy()
    upstream.destroy()
  }
  socket.on('close', end)
  // What was held back still goes out, unless the line is frozen; then it stands, as a dead peer's does.
  upstream.on('error', end).on('close', () => down.after(() => socket.destroySoon()))
  const down = wires.lane(socket, { kind: 'socket', way: 'down', url }, into(socket))
  const up = wires.lane(socket, { kind: 'socket', way: 'up', url }, into(upstream))

  upstream.write(requestHead(incoming, target))
  const readDown = createFrameReader(forwardTo(down, socket, false))
  const readUp = createFrameReader(forwardTo(up, upstream, true))
  const safely = (read: (bytes: Uint8Array) => void) => (bytes: Uint8Array) => {
    try {
      read(bytes)
    } catch {
      end()
    }
  }
  upstream.on('data', safely(afterHandshake(readDown, into(socket))))
  socket.on('data', safely(readUp))
  if (head.length) safely(readUp)(head)
}

function requestHead({ method = 'GET', url = '/', headers }: IncomingMessage, target: URL): string {
  const kept = Object.entries({ ...headers, host: target.host }).filter(([name]) => name !== 'sec-websocket-extensions')
  return `${method} ${url} HTTP/1.1\r\n${kept.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
}

const into = (socket: Socket) => (bytes: Uint8Array) => void (socket.writable && socket.write(bytes))

function forwardTo(lane: Lane, socket: Socket, isMasked: boolean) {
  return ({ opcode, payload }: SocketMessage) => {
    const frame = (message: Uint8Array) => frameOf({ opcode, payload: message }, isMasked)
    if (opcode < 8) lane.push(payload, frame)
    else lane.after(() => into(socket)(frame(payload)))
  }
}

/** Hands on the answer's head as it is and what follows it to `read`; a refusal is handed on whole. */
function afterHandshake(read: (bytes: Uint8Array) => void, pass: (bytes: Uint8Array) => void) {
  let head = Buffer.alloc(0)
  let stands: boolean | undefined
  return (bytes: Uint8Array) => {
    if (stands !== undefined) return stands ? read(bytes) : pass(bytes)
    head = Buffer.concat([head, bytes])
    const end = head.indexOf('\r\n\r\n') + 4
    if (end < 4) return
    stands = /^HTTP\/1\.1 101/.test(head.toString('latin1', 0, 20))
    pass(stands ? head.subarray(0, end) : head)
    if (stands && head.length > end) read(head.subarray(end))
  }
}
