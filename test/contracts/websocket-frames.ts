/** A whole message, or a control frame (`opcode` from 8). */
export interface SocketMessage {
  readonly opcode: number
  /** Unmasked. */
  readonly payload: Uint8Array
}

/** Longest frame that is believed, bytes. */
const MAX_FRAME = 2 ** 30

/**
 * Reads a WebSocket's bytes (RFC 6455 §5.2), joining fragments; extensions must be off.
 * @throws RangeError from the fed function where a frame claims a gigabyte
 */
export function createFrameReader(onMessage: (message: SocketMessage) => void): (bytes: Uint8Array) => void {
  let rest: Uint8Array = new Uint8Array()
  let parts: Uint8Array[] = []
  let opcode = 0
  return (bytes) => {
    rest = rest.length ? join([rest, bytes]) : bytes
    for (let frame = readFrame(rest); frame; frame = readFrame(rest)) {
      rest = rest.subarray(frame.size)
      if (frame.opcode >= 8) {
        onMessage(frame)
        continue
      }
      opcode ||= frame.opcode
      parts.push(frame.payload)
      if (!frame.isLast) continue
      const message = { opcode, payload: join(parts) }
      parts = []
      opcode = 0
      onMessage(message)
    }
  }
}

interface Frame extends SocketMessage {
  readonly isLast: boolean
  readonly size: number
}

function readFrame(bytes: Uint8Array): Frame | undefined {
  const [first, second] = bytes
  if (first === undefined || second === undefined) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const short = second & 0x7f
  const head = 2 + (short === 126 ? 2 : short === 127 ? 8 : 0)
  if (bytes.length < head) return undefined
  const length = short === 126 ? view.getUint16(2) : short === 127 ? Number(view.getBigUint64(2)) : short
  if (length > MAX_FRAME) throw new RangeError(`a frame of ${length} bytes`)
  const isMasked = second >= 0x80
  const start = head + (isMasked ? 4 : 0)
  if (bytes.length < start + length) return undefined
  const payload = bytes.slice(start, start + length)
  if (isMasked) for (let i = 0; i < length; i++) payload[i] = (payload[i] ?? 0) ^ (bytes[head + (i % 4)] ?? 0)
  return { opcode: first & 0x0f, payload, isLast: first >= 0x80, size: start + length }
}

/**
 * The bytes of one unfragmented frame.
 * @param isMasked as a client's must be; the key is zero
 */
export function frameOf({ opcode, payload }: SocketMessage, isMasked: boolean): Uint8Array {
  const { length } = payload
  const head = new DataView(new ArrayBuffer(2 + (length < 126 ? 0 : length < 65_536 ? 2 : 8)))
  head.setUint8(0, 0x80 | opcode)
  head.setUint8(1, (isMasked ? 0x80 : 0) | (length < 126 ? length : length < 65_536 ? 126 : 127))
  if (head.byteLength === 4) head.setUint16(2, length)
  else if (head.byteLength === 10) head.setBigUint64(2, BigInt(length))
  return join([new Uint8Array(head.buffer), new Uint8Array(isMasked ? 4 : 0), payload])
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
