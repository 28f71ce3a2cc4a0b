import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { serveHttp } from './fault-http.ts'
import { openTunnel } from './fault-tunnel.ts'
import { createFaultWires } from './fault-wires.ts'
import { createFaults, type FaultRules, type Faults } from './faults.ts'

export type { FaultRules, Faults, MessageFault, PassingMessage, PassingRequest, RequestFault } from './faults.ts'
export { type SeededFaultOptions, seededFaults } from './seeded-faults.ts'

/** A proxy in front of a server that breaks HTTP, event streams and WebSockets as it is told, message by message. */
export interface FaultProxy extends Faults {
  /** The target's address through the proxy; ends with a slash. */
  readonly url: string
  /** Ends every connection, without a close frame. */
  cut(): void
  /** From now on nothing moves, either way, and nobody hangs up: a dead peer. New connections too. */
  freeze(): void
  /** Lets go all that was held since {@link freeze}, or by a message's own `freeze`. */
  thaw(): void
  /** Connections from clients that stand, idle ones included. */
  connections(): number
  stop(): Promise<void>
}

/**
 * Starts a proxy on a free port of 127.0.0.1. Needs Node.
 * @param target `http://host:port`, what the proxy stands in front of; https is not spoken
 * @param rules asked about every request and message; absent: all passes. May be replaced at any time
 */
export async function startFaultProxy(target: string, rules: FaultRules = {}): Promise<FaultProxy> {
  const address = new URL(target)
  const faults = createFaults(rules)
  const wires = createFaultWires(faults)
  const server = createServer((incoming, response) => serveHttp(wires, address, incoming, response))
  server.on('connection', wires.add)
  server.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Uint8Array) =>
    openTunnel(wires, address, incoming, { socket, head }),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // One object with the faults: their `rules` may be replaced.
  return Object.assign(faults, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    cut: wires.cut,
    freeze: wires.freeze,
    thaw: wires.thaw,
    connections: wires.count,
    async stop() {
      wires.stop()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}
