import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createReplayStore } from '../../examples/live-shop/server/start-demo.mjs'
import { describeInChromium } from '../support/chromium.ts'
import {
  launcherOf,
  newViewer,
  openPlayer,
  PATIENCE,
  playerOf,
  read,
  whenPlaying,
  whenStore,
} from '../support/viewer.ts'

describeInChromium('a store that has nothing but files', (browser) => {
  const server = createServer(createReplayStore())
  let sockets = 0
  beforeAll(() => {
    server.on('upgrade', (_, socket) => {
      sockets++
      socket.destroy()
    })
    return new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))

  it('asks for the playlists when the pointer comes near, for nothing before and for no media before the click', async () => {
    const viewer = await newViewer(browser(), { viewport: { width: 390, height: 844 } })
    const { page } = viewer
    const videos = () =>
      viewer.asked
        .map((address) => new URL(address).pathname)
        .filter((path) => /^\/media\/[\w.]+\.(m3u8|mp4)$/.test(path))
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    await page.waitForLoadState('networkidle')
    expect(videos()).toEqual([])
    await launcherOf(page).hover()
    await expect.poll(videos, PATIENCE).toEqual(['/media/replay.m3u8', '/media/v960.m3u8'])
    await page.mouse.move(5, 5)
    await launcherOf(page).hover()
    await page.waitForLoadState('networkidle')
    expect(videos()).toEqual(['/media/replay.m3u8', '/media/v960.m3u8'])
    await openPlayer(page)
    await whenPlaying(page)
    // What hls.js begins with is what was got ready.
    expect(videos().slice(2, 5)).toEqual(['/media/replay.m3u8', '/media/v960.m3u8', '/media/v960.mp4'])
    await viewer.close()
  })

  it('plays a recorded show: pictures, cards and chat by the playhead, offers as ended, no event server', async () => {
    const viewer = await newViewer(browser())
    const { page } = viewer
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    await openPlayer(page)
    const { live, duration } = await whenPlaying(page)
    expect([live, Math.round(duration)]).toEqual([false, 240])
    expect(await read(page, '$status')).toBe('replay')
    await whenStore(page, '$playback', ({ position }) => position > 1)
    const early = (await read(page, '$chat'))?.length ?? 0
    await playerOf(page)
      .locator('video')
      .evaluate((video) => {
        ;(video as HTMLVideoElement).currentTime = 100
      })
    await whenStore(page, '$chat', (chat) => chat.length > early)
    const offers = await whenStore(page, '$offers', (list) => list.length > 0)
    expect(offers.map(({ stage }) => stage)).not.toContain('open')
    const [pinned] = await whenStore(page, '$products', (products) => products.some(({ now }) => now)).then(
      (products) => products.filter(({ now }) => now),
    )
    await playerOf(page).locator(`[part=card][data-product="${pinned?.id}"]`).waitFor(PATIENCE)
    expect([sockets, viewer.errors, viewer.said]).toEqual([0, [], []])
    await viewer.close()
  })
})
