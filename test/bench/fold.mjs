/** From bytes to the room, and to any moment of a long show. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { median, ms, quantile, table } from './figures.mjs'
import { withParts } from './load-parts.mjs'

const EVENTS = 20_000
const SPAN = 3 * 3_600_000
const BEGUN = 1_795_197_600_000
const ROUNDS = 7
const SEEKS = 400
const PLACES = 8

const WORDS = ['love it', 'How long is the coat on someone who is 1.62 m tall?', 'А доставка в Тарту есть?', '❤️❤️❤️']

/** A show of three hours as JSON lines: four messages in five, the rest what a host and a desk do, with sixty offers. */
function threeHours() {
  const offer = (index) => {
    const at = BEGUN + Math.round((index / EVENTS) * SPAN)
    const terms = { id: `o${index % 60}`, kind: 'percent', title: 'Ten minutes', percentOff: 15, productIds: ['mug'] }
    return ['offer.open', { ...terms, opensAt: at, closesAt: at + 60_000, how: 'sale', quantity: 40, remaining: 40 }]
  }
  const byHost = [
    (index) => ['product.pin', { ids: [['mug', 'coat', 'coffee'][index % 3]] }],
    (index) => ['product.stock', { id: 'mug', variants: { 'mug-sand': index % 40 } }],
    offer,
    (index) => ['offer.close', { id: `o${(index - 5) % 60}`, reason: 'time' }],
    (index) => ['chat.message', { author: { id: 'h', name: 'Mira', role: 'host' }, text: `Answer ${index}` }],
  ]
  const lines = Array.from({ length: EVENTS }, (_, index) => {
    const at = BEGUN + Math.round((index / EVENTS) * SPAN)
    if (index % 5) {
      const author = { id: `v${index % 400}`, name: `Viewer ${index % 400}`, role: 'viewer' }
      const data = { author, text: WORDS[index % WORDS.length] }
      return { v: 1, id: `c${index}`, at, type: 'chat.message', data }
    }
    const [type, data] = byHost[(index / 5) % byHost.length](index)
    return { v: 1, epoch: 'bench', seq: index / 5 + 1, id: `e${index}`, at, type, data }
  })
  return new TextEncoder().encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
}

/** Reads the log as the widget does, and stops once all of it is in. */
function readLog({ createLink, timeline, createServerClock, createShowLog }, bytes) {
  const log = createShowLog({ replay: true })
  const ended = new AbortController()
  const begun = performance.now()
  return new Promise((resolve, reject) => {
    createLink({
      adapter: timeline({ url: 'http://bench/log.jsonl' }),
      fetch: async () => new Response(bytes),
      locale: 'en',
      clock: createServerClock(),
      signal: ended.signal,
      onEvents: (events) => log.add(events, 0),
      onReset: log.reset,
      onProblem: reject,
      onStatus(status) {
        if (status !== 'ended') return
        log.moveTo(BEGUN + SPAN)
        const took = performance.now() - begun
        ended.abort()
        resolve({ log, took })
      },
    })
  })
}

/** Megabytes in use once nothing is left to collect. */
function heap() {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed / 2 ** 20
}

/** Megabytes that a log holds: what is free once it has forgotten everything. */
function weigh(log) {
  const full = heap()
  log.reset()
  return full - heap()
}

/** What one act took: milliseconds on the wall, and of all processors for this process alone, its garbage collector's threads too. */
function timed(act) {
  const used = process.cpuUsage()
  const begun = performance.now()
  act()
  const wall = performance.now() - begun
  const { user, system } = process.cpuUsage(used)
  return { wall, own: (user + system) / 1000 }
}

/** What keeps a processor busy for this many milliseconds of the wall clock, and nothing else. */
function spin(wall) {
  for (const end = performance.now() + wall; performance.now() < end; );
}

/** Each of many seeks to anywhere, and after it an empty control that wants as long as a seek usually does. */
function seek(log, usual) {
  return Array.from({ length: SEEKS }, (_, index) => {
    const picture = BEGUN + ((index * 7919 * 1009) % SPAN)
    return { seek: timed(() => log.moveTo(picture)), control: timed(() => spin(usual)) }
  })
}

/** Milliseconds of the first seek back that viewers of the live show make after all of it, to several places; the slowest of three such viewers each. */
function firstWaysBack({ createShowLog }, events) {
  const watchAndSeek = (place) => {
    const log = createShowLog({ replay: false })
    for (let at = 0; at < events.length; at += 50) {
      const batch = events.slice(at, at + 50)
      log.add(batch, 0)
      log.moveTo(batch.at(-1).at)
    }
    return timed(() => log.moveTo(BEGUN + place * SPAN)).own
  }
  return Array.from({ length: PLACES }, (_, index) => {
    const place = (index + 0.5) / PLACES
    return Math.max(watchAndSeek(place), watchAndSeek(place), watchAndSeek(place))
  })
}

/** Prints events per second from bytes to the room, and the time of a seek. */
export async function fold() {
  return withParts('fold-entry.ts', async (parts) => {
    const bytes = threeHours()
    const reads = []
    const singles = []
    let held = 0
    let usual = 0
    for (let round = 0; round <= ROUNDS; round++) {
      const { log, took } = await readLog(parts, bytes)
      const made = seek(log, usual)
      if (round === 0) held = weigh(log)
      usual = median(made.map((one) => one.seek.wall))
      if (round === 0) continue
      reads.push(took)
      singles.push(...made)
    }
    const events = new TextDecoder()
      .decode(bytes)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const back = firstWaysBack(parts, events)
    const [own, wall] = ['own', 'wall'].map((kind) => ({
      seek: singles.map((one) => one.seek[kind]),
      control: singles.map((one) => one.control[kind]),
    }))
    const spread = (times) => [0.5, 0.99, 0.999, 1].map((part) => ms(quantile(times, part))).join(', ')
    const above = (times) => times.filter((time) => time > 5).length
    const speed = Math.round(EVENTS / (median(reads) / 1000))
    return {
      method: `${EVENTS} events of a three-hour show through timeline adapter, link and show log in Node, ${ROUNDS} readings after one to warm up; ${SEEKS} single seeks all over it after each. Each is judged by itself, by the time that this process had on any processor meanwhile (its compiler's and its garbage collector's threads too), and shown beside an empty control that only spins for as long as a seek usually takes, made right after it: what the machine and the engine do anyway is in both.`,
      table: table([
        ['from bytes to the room', 'measured', 'bar'],
        ['events a second (median)', speed.toLocaleString('en'), ''],
        ['a single seek, own time: median, 99 %, 99.9 %, slowest', spread(own.seek), '99.9 %: 5 ms'],
        ['an empty control, own time', spread(own.control), ''],
        ['a single seek, on the wall clock', spread(wall.seek), ''],
        ['an empty control, on the wall clock', spread(wall.control), ''],
        [
          `own time above 5 ms, of ${singles.length} seeks and as many controls`,
          `${above(own.seek)}, ${above(own.control)}`,
          '',
        ],
        ['live, the first seek back after three hours, the slowest of all', ms(Math.max(...back)), '5 ms'],
        ['heap of the whole show, its events and the rooms kept', `${held.toFixed(1)} MB`, ''],
      ]),
      missed: quantile(own.seek, 0.999) > 5 || Math.max(...back) > 5 ? ['seek'] : [],
    }
  })
}
