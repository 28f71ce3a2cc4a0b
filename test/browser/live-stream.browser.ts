import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { default as HlsClass } from 'hls.js'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLiveStream } from '../../examples/live-shop/server/live-stream.mjs'
import { dateOfTimeCode, readTimeCode } from '../support/time-code.mjs'

/** What was seen at one frame: the code in the picture, and three ideas of its date (ms). */
interface Seen {
  code: number | null
  playing: number
  media: number
  now: number
  time: number
  latency: number
}

const root = fileURLToPath(new URL('../../', import.meta.url))
const media = join(root, 'examples/live-shop/media')
const seconds = Number(process.env.SECONDS ?? 72)

/** The loop's seam is 15 s after the first picture of either stream. */
const startedAt = Date.now() - 45_000
const streams = [
  createLiveStream({ folder: media, startedAt, base: '/live/' }),
  createLiveStream({ folder: join(media, 'b-frames'), startedAt, base: '/b-frames/' }),
]
const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname
  if (streams.some((stream) => stream.handle(request, response, path))) return
  if (path === '/hls.js') response.setHeader('content-type', 'text/javascript').end(readFileSync(join(root, 'node_modules/hls.js/dist/hls.min.js')))
  else response.setHeader('content-type', 'text/html').end('<!doctype html><video muted playsinline></video><script src="/hls.js"></script>')
})
let browser: Browser
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  })
})
afterAll(async () => {
  await browser.close()
  server.close()
})

/** Runs in the page: plays for so many seconds of media and notes every frame that is shown. */
async function watch({ source, seconds, reader }: { source: string; seconds: number; reader: string }) {
  const Hls = (window as unknown as { Hls: typeof HlsClass }).Hls
  const read = new Function(`return (${reader})`)() as typeof readTimeCode
  const video = document.querySelector('video') as HTMLVideoElement
  const hls = new Hls({ enableWorker: false })
  const errors: string[] = []
  hls.on(Hls.Events.ERROR, (_, data) => errors.push(data.details))
  const ctx = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D
  const seen: Seen[] = []
  let waits = 0
  const onFrame = (resolve: () => void, first: number) => (_: number, frame: VideoFrameCallbackMetadata) => {
    const width = video.videoWidth
    const strip = video.videoHeight / 80
    const now = Date.now()
    const playing = hls.playingDate?.getTime() ?? Number.NaN
    const time = video.currentTime
    Object.assign(ctx.canvas, { width, height: strip })
    ctx.drawImage(video, 0, video.videoHeight - strip, width, strip, 0, 0, width, strip)
    const code = read(ctx.getImageData(0, 0, width, strip))
    seen.push({ code, playing, media: playing + (frame.mediaTime - time) * 1000, now, time, latency: hls.latency })
    const from = first || frame.mediaTime
    if (frame.mediaTime - from >= seconds) resolve()
    else video.requestVideoFrameCallback(onFrame(resolve, from))
  }
  hls.loadSource(source)
  hls.attachMedia(video)
  await video.play()
  video.addEventListener('waiting', () => waits++)
  await new Promise<void>((resolve) => video.requestVideoFrameCallback(onFrame(resolve, 0)))
  const { droppedVideoFrames, totalVideoFrames } = video.getVideoPlaybackQuality()
  const offset = hls.latestLevelDetails?.fragments.at(-1)?.programDateTime
  hls.destroy()
  return { seen, waits, errors, dropped: droppedVideoFrames, total: totalVideoFrames, offset }
}

const quantile = (values: number[], q: number) => values.toSorted((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? Number.NaN

describe('createLiveStream', () => {
  test.each([
    { source: '/live/master.m3u8', limit: 50 },
    { source: '/b-frames/master.m3u8', limit: 100 },
  ])('$source plays over the seam without a stall, its dates those of its pictures', { timeout: (seconds + 60) * 1000 }, async ({ source, limit }) => {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    const result = await page.evaluate(watch, { source, seconds, reader: readTimeCode.toString() })
    await page.close()
    const read = result.seen.flatMap(({ code, ...at }) => (code === null ? [] : [{ ...at, code, happened: dateOfTimeCode(code, startedAt, at.media) }]))
    const playing = read.map((at) => at.playing - at.happened)
    const mediaTime = read.map((at) => at.media - at.happened)
    const latency = read.map((at) => at.now - at.happened)
    const figures = (values: number[]) => [0.05, 0.5, 0.95].map((q) => quantile(values, q).toFixed(1)).join(' / ')
    console.log(
      `${source}: ${result.seen.length} frames seen, ${read.length} read, ${result.dropped} of ${result.total} dropped, ${result.waits} waits, errors [${result.errors}]\n` +
        `  playingDate − picture, ms (5 % / median / 95 %): ${figures(playing)}\n` +
        `  by mediaTime − picture, ms: ${figures(mediaTime)}\n  latency of the picture, ms: ${figures(latency)}`,
    )
    expect(result.waits).toBe(0)
    expect(result.errors).toEqual([])
    expect(read.length).toBeGreaterThan(result.seen.length * 0.99)
    const jumps = read.slice(1).map((at, index) => at.happened - (read[index]?.happened ?? 0))
    expect(Math.min(...jumps)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...jumps)).toBeLessThan(500)
    expect(new Set(read.map((at) => Math.floor((at.happened - startedAt) / 64_000))).size).toBeGreaterThan(1)
    expect(Math.abs(quantile(playing, 0.5))).toBeLessThan(limit)
  })
})
