import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeInChromium } from '../support/chromium.ts'
import { id3Tag } from '../support/id3-tag.mjs'
import { launcherOf, newViewer, PATIENCE, playerOf } from '../support/viewer.ts'

const MEDIA = new URL('player/media/', import.meta.url)
const DIST = new URL('../../dist/', import.meta.url)
const BEGUN = Date.parse('2026-11-20T18:00:00Z')
const TYPES: Readonly<Record<string, string>> = {
  ...{ '.js': 'text/javascript', '.json': 'application/json', '.html': 'text/html', '.m2t': 'video/mp2t' },
  ...{ '.m3u8': 'application/vnd.apple.mpegurl', '.mp4': 'video/mp4', '.m4s': 'video/mp4' },
}
/** Amazon IVS timed metadata as a shop would put it (docs/adapters.md). */
const IVS = {
  $switch: '$.action',
  cases: { show: { type: 'product.pin', data: { ids: { $each: '$.products', give: '$.sku' } } } },
}
/** Seconds of the picture at which each product is pinned, in all streams. */
const PINS = [
  [3, 'mug'],
  [9, 'coat'],
] as const

const showOf = (src: string, map?: object) => ({
  ...{ version: 1, id: 'in-band', title: 'In the stream', status: 'replay' },
  video: { src },
  events: { url: 'in-band:', map },
  products: ['mug', 'coat'].map((id) => ({ id, title: id, url: `/${id}`, price: { amount: 2400, currency: 'EUR' } })),
})

const eventAt = (second: number, id: string) => {
  const at = BEGUN + second * 1000
  return JSON.stringify({
    v: 1,
    epoch: 'hls',
    seq: second,
    id: `e${second}`,
    at,
    type: 'product.pin',
    data: { ids: [id] },
  })
}

/** The committed playlist with a date and further tags before its first segment. */
function playlist(folder: string, tags: readonly string[] = []): string {
  const lines = readFileSync(new URL(`${folder}/vod.m3u8`, MEDIA), 'utf8').split('\n')
  const first = lines.findIndex((line) => line.startsWith('#EXTINF'))
  const date = `#EXT-X-PROGRAM-DATE-TIME:${new Date(BEGUN).toISOString()}`
  return [...lines.slice(0, first), date, ...tags, ...lines.slice(first)].join('\n')
}

/** A pin as an attribute of a playlist. */
function dateRange(second: number, id: string): string {
  const date = new Date(BEGUN + second * 1000).toISOString()
  const json = encodeURIComponent(eventAt(second, id))
  return `#EXT-X-DATERANGE:ID="e${second}",CLASS="castcart",START-DATE="${date}",DURATION=1,X-CASTCART="${json}"`
}

/** A segment of the committed material with its pins in boxes before it (https://aomediacodec.github.io/id3-emsg/). */
function withBoxes(name: string): Buffer {
  const from = Number.parseInt(name, 10) * 2
  const boxes = PINS.filter(([second]) => second >= from && second < from + 2).map(([second, id]) => {
    const fields = Buffer.alloc(20)
    fields.writeUInt32BE(1000, 0)
    fields.writeBigUInt64BE(BigInt(second * 1000), 4)
    fields.writeUInt32BE(1000, 12)
    fields.writeUInt32BE(second, 16)
    const body = Buffer.concat([Buffer.from('https://aomedia.org/emsg/ID3\0\0'), id3Tag(eventAt(second, id))])
    const head = Buffer.from('\0\0\0\0emsg\x01\0\0\0', 'latin1')
    head.writeUInt32BE(head.length + fields.length + body.length)
    return Buffer.concat([head, fields, body])
  })
  return Buffer.concat([...boxes, readFileSync(new URL(`plain/${name}`, MEDIA))])
}

const page = (show: string) =>
  `<!doctype html><title>A store</title><script src="/dist/castcart.js" data-show="${show}" data-cart="links"></script>`

/** Everything that is served; below `/plain/` and `/id3/` is the committed material. */
function answer(path: string): string | Buffer {
  const [, folder = '', name = ''] = /^\/(\w*)\/?(.*)$/.exec(path) ?? []
  if (folder === 'dist') return readFileSync(new URL(name, DIST))
  if (name === 'show.json') return JSON.stringify(showOf(`/${folder}/show.m3u8`, folder === 'id3' ? IVS : undefined))
  if (name === 'show.m3u8' && folder === 'id3') return playlist('id3')
  if (name === 'show.m3u8')
    return playlist('plain', folder === 'dates' ? PINS.map(([second, id]) => dateRange(second, id)) : [])
  if (folder === 'boxes' && name.endsWith('.m4s')) return withBoxes(name)
  if (!name) return page(`/${folder}/show.json`)
  return readFileSync(new URL(`${folder === 'id3' ? 'id3' : 'plain'}/${name}`, MEDIA))
}

describeInChromium('events inside the video', (browser) => {
  const server = createServer(({ url = '/' }, response) => {
    try {
      const body = answer(url)
      response.writeHead(200, { 'content-type': TYPES[extname(url) || '.html'] ?? 'text/plain' }).end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  let origin: string
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.close()
    server.closeAllConnections()
  })

  const seek = (page: Page, seconds: number) =>
    page.evaluate((time) => {
      const video = document.querySelector('castcart-widget')?.shadowRoot?.querySelector('video')
      if (video) video.currentTime = time
    }, seconds)
  /** Seconds of the picture, and the product that is on its card, if any. */
  const seen = (page: Page) =>
    page.evaluate(() => {
      const root = document.querySelector('castcart-widget')?.shadowRoot
      const card = root?.querySelector<HTMLElement>('[part=card]')
      return { at: root?.querySelector('video')?.currentTime ?? 0, id: card?.dataset.product, text: card?.textContent }
    })
  const shows = (page: Page, id: string | undefined) =>
    expect.poll(async () => (await seen(page)).id, PATIENCE).toBe(id)

  it.each([
    ['DATERANGE attributes', '/dates/'],
    ['ID3 tags of a transport stream, of a foreign format by a template in the show', '/id3/'],
    ['ID3 tags in boxes of fragmented MP4', '/boxes/'],
  ])('bring a product on screen with its frame, and again after a seek: %s', async (_, path) => {
    const viewer = await newViewer(browser())
    await viewer.page.goto(`${origin}${path}`)
    await launcherOf(viewer.page).click()
    await playerOf(viewer.page).waitFor(PATIENCE)
    await expect.poll(async () => (await seen(viewer.page)).at, PATIENCE).toBeGreaterThan(0.5)
    const early = await seen(viewer.page)
    expect(early.at).toBeLessThan(3)
    expect(early.id).toBeUndefined()
    await shows(viewer.page, 'mug')
    const first = await seen(viewer.page)
    expect(first.at).toBeGreaterThanOrEqual(3)
    expect(first.text).toContain('24')
    await seek(viewer.page, 8.2)
    await shows(viewer.page, 'coat')
    expect((await seen(viewer.page)).at).toBeGreaterThanOrEqual(9)
    await seek(viewer.page, 5)
    await shows(viewer.page, 'mug')
    await seek(viewer.page, 1)
    await shows(viewer.page, undefined)
    expect([viewer.errors, viewer.said]).toEqual([[], []])
    await viewer.close()
  })

  it('are seen where a seek jumped over them, if they are in the playlist', async () => {
    const viewer = await newViewer(browser())
    await viewer.page.goto(`${origin}/dates/`)
    await launcherOf(viewer.page).click()
    await expect.poll(async () => (await seen(viewer.page)).at, PATIENCE).toBeGreaterThan(0.5)
    await seek(viewer.page, 12)
    await shows(viewer.page, 'coat')
    await viewer.close()
  })
})
