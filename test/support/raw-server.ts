import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

/** A server that says what it is told: `/stream` is an event stream, a WebSocket is open anywhere, any other path answers its own name as JSON. */
export interface RawServer {
  /** Ends with a slash. */
  readonly url: string
  /** What came up the sockets, oldest first. */
  readonly heard: readonly string[]
  /** Sends a text to every stream (as one `data` block) and socket. */
  say(text: string): void
  /** Streams and sockets that stand. */
  listeners(): number
  stop(): Promise<void>
}

/** Listens on a free port of 127.0.0.1. */
export async function startRawServer(): Promise<RawServer> {
  const streams = new Set<ServerResponse>()
  const sockets = new Set<WebSocket>()
  const heard: string[] = []
  const server = createServer((request, response) => {
    if (request.url !== '/stream') {
      const body = JSON.stringify({ path: request.url })
      return response.writeHead(200, { 'Content-Type': 'application/json', ETag: '"1"' }).end(body)
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders()
    streams.add(response)
    response.on('close', () => streams.delete(response))
  })
  // With compression offered: the proxy must see to it that it is not used.
  const lines = new WebSocketServer({ server, perMessageDeflate: { threshold: 0 } })
  lines.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('message', (data) => heard.push(String(data)))
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.terminate())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    heard,
    say(text) {
      for (const stream of streams) stream.write(`data: ${text}\n\n`)
      for (const socket of sockets) socket.send(text)
    },
    listeners: () => streams.size + sockets.size,
    async stop() {
      for (const socket of sockets) socket.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
