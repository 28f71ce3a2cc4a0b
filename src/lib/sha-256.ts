/**
 * SHA-256 of a text's UTF-8 bytes (FIPS 180-4), in lower-case hex. Written out because `crypto.subtle` is missing on pages without
 * HTTPS and answers only later.
 */
export function sha256(text: string): string {
  const bytes = new TextEncoder().encode(text)
  const blocks = ((bytes.length + 8) >> 6) + 1
  const view = new DataView(new ArrayBuffer(blocks * 64))
  new Uint8Array(view.buffer).set(bytes)
  view.setUint8(bytes.length, 0x80)
  view.setUint32(blocks * 64 - 8, Math.floor(bytes.length / 2 ** 29))
  view.setUint32(blocks * 64 - 4, bytes.length << 3)
  let state: readonly number[] = FIRST
  for (let block = 0; block < blocks; block++) state = compress(state, view, block * 64)
  return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

/** The first 64 primes. */
const PRIMES: readonly number[] = /* @__PURE__ */ Array.from({ length: 310 }, (_, index) => index + 2).filter(
  (one, index, all) => all.slice(0, index).every((smaller) => one % smaller),
)
/** The first 32 bits of a root's fraction. */
const fraction = (root: number): number => ((root % 1) * 2 ** 32) | 0
const FIRST: readonly number[] = /* @__PURE__ */ PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)))
const ROUNDS: readonly number[] = /* @__PURE__ */ PRIMES.map((prime) => fraction(Math.cbrt(prime)))

const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by))

function compress(before: readonly number[], view: DataView, at: number): number[] {
  const words = Array.from({ length: 16 }, (_, index) => view.getInt32(at + index * 4))
  const word = (index: number) => words[index] ?? 0
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = before
  ROUNDS.forEach((round, index) => {
    if (index > 15) {
      const [x, y] = [word(index - 15), word(index - 2)]
      const low = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)
      const high = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10)
      words[index] = (word(index - 16) + low + word(index - 7) + high) | 0
    }
    const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + round + word(index)
    const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0]
  })
  return [a, b, c, d, e, f, g, h].map((value, index) => (value + (before[index] ?? 0)) | 0)
}
