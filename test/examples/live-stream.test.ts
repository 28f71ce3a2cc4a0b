import { readdirSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { find, readFragments, readTimescales } from '../../examples/live-shop/server/fragments.mjs'
import { createLiveStream, createReplayStream } from '../../examples/live-shop/server/live-stream.mjs'

const media = fileURLToPath(new URL('../../examples/live-shop/media/', import.meta.url))
const startedAt = Date.UTC(2026, 10, 20, 18)
let clock = startedAt

const live = createLiveStream({ folder: media, startedAt, now: () => clock, windowSeconds: 60 })
const ending = createLiveStream({ folder: media, startedAt, now: () => clock, base: '/ending/' })
const late = createLiveStream({ folder: media, startedAt, now: () => clock, delay: 3, base: '/late/' })
const replay = createReplayStream({ folder: media, startDate: startedAt + 10_000, from: 10, seconds: 240 })
const bFrames = createLiveStream({ folder: join(media, 'b-frames'), startedAt, now: () => clock, base: '/b-frames/' })
const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname
  if (![live, ending, late, replay, bFrames].some((stream) => stream.handle(request, response, path))) {
    response.writeHead(418).end()
  }
})
const get = (path: string, init?: RequestInit) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, init)
const text = async (path: string) => (await get(path)).text()
const bytes = async (path: string) => Buffer.from(await (await get(path)).arrayBuffer())

beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)))
afterAll(() => new Promise<void>((done) => server.close(() => done())))

/** A media playlist as numbers: its first sequence, and each segment's number, date (ms) and length (seconds). */
function readPlaylist(body: string) {
  const segments = [...body.matchAll(/PROGRAM-DATE-TIME:(.+)\n#EXTINF:([\d.]+),\n(\d+)\.\w+/g)].map(
    ([, date, length, number]) => ({ number: Number(number), date: Date.parse(date ?? ''), length: Number(length) }),
  )
  return { sequence: Number(/MEDIA-SEQUENCE:(\d+)/.exec(body)?.[1]), segments, ended: body.includes('#EXT-X-ENDLIST') }
}

/** Where each track of a fragment starts and how long it is, in ticks, by track id. */
function readTracks(fragment: Buffer) {
  const tracks = new Map<number, { start: bigint; length: bigint }>()
  for (const traf of find(fragment, ['moof', 'traf'])) {
    const [tfhd] = find(fragment, ['tfhd'], traf.body, traf.end)
    const [tfdt] = find(fragment, ['tfdt'], traf.body, traf.end)
    if (!tfhd || !tfdt) throw new Error('a track without its header')
    const start = fragment.readBigUInt64BE(tfdt.body + 4)
    const length = [...find(fragment, ['trun'], traf.body, traf.end)].reduce(
      (sum, trun) => sum + runLength(fragment, trun.body, tfhd.body),
      0n,
    )
    tracks.set(fragment.readUInt32BE(tfhd.body + 4), { start, length })
  }
  return tracks
}

/** Sum of a run's sample durations, from the run itself or the track fragment's default (ISO/IEC 14496-12 §8.8.7, §8.8.8). */
function runLength(fragment: Buffer, trun: number, tfhd: number): bigint {
  const defaults = fragment.readUInt32BE(tfhd)
  const flags = fragment.readUInt32BE(trun)
  const count = fragment.readUInt32BE(trun + 4)
  const fallback = tfhd + 8 + (defaults & 1 ? 8 : 0) + (defaults & 2 ? 4 : 0)
  const stride = 4 * [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length
  let at = trun + 8 + (flags & 1 ? 4 : 0) + (flags & 4 ? 4 : 0)
  let sum = 0n
  for (let sample = 0; sample < count; sample++, at += stride) {
    sum += BigInt(fragment.readUInt32BE(flags & 0x100 ? at : fallback))
  }
  return sum
}

describe('createLiveStream', () => {
  test('names two portrait renditions and two languages of captions', async () => {
    const response = await get('/live/master.m3u8')
    const body = await response.text()
    expect(response.headers.get('content-type')).toBe('application/vnd.apple.mpegurl')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect([...body.matchAll(/RESOLUTION=(\d+x\d+)/g)].map((match) => match[1])).toEqual(['360x640', '540x960'])
    expect(
      [...body.matchAll(/CODECS="([^"]+)"/g)].every((match) =>
        /^avc1\.4d[0-9a-f]{4},mp4a\.40\.2$/.test(match[1] ?? ''),
      ),
    ).toBe(true)
    expect([...body.matchAll(/LANGUAGE="(\w+)"/g)].map((match) => match[1])).toEqual(['en', 'ru'])
  })

  test('lists segments whose numbers and dates never jump, over the seam of the loop', async () => {
    for (let elapsed = 58_000; elapsed <= 200_000; elapsed += 7301) {
      clock = startedAt + elapsed
      const { sequence, segments } = readPlaylist(await text('/live/v640/index.m3u8'))
      const next = Math.floor(elapsed / 1000)
      expect(sequence).toBe(Math.max(0, next - 60))
      expect(segments.map((segment) => segment.number)).toEqual(
        Array.from({ length: next - sequence }, (_, i) => sequence + i),
      )
      for (const segment of segments) expect(segment.date).toBe(startedAt + segment.number * 1000)
    }
  })

  test('serves nothing whose last frame has not happened', async () => {
    for (const ms of [0, 999, 1000, 63_999, 64_000, 64_001, 9_999_999]) {
      clock = startedAt + ms
      const complete = Math.floor(ms / 1000)
      const listed = readPlaylist(await text('/live/v960/index.m3u8')).segments
      expect(listed.at(-1)?.number ?? -1).toBe(complete - 1)
      expect((await get(`/live/v960/${complete}.m4s`)).status).toBe(404)
      if (complete > 0) expect((await get(`/live/v960/${complete - 1}.m4s`)).status).toBe(200)
    }
  })

  test('says 404, not to be cached, before the first segment exists', async () => {
    clock = startedAt - 5000
    const response = await get('/live/v640/index.m3u8')
    expect([response.status, response.headers.get('cache-control')]).toEqual([404, 'no-store'])
  })

  test('holds segments back by its delay', async () => {
    clock = startedAt + 10_000
    expect(readPlaylist(await text('/late/v640/index.m3u8')).segments.at(-1)?.number).toBe(6)
    expect((await get('/late/v640/7.m4s')).status).toBe(404)
  })

  test.each(['/live/v640', '/live/v960', '/b-frames/v480'])(
    '%s: clocks of picture and sound go on over the seam',
    async (path) => {
      clock = startedAt + 70_000
      let expected = new Map<number, bigint>()
      for (let number = 60; number < 70; number++) {
        const tracks = readTracks(await bytes(`${path}/${number}.m4s`))
        expect(tracks.size).toBe(2)
        for (const [id, start] of expected) expect(tracks.get(id)?.start).toBe(start)
        expected = new Map([...tracks].map(([id, { start, length }]) => [id, start + length]))
      }
    },
  )

  test('keeps the clock exact after a year on the air', async () => {
    const number = 31_536_000
    clock = startedAt + (number + 1) * 1000
    const scales = readTimescales(await bytes('/live/v640/init.mp4'))
    const tracks = readTracks(await bytes(`/live/v640/${number}.m4s`))
    const video = [...scales].find(([, scale]) => scale !== 48_000)
    expect(tracks.get(video?.[0] ?? 0)?.start).toBe(BigInt(number) * BigInt(video?.[1] ?? 0))
  })

  test('ends at the date of the end, for good', async () => {
    clock = startedAt + 30_000
    ending.end(startedAt + 32_500)
    expect(readPlaylist(await text('/ending/v640/index.m3u8')).ended).toBe(false)
    clock = startedAt + 90_000
    const { segments, ended } = readPlaylist(await text('/ending/v640/index.m3u8'))
    expect([segments.at(-1)?.number, ended]).toEqual([31, true])
    expect((await get('/ending/v640/32.m4s')).status).toBe(404)
  })

  test('gives captions in the clock of the picture', async () => {
    clock = startedAt + 80_000
    const body = await text('/live/captions-ru/65.vtt')
    expect(body).toContain(`X-TIMESTAMP-MAP=MPEGTS:${64 * 90_000},LOCAL:00:00:00.000`)
    expect(body).toContain('00:00:00.800 --> 00:00:04.400\nЗдравствуйте!')
  })

  test('leaves other paths alone and refuses other methods', async () => {
    expect((await get('/shop')).status).toBe(418)
    expect((await get('/live/../../package.json')).status).toBe(418)
    expect((await get('/live/v640/..%2f..%2fmake.mjs')).status).toBe(404)
    expect((await get('/live/master.m3u8', { method: 'POST' })).status).toBe(405)
    expect(await text('/live/master.m3u8')).toContain('#EXTM3U')
    const head = await get('/live/master.m3u8', { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })
})

describe('createReplayStream', () => {
  test('is a finished show of the length and date it was given', async () => {
    const body = await text('/replay/v640/index.m3u8')
    const { segments, ended } = readPlaylist(body)
    expect(body).toContain('#EXT-X-PLAYLIST-TYPE:VOD')
    expect([segments.length, segments[0]?.number, segments[0]?.date, ended]).toEqual([
      240,
      10,
      startedAt + 10_000,
      true,
    ])
  })

  test('has the very segments that were live', async () => {
    clock = startedAt + 70_000
    expect(await bytes('/replay/v640/66.m4s')).toEqual(await bytes('/live/v640/66.m4s'))
  })
})

describe('the committed material', () => {
  test.each(['v640.mp4', 'v960.mp4', 'b-frames/v480.mp4'])(
    '%s is 64 s exactly in the clocks of picture and sound',
    (file) => {
      const { timescales, fragments } = readFragments(join(media, file))
      const lengths = new Map<number, bigint>()
      for (const fragment of fragments) {
        for (const [id, { length }] of readTracks(fragment.bytes)) lengths.set(id, (lengths.get(id) ?? 0n) + length)
      }
      expect(lengths.size).toBe(2)
      for (const [id, scale] of timescales) expect(lengths.get(id)).toBe(64n * BigInt(scale))
      expect(fragments.length).toBe(64)
    },
  )

  test('is at most 8 MB', () => {
    const files = readdirSync(media, { recursive: true, encoding: 'utf8' }).map((file) => statSync(join(media, file)))
    expect(files.filter((file) => file.isFile()).reduce((sum, file) => sum + file.size, 0)).toBeLessThanOrEqual(
      8_000_000,
    )
  })
})
