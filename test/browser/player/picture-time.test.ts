import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeInChromium } from '../../support/chromium.ts'
import type { LiveServer } from './live-server.ts'
import { openPage, startPlayerServer, waitForPhase } from './open-page.ts'
import type { PictureSample } from './page.ts'

/** Milliseconds until the fixtures repeat. */
const LOOP = 16_000

/** How far (ms) the player's date is from the picture's own, sorted by size. */
function errors(samples: readonly PictureSample[], startedAt: number): number[] {
  return samples
    .map(({ code, date }) => Math.abs(((((date - startedAt - code) % LOOP) + 1.5 * LOOP) % LOOP) - LOOP / 2))
    .sort((a, b) => a - b)
}

describeInChromium('pictureTime', (browser) => {
  let server: LiveServer
  beforeAll(async () => {
    server = await startPlayerServer()
  }, 60_000)
  afterAll(() => server.close())

  describe.each([
    ['plain', 10, 20],
    ['b-frames', 10, 20],
  ])('of a %s stream', (folder, median, worst) => {
    it(`is the date of the frame on screen within ${median} ms (median) and ${worst} ms (95th percentile)`, async () => {
      const page = await openPage(browser(), server)
      await page.evaluate((name) => window.page.start({ src: `${location.origin}/${name}/live.m3u8` }), folder)
      await waitForPhase(page, 'playing')
      const found = errors(await page.evaluate(() => window.page.sample(150)), server.startedAt)
      console.log(`${folder}: median ${found[75]?.toFixed(1)} ms, 95 % ${found[142]?.toFixed(1)} ms`)
      expect(found[75]).toBeLessThan(median)
      expect(found[142]).toBeLessThan(worst)
      await page.context().close()
    }, 40_000)
  })

  it('stays right and monotonic where single dates are bad, missing or given twice', async () => {
    server.date = (segment, date) => {
      if (segment % 5 === 0) return date + (segment % 2 ? 3_600_000 : -3_600_000)
      return segment % 5 === 2 ? null : date
    }
    const page = await openPage(browser(), server)
    await page.evaluate(() => window.page.start({ src: `${location.origin}/plain/live.m3u8` }))
    await waitForPhase(page, 'playing')
    const samples = await page.evaluate(() => window.page.sample(300))
    server.date = (_, date) => date
    expect(errors(samples, server.startedAt)[285]).toBeLessThan(50)
    expect(samples.every(({ date }, index) => index === 0 || date >= (samples[index - 1]?.date ?? 0))).toBe(true)
    await page.context().close()
  }, 40_000)

  it('is dated by latency where the stream has no dates', async () => {
    server.date = () => null
    const page = await openPage(browser(), server)
    await page.evaluate(() => window.page.start({ src: `${location.origin}/plain/live.m3u8` }))
    await waitForPhase(page, 'playing')
    const found = errors(await page.evaluate(() => window.page.sample(25)), server.startedAt)
    server.date = (_, date) => date
    expect(found[12]).toBeLessThan(2500)
    await page.context().close()
  }, 40_000)

  it('is the start date and the position in a recording', async () => {
    const page = await openPage(browser(), server)
    const startDate = 1_795_197_600_000
    await page.evaluate(
      (date) =>
        window.page.start({ src: `${location.origin}/plain/vod.m3u8`, live: false, startDate: date, clockOffset: 500 }),
      startDate,
    )
    await waitForPhase(page, 'playing')
    const found = errors(await page.evaluate(() => window.page.sample(25)), startDate + 500)
    expect(found[24]).toBeLessThan(50)
    await page.evaluate((date) => window.page.player.seekToDate(date), startDate + 500 + 12_000)
    await page.waitForFunction(() => window.page.playback.position >= 12 && window.page.playback.phase === 'playing')
    const [sample] = await page.evaluate(() => window.page.sample(1))
    expect((sample?.date ?? 0) - startDate - 500).toBeGreaterThanOrEqual(11_960)
    await waitForPhase(page, 'ended')
    await page.context().close()
  }, 40_000)

  it('is null before a frame, and where nothing dates the picture', async () => {
    const page = await openPage(browser(), server)
    await page.evaluate(() => window.page.start({ src: `${location.origin}/plain/vod.m3u8`, live: false }))
    expect(await page.evaluate(() => window.page.player.pictureTime())).toBeNull()
    await waitForPhase(page, 'playing')
    expect(await page.evaluate(() => window.page.player.pictureTime())).toBeNull()
    await page.context().close()
  }, 40_000)
})
