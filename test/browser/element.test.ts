import { beforeAll, expect, it } from 'vitest'
import type { CastCartElement } from '../../src/element.ts'
import { bundle } from '../support/bundle.mjs'
import { describeInChromium } from '../support/chromium.ts'
import { page as pageOf } from '../support/store-page.ts'
import { useStorePages } from '../support/use-store-pages.ts'
import { newViewer, PATIENCE, type Viewer } from '../support/viewer.ts'

describeInChromium('<cast-cart>', (browser) => {
  const store = useStorePages()
  beforeAll(async () => {
    // As a shop's own bundler would take it from the package.
    for (const [name, body] of await bundle('dist/element.js')) {
      store.pages.answers[`/own/${name}`] = { headers: { 'content-type': 'text/javascript' }, body }
    }
  })

  const phase = ({ page }: Viewer) =>
    page.evaluate(() => document.querySelector('cast-cart')?.widget?.state.$playback.get().phase)

  it('is a widget while it is in the page, lives on when it is moved, and ends when it is taken out', async () => {
    store.pages.answers['/'] = pageOf(
      '<main></main><aside></aside><cast-cart show="/shows/live.json" locale="en"></cast-cart><script type="module" src="/own/entry.js"></script>',
    )
    const viewer = await newViewer(browser())
    const { page } = viewer
    await page.goto(store.pages.origin)
    await page.locator('cast-cart').getByRole('button', { name: 'Watch & shop' }).click()
    await expect.poll(() => phase(viewer), PATIENCE).toBe('playing')
    await page.evaluate(() => {
      const element = document.querySelector('cast-cart') as CastCartElement
      Object.assign(window, { before: element.widget, events: [] })
      document.querySelector('aside')?.append(element)
    })
    expect(await page.evaluate('document.querySelector("aside > cast-cart").widget === before')).toBe(true)
    await expect.poll(() => phase(viewer), PATIENCE).toBe('playing')

    await page.evaluate(() => document.querySelector('cast-cart')?.setAttribute('show', '/shows/replay.json'))
    await expect.poll(() => page.evaluate('document.querySelector("cast-cart").widget !== before')).toBe(true)
    await expect.poll(() => store.pages.standing, PATIENCE).toBe(0)

    await page.evaluate(() => {
      const element = document.querySelector('cast-cart') as CastCartElement
      element.remove()
      Object.assign(window, { element })
    })
    await expect.poll(() => page.evaluate('element.widget')).toBe(null)
    expect([viewer.errors, viewer.said]).toEqual([[], []])
    await viewer.close()
  })
})
