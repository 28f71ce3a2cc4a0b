/**
 * Makes `id3` beside this file of `plain`: the same pictures in MPEG-TS, with ID3 tags in a stream of their own at the seconds below, as Amazon IVS and Apple's
 * tools put them (https://developer.apple.com/library/archive/documentation/AudioVideo/Conceptual/HTTP_Live_Streaming_Metadata_Spec/).
 * Run it only to change them: `node test/browser/player/media/make-id3.mjs`
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { id3Tag } from '../../../support/id3-tag.mjs'

const TAGS = [
  { second: 3, text: '{"action":"show","products":[{"sku":"mug"}]}' },
  { second: 9, text: '{"action":"show","products":[{"sku":"coat"}]}' },
]
const SEGMENT = 2
const PACKET = 188
const ID3_PID = 0x1f0

const here = fileURLToPath(new URL('.', import.meta.url))
const folder = `${here}id3`
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder)
const remux = ['-c', 'copy', '-f', 'hls', '-hls_time', `${SEGMENT}`, '-hls_playlist_type', 'vod']
const names = ['-hls_segment_filename', `${folder}/%d.m2t`, `${folder}/vod.m3u8`]
execFileSync('ffmpeg', ['-v', 'error', '-i', `${here}plain/vod.m3u8`, ...remux, ...names], { stdio: 'inherit' })
for (const name of readdirSync(folder).filter((file) => file.endsWith('.m2t'))) {
  const from = Number.parseInt(name, 10) * SEGMENT
  const tags = TAGS.filter(({ second }) => second >= from && second < from + SEGMENT)
  writeFileSync(`${folder}/${name}`, withTags(readFileSync(`${folder}/${name}`), tags, from))
}

/** Announces the stream of tags in every map of programs, and puts the tags behind the first. */
function withTags(bytes, tags, from) {
  const packets = Array.from({ length: bytes.length / PACKET }, (_, n) => bytes.subarray(n * PACKET, (n + 1) * PACKET))
  const pidOf = (packet) => packet.readUInt16BE(1) & 0x1fff
  const pat = packets.find((packet) => pidOf(packet) === 0)
  const mapPid = pat.readUInt16BE(5 + 10) & 0x1fff
  const begin = Math.min(...packets.flatMap(ptsOf))
  let isFirst = true
  const out = packets.flatMap((packet) => {
    if (pidOf(packet) !== mapPid) return [packet]
    const more = isFirst
      ? tags.flatMap(({ second, text }) => pesPackets(begin + (second - from) * 90_000, id3Tag(text)))
      : []
    isFirst = false
    return [withStream(packet), ...more]
  })
  return Buffer.concat(out)
}

/** The time of a video packet that has one, in ticks of 1/90,000 s. */
function ptsOf(packet) {
  const isStart = packet[1] & 0x40
  const at = 4 + (packet[3] & 0x20 ? packet[4] + 1 : 0)
  if (!isStart || packet.readUIntBE(at, 3) !== 1 || (packet[at + 3] & 0xf0) !== 0xe0) return []
  const p = at + 9
  return [(packet[p] & 0x0e) * 2 ** 29 + ((packet.readUInt16BE(p + 1) >> 1) << 15) + (packet.readUInt16BE(p + 3) >> 1)]
}

/** A program map with one stream more: type 0x15, metadata in PES packets, in the format "ID3 ". */
function withStream(packet) {
  const length = packet.readUInt16BE(6) & 0x0fff
  const end = 8 + length - 4
  const descriptor = Buffer.concat([
    Buffer.from([0x26, 13, 0xff, 0xff]),
    Buffer.from('ID3 \xffID3 ', 'latin1'),
    Buffer.from([0, 0x0f]),
  ])
  const entry = Buffer.from([0x15, 0xe0 | (ID3_PID >> 8), ID3_PID & 0xff, 0xf0, descriptor.length])
  const section = Buffer.concat([packet.subarray(5, end), entry, descriptor])
  section.writeUInt16BE((packet.readUInt16BE(6) & 0xf000) | (length + entry.length + descriptor.length), 1)
  const crc = Buffer.alloc(4)
  crc.writeUInt32BE(crc32(section))
  return Buffer.concat([packet.subarray(0, 5), section, crc, Buffer.alloc(PACKET, 0xff)]).subarray(0, PACKET)
}

/** ISO/IEC 13818-1, annex A. */
function crc32(bytes) {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte << 24
    for (let bit = 0; bit < 8; bit++) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1
  }
  return sum >>> 0
}

/** One private stream packet at a time, cut into transport packets. */
function pesPackets(pts, payload) {
  const time = [
    0x21 | ((Math.floor(pts / 2 ** 30) & 7) << 1),
    (pts >> 22) & 0xff,
    ((pts >> 14) & 0xfe) | 1,
    (pts >> 7) & 0xff,
    ((pts << 1) & 0xfe) | 1,
  ]
  const head = Buffer.from([0, 0, 1, 0xbd, 0, 0, 0x84, 0x80, time.length, ...time])
  head.writeUInt16BE(head.length - 6 + payload.length, 4)
  const pes = Buffer.concat([head, payload])
  const packets = []
  for (let at = 0; at < pes.length; ) {
    const left = pes.length - at
    const room = left >= PACKET - 4 ? PACKET - 4 : Math.min(left, PACKET - 6)
    const stuffing = PACKET - 4 - room
    const adaptation = stuffing
      ? Buffer.concat([Buffer.from([stuffing - 1, 0]), Buffer.alloc(stuffing - 2, 0xff)])
      : Buffer.alloc(0)
    const start = Buffer.from([
      0x47,
      (at ? 0 : 0x40) | (ID3_PID >> 8),
      ID3_PID & 0xff,
      (stuffing ? 0x30 : 0x10) | (packets.length & 0xf),
    ])
    packets.push(Buffer.concat([start, adaptation, pes.subarray(at, at + room)]))
    at += room
  }
  return packets
}
