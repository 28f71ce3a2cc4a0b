import type { Socket } from 'node:net'
import { createLane, type Lane } from './fault-lane.ts'
import type { FaultJudge, PassingMessage } from './faults.ts'

/** The connections of a proxy, with all that can happen to them at once. */
export interface FaultWires {
  readonly judge: FaultJudge
  /** A client has connected. */
  add(socket: Socket): void
  /** One direction of an exchange on a client's connection. */
  lane(socket: Socket, passing: Omit<PassingMessage, 'text'>, write: (bytes: Uint8Array) => void): Lane
  /** The exchange is over. */
  done(socket: Socket, lane: Lane): void
  /** Runs once after `ms` (0: with the next turn of the loop), unless the proxy stops. */
  wait(ms: number, run: () => void): void
  /** Runs now, or with the next thaw. */
  unlessFrozen(run: () => void): void
  cut(): void
  freeze(): void
  thaw(): void
  count(): number
  stop(): void
}

interface Wire {
  readonly lanes: Set<Lane>
  readonly frozen: Set<Lane>
}

/** See {@link FaultWires}. */
export function createFaultWires(judge: FaultJudge): FaultWires {
  const wires = new Map<Socket, Wire>()
  const timers = new Set<NodeJS.Timeout>()
  let frozen = false
  let waiting: (() => void)[] = []

  const wireOf = (socket: Socket) => wires.get(socket) ?? { lanes: new Set<Lane>(), frozen: new Set<Lane>() }
  function hold(wire: Wire, lane: Lane) {
    if (wire.frozen.has(lane)) return
    wire.frozen.add(lane)
    lane.hold()
  }
  function cut() {
    for (const socket of wires.keys()) socket.destroy()
  }
  function wait(ms: number, run: () => void) {
    if (!ms) return void setImmediate(run)
    const timer = setTimeout(() => {
      timers.delete(timer)
      run()
    }, ms)
    timers.add(timer)
  }

  return {
    judge,
    wait,
    cut,
    count: () => wires.size,
    add(socket) {
      wires.set(socket, { lanes: new Set(), frozen: new Set() })
      socket.setNoDelay().on('error', () => {})
      socket.on('close', () => wires.delete(socket))
    },
    lane(socket, passing, write) {
      const wire = wireOf(socket)
      const lane = createLane({
        write,
        wait,
        judge: (message) => judge.judgeMessage({ ...passing, text: new TextDecoder().decode(message) }),
        cut(last) {
          if (passing.way === 'down' && last.length) write(last)
          socket.destroySoon()
        },
        freeze() {
          for (const one of wire.lanes) hold(wire, one)
        },
      })
      wire.lanes.add(lane)
      if (frozen) hold(wire, lane)
      return lane
    },
    done: (socket, lane) => void wires.get(socket)?.lanes.delete(lane),
    unlessFrozen(run) {
      if (frozen) waiting.push(run)
      else run()
    },
    freeze() {
      frozen = true
      for (const wire of wires.values()) for (const lane of wire.lanes) hold(wire, lane)
    },
    thaw() {
      frozen = false
      for (const wire of wires.values()) {
        const held = [...wire.frozen]
        wire.frozen.clear()
        for (const lane of held) lane.release()
      }
      const runs = waiting
      waiting = []
      for (const run of runs) run()
    },
    stop() {
      for (const timer of timers) clearTimeout(timer)
      cut()
    },
  }
}
