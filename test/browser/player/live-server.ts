import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { shiftSegment, timeScales } from './shift-segment.ts'

/** Seconds of one segment, and segments until the material repeats. */
const SEGMENT = 2
const LOOP = 8

const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', vtt: 'text/vtt' }

/** What a test may bend. */
export interface LiveServer {
  readonly origin: string
  /** ms since 1970 of the first frame of segment 0. */
  readonly startedAt: number
  /** Answers of the moment: an HTTP status instead of the file, by path with query; `undefined` lets it pass. */
  refuse: (path: string) => number | undefined
  /** Headers of the moment, for everything. */
  headers: Record<string, string>
  /** Bends a segment's bytes. */
  bend: (path: string, bytes: Buffer) => Buffer
  /** Segments in the playlist. */
  window: number
  /** True: the playlist stops moving. */
  frozen: boolean
  /** Bends the date of a segment, ms; `null` leaves it out. */
  date: (segment: number, date: number) => number | null
  /** Paths asked for, with queries. */
  readonly asked: string[]
  close(): Promise<void>
}

/**
 * A small origin on a free port: `/plain/live.m3u8` and `/b-frames/live.m3u8` (a sliding window made on the fly from sixteen seconds
 * of committed media, whose clock never jumps), `/plain/vod.m3u8`, and the given files, the page's own among them.
 */
export async function startLiveServer(files: ReadonlyMap<string, string>): Promise<LiveServer> {
  let edge = 0
  const startedAt = Date.now() - 60_000
  const send = (response: ServerResponse, type: string, body: string | Buffer, status = 200) => {
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...server.headers })
    response.end(body)
  }
  const live = (folder: string): string => {
    if (!server.frozen) edge = Math.floor((Date.now() - startedAt) / (SEGMENT * 1000))
    const first = edge - server.window
    const lines = ['#EXTM3U', '#EXT-X-VERSION:7', `#EXT-X-TARGETDURATION:${SEGMENT}`, `#EXT-X-MEDIA-SEQUENCE:${first}`]
    lines.push('#EXT-X-MAP:URI="init.mp4"')
    for (let index = first; index < edge; index++) {
      const date = server.date(index, startedAt + index * SEGMENT * 1000)
      if (date !== null) lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(date).toISOString()}`)
      lines.push(`#EXTINF:${SEGMENT}.000000,`, `/${folder}/live/${index}.m4s`)
    }
    return lines.join('\n')
  }
  const answer = (path: string, response: ServerResponse) => {
    const [, folder = '', name = '', index = ''] = /^\/(plain|b-frames)\/(\w+)[/.](\w+)/.exec(path) ?? []
    const file = (found: string) => readFileSync(new URL(`media/${folder}/${found}`, import.meta.url))
    if (!folder) {
      const found = files.get(path.slice(1) || 'index.html')
      if (found === undefined) return send(response, 'text/plain', 'not here', 404)
      return send(response, TYPES[path.split('.').at(-1) ?? ''] ?? 'text/html', found)
    }
    if (index === 'm3u8')
      return send(response, 'application/vnd.apple.mpegurl', name === 'live' ? live(folder) : file('vod.m3u8'))
    if (name !== 'live') return send(response, 'video/mp4', file(`${name}.${index}`))
    const number = Number.parseInt(index, 10)
    const seconds = Math.floor(number / LOOP) * LOOP * SEGMENT
    const bytes = shiftSegment(file(`${number % LOOP}.m4s`), timeScales(file('init.mp4')), seconds)
    send(response, 'video/mp4', server.bend(path, bytes))
  }
  const http = createServer(({ url = '/' }, response) => {
    server.asked.push(url)
    const status = server.refuse(url)
    if (status) return send(response, 'text/plain', 'refused', status)
    try {
      answer(url.split('?', 1)[0] ?? '/', response)
    } catch {
      send(response, 'text/plain', 'not here', 404)
    }
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const server: LiveServer = {
    origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    startedAt,
    refuse: () => undefined,
    headers: {},
    bend: (_, bytes) => bytes,
    window: 10,
    frozen: false,
    date: (_, date) => date,
    asked: [],
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve())
        http.closeAllConnections()
      }),
  }
  return server
}
