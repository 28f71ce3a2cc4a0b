/** Pin against picture: how far the picture is from the host's moment when the pinned product becomes visible. */
import { dateOfTimeCode, readTimeCode } from '../support/time-code.mjs'
import { quantile } from './figures.mjs'

/** The card of the product that the host shows now. */
const CARD = '.pin[data-product]'

/** Address of the show in the demo's pages. */
const SHOW = '/shows/live.json'

/** Milliseconds from one pin to the next: uneven, so that they fall anywhere within frames and fragments. */
const pauseAfter = (index) => 400 + ((index * 137) % 300)

/** Runs in the page: notes the code in the picture at the moment when another product's card is in the document and has a box. */
function watchCards({ card, reader }) {
  const read = new Function(`return (${reader})`)()
  const root = document.querySelector('castcart-widget').shadowRoot
  const video = root.querySelector('video')
  const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  const seen = []
  let last
  const look = () => {
    const found = root.querySelector(card)
    const id = found?.dataset.product
    if (id === last || (found && !found.checkVisibility())) return
    last = id
    const { videoWidth: width, videoHeight } = video
    const height = videoHeight / 80
    Object.assign(pen.canvas, { width, height })
    pen.drawImage(video, 0, videoHeight - height, width, height, 0, 0, width, height)
    seen.push({ id, at: Date.now(), code: read(pen.getImageData(0, 0, width, height)) })
  }
  const watcher = new MutationObserver(look)
  watcher.observe(root, { subtree: true, childList: true, attributes: true })
  window.seen = seen
}

/**
 * Opens the demo's store as a viewer who is `behind` seconds late on purpose (0: at the live edge) and waits until the picture runs.
 * A viewer who comes from another page is where the bookmark says, which is how a page is told where to begin.
 */
export async function openViewer(browser, demo, { behind = 0, viewport = { width: 390, height: 844 } } = {}) {
  const context = await browser.newContext({ viewport })
  const page = await context.newPage()
  if (behind > 0)
    await page.addInitScript(
      ({ show, late }) => {
        const at = Date.now()
        const bookmark = { show, date: at - late * 1000, position: 0, live: true, muted: true, paused: false, at }
        sessionStorage.setItem('castcart', JSON.stringify(bookmark))
      },
      { show: SHOW, late: behind },
    )
  await page.goto(demo.store)
  await page.evaluate(() => window.castcart.open())
  await page.waitForFunction(
    () => {
      const video = document.querySelector('castcart-widget')?.shadowRoot?.querySelector('video')
      return video && !video.paused && video.currentTime > 0 && video.readyState > 2
    },
    undefined,
    { timeout: 30_000 },
  )
  return page
}

/**
 * Lets the host pin `pins` times and compares. `error`s are milliseconds, picture minus host's moment, in the order of the pins; a pin
 * that was never seen, or whose picture could not be read, is Infinity. `behind` is the median distance of the picture, seconds.
 */
export async function pinAgainstPicture(page, demo, { pins = 50, first = 0 } = {}) {
  const products = demo.shop.catalogue.map(({ id }) => id)
  const startedAt = demo.show.startedAt
  await page.evaluate(watchCards, { card: CARD, reader: readTimeCode.toString() })
  const made = []
  const behind = []
  for (let index = 0; index < pins; index++) {
    const id = products[(first + index) % products.length]
    const { event } = await demo.command('pin', { ids: [id] })
    made.push({ id, at: event.at })
    behind.push(await page.evaluate(latency))
    await page.waitForFunction((then) => Date.now() >= then, event.at + pauseAfter(index))
  }
  const late = quantile(behind, 0.5)
  const end = { id: made.at(-1).id, after: made.at(-1).at + late * 1000 - 1000 }
  await page
    .waitForFunction(({ id, after }) => window.seen.some((one) => one.id === id && one.at > after), end, {
      timeout: late * 1000 + 10_000,
    })
    .catch(() => {})
  const seen = await page.evaluate(() => window.seen)
  return { errors: made.map((pin) => errorOf(pin, seen, startedAt)), behind: late }
}

/** Runs in the page: seconds that the widget says the picture is behind. */
function latency() {
  return window.castcart.ready.then((api) => api.widgets()[0].state.$playback.get().latency)
}

function errorOf({ id, at }, seen, startedAt) {
  const errors = seen
    .filter((one) => one.id === id && one.code !== null)
    .map(({ code }) => dateOfTimeCode(code, startedAt, at) - at)
    .sort((a, b) => Math.abs(a) - Math.abs(b))
  const [nearest = Number.POSITIVE_INFINITY] = errors
  return Math.abs(nearest) < 1200 ? nearest : Number.POSITIVE_INFINITY
}

/** Median and 95th percentile of the errors' sizes, and the median with its sign. */
export function figuresOf(errors) {
  const sizes = errors.map(Math.abs)
  return {
    median: quantile(sizes, 0.5),
    p95: quantile(sizes, 0.95),
    worst: Math.max(...sizes),
    signed: quantile(errors, 0.5),
  }
}
