/**
 * Makes everything in this folder from nothing: draws 64 s of a show (`art/`), plays its music, and encodes both with ffmpeg.
 *
 *   node examples/live-shop/media/make.mjs
 *
 * Needs ffmpeg with libx264, and a Chromium (CHROMIUM, else /usr/bin/chromium) whose canvas does the drawing. The result of a run is
 * committed, so nobody needs either to watch the demo. What each file is, is in README.md beside this one.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readFragments } from '../server/fragments.mjs'
import { masterPlaylist } from '../server/playlists.mjs'
import { readRenditions } from '../server/rendition.mjs'
import { writeMusic } from './art/sound.mjs'
import { captions } from './art/words.mjs'
import { draw } from './draw.mjs'
import { ffmpeg } from './ffmpeg.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const REPLAY = { seconds: 240, startDate: Date.UTC(2026, 10, 20, 18) }
const KEYS = ['-g', '25', '-keyint_min', '25', '-sc_threshold', '0', '-flags', '+cgop', '-pix_fmt', 'yuv420p']

/** What is encoded: the show's two renditions, and a small one with B-frames for the test of the clock. */
const renditions = [
  { name: 'v640', size: '360:640', x264: '-bf 0 -crf 24 -maxrate 380k -bufsize 380k -profile:v main -level 3.0' },
  { name: 'v960', size: '540:960', x264: '-bf 0 -crf 24.6 -maxrate 600k -bufsize 600k -profile:v main -level 3.1' },
  {
    name: 'b-frames/v480',
    size: '270:480',
    x264: '-bf 2 -b_strategy 0 -crf 34 -maxrate 115k -bufsize 115k -profile:v main -level 2.1',
  },
]

/**
 * The music as AAC frames that tile: three passes are encoded and the 3000 frames of the middle one are kept, so the first frame
 * follows the last without the silence that an encoder puts before its first frame.
 */
async function encodeMusic(work) {
  const pcm = join(work, 'music.pcm')
  writeMusic(pcm)
  const adts = join(work, 'music.aac')
  await ffmpeg([
    '-stream_loop',
    '2',
    '-f',
    's16le',
    '-ar',
    '48000',
    '-ac',
    '2',
    '-i',
    pcm,
    '-c:a',
    'aac',
    '-b:a',
    '56k',
    '-f',
    'adts',
    adts,
  ])
  const bytes = readFileSync(adts)
  const frames = []
  for (let at = 0; at < bytes.length; ) {
    const length = ((bytes[at + 3] & 3) << 11) | (bytes[at + 4] << 3) | (bytes[at + 5] >> 5)
    frames.push(bytes.subarray(at, at + length))
    at += length
  }
  writeFileSync(adts, Buffer.concat(frames.slice(3001, 6001)))
  return adts
}

/** Encodes one rendition and writes it as one file: header, then a fragment a second. */
async function encode(work, master, music, { name, size, x264 }) {
  const video = join(work, 'video.mp4')
  const colors = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv']
  const filter = `scale=${size}:flags=lanczos:out_color_matrix=bt709:out_range=tv`
  await ffmpeg([
    '-i',
    master,
    '-vf',
    filter,
    '-c:v',
    'libx264',
    '-preset',
    'veryslow',
    '-tune',
    'animation',
    ...x264.split(' '),
    ...KEYS,
    ...colors,
    video,
  ])
  const fragmented = join(work, 'fragmented.mp4')
  const flags = '+frag_keyframe+delay_moov+default_base_moof+skip_trailer'
  await ffmpeg([
    '-i',
    video,
    '-i',
    music,
    '-map',
    '0:v',
    '-map',
    '1:a',
    '-c',
    'copy',
    '-bsf:a',
    'aac_adtstoasc',
    '-movflags',
    flags,
    fragmented,
  ])
  writeFileSync(join(here, `${name}.mp4`), readFileSync(fragmented))
  const { fragments } = readFragments(join(here, `${name}.mp4`))
  console.log(name, statSync(join(here, `${name}.mp4`)).size, 'bytes,', fragments.length, 'fragments')
}

/**
 * A finished show of four minutes for a server that knows only files: playlists of byte ranges, the material four times over with a
 * discontinuity at each seam. Its first frame has the date of the recorded log beside it in `examples/`.
 */
function writeReplay() {
  const renditions = readRenditions(here)
  writeFileSync(
    join(here, 'replay.m3u8'),
    masterPlaylist(renditions, [], (name) => `${name}.m3u8`),
  )
  for (const { name, seconds } of renditions) {
    const { header, fragments } = readFragments(join(here, `${name}.mp4`))
    const lines = [
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      '#EXT-X-TARGETDURATION:1',
      '#EXT-X-PLAYLIST-TYPE:VOD',
      '#EXT-X-INDEPENDENT-SEGMENTS',
    ]
    lines.push(`#EXT-X-MAP:URI="${name}.mp4",BYTERANGE="${header.length}@0"`)
    for (let number = 0; number * seconds < REPLAY.seconds; number++) {
      const { bytes, offset } = fragments[number % fragments.length]
      if (number > 0 && number % fragments.length === 0) lines.push('#EXT-X-DISCONTINUITY')
      if (number % fragments.length === 0)
        lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(REPLAY.startDate + number * seconds * 1000).toISOString()}`)
      lines.push(`#EXTINF:${seconds.toFixed(3)},`, `#EXT-X-BYTERANGE:${bytes.length}@${offset}`, `${name}.mp4`)
    }
    writeFileSync(join(here, `${name}.m3u8`), `${lines.join('\n')}\n#EXT-X-ENDLIST\n`)
  }
}

const work = mkdtempSync(join(tmpdir(), 'castcart-media-'))
mkdirSync(join(here, 'b-frames'), { recursive: true })
const master = process.env.MASTER ?? (await draw(work))
const music = await encodeMusic(work)
for (const rendition of renditions) await encode(work, master, music, rendition)
writeReplay()
for (const language of ['en', 'ru']) writeFileSync(join(here, `captions.${language}.vtt`), captions(language))
if (!process.env.MASTER) {
  await ffmpeg(['-i', join(work, 'poster.png'), '-c:v', 'libwebp', '-quality', '82', join(here, 'poster.webp')])
}
if (process.env.KEEP) console.log('kept', work)
else rmSync(work, { recursive: true })
