import type { Page, Route } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Demo } from '../../examples/live-shop/server/start-demo.mjs'
import { describeInChromium } from '../support/chromium.ts'
import { startWholeDemo } from '../support/demo.ts'
import { page as pageOf, startStorePages, tag } from '../support/store-page.ts'
import { dateOfTimeCode, readTimeCode } from '../support/time-code.mjs'
import {
  launcherOf,
  newViewer,
  openPlayer,
  PATIENCE,
  read,
  type Viewer,
  whenConnected,
  whenPlaying,
} from '../support/viewer.ts'

/** What was in the picture, and when. */
interface Glance {
  /** ms from the start of the loop, as drawn in the picture. */
  readonly code: number
  /** Client time, ms. */
  readonly now: number
  /** Seconds of media. */
  readonly position: number
}

/** Notes, in every page, the first frame that is presented: when (ms after the page's beginning), and what is in it. */
const noteFirstFrame = (reader: string) => `{
  const read = ${reader}
  const look = (video) => {
    const context = new OffscreenCanvas(360, 8).getContext('2d')
    const strip = video.videoHeight / 80
    context.drawImage(video, 0, video.videoHeight - strip, video.videoWidth, strip, 0, 0, 360, 8)
    return { code: read(context.getImageData(0, 0, 360, 8)), now: Date.now(), position: video.currentTime }
  }
  const videos = new Set()
  const { play } = HTMLMediaElement.prototype
  HTMLMediaElement.prototype.play = function () {
    if (!videos.has(this)) {
      videos.add(this)
      this.requestVideoFrameCallback((at) => { window.firstFrame = { ...look(this), at } })
    }
    return play.call(this)
  }
  window.glance = () => look([...videos].at(-1))
}`

const glance = (page: Page) => page.evaluate<Glance>('glance()')

/** All that the first frame of a live show on the next page waits for, in order: what stands together is asked for before any of it is there. */
const WAY: readonly (readonly RegExp[])[] = [
  [/\/app\/app-/],
  [/\/shows\/live\.json/, /\/app\/conduct-/],
  [/\/app\/hls[.-]/, /\/app\/socket-/, /\/app\/shopify-/],
  [/\/master\.m3u8/],
  [/\.m3u8/],
  [/init|\.mp4/, /\.m4s/],
]

/** Leaves by a link of the store itself and waits for the next page's first frame. */
async function browse(page: Page, link: string): Promise<{ last: Glance; first: Glance; took: number }> {
  const last = await glance(page)
  await Promise.all([page.waitForURL('**/products/**'), page.locator(link).first().dispatchEvent('click')])
  await expect.poll(() => page.evaluate('Boolean(window.firstFrame)').catch(() => false), PATIENCE).toBe(true)
  const first = await page.evaluate<Glance & { at: number }>('firstFrame')
  const script = await page.evaluate(
    () =>
      performance
        .getEntriesByType('resource')
        .find(({ name }) => name.endsWith('/castcart.js'))
        ?.toJSON().responseEnd,
  )
  return { last, first, took: first.at - script }
}

describeInChromium('a show that follows', (browser) => {
  let demo: Demo
  beforeAll(async () => {
    demo = await startWholeDemo()
  })
  afterAll(() => demo?.stop())

  const arrive = async (address: string): Promise<Viewer> => {
    const viewer = await newViewer(browser())
    await viewer.page.addInitScript(noteFirstFrame(readTimeCode.toString()))
    await viewer.page.goto(address)
    await openPlayer(viewer.page)
    await whenPlaying(viewer.page)
    return viewer
  }
  const minimise = async ({ page }: Viewer) => {
    await page.keyboard.press('Escape')
    await expect.poll(() => read(page, '$view'), PATIENCE).toBe('mini')
  }

  it('goes on small on the next page, where it would be by now, within a second of the script', async () => {
    const viewer = await arrive(demo.store)
    await whenConnected(viewer.page)
    await minimise(viewer)
    const { last, first, took } = await browse(viewer.page, 'a[href^="/products/"]')
    const startedAt = demo.show.startedAt ?? Number.NaN
    const before = dateOfTimeCode(last.code, startedAt, last.now - 6000)
    const after = dateOfTimeCode(first.code, startedAt, first.now - 6000)
    const off = after - (before + first.now - last.now)
    console.log(`  live: first frame ${took.toFixed(0)} ms after the script, ${off.toFixed(0)} ms off its date`)
    expect(await read(viewer.page, '$view')).toBe('mini')
    expect(Math.abs(off)).toBeLessThan(1000)
    expect(viewer.errors).toEqual([])
    await viewer.close()
  })

  it('asks in five steps after the app for all that the first frame of the next page waits for, and for nothing else', async () => {
    const viewer = await arrive(demo.store)
    const { page } = viewer
    await minimise(viewer)
    await expect.poll(() => page.evaluate(() => sessionStorage.length), PATIENCE).toBe(1)
    const taken: RegExp[] = []
    let held: Route[] = []
    const fits = (route: Route, those: readonly RegExp[]) => those.some((one) => one.test(route.request().url()))
    await page.route(/\/castcart\/app\/|\/shows\/|\.m3u8|\.m4s|\.mp4/, (route) =>
      fits(route, taken) ? route.continue() : void held.push(route),
    )
    await page.goto(`${demo.store}cart`)
    for (const step of WAY) {
      const missing = () => step.filter((one) => !held.some((route) => fits(route, [one]))).map(String)
      await expect.poll(missing, PATIENCE).toEqual([])
      taken.push(...step)
      const asked = held.filter((route) => fits(route, step))
      held = held.filter((route) => !asked.includes(route))
      for (const route of asked) await route.continue()
    }
    await expect.poll(() => page.evaluate(() => 'firstFrame' in window), PATIENCE).toBe(true)
    expect(held.map((route) => route.request().url())).toContainEqual(expect.stringContaining('/app/mini-'))
    await viewer.close()
  })

  it('goes on at the same position where it is a replay', async () => {
    const viewer = await arrive(demo.replay)
    await viewer.page.evaluate(async () => {
      const { castcart } = window as unknown as {
        castcart: { ready: Promise<{ widgets(): { element: HTMLElement }[] }> }
      }
      const video = (await castcart.ready).widgets()[0]?.element.shadowRoot?.querySelector('video')
      if (video) video.currentTime = 100
    })
    await expect.poll(async () => (await glance(viewer.page)).position, PATIENCE).toBeGreaterThan(100)
    await minimise(viewer)
    const { last, first, took } = await browse(viewer.page, 'a[href^="/products/"]')
    console.log(
      `  replay: first frame ${took.toFixed(0)} ms after the script, ${(first.position - last.position).toFixed(2)} s off`,
    )
    expect(Math.abs(first.position - last.position)).toBeLessThan(1)
    expect((await read(viewer.page, '$playback'))?.live).toBe(false)
    await viewer.close()
  })

  it('goes quietly where the next page cannot have the show, and follows to the one after it', async () => {
    const pages = await startStorePages(demo.store)
    const viewer = await arrive(pages.origin)
    const { page } = viewer
    await minimise(viewer)
    await expect.poll(() => page.evaluate(() => sessionStorage.length), PATIENCE).toBe(1)
    pages.answers['/shows/live.json'] = { status: 500, body: 'oh' }
    await page.goto(`${pages.origin}/products/mug`)
    await expect.poll(() => viewer.said, PATIENCE).toEqual([expect.stringContaining('no-answer')])
    await expect.poll(() => read(page, '$view'), PATIENCE).toBe('closed')
    await launcherOf(page).waitFor(PATIENCE)
    delete pages.answers['/shows/live.json']
    await page.goto(`${pages.origin}/products/mug`)
    await expect.poll(() => read(page, '$view').catch(() => ''), PATIENCE).toBe('mini')
    await whenPlaying(page)
    expect(viewer.errors).toEqual([])
    await viewer.close()
    await pages.close()
  })

  it('gives way to a link to a moment, in the same tab, and keeps what the viewer did', async () => {
    const viewer = await arrive(demo.replay)
    const { page } = viewer
    await minimise(viewer)
    const guest = (await read(page, '$mine'))?.guest
    const show = await read(page, '$show')
    const start = Date.parse(show?.startsAt ?? '')
    const link = new URL(demo.replay)
    link.search = new URLSearchParams({ castcart: `${show?.id}`, at: `${start + 150_000}` }).toString()
    await page.goto(link.href)
    await expect.poll(() => read(page, '$view').catch(() => ''), PATIENCE).toBe('full')
    await expect.poll(async () => (await glance(page)).position, PATIENCE).toBeGreaterThan(149)
    expect((await read(page, '$mine'))?.guest).toBe(guest)
    link.search = new URLSearchParams({ castcart: 'another show', at: `${start}` }).toString()
    await page.goto(link.href)
    await expect.poll(() => read(page, '$view').catch(() => ''), PATIENCE).toBe('mini')
    await viewer.close()
  })

  it('is, of two in a page, the one that the viewer touched last', async () => {
    const pages = await startStorePages(demo.store)
    const tags = [tag(), tag({ 'data-show': '/shows/replay.json', 'data-position': 'bottom-start' })].join('')
    pages.answers = { '/': pageOf(tags), '/next': pageOf(tags) }
    const viewer = await newViewer(browser())
    const { page } = viewer
    const open = async (place: number) => {
      await page.locator('castcart-widget').nth(place).locator('button').first().click()
      const player = page.locator('castcart-widget').nth(place).locator('dialog')
      await player.and(page.locator('[data-view=full]')).waitFor(PATIENCE)
      await expect.poll(() => isPlaying(place), PATIENCE).toBe(true)
      await page.keyboard.press('Escape')
      await player.and(page.locator('[data-view=mini]')).waitFor(PATIENCE)
    }
    const isPlaying = (place: number) =>
      page
        .locator('castcart-widget')
        .nth(place)
        .locator('video')
        .evaluate((video: HTMLVideoElement) => video.currentTime > 0 && !video.paused)
    const views = () =>
      page.locator('castcart-widget').evaluateAll((hosts) => hosts.map((host) => (host as HTMLElement).dataset.view))
    await page.goto(pages.origin)
    await open(0)
    await open(1)
    await page.goto(`${pages.origin}/next`)
    await expect.poll(views, PATIENCE).toEqual(['closed', 'mini'])
    await open(0)
    await page.goto(pages.origin)
    await expect.poll(views, PATIENCE).toEqual(['mini', 'closed'])
    expect(viewer.errors).toEqual([])
    await viewer.close()
    await pages.close()
  })

  it('does not follow once it is closed', async () => {
    const viewer = await arrive(demo.store)
    const { page } = viewer
    await minimise(viewer)
    await page.getByRole('button', { name: 'Close' }).click()
    await expect.poll(() => read(page, '$view'), PATIENCE).toBe('closed')
    await Promise.all([
      page.waitForURL('**/products/**'),
      page.locator('a[href^="/products/"]').first().dispatchEvent('click'),
    ])
    await launcherOf(page).waitFor()
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0)
    await viewer.close()
  })
})
