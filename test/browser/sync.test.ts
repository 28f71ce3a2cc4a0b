import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Demo, startDemo } from '../../examples/live-shop/server/start-demo.mjs'
import { figuresOf, openViewer, pinAgainstPicture } from '../bench/pin-against-picture.mjs'
import { describeInChromium } from '../support/chromium.ts'

const PINS = 50

const material = fileURLToPath(new URL('../../examples/live-shop/media/', import.meta.url))

describeInChromium('a pin', (browser) => {
  describe.each([
    // A player keeps two segments from the edge; a viewer who is some ten seconds behind it is left there.
    { stream: 'without B-frames', folder: material, places: [0, 10, 20], median: 50, p95: 120 },
    { stream: 'with B-frames', folder: join(material, 'b-frames'), places: [0], median: 100, p95: 200 },
  ])('over a picture $stream', ({ stream, folder, places, ...limits }) => {
    let demo: Demo
    let dataFolder: string
    let first = 0
    beforeAll(async () => {
      dataFolder = await mkdtemp(join(tmpdir(), 'castcart-sync-'))
      demo = await startDemo({ autopilot: false, dataFolder, media: folder })
    })
    afterAll(async () => {
      await demo.stop()
      await rm(dataFolder, { recursive: true, force: true })
    })

    it.each(places)('becomes visible with the frame of its moment, %i s behind the live edge', async (behind) => {
      const page = await openViewer(browser(), demo, { behind })
      const found = await pinAgainstPicture(page, demo, { pins: PINS, first })
      first += PINS
      await page.context().close()
      const { median, p95, worst, signed } = figuresOf(found.errors)
      const place = `${stream}, ${found.behind.toFixed(1)} s behind the host`
      console.log(`${place}: median ${median} ms (${signed}), 95 % ${p95} ms, worst ${worst} ms of ${PINS} pins`)
      expect(Math.abs(found.behind - (behind || found.behind))).toBeLessThan(3)
      expect(median).toBeLessThan(limits.median)
      expect(p95).toBeLessThan(limits.p95)
    })
  })
})
