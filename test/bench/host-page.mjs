/** What a page pays for the tag while nobody clicks. */
import { readFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'
import { idle, withBrowser, withPage, withServer } from './browser.mjs'
import { median, ms, quantile, table } from './figures.mjs'

const ROUNDS = Number(process.env.ROUNDS ?? 13)
/** Milliseconds after `load` in which a page's work is counted. */
const WATCH = 1000

const dist = (path) => readFileSync(new URL(`../../dist/${path}`, import.meta.url))

/** The tag as the README has it; `plain` twice is the control; `eager` loads and opens everything at once, and must be seen. */
const HEADS = {
  plain: '',
  again: '',
  tag: '<script async src="/castcart.js" data-show="/show.json"></script>',
  eager: '<script async src="/castcart.all.js" data-show="/show.json" data-open="load"></script>',
}

/** A shop's page: 300 products, nothing of ours. */
function shopPage(head) {
  const card = (_, index) =>
    `<li><svg width="160" height="160" viewBox="0 0 9 9"><rect width="9" height="9" fill="hsl(${index * 7} 40% 70%)"/></svg>` +
    `<h3>Product ${index}</h3><p>A thing that somebody may want to have, number ${index}.</p><b>€${index + 9}.90</b> <a href="#p${index}">Look</a></li>`
  const style = 'body{font:16px sans-serif;margin:0}ul{display:grid;grid-template-columns:repeat(6,1fr);gap:16px}'
  const list = Array.from({ length: 300 }, card).join('')
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,"><style>${style}</style>${head}</head><body><h1>Shop</h1><ul>${list}</ul></body></html>`
}

/** Files as a CDN would give them: compressed, with the fewest headers. */
function serve(request, response) {
  const path = new URL(request.url, 'http://shop').pathname
  const give = (type, body) => {
    const packed = brotliCompressSync(body)
    response.writeHead(200, { 'content-type': type, 'content-encoding': 'br', 'content-length': packed.length })
    response.end(packed)
  }
  if (path.slice(1) in HEADS) return give('text/html', shopPage(HEADS[path.slice(1)]))
  if (path === '/show.json')
    return give('application/json', readFileSync(new URL('../support/normative/show.json', import.meta.url)))
  try {
    give('text/javascript', dist(path.slice(1)))
  } catch {
    response.writeHead(404).end()
  }
}

/** One load: thread milliseconds, and what was asked for, moved and held up. */
async function load(page, address) {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await session.send('Network.enable')
  let bytes = 0
  let requests = 0
  session.on('Network.requestWillBeSent', ({ request }) => {
    if (!request.url.startsWith('data:')) requests++
  })
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await page.addInitScript(() => {
    window.shift = 0
    window.held = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.value
    }).observe({ type: 'layout-shift', buffered: true })
    new PerformanceObserver((list) => {
      for (const { scripts } of list.getEntries())
        window.held += scripts.filter(({ sourceURL, duration }) => /castcart/.test(sourceURL) && duration > 50).length
    }).observe({ type: 'long-animation-frame', buffered: true })
  })
  await page.goto(address, { waitUntil: 'load' })
  await idle(page, WATCH)
  const { metrics } = await session.send('Performance.getMetrics')
  const of = (name) => metrics.find((metric) => metric.name === name).value * 1000
  const script = of('ScriptDuration')
  return {
    ...(await page.evaluate(() => ({ shift: window.shift, held: window.held }))),
    ...{ bytes, requests, script, all: script + of('LayoutDuration') + of('RecalcStyleDuration') },
  }
}

/** Loads every kind once per round, forwards and backwards in turn, and gives the rounds. */
async function measure(browser, origin) {
  const names = Object.keys(HEADS)
  const rounds = []
  for (let round = 0; round <= ROUNDS; round++) {
    const found = {}
    for (const name of round % 2 ? names.toReversed() : names)
      found[name] = await withPage(browser, (page) => load(page, `${origin}/${name}`))
    if (round) rounds.push(found)
  }
  return rounds
}

/** Prints what the tag costs, the control, and what an eager widget would. */
export async function hostPage() {
  const rounds = await withBrowser((browser) => withServer(serve, (origin) => measure(browser, origin)))
  const more = (name, what) => rounds.map((found) => found[name][what] - found.plain[what])
  const middle = (name, what) => median(more(name, what))
  const spread = (name, what) => `${[0.25, 0.75].map((q) => quantile(more(name, what), q).toFixed(1)).join(' to ')}`
  const control = Math.abs(middle('again', 'script'))
  const time = (name, what) => `${middle(name, what).toFixed(1)} ms (${spread(name, what)})`
  const checks = {
    requests: middle('tag', 'requests') <= 1,
    bytes: middle('tag', 'bytes') <= 1800,
    'layout shift': Math.max(...more('tag', 'shift')) === 0,
    'long tasks': rounds.every(({ tag }) => tag.held === 0),
    'thread time': middle('tag', 'script') <= 6,
    'control (the run is not valid)': control < 0.5,
    'positive control': middle('eager', 'script') > 6,
  }
  return {
    method: `300-product page with and without the tag, brotli, loopback, fresh context each, ${ROUNDS} rounds forwards and backwards in turn after one to warm up; medians of paired differences (quartiles); main-thread CPU by CDP threadTicks until ${WATCH} ms after load.`,
    table: table([
      ['a page where nobody clicks', 'with the tag', 'bar', 'control: no tag again', 'everything, opened at load'],
      ['requests', middle('tag', 'requests'), 1, middle('again', 'requests'), middle('eager', 'requests')],
      ['bytes on the wire', middle('tag', 'bytes'), '1,800', middle('again', 'bytes'), middle('eager', 'bytes')],
      [
        'layout shift',
        Math.max(...more('tag', 'shift')),
        0,
        Math.max(...more('again', 'shift')),
        middle('eager', 'shift').toFixed(3),
      ],
      ['long tasks', Math.max(...rounds.map(({ tag }) => tag.held)), 0, 0, middle('eager', 'held')],
      ['script, thread time', time('tag', 'script'), '6 ms', time('again', 'script'), time('eager', 'script')],
      ['script, layout and style', time('tag', 'all'), '', time('again', 'all'), ms(middle('eager', 'all'))],
    ]),
    missed: Object.keys(checks).filter((name) => !checks[name]),
  }
}
