import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeInChromium } from '../support/chromium.ts'

const MEDIA = new URL('player/media/plain/', import.meta.url)
const DIST = new URL('../../dist/', import.meta.url)
const BEGUN = Date.parse('2026-11-20T18:00:00Z')
const TYPES: Readonly<Record<string, string>> = {
  ...{ '.js': 'text/javascript', '.json': 'application/json', '.html': 'text/html' },
  ...{ '.m3u8': 'application/vnd.apple.mpegurl', '.mp4': 'video/mp4', '.m4s': 'video/mp4' },
}

const show = {
  ...{ version: 1, id: 'in-band', title: 'In the stream', status: 'replay' },
  video: { src: 'show.m3u8' },
  events: { url: 'in-band:' },
  products: ['mug', 'coat'].map((id) => ({ id, title: id, url: `/${id}`, price: { amount: 2400, currency: 'EUR' } })),
}

/** A pin, `seconds` into the picture, as an attribute of a playlist. */
function pin(seq: number, seconds: number, id: string): string {
  const at = BEGUN + seconds * 1000
  const event = { v: 1, epoch: 'hls', seq, id: `e${seq}`, at, type: 'product.pin', data: { ids: [id] } }
  const json = encodeURIComponent(JSON.stringify(event))
  return `#EXT-X-DATERANGE:ID="e${seq}",CLASS="castcart",START-DATE="${new Date(at).toISOString()}",DURATION=1,X-CASTCART="${json}"`
}

/** The committed material with a date and two pins. */
function playlist(): string {
  const lines = readFileSync(new URL('vod.m3u8', MEDIA), 'utf8').split('\n')
  const first = lines.findIndex((line) => line.startsWith('#EXTINF'))
  const tags = [`#EXT-X-PROGRAM-DATE-TIME:${new Date(BEGUN).toISOString()}`, pin(1, 3, 'mug'), pin(2, 9, 'coat')]
  return [...lines.slice(0, first), ...tags, ...lines.slice(first)].join('\n')
}

describeInChromium('events inside the video', (browser) => {
  const files = new Map([
    [
      '/',
      '<!doctype html><title>A store</title><script src="/dist/castcart.js" data-show="/show.json" data-cart="links"></script>',
    ],
    ['/show.json', JSON.stringify(show)],
    ['/show.m3u8', playlist()],
  ])
  const server = createServer(({ url = '/' }, response) => {
    try {
      const file = url.startsWith('/dist/') ? new URL(url.slice(6), DIST) : new URL(url.slice(1), MEDIA)
      const body = files.get(url) ?? readFileSync(file)
      response.writeHead(200, { 'content-type': TYPES[extname(url) || '.html'] ?? 'text/plain' }).end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  let page: Page
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    page = await browser().newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  })
  afterAll(async () => {
    await page.context().close()
    server.close()
    server.closeAllConnections()
  })

  const pinned = () =>
    page.evaluate(async () => {
      const api = await (window as never as { castcart: { ready: Promise<{ widgets(): readonly object[] }> } }).castcart
        .ready
      const [widget] = api.widgets() as {
        state: { $room: { get(): { now: { pin?: { data: { ids: string[] } } } } } }
      }[]
      const video = document.querySelector('castcart-widget')?.shadowRoot?.querySelector('video')
      return { id: widget?.state.$room.get().now.pin?.data.ids[0], at: video?.currentTime ?? 0 }
    })
  const seek = (seconds: number) =>
    page.evaluate((time) => {
      const video = document.querySelector('castcart-widget')?.shadowRoot?.querySelector('video')
      if (video) video.currentTime = time
    }, seconds)

  it('reach the room with their frame, and again after a seek to anywhere', async () => {
    await page.getByRole('button', { name: 'Watch & shop' }).click()
    await expect.poll(async () => (await pinned()).at, { timeout: 20_000 }).toBeGreaterThan(0.5)
    const early = await pinned()
    expect(early.at).toBeLessThan(3)
    expect(early.id).toBeUndefined()
    await expect.poll(async () => (await pinned()).id, { timeout: 20_000 }).toBe('mug')
    expect((await pinned()).at).toBeGreaterThanOrEqual(3)
    await seek(12)
    await expect.poll(async () => (await pinned()).id, { timeout: 20_000 }).toBe('coat')
    await seek(5)
    await expect.poll(async () => (await pinned()).id, { timeout: 20_000 }).toBe('mug')
    await seek(1)
    await expect.poll(async () => (await pinned()).id, { timeout: 20_000 }).toBeUndefined()
  })
})
