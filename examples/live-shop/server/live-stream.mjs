import { captionSegment, readCaptions } from './captions.mjs'
import { masterPlaylist, mediaPlaylist } from './playlists.mjs'
import { LOOP_SECONDS, readRenditions } from './rendition.mjs'

const TYPES = {
  m3u8: 'application/vnd.apple.mpegurl',
  mp4: 'video/mp4',
  m4s: 'video/iso.segment',
  vtt: 'text/vtt; charset=utf-8',
}
const FOREVER = 'public, max-age=31536000, immutable'

/** Seconds for which a segment is still given out after it has left the playlist, for players that were about to ask. */
const GRACE = 30

/**
 * A live HLS stream of a show that never ends, from the 64 s of material in `folder`, without an encoder.
 *
 * Segment n holds the pictures of `startedAt + n` seconds and exists only once its last frame has happened, `delay` seconds later
 * where a slow encoder is wanted. The material repeats, the clock does not: every fragment's decode time is moved on, so players see
 * neither a discontinuity nor a jump, and the same segment number has the same bytes whenever the server was started.
 *
 * Takes `folder`, `startedAt` (ms), `now` (ms, default the system's), `windowSeconds` of the playlist (default 90), `delay` (seconds,
 * default 0) and `base`, the path it answers under (default `/live/`). `handle` answers and says true, or leaves the request alone and
 * says false; `end(at)` closes the stream at a date in ms. Throws where the folder has no material.
 */
export function createLiveStream({
  folder,
  startedAt,
  now = Date.now,
  windowSeconds = 90,
  delay = 0,
  base = '/live/',
}) {
  const material = { renditions: readRenditions(folder), captions: readCaptions(folder) }
  let endedAt = Infinity
  const span = (length) => {
    const seconds = (Math.min(now() - delay * 1000, endedAt) - startedAt) / 1000
    const next = Math.max(0, Math.floor(seconds / length))
    const first = Math.max(0, next - Math.floor(windowSeconds / length))
    const kept = Math.max(0, first - Math.floor(GRACE / length))
    return { first, next, kept, startedAt, ended: now() - delay * 1000 >= endedAt, type: null }
  }
  return {
    handle: (request, response, pathname) => serve({ request, response, pathname, base, span, ...material }),
    /** Closes the show: no frame of `at` (ms) or later is ever served, and the playlists say that this was the end. */
    end: (at = now()) => {
      endedAt = Math.min(endedAt, at)
    },
  }
}

/**
 * The recorded show as video on demand, of any length, from the same 64 s: `seconds` of it, from second `from` of the show (default
 * 0), whose first frame happened at `startDate` (ms). `base` is the path it answers under (default `/replay/`).
 */
export function createReplayStream({ folder, startDate, seconds, from = 0, base = '/replay/' }) {
  const material = { renditions: readRenditions(folder), captions: readCaptions(folder) }
  const span = (length) => {
    const first = Math.floor(from / length)
    const next = first + Math.ceil(seconds / length)
    return { first, next, kept: first, startedAt: startDate - first * length * 1000, ended: true, type: 'VOD' }
  }
  return { handle: (request, response, pathname) => serve({ request, response, pathname, base, span, ...material }) }
}

function serve({ request, response, pathname, base, ...show }) {
  if (!pathname.startsWith(base)) return false
  const headers = {
    'access-control-allow-origin': '*',
    'timing-allow-origin': '*',
    'x-content-type-options': 'nosniff',
  }
  if (request.method === 'OPTIONS') {
    response
      .writeHead(204, { ...headers, 'access-control-allow-methods': 'GET, HEAD', 'access-control-allow-headers': '*' })
      .end()
    return true
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { ...headers, allow: 'GET, HEAD, OPTIONS' }).end()
    return true
  }
  const path = pathname.slice(base.length)
  const body = answer(path, show)
  if (body === null) {
    response
      .writeHead(404, { ...headers, 'cache-control': 'no-store', 'content-type': 'text/plain' })
      .end('not here, or not yet\n')
    return true
  }
  const kind = path.slice(path.lastIndexOf('.') + 1)
  const length = Buffer.byteLength(body)
  response.writeHead(200, {
    ...headers,
    'content-type': TYPES[kind],
    'content-length': length,
    'cache-control': kind === 'm3u8' ? 'no-cache' : FOREVER,
  })
  response.end(request.method === 'HEAD' ? undefined : body)
  return true
}

/** The body for a path under the base, or null where there is none (yet). */
function answer(path, { renditions, captions, span }) {
  if (path === 'master.m3u8') return masterPlaylist(renditions, captions)
  const [, folder, name, kind] = /^([\w-]+)\/(\w+)\.(m3u8|mp4|m4s|vtt)$/.exec(path) ?? []
  const rendition = renditions.find((candidate) => candidate.name === folder)
  const caption = captions.find((candidate) => `captions-${candidate.language}` === folder)
  if (!rendition && !caption) return null
  const length = (rendition ?? renditions[0]).seconds
  const show = span(length)
  if (name === 'index' && kind === 'm3u8')
    return show.next === 0 ? null : mediaPlaylist(show, length, rendition ? 'm4s' : 'vtt')
  if (rendition && name === 'init' && kind === 'mp4') return rendition.header
  const number = /^(0|[1-9]\d{0,9})$/.test(name ?? '') ? Number(name) : -1
  if (number < show.kept || number >= show.next) return null
  if (rendition && kind === 'm4s') return rendition.segment(number)
  if (caption && kind === 'vtt') return captionSegment(caption.cues, number, length, LOOP_SECONDS)
  return null
}
