import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { default as HlsClass } from 'hls.js'
import sirv from 'sirv'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createLiveStream,
  createReplayStream,
  type StreamHandler,
} from '../../examples/live-shop/server/live-stream.mjs'
import { describeInChromium } from '../support/chromium.ts'
import { dateOfTimeCode, readTimeCode } from '../support/time-code.mjs'

/** What was seen at one frame: the code in the picture, and three ideas of its date (ms). */
interface Seen {
  code: number | null
  words: string
  playing: number
  media: number
  now: number
  time: number
  latency: number
}

const root = fileURLToPath(new URL('../../', import.meta.url))
const media = join(root, 'examples/live-shop/media')

/** Seconds of media that are watched; more than the 15 or so until the seam. */
const seconds = Number(process.env.WATCH_SECONDS ?? 25)

const streams: StreamHandler[] = []
const files = sirv(media, { dev: true })
const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname
  if (streams.some((stream) => stream.handle(request, response, path))) return
  if (path.startsWith('/files/')) {
    request.url = path.slice('/files'.length)
    files(request, response)
    return
  }
  if (path === '/hls.js')
    response
      .setHeader('content-type', 'text/javascript')
      .end(readFileSync(join(root, 'node_modules/hls.js/dist/hls.min.js')))
  else
    response
      .setHeader('content-type', 'text/html')
      .end('<!doctype html><video muted playsinline></video><script src="/hls.js"></script>')
})
beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)))
afterAll(() => new Promise<void>((done) => server.close(() => done())))

/** Runs in the page: plays for so many seconds of media and notes every frame that is shown. */
async function watch({
  source,
  from,
  seconds,
  reader,
}: {
  source: string
  from: number
  seconds: number
  reader: string
}) {
  const Hls = (window as unknown as { Hls: typeof HlsClass }).Hls
  const read = new Function(`return (${reader})`)() as typeof readTimeCode
  const video = document.querySelector('video') as HTMLVideoElement
  const hls = new Hls({ enableWorker: false, startPosition: from })
  const errors: string[] = []
  hls.on(Hls.Events.ERROR, (_, data) => errors.push(data.details))
  const ctx = new OffscreenCanvas(1, 1).getContext('2d', {
    willReadFrequently: true,
  }) as OffscreenCanvasRenderingContext2D
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
    const words = [...video.textTracks]
      .flatMap((track) => [...(track.activeCues ?? [])].map((cue) => (cue as VTTCue).text))
      .join('|')
    seen.push({
      code,
      words,
      playing,
      media: playing + (frame.mediaTime - time) * 1000,
      now,
      time,
      latency: hls.latency,
    })
    const from = first || frame.mediaTime
    if (frame.mediaTime - from >= seconds) resolve()
    else video.requestVideoFrameCallback(onFrame(resolve, from))
  }
  hls.loadSource(source)
  hls.attachMedia(video)
  await video.play()
  hls.subtitleTrack = hls.subtitleTracks.findIndex((track) => track.lang === 'ru')
  video.addEventListener('waiting', () => waits++)
  await new Promise<void>((resolve) => video.requestVideoFrameCallback(onFrame(resolve, 0)))
  const { droppedVideoFrames, totalVideoFrames } = video.getVideoPlaybackQuality()
  hls.destroy()
  return { seen, waits, errors, dropped: droppedVideoFrames, total: totalVideoFrames }
}

const quantile = (values: number[], q: number) =>
  values.toSorted((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? Number.NaN

describeInChromium('createLiveStream', (browser) => {
  test.each([
    { source: '/live/master.m3u8', folder: media, limit: 50 },
    { source: '/b-frames/master.m3u8', folder: join(media, 'b-frames'), limit: 100 },
  ])(
    '$source plays over the seam without a stall, its dates those of its pictures',
    { timeout: (seconds + 60) * 1000 },
    async ({ source, folder, limit }) => {
      const startedAt = Date.now() - 55_000
      streams.push(createLiveStream({ folder, startedAt, base: source.replace('master.m3u8', '') }))
      const page = await browser().newPage()
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
      const result = await page.evaluate(watch, { source, from: -1, seconds, reader: readTimeCode.toString() })
      await page.close()
      const read = result.seen.flatMap(({ code, ...at }) =>
        code === null ? [] : [{ ...at, code, happened: dateOfTimeCode(code, startedAt, at.media) }],
      )
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
    },
  )
})

describeInChromium('createReplayStream', (browser) => {
  test.each([
    { source: '/replay/master.m3u8', captioned: true },
    { source: '/files/replay.m3u8', captioned: false },
  ])(
    '$source plays over the seam, and its captions are said when they are shown',
    { timeout: 60_000 },
    async ({ source, captioned }) => {
      streams.push(createReplayStream({ folder: media, startDate: Date.now(), seconds: 240 }))
      const cues = [
        ...readFileSync(join(media, 'captions.ru.vtt'), 'utf8').matchAll(
          /00:(\d+):([\d.]+) --> 00:(\d+):([\d.]+)\n(.+)/g,
        ),
      ].map(([, m, s, m2, s2, words]) => ({
        from: Number(m) * 60_000 + Number(s) * 1000,
        to: Number(m2) * 60_000 + Number(s2) * 1000,
        words: words ?? '',
      }))
      const page = await browser().newPage()
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
      const { seen, waits, errors } = await page.evaluate(watch, {
        source,
        from: 58,
        seconds: 12,
        reader: readTimeCode.toString(),
      })
      await page.close()
      const codes = seen.flatMap(({ code }) => code ?? [])
      console.log(
        `${source}: ${seen.length} frames, codes ${codes[0]} to ${codes.at(-1)}, ${waits} waits, errors [${errors}]`,
      )
      expect([waits, errors]).toEqual([0, []])
      expect(codes[0]).toBeLessThan(59_000)
      expect(codes[0]).toBeGreaterThan(57_000)
      expect(codes.at(-1)).toBeLessThan(10_000)
      expect(codes.length).toBeGreaterThan(200)
      if (!captioned) return
      const clear = seen.filter(
        ({ code }) =>
          code !== null && cues.every((cue) => Math.abs(code - cue.from) > 120 && Math.abs(code - cue.to) > 120),
      )
      const right = clear.filter(
        ({ code, words }) =>
          words === (cues.find((cue) => cue.from <= (code ?? 0) && (code ?? 0) < cue.to)?.words ?? ''),
      )
      console.log(`  captions right in ${right.length} of ${clear.length} frames`)
      expect(right.length).toBeGreaterThan(clear.length * 0.9)
    },
  )
})
