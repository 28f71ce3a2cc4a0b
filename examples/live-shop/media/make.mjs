/**
 * Makes everything in this folder from nothing: draws 64 s of a show (`art/`), plays its music, and encodes both with ffmpeg.
 *
 *   node examples/live-shop/media/make.mjs
 *
 * Needs ffmpeg with libx264, and a Chromium (CHROMIUM, else /usr/bin/chromium) whose canvas does the drawing. The result of a run is
 * committed, so nobody needs either to watch the demo. What each file is, is in README.md beside this one.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { readFragments } from '../server/fragments.mjs'
import { TIME_CODE, timeCodeBits } from '../../../test/support/time-code.mjs'
import { writeMusic } from './art/sound.mjs'
import { captions } from './art/words.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const SIZE = { width: 540, height: 960 }
const FRAMES = (TIME_CODE.loop / 1000) * TIME_CODE.fps
const KEYS = ['-g', '25', '-keyint_min', '25', '-sc_threshold', '0', '-flags', '+cgop', '-pix_fmt', 'yuv420p']

/** What is encoded: the show's two renditions, and a small one with B-frames for the test of the clock. */
const renditions = [
  { name: 'v640', size: '360:640', x264: ['-bf', '0', '-crf', '24', '-maxrate', '380k', '-bufsize', '380k', '-profile:v', 'main', '-level', '3.0'] },
  { name: 'v960', size: '540:960', x264: ['-bf', '0', '-crf', '24', '-maxrate', '640k', '-bufsize', '640k', '-profile:v', 'main', '-level', '3.1'] },
  { name: 'b-frames/v480', size: '270:480', x264: ['-bf', '2', '-b_strategy', '0', '-crf', '30', '-maxrate', '140k', '-bufsize', '140k', '-profile:v', 'main', '-level', '2.1'] },
]

/** Runs ffmpeg; resolves when it ends well. `feed` gets its standard input. */
async function ffmpeg(args, feed) {
  const child = spawn('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...args], { stdio: ['pipe', 'inherit', 'inherit'] })
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`ffmpeg ended with ${code}`))))
  })
  if (feed) await feed(child.stdin)
  child.stdin.end()
  await ended
}

/** A page server for the drawing: the modules of `art/`, and a door through which the page hands over its frames. */
async function serveArt(onFrame) {
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') {
      const parts = []
      for await (const part of request) parts.push(part)
      await onFrame(request.url, Buffer.concat(parts))
      return response.end()
    }
    if (request.url === '/') return response.setHeader('content-type', 'text/html').end('<!doctype html><canvas></canvas>')
    const file = join(here, 'art', request.url.replace(/[^a-z.]/g, ''))
    try {
      response.setHeader('content-type', 'text/javascript').end(readFileSync(file))
    } catch {
      response.writeHead(404).end()
    }
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return server
}

/** Runs in the page: paints every frame with its strip of blocks and posts the raw pixels, one after another. */
async function paintAll({ size, frames, strips, fps, height }) {
  const { createScene } = await import('/scene.mjs')
  const canvas = document.querySelector('canvas')
  Object.assign(canvas, size)
  const ctx = canvas.getContext('2d', { willReadFrequently: true, alpha: false })
  const paint = createScene(ctx)
  for (let frame = 0; frame < frames; frame++) {
    paint(frame / fps)
    const blocks = strips[frame]
    blocks.forEach((bit, index) => {
      ctx.fillStyle = bit ? '#f6ead8' : '#140b08'
      ctx.fillRect((index * size.width) / blocks.length, size.height * (1 - height), size.width / blocks.length, size.height * height)
    })
    await fetch('/frame', { method: 'POST', body: ctx.getImageData(0, 0, size.width, size.height).data })
    if (frame === 150) await fetch('/poster', { method: 'POST', body: await new Promise((done) => canvas.toBlob(done, 'image/png')) })
  }
}

/** Draws the show once, to a lossless file in the work folder. */
async function draw(work) {
  const master = join(work, 'master.mkv')
  await ffmpeg(
    ['-f', 'rawvideo', '-pix_fmt', 'rgba', '-s', `${SIZE.width}x${SIZE.height}`, '-r', String(TIME_CODE.fps), '-i', '-', '-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '0', '-pix_fmt', 'yuv444p', master],
    async (input) => {
      const server = await serveArt(async (path, bytes) => {
        if (path === '/poster') writeFileSync(join(work, 'poster.png'), bytes)
        else if (!input.write(bytes)) await new Promise((resolve) => input.once('drain', resolve))
      })
      const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu'] })
      const page = await browser.newPage()
      await page.goto(`http://127.0.0.1:${server.address().port}/`)
      const strips = Array.from({ length: FRAMES }, (_, frame) => timeCodeBits(frame))
      await page.evaluate(paintAll, { size: SIZE, frames: FRAMES, strips, fps: TIME_CODE.fps, height: TIME_CODE.height })
      await browser.close()
      server.close()
    },
  )
  return master
}

/**
 * The music as AAC frames that tile: three passes are encoded and the 3000 frames of the middle one are kept, so the first frame
 * follows the last without the silence that an encoder puts before its first frame.
 */
async function encodeMusic(work) {
  const pcm = join(work, 'music.pcm')
  writeMusic(pcm)
  const adts = join(work, 'music.aac')
  await ffmpeg(['-stream_loop', '2', '-f', 's16le', '-ar', '48000', '-ac', '2', '-i', pcm, '-c:a', 'aac', '-b:a', '56k', '-f', 'adts', adts])
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
  await ffmpeg(['-i', master, '-vf', filter, '-c:v', 'libx264', '-preset', 'veryslow', '-tune', 'animation', ...x264, ...KEYS, ...colors, video])
  const fragmented = join(work, 'fragmented.mp4')
  const flags = '+frag_keyframe+delay_moov+default_base_moof+skip_trailer'
  await ffmpeg(['-i', video, '-i', music, '-map', '0:v', '-map', '1:a', '-c', 'copy', '-bsf:a', 'aac_adtstoasc', '-movflags', flags, fragmented])
  writeFileSync(join(here, `${name}.mp4`), readFileSync(fragmented))
  const { fragments } = readFragments(join(here, `${name}.mp4`))
  console.log(name, statSync(join(here, `${name}.mp4`)).size, 'bytes,', fragments.length, 'fragments')
}

const work = mkdtempSync(join(tmpdir(), 'castcart-media-'))
mkdirSync(join(here, 'b-frames'), { recursive: true })
const master = process.env.MASTER ?? (await draw(work))
const music = await encodeMusic(work)
for (const rendition of renditions) await encode(work, master, music, rendition)
for (const language of ['en', 'ru']) writeFileSync(join(here, `captions.${language}.vtt`), captions(language))
if (!process.env.MASTER) {
  await ffmpeg(['-i', join(work, 'poster.png'), '-c:v', 'libwebp', '-quality', '82', join(here, 'poster.webp')])
}
if (process.env.KEEP) console.log('kept', work)
else rmSync(work, { recursive: true })
