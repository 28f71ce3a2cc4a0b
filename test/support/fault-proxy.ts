import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A TCP proxy that breaks things on command, for HTTP, event streams and WebSockets alike. */
export interface FaultProxy {
  /** The target's address through the proxy; ends with a slash. */
  readonly url: string
  readonly faults: {
    /** Bytes stay in the proxy, in both directions, and nobody hangs up: a dead peer. */
    frozen: boolean
    /** New connections are closed at once. */
    refusing: boolean
    /** Bytes from the target are cut into pieces of this size; 0: as they come. */
    pieces: number
  }
  /** Ends every connection, without a close frame. */
  cut(): void
  connections(): number
  stop(): Promise<void>
}

/** @param target `http://host:port/` */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const { hostname, port } = new URL(target)
  const pairs = new Set<readonly [Socket, Socket]>()
  const faults = { frozen: false, refusing: false, pieces: 0 }

  const server = createServer((client) => {
    if (faults.refusing) return void client.destroy()
    const upstream = connect(Number(port), hostname)
    const pair = [client, upstream] as const
    pairs.add(pair)
    const end = () => {
      pairs.delete(pair)
      for (const socket of pair) socket.destroy()
    }
    for (const socket of pair) socket.setNoDelay().on('close', end).on('error', end)
    client.on('data', (bytes) => faults.frozen || upstream.write(bytes))
    upstream.on('data', (bytes) => {
      if (faults.frozen) return
      const size = faults.pieces || bytes.length
      for (let at = 0; at < bytes.length; at += size) client.write(bytes.subarray(at, at + size))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  function cut() {
    for (const [client, upstream] of pairs) {
      client.destroy()
      upstream.destroy()
    }
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    faults,
    cut,
    connections: () => pairs.size,
    async stop() {
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
