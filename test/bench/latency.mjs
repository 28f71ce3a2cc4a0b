/** How steadily a live picture keeps its distance from the host: ten minutes of watching the demo. */
import { dateOfTimeCode, readTimeCode } from '../support/time-code.mjs'
import { idle, withBrowser, withDemo } from './browser.mjs'
import { quantile, table } from './figures.mjs'
import { openViewer } from './pin-against-picture.mjs'

const MINUTES = Number(process.env.MINUTES ?? 10)
/** Milliseconds in which a viewer who has just come may still drift to the target. */
const SETTLE = 30_000

/** Runs in the page: reads the picture's code twice a second, with the date, and counts the times it ran out of data. */
function watchPicture(reader) {
  const read = new Function(`return (${reader})`)()
  const video = document.querySelector('castcart-widget').shadowRoot.querySelector('video')
  const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  window.seen = []
  window.waits = 0
  video.addEventListener('waiting', () => window.waits++)
  setInterval(() => {
    const { videoWidth: width, videoHeight } = video
    const height = videoHeight / 80
    Object.assign(pen.canvas, { width, height })
    pen.drawImage(video, 0, videoHeight - height, width, height, 0, 0, width, height)
    window.seen.push({ at: Date.now(), code: read(pen.getImageData(0, 0, width, height)), rate: video.playbackRate })
  }, 500)
}

/** Prints the distance of the picture from now, read off the picture itself. */
export async function latency() {
  const { seen, waits, startedAt } = await withDemo((demo) =>
    withBrowser(async (browser) => {
      const page = await openViewer(browser, demo)
      await idle(page, SETTLE)
      await page.evaluate(watchPicture, readTimeCode.toString())
      await idle(page, MINUTES * 60_000)
      return {
        ...(await page.evaluate(() => ({ seen: window.seen, waits: window.waits }))),
        startedAt: demo.show.startedAt,
      }
    }),
  )
  const read = seen.filter(({ code }) => code !== null)
  const behind = read.map(({ at, code }) => (at - dateOfTimeCode(code, startedAt, at - 5000)) / 1000)
  const target = quantile(behind, 0.5)
  const worst = Math.max(...behind.map((seconds) => Math.abs(seconds - target)))
  const near = behind.filter((seconds) => Math.abs(seconds - target) <= 0.5).length / behind.length
  return {
    method: `The live demo in the widget for ${MINUTES} minutes after ${SETTLE / 1000} s to settle, the time code in the picture read twice a second (${read.length} of ${seen.length} readable).`,
    table: table([
      ['distance of the picture from the host', 'measured', 'bar'],
      ['median', `${target.toFixed(2)} s`, ''],
      ['least and most', `${Math.min(...behind).toFixed(2)} s, ${Math.max(...behind).toFixed(2)} s`, ''],
      ['furthest from the median', `${worst.toFixed(2)} s`, '0.5 s'],
      ['within half a second of it', `${(near * 100).toFixed(1)} %`, '100 %'],
      ['times it ran out of data', waits, 0],
    ]),
    missed: worst > 0.5 ? ['latency'] : [],
  }
}
