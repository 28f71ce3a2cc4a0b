import { readFileSync } from 'node:fs'

/** The boxes of an MP4 between two offsets: type, where the box and its body start, and where it ends. */
export function* boxes(bytes, from = 0, to = bytes.length) {
  for (let at = from; at + 8 <= to; ) {
    const short = bytes.readUInt32BE(at)
    const size = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short || to - at
    if (size < 8 || at + size > to) throw new RangeError(`a box of ${size} bytes at ${at} runs past ${to}`)
    yield { type: bytes.toString('latin1', at + 4, at + 8), at, body: at + (short === 1 ? 16 : 8), end: at + size }
    at += size
  }
}

/** Every box on a path such as `['moof', 'traf', 'tfdt']`, in order. */
export function* find(bytes, path, from = 0, to = bytes.length) {
  const [type, ...rest] = path
  for (const box of boxes(bytes, from, to)) {
    if (box.type !== type) continue
    if (rest.length === 0) yield box
    else yield* find(bytes, rest, box.body, box.end)
  }
}

/** Ticks per second of each track, by track id. */
export function readTimescales(header) {
  const scales = new Map()
  for (const trak of find(header, ['moov', 'trak'])) {
    const [tkhd] = find(header, ['tkhd'], trak.body, trak.end)
    const [mdhd] = find(header, ['mdia', 'mdhd'], trak.body, trak.end)
    const id = header.readUInt32BE(tkhd.body + (header[tkhd.body] ? 20 : 12))
    scales.set(id, header.readUInt32BE(mdhd.body + (header[mdhd.body] ? 20 : 12)))
  }
  return scales
}

/**
 * A fragmented MP4 taken apart: `header` (ftyp and moov), its `timescales`, and `fragments`, each a moof with its mdat and the
 * offset at which it stands in the file. Throws where the file cannot be read or is cut.
 */
export function readFragments(file) {
  const bytes = readFileSync(file)
  const all = [...boxes(bytes)]
  const starts = all.filter((box) => box.type === 'moof').map((box) => box.at)
  const ends = all.filter((box) => box.type === 'mdat').map((box) => box.end)
  if (starts.length === 0 || starts.length !== ends.length) throw new RangeError(`${file} is not a fragmented MP4`)
  const header = bytes.subarray(0, starts[0])
  const fragments = starts.map((at, index) => ({ offset: at, bytes: bytes.subarray(at, ends[index]) }))
  return { header, timescales: readTimescales(header), fragments }
}

/**
 * A copy of a fragment that plays `seconds` (a whole number) later, with its own sequence number: the clock of every track is moved,
 * the pictures and the sound are untouched.
 */
export function moveFragment(fragment, timescales, seconds, sequence) {
  const copy = Buffer.from(fragment)
  for (const mfhd of find(copy, ['moof', 'mfhd'])) copy.writeUInt32BE(sequence >>> 0, mfhd.body + 4)
  for (const traf of find(copy, ['moof', 'traf'])) {
    const [tfhd] = find(copy, ['tfhd'], traf.body, traf.end)
    const [tfdt] = find(copy, ['tfdt'], traf.body, traf.end)
    if (copy[tfdt.body] !== 1) throw new RangeError('a fragment needs a 64-bit tfdt')
    const ticks = BigInt(seconds * timescales.get(copy.readUInt32BE(tfhd.body + 4)))
    copy.writeBigUInt64BE(copy.readBigUInt64BE(tfdt.body + 4) + ticks, tfdt.body + 4)
  }
  return copy
}
