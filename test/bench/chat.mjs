/** What a fast chat costs: the widget's list against a naive one, and what stays of a hundred thousand messages. */
import { fileURLToPath } from 'node:url'
import terser from '@rollup/plugin-terser'
import sirv from 'sirv'
import { bundle } from '../support/bundle.mjs'
import { withBrowser, withPage, withServer } from './browser.mjs'
import { median, table } from './figures.mjs'

const ROUNDS = Number(process.env.ROUNDS ?? 5)
const RATE = 1000
const SECONDS = 4
const MANY = Number(process.env.MESSAGES ?? 100_000)
const MANY_RATE = 5000

/** A back end that only talks: one JSON text per message, every 4 ms as many as the rate asks for. */
const TALKER = `
const WORDS = ['love it', 'How long is the coat on someone who is 1.62 m tall, and is there a shorter cut?', '❤️❤️❤️', 'А доставка в Тарту есть?']
onmessage = ({ data: { rate, count } }) => {
  const begun = performance.now()
  let sent = 0
  const timer = setInterval(() => {
    const due = Math.min(count, Math.floor(((performance.now() - begun) / 1000) * rate))
    for (; sent < due; sent++)
      postMessage(JSON.stringify({ v: 1, id: 'c' + Math.round(begun) + '-' + sent, at: Date.now(), type: 'chat.message',
        data: { author: { id: 'v' + (sent % 400), name: 'Viewer ' + (sent % 400), role: 'viewer' }, text: WORDS[sent % 4] + ' ' + sent } }))
    if (sent < count) return
    clearInterval(timer)
    postMessage('')
  }, 4)
}`

const PAGE = `<!doctype html><html lang="en"><title>Chat</title><link rel="icon" href="data:,"><body>
<script src="/castcart.js" data-show="/none.json"></script><script type="module" src="/naive/entry.js"></script></body></html>`

/** Runs in the page: draws one of the lists, and lets `window.talk(rate, count)` talk to it. */
async function start(kind) {
  const worker = new Worker('/talker.js')
  let heard = () => {}
  let over = () => {}
  worker.onmessage = ({ data }) => (data ? heard(data) : over())
  window.talk = (rate, count) =>
    new Promise((resolve) => {
      over = resolve
      worker.postMessage({ rate, count })
    })
  const listen = (next) => {
    heard = next
  }
  if (kind === 'naive') return window.startNaive(listen)
  if (kind === 'idle') return listen((text) => JSON.parse(text))
  const api = await window.castcart.ready
  const isConnected = new Promise((resolve) => {
    window.connected = resolve
  })
  api.createWidget({
    show: { version: 1, id: 'chat', title: 'Chat', status: 'live', products: [], events: { url: 'wss://nowhere' } },
    open: 'load',
    adapter: {
      name: 'talker',
      actions: ['chat.send'],
      connect(sink) {
        sink.open()
        listen((text) => sink.events([JSON.parse(text)]))
        window.connected()
      },
    },
  })
  await isConnected
}

/** Runs in the page: how many rows there are, and the words of the last. */
function readRows() {
  const roots = [
    document,
    ...[...document.querySelectorAll('castcart-widget')].flatMap((host) => host.shadowRoot ?? []),
  ]
  const rows = roots.flatMap((root) => [...root.querySelectorAll('ol > li')])
  return { count: rows.length, last: rows.at(-1)?.textContent ?? '' }
}

/** A page with one of the lists; `work` is given the page and a reader of CPU time (ms) and heap (bytes after a collection). */
async function withChat(browser, origin, kind, work) {
  return withPage(
    browser,
    async (page) => {
      const session = await page.context().newCDPSession(page)
      await session.send('Performance.enable', { timeDomain: 'threadTicks' })
      await page.goto(origin)
      await page.waitForFunction(() => window.startNaive)
      await page.evaluate(start, kind)
      const cpu = async () => {
        const { metrics } = await session.send('Performance.getMetrics')
        const names = ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration']
        return metrics.reduce((sum, { name, value }) => sum + (names.includes(name) ? value * 1000 : 0), 0)
      }
      const heap = async () => {
        for (let turn = 0; turn < 3; turn++) await session.send('HeapProfiler.collectGarbage')
        return (await session.send('Runtime.getHeapUsage')).usedSize
      }
      const talk = async (rate, count) => {
        await page.evaluate(([speed, number]) => window.talk(speed, number), [rate, count])
        if (kind !== 'idle')
          await page.waitForFunction(
            ([read, end]) => new Function(`return (${read})()`)().last.includes(end),
            [readRows.toString(), ` ${count - 1}`],
            { timeout: 20_000 },
          )
      }
      // Whatever is loaded or made once is made before anything is counted.
      await talk(RATE, 300)
      return work({ page, cpu, heap, talk })
    },
    { width: 1280, height: 800 },
  )
}

/** Microseconds of script, layout and style per message. */
const cost = (browser, origin, kind) =>
  withChat(browser, origin, kind, async ({ cpu, talk, page }) => {
    const before = await cpu()
    await talk(RATE, RATE * SECONDS)
    const { count } = await page.evaluate(readRows)
    return { cost: ((await cpu()) - before) * (1000 / (RATE * SECONDS)), rows: count }
  })

/** Megabytes that many messages leave behind, and how much longer than they took to send it was until the last was drawn. */
const growth = (browser, origin) =>
  withChat(browser, origin, 'widget', async ({ heap, talk }) => {
    await talk(MANY_RATE, 1000)
    const before = await heap()
    const begun = performance.now()
    await talk(MANY_RATE, MANY)
    const late = (performance.now() - begun) / (MANY / MANY_RATE) / 1000 - 1
    return { mb: ((await heap()) - before) / 1e6, late }
  })

/** Prints the costs per message and the heap. */
export async function chat() {
  const naive = await bundle(fileURLToPath(new URL('naive-chat.tsx', import.meta.url)), [terser()])
  const files = sirv(fileURLToPath(new URL('../../dist/', import.meta.url)), { dev: true })
  const handle = (request, response) => {
    const path = new URL(request.url, 'http://chat').pathname
    const text = path === '/talker.js' ? TALKER : naive.get(path.replace('/naive/', ''))
    if (path === '/') response.setHeader('content-type', 'text/html; charset=utf-8').end(PAGE)
    else if (text) response.setHeader('content-type', 'text/javascript; charset=utf-8').end(text)
    else files(request, response, () => response.writeHead(404).end())
  }
  const costs = { idle: [], naive: [], widget: [] }
  const kept = await withServer(handle, (origin) =>
    withBrowser(async (browser) => {
      for (let round = 0; round <= ROUNDS; round++)
        for (const kind of round % 2 ? Object.keys(costs).toReversed() : Object.keys(costs)) {
          const found = await cost(browser, origin, kind)
          if (round) costs[kind].push(found)
        }
      return growth(browser, origin)
    }),
  )
  const of = (kind) => median(costs[kind].map((one) => one.cost))
  const rows = (kind) => median(costs[kind].map((one) => one.rows))
  const ratio = of('naive') / of('widget')
  const us = (kind) => `${Math.round(of(kind))} µs`
  return {
    method: `${RATE} messages a second for ${SECONDS} s from a worker, one JSON text each, both lists 200 rows and held at their end, fresh context each, ${ROUNDS} rounds after one to warm up; script, layout and style by CDP threadTicks over messages. Then ${MANY.toLocaleString('en')} messages at ${MANY_RATE} a second; heap after collections.`,
    table: table([
      ['chat', 'measured', 'bar'],
      ['JSON.parse alone, a message', us('idle'), ''],
      [`a naive keyed list, a message (${rows('naive')} rows)`, us('naive'), ''],
      [`the widget, a message (${rows('widget')} rows)`, us('widget'), ''],
      ['naive over widget', `${ratio.toFixed(1)}×`, '6×'],
      [
        `heap after ${MANY.toLocaleString('en')} messages`,
        `${kept.mb >= 0 ? '+' : ''}${kept.mb.toFixed(2)} MB`,
        '+1 MB',
      ],
      [`the last drawn, late`, `${(kept.late * 100).toFixed(1)} %`, '2 %'],
    ]),
    missed: [ratio < 6 && 'ratio', kept.mb > 1 && 'heap', kept.late > 0.02 && 'late'].filter(Boolean),
  }
}
