/** What a fast chat costs: the widget's list against a naive one, and what stays of a hundred thousand messages. */
import { fileURLToPath } from 'node:url'
import terser from '@rollup/plugin-terser'
import sirv from 'sirv'
import { bundle } from '../support/bundle.mjs'
import { withBrowser, withPage, withServer } from './browser.mjs'
import { median, ms, table } from './figures.mjs'

const ROUNDS = Number(process.env.ROUNDS ?? 5)
/** Messages a second, and how many times slower the processor is made. The first is what the bar is for. */
const CASES = [
  { rate: 1000, slow: 1 },
  { rate: 200, slow: 1 },
  { rate: 5000, slow: 1 },
  { rate: 1000, slow: 4 },
]
const SECONDS = 4
/** The naive list cannot keep up with more: what it costs is the same then, it only takes longer. */
const NAIVE_MOST = 1000
/** Ms from the sending of the last message to the end of the frame that shows it, which a reader would feel. */
const FELT = 100
/** `RATES=1000,200,1000x4` runs those alone, the last on a processor made four times slower. */
const ASKED = process.env.RATES?.split(',')
const nameOf = ({ rate, slow }) => (slow > 1 ? `${rate}x${slow}` : `${rate}`)
const MANY = Number(process.env.MESSAGES ?? 100_000)
const MANY_RATE = 5000

/**
 * A back end that only talks: one JSON text per message, every 4 ms as many as the rate asks for. Every eighth answers another, every fortieth calls
 * the viewer by name, and hearts come ten times a second.
 */
const TALKER = `
const WORDS = ['love it', 'How long is the coat on someone who is 1.62 m tall, and is there a shorter cut?', '❤️❤️❤️', 'А доставка в Тарту есть?']
onmessage = ({ data: { rate, count } }) => {
  const begun = performance.now()
  let sent = 0
  const timer = setInterval(() => {
    const due = Math.min(count, Math.floor(((performance.now() - begun) / 1000) * rate))
    for (; sent < due; sent++)
      postMessage(JSON.stringify({ v: 1, id: 'c' + Math.round(begun) + '-' + sent, at: Date.now(), type: 'chat.message',
        data: { author: { id: 'v' + (sent % 400), name: 'Viewer ' + (sent % 400), role: 'viewer' },
          text: (sent % 40 ? '' : '@Noor ') + WORDS[sent % 4] + ' ' + sent,
          ...(sent % 8 ? {} : { replyTo: { id: 'c' + Math.round(begun) + '-' + (sent - 1), name: 'Viewer', text: 'love it' } }) } }))
    if (sent < count) return
    clearInterval(timer)
    clearInterval(hearts)
    postMessage(Date.now())
  }, 4)
  const hearts = setInterval(() => postMessage(JSON.stringify({ v: 1, id: 'r' + performance.now(), at: Date.now(), type: 'reaction.batch',
    data: { total: Math.round(performance.now() / 50) } })), 100)
}`

const PAGE = `<!doctype html><html lang="en"><title>Chat</title><link rel="icon" href="data:,"><body>
<script src="/castcart.js" data-show="/none.json"></script><script type="module" src="/naive/entry.js"></script></body></html>`

/** Runs in the page: draws one of the lists, and lets `window.talk(rate, count)` talk to it; ms from the last message's sending until it was drawn. */
async function start(kind) {
  const worker = new Worker('/talker.js')
  let heard = () => {}
  let over = () => {}
  worker.onmessage = ({ data }) => (typeof data === 'string' ? heard(data) : over(data))
  window.talk = async (rate, count) => {
    const isOver = new Promise((resolve) => {
      over = resolve
    })
    worker.postMessage({ rate, count })
    const sentAt = await isOver
    const isShown = () => kind === 'idle' || window.readRows().last.includes(` ${count - 1}`)
    do await new Promise(requestAnimationFrame)
    while (!isShown())
    // A message comes after the frame in which it was sent.
    const { port1, port2 } = new MessageChannel()
    await new Promise((resolve) => {
      port1.onmessage = resolve
      port2.postMessage(0)
    })
    return Date.now() - sentAt
  }
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
    show: {
      ...{ version: 1, id: 'chat', title: 'Chat', status: 'live', products: [], events: { url: 'wss://nowhere' } },
      host: { name: 'Mira Lind' },
      chat: { terms: '/rules' },
      orderNotices: true,
    },
    open: 'load',
    viewerName: 'Noor',
    adapter: {
      name: 'talker',
      actions: ['chat.send', 'question.ask', 'question.vote', 'reaction.send', 'host.follow', 'message.report'],
      connect(sink) {
        const author = { id: 'host', name: 'Mira Lind', role: 'host' }
        const ours = (seq, type, data) => ({
          v: 1,
          epoch: 'e',
          seq,
          id: `h${seq}`,
          at: Date.now() - 60_000,
          type,
          data,
        })
        sink.open()
        sink.events([
          ours(1, 'chat.pin', {
            message: { id: 'p', author, text: 'Free delivery tonight, see https://shop.example/delivery' },
          }),
          ours(2, 'question.post', { id: 'q', text: 'Is it warm?', votes: 3 }),
        ])
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
async function withChat(browser, origin, { kind, slow = 1 }, work) {
  return withPage(
    browser,
    async (page) => {
      const session = await page.context().newCDPSession(page)
      await session.send('Performance.enable', { timeDomain: 'threadTicks' })
      await page.goto(origin)
      await page.waitForFunction(() => window.startNaive)
      await page.evaluate(`window.readRows = ${readRows}`)
      await page.evaluate(start, kind)
      await session.send('Emulation.setCPUThrottlingRate', { rate: slow })
      const cpu = async () => {
        const { metrics } = await session.send('Performance.getMetrics')
        const names = ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration']
        return metrics.reduce((sum, { name, value }) => sum + (names.includes(name) ? value * 1000 : 0), 0)
      }
      const heap = async () => {
        for (let turn = 0; turn < 3; turn++) await session.send('HeapProfiler.collectGarbage')
        return (await session.send('Runtime.getHeapUsage')).usedSize
      }
      const talk = (rate, count) => page.evaluate((asked) => window.talk(...asked), [rate, count])
      // Whatever is loaded or made once is made before anything is counted.
      await talk(500, 300)
      return work({ page, cpu, heap, talk })
    },
    { width: 1280, height: 800 },
  )
}

/** Microseconds of script, layout and style per message, how many rows there are, and how late the last was drawn (ms). */
const cost = (browser, origin, { kind, rate, slow }) =>
  withChat(browser, origin, { kind, slow }, async ({ cpu, talk, page }) => {
    const messages = Math.min(rate * SECONDS, kind === 'naive' ? NAIVE_MOST : Infinity)
    const before = await cpu()
    const late = await talk(rate, messages)
    const { count } = await page.evaluate(readRows)
    return { cost: ((await cpu()) - before) * (1000 / messages), rows: count, late }
  })

/** The costs of both lists in one case, and of reading the messages alone; each round the other way round, the first to warm up. */
async function compare(browser, origin, { rate, slow }) {
  const kinds = ['idle', 'naive', 'widget']
  const found = { idle: [], naive: [], widget: [] }
  for (let round = 0; round <= ROUNDS; round++)
    for (const kind of round % 2 ? kinds.toReversed() : kinds) {
      const one = await cost(browser, origin, { kind, rate, slow })
      if (round) found[kind].push(one)
    }
  const of = (kind) => median(found[kind].map((one) => one.cost))
  const rows = (kind) => median(found[kind].map((one) => one.rows))
  return {
    rate,
    slow,
    idle: of('idle'),
    naive: of('naive'),
    widget: of('widget'),
    rows: [rows('naive'), rows('widget')],
    late: median(found.widget.map((one) => one.late)) - median(found.idle.map((one) => one.late)),
  }
}

/** Megabytes that many messages leave behind in a page, and how late the last was drawn (ms). */
const growth = (browser, origin, kind) =>
  withChat(browser, origin, { kind }, async ({ heap, talk }) => {
    await talk(MANY_RATE, 1000)
    const before = await heap()
    const late = await talk(MANY_RATE, MANY)
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
  const { cases, kept, control } = await withServer(handle, (origin) =>
    withBrowser(async (browser) => {
      const compared = []
      for (const one of CASES.filter((one) => ASKED?.includes(nameOf(one)) ?? true))
        compared.push(await compare(browser, origin, one))
      return {
        cases: compared,
        kept: await growth(browser, origin, 'widget'),
        control: await growth(browser, origin, 'idle'),
      }
    }),
  )
  const late = kept.late - control.late
  const us = (value) => `${Math.round(value)} µs`
  const ratio = ({ naive, widget }) => naive / widget
  const row = (one, index) => [
    `${one.rate.toLocaleString('en')} a second${one.slow > 1 ? `, processor ${one.slow}× slower` : ''}`,
    ...[us(one.idle), us(one.naive), us(one.widget), `${ratio(one).toFixed(1)}×`, index ? '' : '6×', ms(one.late)],
  ]
  const [first] = cases
  return {
    method: `Messages for ${SECONDS} s from a worker, one JSON text each, both lists 200 rows and held at their end (naive ${first.rows[0]}, widget ${first.rows[1]} rows), the widget with pinned message, mentions, answers, questions, hearts and following; fresh context each, ${ROUNDS} rounds after one to warm up; script, layout and style by CDP threadTicks over messages; late: from the last message's sending to the end of the frame that shows it, less the same where a page only reads the messages. Then ${MANY.toLocaleString('en')} messages at ${MANY_RATE} a second; heap after collections.`,
    table: `${table([['a message', 'JSON.parse alone', 'naive keyed list', 'the widget', 'naive over widget', 'bar', 'its last drawn, late'], ...cases.map(row)])}\n\n${table(
      [
        ['chat', 'measured', 'bar'],
        [
          `heap after ${MANY.toLocaleString('en')} messages`,
          `${kept.mb >= 0 ? '+' : ''}${kept.mb.toFixed(2)} MB`,
          '+1 MB',
        ],
        ['the last drawn, late', ms(late), ms(FELT)],
      ],
    )}`,
    missed: [ratio(first) < 6 && 'ratio', kept.mb > 1 && 'heap', late > FELT && 'late'].filter(Boolean),
  }
}
