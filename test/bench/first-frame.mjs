/** From the click to the first presented frame, against the browser's own player on the same page in the same run. */
import { withBrowser, withDemo, withPage } from './browser.mjs'
import { median, ms, quantile, table } from './figures.mjs'
import { click, hover } from './open.mjs'

const ROUNDS = Number(process.env.ROUNDS ?? 11)

/** Runs in the page: milliseconds from the next click's own time to the first frame of the widget's video. */
function watchWidget() {
  const root = document.querySelector('castcart-widget').shadowRoot
  window.framed = new Promise((resolve) => {
    addEventListener(
      'click',
      ({ timeStamp }) => {
        const look = () => {
          const video = root.querySelector('video')
          if (video) video.requestVideoFrameCallback(() => resolve(performance.now() - timeStamp))
          else requestAnimationFrame(look)
        }
        look()
      },
      { capture: true, once: true },
    )
  })
}

/** Runs in the page: the same for a video element that a page would make at the click, as large as the widget's. */
function watchNative(src) {
  window.framed = new Promise((resolve) => {
    addEventListener(
      'click',
      (event) => {
        event.preventDefault()
        event.stopImmediatePropagation()
        const video = document.createElement('video')
        video.style.cssText = 'position:fixed;inset:0;width:100%;height:100%;object-fit:cover'
        video.muted = video.playsInline = true
        video.src = src
        document.body.append(video)
        video.requestVideoFrameCallback(() => resolve(performance.now() - event.timeStamp))
        video.play()
      },
      { capture: true, once: true },
    )
  })
}

async function once(browser, { address, src, kind }) {
  return withPage(
    browser,
    async (page) => {
      await page.goto(address)
      await page.locator('castcart-widget').waitFor({ state: 'attached' })
      await page.waitForLoadState('networkidle')
      if (kind === 'hovered') await hover(page)
      if (kind === 'native') await page.evaluate(watchNative, src)
      else await page.evaluate(watchWidget)
      await click(page)
      return page.evaluate(() => window.framed)
    },
    { width: 390, height: 844 },
  )
}

/** Address of the video of a store's show. */
async function videoOf(store, show) {
  const address = new URL(show, store)
  const { video } = await (await fetch(address)).json()
  return new URL(video.src, address).href
}

/** Prints the medians of the recorded show, and how they compare. */
export async function firstFrame() {
  const times = { native: [], hovered: [], cold: [] }
  await withDemo(async (demo) => {
    const src = await videoOf(demo.replay, '/shows/replay.json')
    await withBrowser(async (browser) => {
      for (let round = 0; round <= ROUNDS; round++)
        for (const kind of round % 2 ? ['cold', 'hovered', 'native'] : ['native', 'hovered', 'cold']) {
          const time = await once(browser, { address: demo.replay, src, kind })
          if (round) times[kind].push(time)
        }
    })
  })
  const ratio = (kind) => median(times[kind]) / median(times.native)
  const row = (name, kind, bar) => [
    name,
    ms(median(times[kind])),
    [0.25, 0.75].map((q) => Math.round(quantile(times[kind], q))).join(' to '),
    `${ratio(kind).toFixed(2)}×`,
    bar,
  ]
  return {
    method: `The demo's recorded show on loopback, unthrottled, fresh context each, ${ROUNDS} rounds in turn forwards and backwards after one to warm up; from the click's time stamp to requestVideoFrameCallback, widget (whole overlay, hls.js) against <video src> with the browser's own HLS.`,
    table: table([
      ['first frame after the click', 'median', 'quartiles', 'ratio', 'bar'],
      row('the browser’s own player', 'native', ''),
      row('the widget, hovered before', 'hovered', '1.6×'),
      row('the widget, clicked out of the blue', 'cold', ''),
    ]),
    missed: ratio('hovered') > 1.6 ? ['first frame'] : [],
  }
}
