/** From bytes to the room, and to any moment of a long show. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { bundle } from '../support/bundle.mjs'
import { median, ms, quantile, table } from './figures.mjs'

const EVENTS = 20_000
const SPAN = 3 * 3_600_000
const BEGUN = 1_795_197_600_000
const ROUNDS = 7
const SEEKS = 400
const PLACES = 8

const WORDS = ['love it', 'How long is the coat on someone who is 1.62 m tall?', 'А доставка в Тарту есть?', '❤️❤️❤️']

/** The script tag has its own double of zod/mini; so has this. */
const liteSchemas = {
  name: 'lite-schemas',
  resolveId: {
    order: 'pre',
    handler: (source) =>
      source === 'zod/mini' ? fileURLToPath(new URL('../../src/model/zod-lite.ts', import.meta.url)) : null,
  },
}

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

/** Milliseconds of each of many seeks to anywhere. */
function seek(log) {
  return Array.from({ length: SEEKS }, (_, index) => {
    const picture = BEGUN + ((index * 7919 * 1009) % SPAN)
    const begun = performance.now()
    log.moveTo(picture)
    return performance.now() - begun
  })
}

/** Milliseconds of the first seek back that viewers of the live show make after all of it, to several places; the best of three such viewers each. */
function firstWaysBack({ createShowLog }, events) {
  const watchAndSeek = (place) => {
    const log = createShowLog({ replay: false })
    for (let at = 0; at < events.length; at += 50) {
      const batch = events.slice(at, at + 50)
      log.add(batch, 0)
      log.moveTo(batch.at(-1).at)
    }
    const begun = performance.now()
    log.moveTo(BEGUN + place * SPAN)
    return performance.now() - begun
  }
  return Array.from({ length: PLACES }, (_, index) => {
    const place = (index + 0.5) / PLACES
    return Math.min(watchAndSeek(place), watchAndSeek(place), watchAndSeek(place))
  })
}

/** Prints events per second from bytes to the room, and the time of a seek. */
export async function fold() {
  const folder = await mkdtemp(join(tmpdir(), 'castcart-bench-'))
  try {
    const files = await bundle(fileURLToPath(new URL('fold-entry.ts', import.meta.url)), [liteSchemas])
    for (const [name, code] of files)
      await writeFile(join(folder, name.replace(/\.js$/, '.mjs')), code.replaceAll(".js'", ".mjs'"))
    const parts = await import(pathToFileURL(join(folder, 'entry.mjs')).href)
    const bytes = threeHours()
    const reads = []
    const rounds = []
    for (let round = 0; round <= ROUNDS; round++) {
      const { log, took } = await readLog(parts, bytes)
      if (round === 0) continue
      reads.push(took)
      rounds.push(seek(log))
    }
    const events = new TextDecoder()
      .decode(bytes)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const back = firstWaysBack(parts, events)
    const seeks = rounds.flat()
    const places = (rounds[0] ?? []).map((_, place) => Math.min(...rounds.map((times) => times[place])))
    const speed = Math.round(EVENTS / (median(reads) / 1000))
    return {
      method: `${EVENTS} events of a three-hour show through timeline adapter, link and show log in Node, ${ROUNDS} readings after one to warm up; ${SEEKS} seeks to the same places all over it after each; the slowest of all has whatever else the machine did in it.`,
      table: table([
        ['from bytes to the room', 'measured', 'bar'],
        ['events a second (median)', speed.toLocaleString('en'), ''],
        ['a seek to anywhere, median', ms(median(seeks)), ''],
        ['a seek to anywhere, 99 %', ms(quantile(seeks, 0.99)), ''],
        ['the slowest place, at the best of its seeks', ms(Math.max(...places)), '5 ms'],
        ['live, the first seek back after three hours, the slowest place', ms(Math.max(...back)), '5 ms'],
        ['the slowest seek of all', ms(Math.max(...seeks)), ''],
      ]),
      missed: Math.max(...places, ...back) > 5 ? ['seek'] : [],
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
