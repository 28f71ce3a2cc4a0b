/** From the click on the launcher to the overlay on screen. */
import { withBrowser, withDemo, withPage } from './browser.mjs'
import { median, ms, quantile, table } from './figures.mjs'

const ROUNDS = Number(process.env.ROUNDS ?? 11)

/** Runs in the page: notes how long after the click's own time the open dialog, with a button in it, was in a frame that has been drawn. */
function watchOpening() {
  const root = document.querySelector('castcart-widget').shadowRoot
  window.opened = new Promise((resolve) => {
    addEventListener(
      'click',
      ({ timeStamp }) => {
        const look = () => {
          const dialog = root.querySelector('dialog')
          const buttons = dialog?.open ? [...dialog.querySelectorAll('button')] : []
          if (!buttons.some((button) => button.getBoundingClientRect().width)) return requestAnimationFrame(look)
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => resolve(performance.now() - timeStamp)
          // The message comes after the frame in which it was sent.
          requestAnimationFrame(() => port2.postMessage(0))
        }
        look()
      },
      { capture: true, once: true },
    )
  })
}

/** Shows interest as a mouse does and lets everything load that this brings about. */
export async function hover(page) {
  const launcher = page.locator('castcart-widget [part=launcher], castcart-widget button').first()
  const { x, y, width, height } = await launcher.boundingBox()
  await page.mouse.move(x + width / 2, y + height / 2)
  await page.waitForFunction(() => document.querySelector('castcart-widget').shadowRoot.querySelector('dialog'))
  // Load states are over by now; what counts is that nothing has come for a while.
  await page.waitForFunction(() => {
    const ends = performance.getEntriesByType('resource').map(({ responseEnd }) => responseEnd)
    return performance.now() - Math.max(...ends) > 600
  })
}

export async function click(page) {
  const launcher = page.locator('castcart-widget button').first()
  const { x, y, width, height } = await launcher.boundingBox()
  await page.mouse.click(x + width / 2, y + height / 2)
}

async function once(browser, address, { isPrepared, size }) {
  return withPage(
    browser,
    async (page) => {
      await page.goto(address)
      await page.locator('castcart-widget').waitFor({ state: 'attached' })
      await page.waitForLoadState('networkidle')
      if (isPrepared) await hover(page)
      await page.evaluate(watchOpening)
      const asked = []
      page.on('request', (request) => asked.push(request.url()))
      await click(page)
      const time = await page.evaluate(() => window.opened)
      return { time, scripts: asked.filter((url) => url.includes('/castcart/')).length }
    },
    size,
  )
}

/** Prints the medians with the app fetched on intent, and without. */
export async function open() {
  const kinds = {
    'hovered before, phone': { isPrepared: true, size: { width: 390, height: 844 } },
    'hovered before, desktop': { isPrepared: true, size: { width: 1440, height: 900 } },
    'clicked out of the blue, phone': { isPrepared: false, size: { width: 390, height: 844 } },
  }
  const found = Object.fromEntries(Object.keys(kinds).map((name) => [name, []]))
  await withDemo((demo) =>
    withBrowser(async (browser) => {
      for (let round = 0; round <= ROUNDS; round++)
        for (const [name, kind] of Object.entries(kinds)) {
          const one = await once(browser, demo.store, kind)
          if (round) found[name].push(one)
        }
    }),
  )
  const times = (name) => found[name].map(({ time }) => time)
  const bar = (name) => (kinds[name].isPrepared ? '100 ms' : '')
  return {
    method: `The live demo on loopback, unthrottled, fresh context each, ${ROUNDS} rounds after one to warm up; from the click's time stamp to after the frame that has the open dialog and its buttons.`,
    table: table([
      ['from click to overlay', 'median', 'quartiles', 'bar', 'scripts asked for after the click'],
      ...Object.keys(kinds).map((name) => [
        name,
        ms(median(times(name))),
        [0.25, 0.75].map((q) => Math.round(quantile(times(name), q))).join(' to '),
        bar(name),
        median(found[name].map(({ scripts }) => scripts)),
      ]),
    ]),
    missed: Object.keys(kinds).filter((name) => kinds[name].isPrepared && median(times(name)) > 100),
  }
}
