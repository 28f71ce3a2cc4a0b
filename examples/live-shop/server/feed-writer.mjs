import { createHash } from 'node:crypto'
import { isLoopbackHost, PUBLIC, sendJson } from './http.mjs'

/** Milliseconds between two segments. */
const EVERY = 2000
/** Files kept beside the index: more than an index and its snapshot name, for viewers who hold an older one. */
const KEPT = 300
const FOREVER = 'public, max-age=31536000, immutable'

/** @returns {Promise<Function>} `createFeedWriter` of castcart/feed, from the build */
const fromBuild = async () => (await import(new URL('../../../dist/feed.js', import.meta.url).href)).createFeedWriter

/**
 * The show's log as files that never change and one short index, under `/feed/`, as a shop would put them on a CDN (here they are kept in
 * memory). The files are made from the moment that somebody first asks for them.
 *
 * @param {object} options
 * @param {() => object} options.currentShow
 * @param {() => Promise<Function>} [options.loadWriter] `createFeedWriter` of castcart/feed; default from the build
 * @param {() => number} [options.now] ms since 1970
 */
export function createFeed({ currentShow, loadWriter = fromBuild, now = Date.now }) {
  const feed = { currentShow, now, files: new Map(), show: undefined, writer: undefined, stop: () => {} }
  let beginning
  let timer
  const begin = async () => {
    const createWriter = await loadWriter()
    const turn = () => write(feed, createWriter)
    turn()
    timer ??= setInterval(turn, EVERY).unref()
  }
  return {
    /** Answers a request under `/feed/` and resolves true, or leaves it alone and resolves false. */
    async handle(request, response, url) {
      const name = /^\/feed\/([\w-]+(?:\/s?\d+)?\.json)$/.exec(url.pathname)?.[1]
      if (!name) return false
      if (!isLoopbackHost(request)) sendJson(response, 403, { error: 'wrong host' })
      else {
        beginning ??= begin()
        beginning.catch(() => {
          beginning = undefined
        })
        await beginning
        send(request, response, feed.files.get(name))
      }
      return true
    },
    close() {
      clearInterval(timer)
      feed.stop()
    },
  }
}

/** What came since the last turn becomes a segment; a new show begins a new feed, and ends the old one. */
function write(feed, createWriter) {
  const show = feed.currentShow()
  if (show !== feed.show) {
    feed.stop()
    feed.show = show
    feed.writer = createWriter({ epoch: show.epoch, log: [...show.events], every: EVERY / 1000 })
    feed.stop = show.listen((event) => feed.writer.add(event))
  }
  for (const { name, text, immutable } of feed.writer.cut(feed.now(), show.facts.status === 'ended')) {
    const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 16)}"`
    feed.files.delete(name)
    feed.files.set(name, { text, etag, cache: immutable ? FOREVER : 'public, max-age=1' })
  }
  for (const name of feed.files.keys()) if (feed.files.size > KEPT && name !== 'index.json') feed.files.delete(name)
}

function send(request, response, file) {
  if (!file) return sendJson(response, 404, { error: 'not here, or not yet' }, PUBLIC)
  const headers = { ...PUBLIC, 'access-control-expose-headers': 'Date, Age, Retry-After', etag: file.etag }
  if (request.headers['if-none-match'] === file.etag)
    return response.writeHead(304, { ...headers, 'cache-control': file.cache }).end()
  const type = { 'content-type': 'application/json; charset=utf-8', 'cache-control': file.cache }
  response.writeHead(200, { ...headers, ...type }).end(request.method === 'HEAD' ? undefined : file.text)
}
