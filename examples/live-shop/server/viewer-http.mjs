import { isLoopbackHost, isLoopbackOrigin, PUBLIC, readJson, sendJson } from './http.mjs'
import { createBucket, createMemory } from './rate-limit.mjs'
import { inBatches, missed } from './viewer-socket.mjs'

const PING_EVERY = 15_000
const QUEUE_LIMIT = 1_000_000
const HISTORY_LIMIT = 1000
/** Milliseconds that a viewer can seek back: as long as the live playlist's window. */
const DVR_WINDOW = 90_000

/**
 * The HTTP side of docs/protocol.md under `/events/`: `stream` (SSE, and actions by POST), `snapshot` and `history`.
 * @param {object} options
 * @param {() => object} options.currentShow
 * @param {(action: unknown, from: { name: string }) => Promise<object>} options.take
 * @param {() => Promise<(events: readonly object[], place: object) => object>} options.loadCompact `compact` of castcart/room
 * @param {() => number} [options.now]
 */
export function createViewerHttp({ currentShow, take, readToken = () => undefined, loadCompact, now = Date.now }) {
  const readers = new Set()
  const context = {
    currentShow,
    take,
    readToken,
    loadCompact,
    now,
    readers,
    posts: createMemory({ forMs: 60_000, limit: 10_000, now }),
  }
  const pings = setInterval(() => {
    for (const reader of readers) ping(context, reader)
  }, PING_EVERY)
  pings.unref()
  return {
    get size() {
      return readers.size
    },
    /** Answers a request under `/events/` and resolves true, or leaves it alone and resolves false. */
    async handle(request, response, url) {
      const name = /^\/events\/(stream|snapshot|history)$/.exec(url.pathname)?.[1]
      if (!name) return false
      if (!isLoopbackHost(request) || !isLoopbackOrigin(request)) sendJson(response, 403, { error: 'wrong origin' })
      else if (request.method === 'OPTIONS') response.writeHead(204, PUBLIC).end()
      else await ROUTES[name](context, request, response, url)
      return true
    },
    hangUp() {
      for (const { response } of readers) response.end()
    },
    close() {
      clearInterval(pings)
      for (const { response } of readers) response.destroy()
    },
  }
}

const ROUTES = {
  async snapshot({ currentShow, loadCompact, now }, _request, response) {
    const show = currentShow()
    const compact = await loadCompact()
    sendJson(
      response,
      200,
      compact(show.events, { epoch: show.epoch, seq: show.seq, at: now(), since: now() - DVR_WINDOW }),
      PUBLIC,
    )
  },

  history({ currentShow }, _request, response, url) {
    const show = currentShow()
    const after = Number(url.searchParams.get('after') ?? 0)
    const limit = Math.min(HISTORY_LIMIT, Number(url.searchParams.get('limit') ?? HISTORY_LIMIT))
    const isKnown = url.searchParams.get('epoch') === show.epoch
    const isAsked = Number.isInteger(after) && after >= 0 && Number.isInteger(limit) && limit > 0
    if (!isAsked) return sendJson(response, 400, { error: 'after and limit are whole numbers' }, PUBLIC)
    if (!isKnown) return sendJson(response, 200, { gone: true }, PUBLIC)
    sendJson(response, 200, { events: show.events.filter(({ seq }) => seq > after).slice(0, limit) }, PUBLIC)
  },

  async stream(context, request, response) {
    if (request.method === 'POST') return act(context, request, response)
    const show = context.currentShow()
    response.writeHead(200, {
      ...PUBLIC,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    })
    const reader = { response }
    for (const batch of inBatches(missed(show, placeOf(request.headers['last-event-id'])))) write(reader, batch)
    ping(context, reader)
    const stop = show.listen((event) => write(reader, event))
    context.readers.add(reader)
    response.on('close', () => {
      stop()
      context.readers.delete(reader)
    })
  },
}

async function act({ take, readToken, posts, now }, request, response) {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  const customer = readToken(token)
  if (token !== undefined && !customer) {
    request.resume()
    return sendJson(response, 401, undefined, PUBLIC)
  }
  const connection = `http-${request.socket.remoteAddress}`
  const guests = posts.get(connection) ?? createBucket({ perSecond: 50, burst: 200, now })
  posts.set(connection, guests)
  if (!guests.take()) return sendJson(response, 429, undefined, { ...PUBLIC, 'retry-after': '5' })
  const read = await readJson(request)
  if (!read.ok) return sendJson(response, read.status, undefined, PUBLIC)
  sendJson(response, 200, await take(read.body, { name: connection }, customer), PUBLIC)
}

function ping({ currentShow, now }, { response }) {
  const show = currentShow()
  const place = show.seq ? { epoch: show.epoch, seq: show.seq } : {}
  response.write(`event: ping\ndata: ${JSON.stringify({ at: now(), ...place })}\n\n`)
}

/** One message; its id is the newest place in it. */
function write({ response }, events) {
  if (response.writableLength > QUEUE_LIMIT) return response.destroy()
  const { epoch, seq } = (Array.isArray(events) ? events.at(-1) : events) ?? {}
  const id = seq ? `id: ${encodeURIComponent(epoch)}:${seq}\n` : ''
  response.write(`${id}data: ${JSON.stringify(events)}\n\n`)
}

function placeOf(id) {
  const found = /^(.+):(\d+)$/.exec(id ?? '')
  try {
    return found ? { epoch: decodeURIComponent(found[1]), seq: Number(found[2]) } : undefined
  } catch {
    return undefined
  }
}
