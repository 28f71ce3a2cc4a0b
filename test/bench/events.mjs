/** Live events from bytes to the room, against `JSON.parse` alone on the same bytes. */
import { median, table } from './figures.mjs'
import { withParts } from './load-parts.mjs'

const EVENTS = 20_000
const ROUNDS = 15
const BEGUN = 1_795_197_600_000
/** Events that come within a frame; where a source hands over lists, as one message. */
const LIST = 50
/** Times `JSON.parse` alone, lists. */
const BAR = 4

const WORDS = ['love it', 'How long is the coat on someone who is 1.62 m tall?', 'А доставка в Тарту есть?', '❤️❤️❤️']

/** A busy show: four messages in five, the rest what a host and a desk do. */
function events() {
  const offer = { kind: 'percent', title: 'Ten minutes', percentOff: 15, productIds: ['mug'], how: 'sale' }
  const byHost = [
    (n) => ['product.pin', { ids: [['mug', 'coat', 'coffee'][n % 3]] }],
    (n) => ['product.stock', { id: 'mug', variants: { 'mug-sand': n % 40 } }],
    (n) => ['offer.open', { ...offer, id: `o${n % 60}`, opensAt: BEGUN + n, closesAt: BEGUN + n + 60_000 }],
    (n) => ['poll.update', { id: 'poll', votes: { yes: n, no: n >> 1 } }],
    (n) => ['chat.message', { author: { id: 'h', name: 'Mira', role: 'host' }, text: `Answer ${n}` }],
  ]
  return Array.from({ length: EVENTS }, (_, n) => {
    const at = BEGUN + n * 20
    if (n % 5) {
      const author = { id: `v${n % 400}`, name: `Viewer ${n % 400}`, role: 'viewer' }
      return { v: 1, id: `c${n}`, at, type: 'chat.message', data: { author, text: WORDS[n % WORDS.length] } }
    }
    const [type, data] = byHost[(n / 5) % byHost.length](n)
    return { v: 1, epoch: 'bench', seq: n / 5 + 1, id: `e${n}`, at, type, data }
  })
}

/** The messages on the wire. */
function messages(all, size) {
  const texts = []
  for (let from = 0; from < all.length; from += size) {
    const stretch = all.slice(from, from + size)
    texts.push(JSON.stringify(size === 1 ? stretch[0] : stretch))
  }
  return texts
}

/** A machine whose time passes with the messages, so that only work is measured and no waiting. */
function machine() {
  let now = 0
  const waiting = new Set()
  return {
    environment: {
      now: () => now,
      random: () => 0.5,
      wait(ms, run) {
        const timer = { at: now + ms, run }
        waiting.add(timer)
        return () => waiting.delete(timer)
      },
    },
    pass(ms) {
      now += ms
      for (const timer of waiting) {
        if (timer.at > now) continue
        waiting.delete(timer)
        timer.run()
      }
    },
  }
}

/** Ms from the first text to the room of them all. */
async function wholePath({ createLink, createServerClock, createShowLog }, texts) {
  const perFrame = (LIST * texts.length) / EVENTS
  const { environment, pass } = machine()
  const log = createShowLog({ replay: false })
  const over = new AbortController()
  let count = 0
  const sink = await new Promise((resolve, reject) => {
    createLink({
      adapter: { name: 'bench', connect: resolve },
      fetch,
      locale: 'en',
      clock: createServerClock(),
      signal: over.signal,
      environment,
      idleLimit: 1e12,
      onEvents(news) {
        count += news.length
        log.add(news, environment.now())
        log.moveTo(news.at(-1).at)
      },
      onReset: log.reset,
      onStatus() {},
      onProblem: reject,
    })
  })
  sink.open()
  const begun = performance.now()
  for (let n = 0; n < texts.length; n++) {
    sink.events([texts[n]])
    if ((n + 1) % perFrame === 0) pass(20)
  }
  const took = performance.now() - begun
  over.abort()
  if (count !== EVENTS) throw new Error(`${count} of ${EVENTS} events arrived`)
  return took
}

function parseAlone(texts) {
  const begun = performance.now()
  for (const text of texts) JSON.parse(text)
  return performance.now() - begun
}

/** Alternates both, so that a busy moment meets both; medians. */
async function compare(parts, texts) {
  const whole = []
  const alone = []
  for (let round = -2; round < ROUNDS; round++) {
    const readings = [await wholePath(parts, texts), parseAlone(texts)]
    if (round < 0) continue
    whole.push(readings[0])
    alone.push(readings[1])
  }
  return { whole: median(whole), alone: median(alone), ratio: median(whole.map((ms, index) => ms / alone[index])) }
}

/** Prints events a second through the whole path, and how many times `JSON.parse` that is. */
export async function benchEvents() {
  const all = events()
  const rows = []
  let missed = []
  for (const lite of [true, false]) {
    await withParts(
      'events-entry.ts',
      async (parts) => {
        for (const size of [LIST, 1]) {
          const { whole, alone, ratio } = await compare(parts, messages(all, size))
          const bar = lite && size > 1 ? `${BAR} ×` : ''
          if (bar && ratio > BAR) missed = ['events']
          const speed = (ms) => Math.round(EVENTS / (ms / 1000)).toLocaleString('en')
          const name = `${lite ? 'script tag' : 'npm (zod)'}, ${size > 1 ? `lists of ${size}` : 'one a message'}`
          rows.push([name, speed(whole), speed(alone), `${ratio.toFixed(1)} ×`, bar])
        }
      },
      { lite },
    )
  }
  return {
    method: `${EVENTS} live events (four in five are viewers' messages) as JSON texts through link and show log in Node, ${LIST} a frame, against JSON.parse of the same texts in turn; medians of ${ROUNDS} readings after two to warm up.`,
    table: table([['bytes to room', 'events a second', 'JSON.parse alone', 'ratio', 'bar'], ...rows]),
    missed,
  }
}
