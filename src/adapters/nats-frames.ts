/** One frame of the NATS client protocol. */
export interface NatsFrame {
  /** `INFO`, `MSG`, `HMSG`, `PING`, `PONG`, `+OK`, `-ERR`. */
  readonly verb: string
  /** What follows the verb on its line. */
  readonly rest: string
  /** The payload of `MSG` and `HMSG`; empty elsewhere. */
  readonly data: Uint8Array
  /** Status of `HMSG` headers, such as 503 for "nobody answers"; 0 without. */
  readonly status: number
}

/** Longest line that is not a payload, bytes; an INFO that lists a large cluster has some thousand. */
const MAX_LINE = 65_536
/** Largest payload that is waited for, bytes: as much as a server takes at most by its settings. */
const MAX_PAYLOAD = 67_108_864

/**
 * Cuts a byte stream into frames, wherever its pieces end.
 * @returns what takes the next piece, and is false where this is no NATS
 */
export function createNatsReader(onFrame: (frame: NatsFrame) => void): (piece: Uint8Array) => boolean {
  let bytes = new Uint8Array()
  /** Bytes that the frame at hand needs to be whole; pieces before that are only kept. */
  let needed = 0
  let pieces: Uint8Array[] = []
  let kept = 0
  let isBroken = false
  const text = (from: number, to: number) => new TextDecoder().decode(bytes.subarray(from, to))

  /** Whether there may be another frame. */
  function next(): boolean {
    const start = bytes.indexOf(10) + 1
    if (!start) return false
    const [, verb = '', rest = ''] = /^(\S*)\s*(.*?)\s*$/s.exec(text(0, start)) ?? []
    const [first = 0, last = 0] = rest.split(/\s+/).slice(-2).map(Number)
    const isMessage = /^H?MSG$/i.test(verb)
    const head = /^H/i.test(verb) ? first : 0
    const end = isMessage ? start + last : start
    isBroken = !(end >= start + head) || end > MAX_PAYLOAD
    if (isBroken) return false
    needed = isMessage ? end + 2 : 0
    if (bytes.length < needed) return false
    const status = head ? Number(/^NATS\/1\.0 +(\d+)/.exec(text(start, start + head))?.[1] ?? 0) : 0
    const frame = { verb: verb.toUpperCase(), rest, data: bytes.slice(start + head, end), status }
    bytes = bytes.subarray(needed || start)
    needed = 0
    onFrame(frame)
    return true
  }

  return (piece) => {
    pieces.push(piece)
    kept += piece.length
    if (bytes.length + kept < needed) return true
    const joined = new Uint8Array(bytes.length + kept)
    joined.set(bytes)
    let at = bytes.length
    for (const part of pieces) {
      joined.set(part, at)
      at += part.length
    }
    bytes = joined
    pieces = []
    kept = 0
    while (next());
    return !isBroken && (needed > 0 || bytes.length <= MAX_LINE)
  }
}
