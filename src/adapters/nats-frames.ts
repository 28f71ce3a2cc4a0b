/** Longest line, bytes; an INFO that lists a large cluster has some thousand. */
const MAX_LINE = 65_536
/** Largest payload that is waited for, bytes; servers take 1 MiB unless told otherwise. */
const MAX_PAYLOAD = 8_388_608

/**
 * Cuts a byte stream of the NATS client protocol into frames, wherever its pieces end.
 * @param onFrame is given the words of a frame's line (`MSG`, subject, sid …) and its payload without headers; only `MSG` and `HMSG` have one
 * @returns what takes the next piece, and is false where this is no NATS
 */
export function createNatsReader(
  onFrame: (words: readonly string[], payload: Uint8Array) => void,
): (piece: Uint8Array) => boolean {
  let bytes = new Uint8Array()
  return (piece) => {
    const joined = new Uint8Array(bytes.length + piece.length)
    joined.set(bytes)
    joined.set(piece, bytes.length)
    bytes = joined
    for (;;) {
      const start = bytes.indexOf(10) + 1
      if (!start) return bytes.length < MAX_LINE
      const words = new TextDecoder().decode(bytes.subarray(0, start)).trim().split(/\s+/)
      const isMessage = /^H?MSG$/.test(words[0] ?? '')
      const head = words[0] === 'HMSG' ? Number(words.at(-2)) : 0
      const size = isMessage ? Number(words.at(-1)) : 0
      if (!(size >= head && size <= MAX_PAYLOAD)) return false
      const end = isMessage ? start + size + 2 : start
      if (bytes.length < end) return true
      const payload = bytes.slice(start + head, start + size)
      bytes = bytes.subarray(end)
      onFrame(words, payload)
    }
  }
}
