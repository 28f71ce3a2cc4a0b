/** What a long list of products costs a slow phone: opened, moved through, and when the host shows the next one. */
import { fileURLToPath } from 'node:url'
import sirv from 'sirv'
import { withBrowser, withPage, withServer } from './browser.mjs'
import { median, ms, table } from './figures.mjs'

const ROUNDS = Number(process.env.ROUNDS ?? 7)
const SLOWER = 4
/** Products of the show; the first is what the second is held against. */
const COUNTS = [6, 200]

const PAGE = `<!doctype html><html lang="en"><title>Products</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width"><body><script src="/castcart.js" data-show="/none.json"></script></body></html>`
const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60"><circle cx="30" cy="30" r="24"/></svg>'

/** Runs in the page: a live show of so many products, where `window.pin(place)` shows one. */
async function start(count) {
  const { createWidget } = await window.castcart.ready
  const products = Array.from({ length: count }, (_, place) => ({
    id: `p${place}`,
    title: `Thing ${place} ${place % 7 ? 'in clay' : 'in wool'}`,
    code: `${place + 1}`,
    group: `Shelf ${place % 5}`,
    images: [`/pictures/${place}.svg`],
    price: { amount: 1000 + place, currency: 'EUR' },
    url: `/things/${place}`,
  }))
  let seq = 0
  const isThere = new Promise((resolve) => {
    createWidget({
      show: { version: 1, id: 'many', title: 'Many', status: 'live', products, events: { url: 'wss://nowhere' } },
      cart: 'links',
      open: 'load',
      adapter: {
        name: 'host',
        connect(sink) {
          sink.open()
          window.pin = (place) => {
            const at = Date.now() - 60_000
            sink.events([
              { v: 1, epoch: 'e', seq: ++seq, id: `h${seq}`, at, type: 'product.pin', data: { ids: [`p${place}`] } },
            ])
          }
          resolve()
        },
      },
    })
  })
  await isThere
  window.root = () => document.querySelectorAll('castcart-widget')[1].shadowRoot
}

/** Runs in the page: does it, and answers how many ms later the frame that shows it had been drawn. */
async function drawnAfter([act, isShown]) {
  const begun = performance.now()
  new Function(act)()
  const look = new Function(`return ${isShown}`)
  do await new Promise(requestAnimationFrame)
  while (!look())
  const { port1, port2 } = new MessageChannel()
  // A message comes after the frame in which it was sent.
  await new Promise((resolve) => {
    port1.onmessage = resolve
    port2.postMessage(0)
  })
  return performance.now() - begun
}

/** Runs in the page: answers when nothing has changed in the list for a while. */
function whenStill() {
  return new Promise((resolve) => {
    let timer = setTimeout(resolve, 300)
    new MutationObserver(() => {
      clearTimeout(timer)
      timer = setTimeout(resolve, 300)
    }).observe(window.root(), { childList: true, subtree: true, attributes: true })
  })
}

/** One fresh page: ms to the list on screen, and processor time (ms) of opening it to the end, a pin and a search. */
const once = (browser, origin, count) =>
  withPage(
    browser,
    async (page) => {
      const session = await page.context().newCDPSession(page)
      await session.send('Performance.enable', { timeDomain: 'threadTicks' })
      await page.goto(origin)
      await page.evaluate(start, count)
      await page.waitForFunction(() => window.root().querySelector('.bag button'))
      await page.waitForFunction(() => {
        const ends = performance.getEntriesByType('resource').map(({ responseEnd }) => responseEnd)
        return performance.now() - Math.max(...ends) > 600
      })
      await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
      const spent = async () => {
        const { metrics } = await session.send('Performance.getMetrics')
        return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0)
      }
      const cost = async (act, isShown) => {
        const before = await spent()
        const took = await page.evaluate(drawnAfter, [act, isShown])
        await page.evaluate(whenStill)
        return { took, cpu: (await spent()) - before }
      }
      const opened = await cost(
        `root().querySelector('.bag button').click()`,
        `root().querySelector('.list .item:not(:has(.skeleton))')`,
      )
      const pinned = await cost(
        `pin(${count - 1})`,
        `root().querySelector('.list [data-product=p${count - 1}][data-now]')`,
      )
      const again = await cost(`pin(0)`, `root().querySelector('.list [data-product=p0][data-now]')`)
      const rows = await page.evaluate(() => window.root().querySelectorAll('.list .item').length)
      return { opened, pinned, again, rows }
    },
    { width: 390, height: 844 },
  )

/** Prints both, and the longer list over the shorter. */
export async function products() {
  const files = sirv(fileURLToPath(new URL('../../dist/', import.meta.url)), { dev: true })
  const handle = (request, response) => {
    const { pathname } = new URL(request.url, 'http://products')
    if (pathname === '/') response.setHeader('content-type', 'text/html; charset=utf-8').end(PAGE)
    else if (pathname.startsWith('/pictures/')) response.setHeader('content-type', 'image/svg+xml').end(PICTURE)
    else files(request, response, () => response.writeHead(404).end())
  }
  const found = COUNTS.map(() => [])
  await withServer(handle, (origin) =>
    withBrowser(async (browser) => {
      for (let round = 0; round <= ROUNDS; round++)
        for (const [place, count] of COUNTS.entries()) {
          const one = await once(browser, origin, count)
          // The first is to warm up.
          if (round) found[place].push(one)
        }
    }),
  )
  const rows = [
    ['press to the list on screen', (one) => one.opened.took],
    ['processor until the list is whole', (one) => one.opened.cpu],
    ['the host shows the last product: on its row', (one) => one.pinned.took],
    ['… processor', (one) => one.pinned.cpu],
    ['the host shows the first again: on its row', (one) => one.again.took],
    ['… processor', (one) => one.again.cpu],
  ].map(([name, of]) => {
    const [few, many] = found.map((list) => median(list.map(of)))
    return [name, ms(few), ms(many), `${(many / few).toFixed(1)}×`]
  })
  return {
    method: `A live show on a phone's size, processor ${SLOWER}× slower, cart by links, a picture each; fresh page each, medians of ${ROUNDS} rounds after one to warm up. Rows drawn at the end: ${found.map((list) => median(list.map((one) => one.rows))).join(' and ')}.`,
    table: table([['the list of products', ...COUNTS.map((count) => `${count} products`), 'ratio'], ...rows]),
    missed: [],
  }
}
