import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { find, moveFragment, readFragments } from './fragments.mjs'

/** Seconds of material in every rendition, exact in the clocks of picture and sound. */
export const LOOP_SECONDS = 64

/** The renditions of a folder (`v640.mp4`, …), smallest first: what a player must be told of each, and its fragments. */
export function readRenditions(folder) {
  const files = readdirSync(folder).filter((file) => /^v\d+\.mp4$/.test(file))
  if (files.length === 0) throw new Error(`no v*.mp4 in ${folder}: make them with examples/live-shop/media/make.mjs`)
  return files.map((file) => readRendition(join(folder, file))).sort((a, b) => a.bandwidth - b.bandwidth)
}

function readRendition(file) {
  const { header, timescales, fragments } = readFragments(file)
  const seconds = LOOP_SECONDS / fragments.length
  const largest = Math.max(...fragments.map((fragment) => fragment.bytes.length))
  const total = fragments.reduce((sum, fragment) => sum + fragment.bytes.length, 0)
  return {
    name: basename(file, '.mp4'),
    header,
    fragments,
    /** Length of every segment, in seconds. */
    seconds,
    bandwidth: Math.ceil((largest * 8) / seconds),
    averageBandwidth: Math.ceil((total * 8) / LOOP_SECONDS),
    ...readPicture(header),
    /** Segment `number` of an endless show: its clock goes on where the one before it stopped. */
    segment: (number) => {
      const loops = Math.floor(number / fragments.length)
      return moveFragment(fragments[number % fragments.length].bytes, timescales, loops * LOOP_SECONDS, number + 1)
    },
  }
}

/** Size of the picture and the `CODECS` string, from the sample descriptions. */
function readPicture(header) {
  const [stsd] = [...find(header, ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd'])].filter(
    (box) => header.toString('latin1', box.body + 12, box.body + 16) === 'avc1',
  )
  const entry = stsd.body + 16
  const [avcC] = find(header, ['avcC'], entry + 78, stsd.end)
  return {
    width: header.readUInt16BE(entry + 24),
    height: header.readUInt16BE(entry + 26),
    codecs: `avc1.${header.toString('hex', avcC.body + 1, avcC.body + 4)},mp4a.40.2`,
  }
}
