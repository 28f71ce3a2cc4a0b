/** A video track of an initialisation segment. */
interface VideoTrack {
  readonly id: number
  /** Ticks per second. */
  readonly scale: number
  /** Ticks that Media Source Extensions take off: the first edit's media time, where it is not an empty edit. */
  readonly skipped: number
}

/** Boxes that hold boxes on the way to what is read here. */
const CONTAINERS = new Set(['moov', 'trak', 'mdia', 'edts', 'moof', 'traf'])

/** Calls back with every leaf box inside, by its type and its content after the size and type (ISO/IEC 14496-12 §4.2). */
function eachBox(data: DataView, visit: (type: string, body: DataView) => void): void {
  for (let at = 0; at + 8 <= data.byteLength; ) {
    const size = data.getUint32(at)
    const end = size < 8 ? data.byteLength : Math.min(at + size, data.byteLength)
    const type = String.fromCharCode(...[4, 5, 6, 7].map((byte) => data.getUint8(at + byte)))
    const body = new DataView(data.buffer, data.byteOffset + at + 8, end - at - 8)
    visit(type, body)
    if (CONTAINERS.has(type)) eachBox(body, visit)
    at = end
  }
}

/** Version and flags stand first in a full box; version 1 has 64-bit times. */
function isLong(box: DataView): boolean {
  return box.getUint8(0) === 1
}

function videoTrack(init: DataView): VideoTrack | null {
  let id = 0
  let scale = 0
  let skipped = 0
  let found: VideoTrack | null = null
  eachBox(init, (type, box) => {
    if (type === 'trak') skipped = 0
    else if (type === 'tkhd') id = box.getUint32(isLong(box) ? 20 : 12)
    else if (type === 'mdhd') scale = box.getUint32(isLong(box) ? 20 : 12)
    else if (type === 'elst' && box.getUint32(4)) {
      const time = isLong(box) ? Number(box.getBigInt64(16)) : box.getInt32(12)
      skipped = Math.max(0, time)
    } else if (type === 'hdlr' && box.getUint32(8) === 0x76696465) found ??= { id, scale, skipped }
  })
  return found
}

/** Composition offset of a run's first sample, ticks. */
function firstOffset(run: DataView): number {
  const flags = run.getUint32(0)
  if (!(flags & 0x800)) return 0
  const skip = [0x1, 0x4, 0x100, 0x200, 0x400].filter((flag) => flags & flag).length
  return run.getInt32(8 + skip * 4)
}

/**
 * When the first picture of a fragmented MP4 segment is shown, in seconds of the media's own clock; `null` where there is none to find.
 * A playlist's date belongs to that picture, while hls.js takes a fragment to begin with its audio or with the decoding time, which
 * B-frames put up to some 130 ms earlier.
 */
export function firstPicture(init: ArrayBufferView | ArrayBuffer, segment: ArrayBuffer): number | null {
  try {
    const track = videoTrack(viewOf(init))
    if (!track?.scale) return null
    let id = 0
    let decoded = 0
    let found: number | null = null
    eachBox(new DataView(segment), (type, box) => {
      if (type === 'tfhd') id = box.getUint32(4)
      else if (type === 'tfdt') decoded = isLong(box) ? Number(box.getBigUint64(4)) : box.getUint32(4)
      else if (type === 'trun' && id === track.id) found ??= (decoded + firstOffset(box) - track.skipped) / track.scale
    })
    return found
  } catch {
    return null
  }
}

function viewOf(data: ArrayBufferView | ArrayBuffer): DataView {
  return data instanceof ArrayBuffer ? new DataView(data) : new DataView(data.buffer, data.byteOffset, data.byteLength)
}
