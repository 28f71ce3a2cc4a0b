/** Reads boxes of an ISO base media file (ISO/IEC 14496-12) that contain others, and calls back for every leaf of the wanted type. */
function visit(data: Buffer, type: string, found: (box: Buffer) => void): void {
  for (let at = 0; at + 8 <= data.length; ) {
    const size = data.readUInt32BE(at)
    const name = data.toString('latin1', at + 4, at + 8)
    const end = size === 0 ? data.length : at + size
    if (name === type) found(data.subarray(at, end))
    else if (['moov', 'trak', 'mdia', 'moof', 'traf'].includes(name)) visit(data.subarray(at + 8, end), type, found)
    at = Math.max(end, at + 8)
  }
}

/** Time scales of an initialisation segment's tracks, in the order of their ids. */
export function timeScales(init: Buffer): number[] {
  const scales: number[] = []
  visit(init, 'mdhd', (box) => scales.push(box.readUInt32BE(box[8] === 1 ? 28 : 20)))
  return scales
}

/** A copy of a segment, moved later by whole seconds of media time. */
export function shiftSegment(segment: Buffer, scales: readonly number[], seconds: number): Buffer {
  const copy = Buffer.from(segment)
  let track = 0
  visit(copy, 'traf', (traf) => {
    visit(traf.subarray(8), 'tfhd', (box) => {
      track = box.readUInt32BE(12)
    })
    visit(traf.subarray(8), 'tfdt', (box) => {
      const ticks = BigInt(seconds * (scales[track - 1] ?? 1))
      if (box[8] === 1) box.writeBigUInt64BE(box.readBigUInt64BE(12) + ticks, 12)
      else box.writeUInt32BE(Number(BigInt(box.readUInt32BE(12)) + ticks), 12)
    })
  })
  return copy
}
