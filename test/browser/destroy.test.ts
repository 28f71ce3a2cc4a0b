import type { CDPSession } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import type { Widget } from '../../src/widget/create-widget.ts'
import { bundle } from '../support/bundle.mjs'
import { describeInChromium } from '../support/chromium.ts'
import { page as pageOf, tag } from '../support/store-page.ts'
import { useStorePages } from '../support/use-store-pages.ts'
import { launcherOf, newViewer, openPlayer, PATIENCE, whenPlaying } from '../support/viewer.ts'

type Api = { createWidget(options: unknown): Widget }

/** In the page: a widget is made, opened, connected and destroyed, so often. */
async function comeAndGo(times: number): Promise<void> {
  const { api } = window as unknown as { api: Promise<Api> }
  const { createWidget } = await api
  for (let turn = 0; turn < times; turn++) {
    const widget = createWidget({ show: '/shows/live.json' })
    widget.open()
    await new Promise<void>((resolve) => {
      const stop = widget.state.$connection.subscribe((connection) => {
        if (connection !== 'open') return
        queueMicrotask(() => stop())
        resolve()
      })
    })
    widget.destroy()
  }
}

describeInChromium('destroy()', (browser) => {
  const store = useStorePages()
  beforeAll(async () => {
    for (const [name, body] of await bundle('dist/index.js')) {
      store.pages.answers[`/own/${name}`] = { headers: { 'content-type': 'text/javascript' }, body }
    }
  })

  const measure = async (session: CDPSession) => {
    for (let turn = 0; turn < 3; turn++) await session.send('HeapProfiler.collectGarbage')
    const { metrics } = await session.send('Performance.getMetrics')
    const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
    return { listeners: value('JSEventListeners'), nodes: value('Nodes'), heap: value('JSHeapUsedSize') }
  }

  it.each([
    ['the tag', `${tag()}<script>window.api = castcart.ready</script>`],
    ['the package', `<script>window.api = import('/own/entry.js')</script>`],
  ])(
    'leaves nothing behind after a hundred shows of %s: no node, listener, socket or memory',
    async (_, body) => {
      store.pages.answers['/'] = pageOf(body)
      const viewer = await newViewer(browser())
      const { page } = viewer
      await page.goto(store.pages.origin)
      const session = await page.context().newCDPSession(page)
      await session.send('Performance.enable')
      const bare = await page.evaluate(() => document.querySelectorAll('*').length)
      // What is loaded once stays: two turns before the first measure.
      await page.evaluate(comeAndGo, 5)
      await expect.poll(() => store.pages.standing, PATIENCE).toBe(0)
      const before = await measure(session)
      await page.evaluate(comeAndGo, 100)
      await expect.poll(() => store.pages.standing, PATIENCE).toBe(0)
      let after = await measure(session)
      // Media pipelines are taken down in the background.
      await expect
        .poll(async () => {
          after = await measure(session)
          return after.listeners <= before.listeners + 5 && after.nodes <= before.nodes + 50
        }, PATIENCE)
        .toBe(true)
        .catch(() => {})
      console.log('  before', before, 'after 100', after)
      expect(after.listeners - before.listeners).toBeLessThan(20)
      expect(after.nodes - before.nodes).toBeLessThan(200)
      expect(after.heap - before.heap).toBeLessThan(4_000_000)
      expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBe(bare)
      expect(
        await page.evaluate(
          () => document.adoptedStyleSheets.length + document.querySelectorAll('video, style').length,
        ),
      ).toBe(0)
      expect([viewer.errors, viewer.said]).toEqual([[], []])
      await viewer.close()
    },
    400_000,
  )

  it('ends a show that plays, with what lets it follow to the next page', async () => {
    store.pages.answers['/'] = pageOf(tag())
    const viewer = await newViewer(browser())
    const { page } = viewer
    await page.goto(store.pages.origin)
    await openPlayer(page)
    await whenPlaying(page)
    await expect.poll(() => page.evaluate(() => sessionStorage.length), PATIENCE).toBe(1)
    const left = await page.evaluate(async () => {
      const { castcart } = window as unknown as { castcart: { ready: Promise<{ widgets(): Widget[] }> } }
      const [widget] = (await castcart.ready).widgets()
      const video = widget?.element.shadowRoot?.querySelector('video')
      widget?.destroy()
      return { paused: video?.paused, src: video?.getAttribute('src'), kept: sessionStorage.length }
    })
    expect(left).toEqual({ paused: true, src: null, kept: 0 })
    expect(await page.locator('castcart-widget').count()).toBe(0)
    await page.reload()
    await launcherOf(page).waitFor(PATIENCE)
    expect(await page.locator('[part=player]').count()).toBe(0)
    expect(viewer.errors).toEqual([])
    await viewer.close()
  })
})
