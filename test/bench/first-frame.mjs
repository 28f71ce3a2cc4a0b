/**
 * From a click to the first presented frame: this player with its engine fetched on intent, against the browser's own player, on the
 * same recording in the same run. `node test/bench/first-frame.mjs [rounds]` prints the medians.
 */
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import terser from '@rollup/plugin-terser'
import { chromium } from 'playwright-core'
import { createReplayStream } from '../../examples/live-shop/server/live-stream.mjs'
import { bundle } from '../support/bundle.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const PAGE = '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/entry.js"></script>'
const START_DATE = 1_795_197_600_000

/** Runs in the page: milliseconds to the first frame by `engine`. */
function toFirstFrame({ engine, src }) {
  const video = document.createElement('video')
  video.width = 360
  video.height = 640
  document.body.append(video)
  const begun = performance.now()
  return new Promise((resolve) => {
    video.requestVideoFrameCallback(() => resolve(performance.now() - begun))
    if (engine === 'native') {
      video.muted = true
      video.src = src
      return void video.play()
    }
    window
      .createPlayer({
        video,
        source: { src, clockOffset: 0, live: false },
        serverNow: Date.now,
        onPlayback() {},
        onFrame() {},
        muted: true,
        signal: new AbortController().signal,
      })
      .play()
  })
}

async function round(browser, origin, engine) {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.goto(origin)
    await page.waitForFunction('window.createPlayer')
    const src = `${origin}/replay/master.m3u8`
    if (engine === 'preloaded') {
      await page.evaluate((to) => window.preloadEngine({ src: to }), src)
      await page.waitForLoadState('networkidle')
    }
    return await page.evaluate(toFirstFrame, { engine, src })
  } finally {
    await context.close()
  }
}

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1]

/** Medians in milliseconds over the rounds, engines taking turns, and the ratio of the preloaded one to the browser's own. */
export async function firstFrame({ rounds = 9, executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium' } = {}) {
  const files = await bundle(`${root}test/bench/first-frame-page.ts`, [terser()])
  const stream = createReplayStream({ folder: `${root}examples/live-shop/media`, startDate: START_DATE, seconds: 60 })
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost')
    if (stream.handle(request, response, pathname)) return
    const code = files.get(pathname.slice(1))
    response.writeHead(200, { 'content-type': code === undefined ? 'text/html' : 'text/javascript' })
    response.end(code ?? PAGE)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] })
  try {
    const origin = `http://127.0.0.1:${server.address().port}`
    const times = { native: [], preloaded: [], cold: [] }
    for (let turn = 0; turn <= rounds; turn++)
      for (const engine of Object.keys(times)) {
        const time = await round(browser, origin, engine)
        if (turn > 0) times[engine].push(time)
      }
    const [native, preloaded, cold] = Object.values(times).map(median)
    return { native, preloaded, cold, ratio: preloaded / native }
  } finally {
    await browser.close()
    server.close()
    server.closeAllConnections()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { native, preloaded, cold, ratio } = await firstFrame({ rounds: Number(process.argv[2] ?? 9) })
  const [own, warm, late] = [native, preloaded, cold].map((time) => `${Math.round(time)} ms`)
  console.log(`first frame: browser ${own}, player preloaded ${warm} (${ratio.toFixed(2)}×), player cold ${late}`)
}
