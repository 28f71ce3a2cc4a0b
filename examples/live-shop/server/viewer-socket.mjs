import { WebSocketServer } from 'ws'
import { FRAME_LIMIT, isLoopbackHost, isLoopbackOrigin } from './http.mjs'
import { createBucket } from './rate-limit.mjs'

const PING_EVERY = 15_000
const SILENCE_LIMIT = 45_000
const HELLO_WITHIN = 10_000
/** A viewer who has fallen this many bytes behind is dropped; the widget comes back and catches up. */
const QUEUE_LIMIT = 1_000_000

/**
 * The WebSocket of docs/protocol.md. A viewer can never publish: whatever it sends is a hello, a clock or an action.
 * A line belongs to the show that it was opened to: after it, its prizes can be claimed and nothing else is done.
 * @param {{ currentShow: () => object, earlier: object, take: (action: unknown, from: object, customer?: object) => Promise<object>,
 *   readToken?: (token: unknown) => object | undefined, now?: () => number }} options `readToken`: the customer that a token speaks of
 */
export function createViewerSocket({ currentShow, earlier, take, readToken = () => undefined, now = Date.now }) {
  const wss = new WebSocketServer({ noServer: true, maxPayload: FRAME_LIMIT, perMessageDeflate: false })
  const viewers = new Set()
  let connections = 0
  const context = { currentShow, earlier, take, readToken, now, viewers }
  const pings = setInterval(() => {
    for (const viewer of viewers) beat(context, viewer)
  }, PING_EVERY)
  pings.unref()
  return {
    /** How many watch: the desk's own page says that it does not. */
    get size() {
      const current = currentShow()
      return [...viewers].filter(({ isCounted, show }) => isCounted && show === current).length
    },
    /** For the server's `upgrade` event. */
    upgrade(request, socket, head) {
      if (!isLoopbackHost(request) || !isLoopbackOrigin(request)) {
        socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
        return
      }
      connections += 1
      const from = { name: `socket-${connections}-${now()}`, address: `http-${socket.remoteAddress}`, isLine: true }
      wss.handleUpgrade(request, socket, head, (ws) => welcome(context, ws, from))
    },
    /** Ends every line but those of who watched a show whose prizes can be claimed. @param {number} code of the protocol's close codes */
    hangUp(code) {
      for (const { ws, show, isCounted } of viewers) if (!isCounted || !earlier.get(show.epoch)) ws.close(code)
    },
    close() {
      clearInterval(pings)
      for (const { ws } of viewers) ws.terminate()
      wss.close()
    },
  }
}

function welcome(context, ws, from) {
  const bucket = createBucket({ perSecond: 10, burst: 30, now: context.now })
  const viewer = { ws, from, bucket, greeted: false, isCounted: false, heardAt: context.now(), stop: () => {} }
  context.viewers.add(viewer)
  const late = setTimeout(() => ws.close(1008), HELLO_WITHIN)
  ws.on('message', (data, isBinary) => {
    viewer.heardAt = context.now()
    if (!bucket.take()) return ws.close(4429, '30')
    const frame = isBinary ? undefined : parse(data)
    if (!frame) return
    if (isObject(frame.hello) && !viewer.greeted) {
      clearTimeout(late)
      greet(context, viewer, frame.hello)
    } else if (viewer.greeted) answer(context, viewer, frame)
  })
  ws.on('error', () => ws.terminate())
  ws.on('close', () => {
    clearTimeout(late)
    viewer.stop()
    context.viewers.delete(viewer)
  })
}

function greet({ currentShow, earlier, readToken, now }, viewer, { since, watching, token }) {
  viewer.customer = readToken(token)
  // One that is over or was changed: the page is asked for another.
  if (token !== undefined && !viewer.customer) return viewer.ws.close(4401)
  const show = (isObject(since) && earlier.get(since.epoch)) || currentShow()
  viewer.show = show
  viewer.greeted = true
  viewer.isCounted = watching !== false
  for (const batch of inBatches(missed(show, since))) send(viewer, batch)
  send(viewer, pingOf(show, now))
  viewer.stop = show.listen((event) => send(viewer, event))
}

function answer({ currentShow, take, now }, viewer, frame) {
  if (typeof frame.clock === 'number') send(viewer, { clock: frame.clock, at: now() })
  if (!isObject(frame.action)) return
  const isOver = viewer.show !== currentShow() && frame.action.type !== 'raffle.claim'
  const taken = isOver ? Promise.resolve(CLOSED) : take(frame.action, viewer.from, viewer.customer)
  taken.then((result) => send(viewer, { ack: String(frame.action.key ?? ''), ...result }))
}

const CLOSED = { ok: false, reason: 'closed' }

function beat({ currentShow, earlier, now }, viewer) {
  if (now() - viewer.heardAt > SILENCE_LIMIT) return viewer.ws.terminate()
  if (!viewer.greeted) return
  if (viewer.show !== currentShow() && !earlier.get(viewer.show.epoch)) viewer.ws.close(4204)
  else send(viewer, pingOf(viewer.show, now))
}

const pingOf = (show, now) => ({ ping: now(), ...(show.seq ? { epoch: show.epoch, seq: show.seq } : {}) })

function send({ ws }, frame) {
  if (ws.readyState !== ws.OPEN) return
  if (ws.bufferedAmount > QUEUE_LIMIT) return ws.terminate()
  ws.send(JSON.stringify(frame))
}

/** Host events after a place of this very log; none where the place is of another. */
export function missed(show, since) {
  if (!isObject(since) || since.epoch !== show.epoch || !Number.isInteger(since.seq)) return []
  return show.events.filter(({ seq }) => seq > since.seq)
}

/** Lists that stay below the frame limit. */
export function* inBatches(events) {
  let batch = []
  let size = 2
  for (const event of events) {
    const length = Buffer.byteLength(JSON.stringify(event)) + 1
    if (batch.length && size + length > FRAME_LIMIT - 1024) {
      yield batch
      batch = []
      size = 2
    }
    batch.push(event)
    size += length
  }
  if (batch.length) yield batch
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)

function parse(data) {
  try {
    const frame = JSON.parse(data.toString())
    return isObject(frame) ? frame : undefined
  } catch {
    return undefined
  }
}
