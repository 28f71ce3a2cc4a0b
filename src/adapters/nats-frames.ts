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

/** Longest line, bytes; an INFO that lists a large cluster has some thousand. */
const MAX_LINE = 65_536
/** Largest payload that is waited for, bytes; servers take 1 MiB unless told otherwise. */
const MAX_PAYLOAD = 8_388_608

/**
 * Cuts a byte stream into frames, wherever its pieces end.
 * @returns what takes the next piece, and is false where this is no NATS
 */
export function createNatsReader(onFrame: (frame: NatsFrame) => void): (piece: Uint8Array) => boolean {
  let bytes = new Uint8Array()
  const text = (from: number, to: number) => new TextDecoder().decode(bytes.subarray(from, to))

  /** Whether there may be another frame; `null`: this is no NATS. */
  function next(): boolean | null {
    const start = bytes.indexOf(10) + 1
    if (!start) return bytes.length > MAX_LINE ? null : false
    const [, verb = '', rest = ''] = /^(\S*)\s*(.*?)\s*$/s.exec(text(0, start)) ?? []
    const kind = /^(H?)MSG$/.exec(verb)
    const [first = 0, last = 0] = rest.split(/\s+/).slice(-2).map(Number)
    const [head, size] = kind ? [kind[1] ? first : 0, last] : [0, 0]
    if (!(size >= head && size <= MAX_PAYLOAD)) return null
    const end = start + (kind ? size + 2 : 0)
    if (bytes.length < end) return false
    const status = Number(/^NATS\/1\.0 +(\d+)/.exec(text(start, start + head))?.[1] ?? 0)
    const data = bytes.slice(start + head, start + size)
    bytes = bytes.subarray(end)
    onFrame({ verb, rest, data, status })
    return true
  }

  return (piece) => {
    const joined = new Uint8Array(bytes.length + piece.length)
    joined.set(bytes)
    joined.set(piece, bytes.length)
    bytes = joined
    let goesOn: boolean | null = true
    while (goesOn) goesOn = next()
    return goesOn !== null
  }
}
