import type { MessageFault } from './faults.ts'

/** How a lane reaches the other side. */
export interface LaneTools {
  judge(message: Uint8Array): MessageFault | undefined
  write(bytes: Uint8Array): void
  /** Ends the connection without a word, after these last bytes. */
  cut(last: Uint8Array): void
  /** Freezes the whole connection, both ways. */
  freeze(): void
  /** Runs once after `ms`. */
  wait(ms: number, run: () => void): void
}

/** The bytes of a message on the wire. */
export type Frame = (message: Uint8Array) => Uint8Array

/** One direction of a connection, on which each message may meet its fault. */
export interface Lane {
  push(message: Uint8Array, frame: Frame): void
  /** Runs when all that was pushed before is through. */
  after(run: () => void): void
  /** Holds everything back; each call wants a `release` of its own. */
  hold(): void
  release(): void
}

interface Parcel {
  readonly message: Uint8Array
  readonly frame: Frame
}

/** Ms that a message waits for another to overtake it. */
const OVERTAKEN_WITHIN = 50
/** Bytes that a corrupt message loses to NUL. */
const HOLE = 8

/** See {@link Lane}. */
export function createLane({ judge, write, cut, freeze, wait }: LaneTools): Lane {
  const queue: (() => void)[] = []
  let holds = 0
  let late: Parcel | undefined

  const send = ({ message, frame }: Parcel) => write(frame(message))
  function inTurn(run: () => void) {
    if (holds) queue.push(run)
    else run()
  }
  function release() {
    holds--
    while (!holds && queue.length) queue.shift()?.()
  }
  function holdFor(ms: number, run: () => void) {
    holds++
    wait(ms, () => {
      run()
      release()
    })
  }
  function sendLate() {
    const overtaken = late
    late = undefined
    if (overtaken) send(overtaken)
  }
  function pass(parcel: Parcel) {
    send(parcel)
    sendLate()
  }
  function sendPieces(bytes: Uint8Array, size: number) {
    write(bytes.subarray(0, size))
    if (size < bytes.length) holdFor(0, () => sendPieces(bytes.subarray(size), size))
  }
  function putOff(parcel: Parcel) {
    if (late) return pass(parcel)
    late = parcel
    wait(OVERTAKEN_WITHIN, () => inTurn(() => late === parcel && sendLate()))
  }

  function meet(parcel: Parcel, fault: MessageFault | undefined) {
    const { message, frame } = parcel
    if (fault === undefined) pass(parcel)
    else if (typeof fault === 'object') {
      if ('delay' in fault) holdFor(fault.delay, () => pass(parcel))
      else if ('pieces' in fault) sendPieces(frame(message), Math.max(1, fault.pieces))
      else for (let n = 0; n < fault.flood; n++) pass(parcel)
    } else if (fault === 'duplicate') for (let n = 0; n < 2; n++) pass(parcel)
    else if (fault === 'reorder') putOff(parcel)
    else if (fault === 'truncate') pass({ frame, message: half(message) })
    else if (fault === 'corrupt') pass({ frame, message: withHole(message) })
    else if (fault === 'cut') cut(half(frame(message)))
    else if (fault === 'freeze') {
      freeze()
      inTurn(() => pass(parcel))
    }
  }

  return {
    push: (message, frame) => inTurn(() => meet({ message, frame }, judge(message))),
    after: inTurn,
    hold: () => void holds++,
    release,
  }
}

const half = (bytes: Uint8Array) => bytes.subarray(0, bytes.length >> 1)

function withHole(message: Uint8Array): Uint8Array {
  const start = Math.max(0, (message.length - HOLE) >> 1)
  return Uint8Array.from(message).fill(0, start, start + HOLE)
}
