import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { TIME_CODE, timeCodeBits } from '../../../test/support/time-code.mjs'
import { ffmpeg } from './ffmpeg.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const SIZE = { width: 540, height: 960 }
const FRAMES = (TIME_CODE.loop / 1000) * TIME_CODE.fps

/** A page server for the drawing: the modules of `art/`, and a door through which the page hands over its frames. */
async function serveArt(onFrame) {
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') {
      const parts = []
      for await (const part of request) parts.push(part)
      await onFrame(request.url, Buffer.concat(parts))
      return response.end()
    }
    if (request.url === '/')
      return response.setHeader('content-type', 'text/html').end('<!doctype html><canvas></canvas>')
    const file = join(here, 'art', request.url.replace(/[^a-z.-]/g, ''))
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
      ctx.fillRect(
        (index * size.width) / blocks.length,
        size.height * (1 - height),
        size.width / blocks.length,
        size.height * height,
      )
    })
    await fetch('/frame', { method: 'POST', body: ctx.getImageData(0, 0, size.width, size.height).data })
    if (frame === 150)
      await fetch('/poster', { method: 'POST', body: await new Promise((done) => canvas.toBlob(done, 'image/png')) })
  }
}

/** Draws the show once, to a lossless file in the work folder. */
export async function draw(work) {
  const master = join(work, 'master.mkv')
  await ffmpeg(
    [
      '-f',
      'rawvideo',
      '-pix_fmt',
      'rgba',
      '-s',
      `${SIZE.width}x${SIZE.height}`,
      '-r',
      String(TIME_CODE.fps),
      '-i',
      '-',
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-qp',
      '0',
      '-pix_fmt',
      'yuv444p',
      master,
    ],
    async (input) => {
      const server = await serveArt(async (path, bytes) => {
        if (path === '/poster') writeFileSync(join(work, 'poster.png'), bytes)
        else if (!input.write(bytes)) await new Promise((resolve) => input.once('drain', resolve))
      })
      const browser = await chromium.launch({
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        args: ['--headless', '--no-sandbox', '--disable-gpu'],
      })
      const page = await browser.newPage()
      await page.goto(`http://127.0.0.1:${server.address().port}/`)
      const strips = Array.from({ length: FRAMES }, (_, frame) => timeCodeBits(frame))
      await page.evaluate(paintAll, {
        size: SIZE,
        frames: FRAMES,
        strips,
        fps: TIME_CODE.fps,
        height: TIME_CODE.height,
      })
      await browser.close()
      server.close()
    },
  )
  return master
}
