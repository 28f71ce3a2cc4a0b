/** How long a long replay takes to open: three hours and 100,000 messages, in segments and as one file. */
import { median, ms, table } from './figures.mjs'
import { withParts } from './load-parts.mjs'

const MESSAGES = 100_000
const HOSTS = 2000
const SPAN = 3 * 3_600_000
const BEGUN = 1_795_197_600_000
const ROUNDS = 9
const BAR = 200

function threeHours() {
  const events = []
  for (let n = 0; n < HOSTS; n++) {
    const at = BEGUN + Math.round((n / HOSTS) * SPAN)
    const [type, data] =
      n % 4 ? ['product.stock', { id: 'mug', stock: n }] : ['product.pin', { ids: [['mug', 'coat', 'coffee'][n % 3]] }]
    events.push({ v: 1, epoch: 'bench', seq: n + 1, id: `e${n}`, at, type, data })
  }
  for (let n = 0; n < MESSAGES; n++) {
    const at = BEGUN + Math.round((n / MESSAGES) * SPAN)
    const author = { id: `v${n % 900}`, name: `Viewer ${n % 900}`, role: 'viewer' }
    const data = { author, text: 'How long is the coat on someone who is 1.62 m tall?' }
    events.push({ v: 1, id: `c${n}`, at, type: 'chat.message', data })
  }
  return events.sort((a, b) => a.at - b.at)
}

/** Ms until the room at that moment of the picture has its pin and its 200 messages. */
function open({ createLink, timeline, createServerClock, createShowLog }, { files, url, picture }) {
  const log = createShowLog({ replay: true })
  const ended = new AbortController()
  const wanted = BEGUN + Math.round((Math.floor(((picture - BEGUN) / SPAN) * MESSAGES) / MESSAGES) * SPAN)
  const begun = performance.now()
  let bytes = 0
  return new Promise((resolve, reject) => {
    createLink({
      adapter: timeline({ url }),
      async fetch(address) {
        const text = files.get(new URL(address).pathname.slice(1))
        bytes += text.length
        return new Response(text)
      },
      locale: 'en',
      picture: () => picture,
      clock: createServerClock(),
      signal: ended.signal,
      onEvents(events) {
        log.add(events, 0)
        log.moveTo(picture)
        const { chat, now } = log.room()
        if (chat.length < 200 || !now.pin || chat.at(-1).at < wanted - 200) return
        ended.abort()
        resolve({ took: performance.now() - begun, bytes })
      },
      onReset: log.reset,
      onProblem: reject,
      onStatus() {},
    })
  })
}

/** Prints the time from the first byte to a whole room, an hour and a half into the show. */
export async function timeline() {
  return withParts('timeline-entry.ts', async (parts) => {
    const events = threeHours()
    const files = new Map(parts.recordFeed(events).map(({ name, text }) => [name, text]))
    files.set('log.jsonl', events.map((event) => `${JSON.stringify(event)}\n`).join(''))
    const picture = BEGUN + SPAN / 2
    const ways = { 'in segments': 'index.json', 'as one file': 'log.jsonl' }
    const rows = []
    for (const [way, name] of Object.entries(ways)) {
      const runs = []
      for (let round = 0; round <= ROUNDS; round++)
        runs.push(await open(parts, { files, url: `http://bench/${name}`, picture }))
      rows.push({ way, took: median(runs.slice(1).map(({ took }) => took)), bytes: runs[0].bytes, first: runs[0].took })
    }
    return {
      method: `${MESSAGES} messages and ${HOSTS} host events over three hours, opened in the middle, through timeline adapter, link and show log in Node, without a network; median of ${ROUNDS} after a cold one.`,
      table: table([
        ['to the whole room', 'median', 'cold', 'read', 'bar'],
        ...rows.map(({ way, took, first, bytes }, index) => [
          ...[way, ms(took), ms(first), `${Math.round(bytes / 1000).toLocaleString('en')} kB`],
          index ? '' : ms(BAR),
        ]),
      ]),
      missed: rows[0].first > BAR ? ['timeline'] : [],
    }
  })
}
