/**
 * Makes the small fixtures beside this file with ffmpeg: 16 seconds, 180×320, 25 frames a second with the time code of
 * `test/support/time-code.mjs`, a quiet tone, in fMP4 segments of two seconds; once without and once with B-frames.
 * Run it only to change them: `node test/browser/player/media/make.mjs`
 */
import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { timeCodeBits } from '../../../support/time-code.mjs'

const WIDTH = 180
const HEIGHT = 320
const FRAMES = 400
const here = fileURLToPath(new URL('.', import.meta.url))

function picture(frame) {
  const data = Buffer.alloc(WIDTH * HEIGHT * 3, 40)
  const bits = timeCodeBits(frame)
  const paint = (x, y, width, height, value) => {
    for (let row = y; row < y + height; row++) data.fill(value, (row * WIDTH + x) * 3, (row * WIDTH + x + width) * 3)
  }
  paint(Math.round((frame / FRAMES) * 140), 100, 40, 40, 190)
  bits.forEach((bit, block) => {
    paint(block * 10, HEIGHT - 4, 10, 4, bit ? 235 : 16)
  })
  return data
}

async function encode(name, bFrames) {
  const folder = `${here}${name}`
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const ffmpeg = spawn(
    'ffmpeg',
    [
      ...['-v', 'error', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${WIDTH}x${HEIGHT}`, '-r', '25', '-i', '-'],
      ...['-f', 'lavfi', '-i', 'sine=220:sample_rate=48000,volume=0.1', '-t', '16'],
      ...['-c:v', 'libx264', '-profile:v', 'main', '-preset', 'slow', '-crf', '20', '-pix_fmt', 'yuv420p'],
      ...['-g', '50', '-keyint_min', '50', '-sc_threshold', '0', '-bf', String(bFrames)],
      ...['-c:a', 'aac', '-ac', '1', '-b:a', '24k', '-f', 'hls', '-hls_time', '2', '-hls_playlist_type', 'vod'],
      ...['-hls_segment_type', 'fmp4', '-hls_segment_filename', `${folder}/%d.m4s`, `${folder}/vod.m3u8`],
    ],
    { stdio: ['pipe', 'inherit', 'inherit'] },
  )
  const done = new Promise((resolve) => ffmpeg.on('close', resolve))
  for (let frame = 0; frame < FRAMES; frame++)
    if (!ffmpeg.stdin.write(picture(frame))) await new Promise((resolve) => ffmpeg.stdin.once('drain', resolve))
  ffmpeg.stdin.end()
  if ((await done) !== 0) throw new Error('ffmpeg failed')
  console.log(name, readdirSync(folder).join(' '))
}

await encode('plain', 0)
await encode('b-frames', 3)
