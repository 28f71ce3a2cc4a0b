import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeInChromium } from '../../support/chromium.ts'
import type { LiveServer } from './live-server.ts'
import { openPage, startPlayerServer } from './open-page.ts'

/** Minutes to watch; the promise is about ten. */
const MINUTES = Number(process.env.LATENCY_MINUTES ?? 0.5)

describeInChromium('live latency', (browser) => {
  let server: LiveServer
  beforeAll(async () => {
    server = await startPlayerServer()
  }, 60_000)
  afterAll(() => server.close())

  it(
    `stays within half a second of its target for ${MINUTES} minutes`,
    async () => {
      const page = await openPage(browser(), server)
      await page.evaluate(() => window.page.start({ src: `${location.origin}/plain/live.m3u8` }))
      await page.waitForFunction(() => window.page.playback.started)
      await page.waitForFunction((seconds) => window.page.playback.position > seconds, 16 + 12 + MINUTES * 60, {
        timeout: (MINUTES + 1) * 60_000,
        polling: 1000,
      })
      const history = await page.evaluate(() => window.page.history)
      const settled = history.filter(({ position, latency }) => position > 28 && latency !== undefined)
      const latencies = settled.map(({ latency = 0 }) => latency).sort((a, b) => a - b)
      const median = latencies[latencies.length >> 1] ?? 0
      const figures = [latencies[0], median, latencies.at(-1)].map((seconds) => `${seconds?.toFixed(2)} s`)
      console.log(`latency min, median, max of ${latencies.length}: ${figures.join(', ')}`)
      expect(latencies[0]).toBeGreaterThan(median - 0.5)
      expect(latencies.at(-1)).toBeLessThan(median + 0.5)
      expect(settled.every(({ atLiveEdge, phase }) => atLiveEdge && phase === 'playing')).toBe(true)
      await page.context().close()
    },
    (MINUTES + 2) * 60_000,
  )
})
