/** The short form of what `test/browser/sync.test.ts` proves. */
import { fileURLToPath } from 'node:url'
import { withBrowser, withDemo } from './browser.mjs'
import { ms, table } from './figures.mjs'
import { figuresOf, openViewer, pinAgainstPicture } from './pin-against-picture.mjs'

const PINS = Number(process.env.PINS ?? 50)

async function watch(browser, { media, behind }) {
  return withDemo(async (demo) => {
    const page = await openViewer(browser, demo, { behind })
    const found = await pinAgainstPicture(page, demo, { pins: PINS })
    await page.context().close()
    return { ...figuresOf(found.errors), behind: found.behind }
  }, media)
}

/** Prints how far the picture is from the host's moment when the product appears. */
export async function pin() {
  const folder = fileURLToPath(new URL('../../examples/live-shop/media/b-frames/', import.meta.url))
  const rows = await withBrowser(async (browser) => [
    ['no B-frames', 50, await watch(browser, { behind: 0 })],
    ['no B-frames, sought back', 50, await watch(browser, { behind: 20 })],
    ['B-frames', 100, await watch(browser, { behind: 0, media: { media: folder } })],
  ])
  return {
    method: `${PINS} pins through the demo's desk, 0.4 to 0.7 s apart; the time code in the picture is read from a canvas at the moment the product's card is in the document. A frame lasts 40 ms, so 20 ms is the least that can be expected.`,
    table: table([
      ['pin against picture', 'behind the host', 'median', '95 %', 'worst', 'bar (median, 95 %)'],
      ...rows.map(([name, bar, found]) => [
        name,
        `${found.behind.toFixed(1)} s`,
        ms(found.median),
        ms(found.p95),
        ms(found.worst),
        bar === 50 ? '50 ms, 120 ms' : '100 ms',
      ]),
    ]),
    missed: rows
      .filter(([, bar, { median, p95 }]) => median >= bar || (bar === 50 && p95 >= 120))
      .map(([name]) => name),
  }
}
