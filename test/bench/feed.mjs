/** What ten thousand viewers of one feed ask of a host, on a virtual clock. */
import { gzipSync } from 'node:zlib'
import { table } from './figures.mjs'
import { withParts } from './load-parts.mjs'

const VIEWERS = 10_000
const MINUTES = 1
const BEGUN = 1_795_197_600_000
/** Seconds between two writings, as the demo's desk does. */
const EVERY = 2
/** Ms to which timers are rounded. */
const TICK = 10
/** Ms that a cache keeps the index. */
const CACHED = 1000
/** Viewers' messages a second, and seconds between two of the host's events. */
const CHAT = 10
const HOST_EVERY = 4
/** Bytes of status line and headers of nginx's answers, as counted: a whole one, and a 304. */
const HEADERS = { 200: 254, 304: 178 }

/** Timers and the clock of a machine whose time passes when told to. */
function createTime() {
  const buckets = new Map()
  let now = 0
  const real = { setTimeout, clearTimeout, now: Date.now }
  globalThis.setTimeout = (run, wait = 0) => {
    const at = Math.ceil((now + wait) / TICK) * TICK
    const timer = { run }
    if (!buckets.has(at)) buckets.set(at, new Set())
    buckets.get(at).add(timer)
    return { at, timer }
  }
  globalThis.clearTimeout = (handle) => handle && buckets.get(handle.at)?.delete(handle.timer)
  Date.now = () => BEGUN + now
  return {
    now: () => now,
    async advance(ms) {
      for (const until = now + ms; now < until; now += TICK) {
        for (const { run } of buckets.get(now) ?? []) run()
        if (buckets.delete(now)) await new Promise((resolve) => setImmediate(resolve))
      }
    },
    restore() {
      Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout })
      Date.now = real.now
    },
  }
}

/** A host that counts, behind one cache. */
function createHost(now) {
  const files = new Map()
  const cache = { at: Number.NEGATIVE_INFINITY, file: undefined }
  const seen = new Set()
  const counts = { index: 0, unchanged: 0, files: 0, bytes: 0, origin: 0 }

  function fromCache(name) {
    if (name !== 'index.json') {
      if (!seen.has(name)) counts.origin++
      seen.add(name)
      return files.get(name)
    }
    if (now() - cache.at >= CACHED) {
      Object.assign(cache, { at: now(), file: files.get(name) })
      counts.origin++
    }
    return cache.file
  }
  return {
    counts,
    put(written) {
      for (const { name, text } of written) files.set(name, { text, bytes: gzipSync(text).length, at: now() })
    },
    /** A browser of its own: it knows the index that it had. */
    createFetch() {
      let known
      return async (address) => {
        const name = new URL(address).pathname.slice(1)
        const file = fromCache(name)
        const isSame = name === 'index.json' && known === file
        if (name === 'index.json') {
          counts.index++
          known = file
        } else counts.files++
        if (isSame) counts.unchanged++
        counts.bytes += isSame ? HEADERS[304] : HEADERS[200] + file.bytes
        return { status: 200, ok: true, headers: new Headers(), text: async () => file.text, body: null }
      }
    },
  }
}

function show() {
  let seq = 0
  let chats = 0
  return (ms) => {
    const news = []
    for (; chats < (ms / 1000) * CHAT; chats++) {
      const author = { id: `v${chats % 400}`, name: `Viewer ${chats % 400}`, role: 'viewer' }
      const text = `How long is the coat on someone who is 1.${50 + (chats % 40)} m tall?`
      news.push({ v: 1, id: `c${chats}`, at: BEGUN + ms, type: 'chat.message', data: { author, text } })
    }
    for (; seq < ms / 1000 / HOST_EVERY; ) {
      const data = { ids: [['mug', 'coat', 'coffee'][seq % 3]] }
      news.push({ v: 1, epoch: 'e', seq: ++seq, id: `e${seq}`, at: BEGUN + ms, type: 'product.pin', data })
    }
    return news
  }
}

async function simulate({ feed, createFeedWriter }) {
  const time = createTime()
  const viewers = []
  try {
    const host = createHost(time.now)
    const writer = createFeedWriter({ epoch: 'e', every: EVERY })
    const newsUntil = show()
    host.put(writer.cut(BEGUN))
    let heard = 0
    const sink = {
      open() {},
      newest() {},
      clock() {},
      problem: fail,
      closed: fail,
      events(raw) {
        heard += raw.length
      },
    }
    for (let n = 0; n < VIEWERS; n++) {
      globalThis.setTimeout(
        () => {
          // One for each: a signal's listeners are a list.
          const over = new AbortController()
          viewers.push(over)
          const context = { signal: over.signal, fetch: host.createFetch(), locale: 'en' }
          feed({ url: 'http://cdn/index.json' }).connect(sink, context)
        },
        (n / VIEWERS) * EVERY * 1000,
      )
    }
    for (let second = 0; second < MINUTES * 60; second += EVERY) {
      for (const event of newsUntil(second * 1000)) writer.add(event)
      host.put(writer.cut(BEGUN + second * 1000))
      await time.advance(EVERY * 1000)
    }
    return { counts: host.counts, heard }
  } finally {
    for (const over of viewers) over.abort()
    time.restore()
  }
}

function fail(why) {
  throw new Error(`the feed: ${JSON.stringify(why)}`)
}

/** Prints requests and bytes a viewer and minute, and what reaches the origin. */
export async function benchFeed() {
  const { counts, heard } = await withParts('feed-entry.ts', simulate)
  const each = (count) => (count / VIEWERS / MINUTES).toFixed(1)
  const kilobytes = (counts.bytes / VIEWERS / MINUTES / 1000).toFixed(1)
  return {
    method: `${VIEWERS.toLocaleString('en')} viewers for ${MINUTES} minute on a virtual clock, ${CHAT} chat messages a second and a host's event every ${HOST_EVERY} s, written every ${EVERY} s, behind one cache that keeps the index for ${CACHED / 1000} s; bodies gzipped, headers counted as nginx sends them over HTTP/1.1 (${HEADERS[200]} bytes, of a 304 ${HEADERS[304]}). Each viewer heard ${Math.round(heard / VIEWERS)} events.`,
    table: table([
      ['one viewer, one minute', 'measured'],
      ['requests', each(counts.index + counts.files)],
      ['of these for the index', each(counts.index)],
      ['of these unchanged (304)', each(counts.unchanged)],
      ['kilobytes, down', kilobytes],
      ['requests that reach the origin, of all viewers together', Math.round(counts.origin / MINUTES)],
    ]),
    missed: [],
  }
}
