import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { bundle } from '../support/bundle.mjs'
import { describeInChromium } from '../support/chromium.ts'
import { page as pageOf, tag } from '../support/store-page.ts'
import { useStorePages } from '../support/use-store-pages.ts'
import { newViewer, openPlayer, PATIENCE, read, type Viewer, whenPlaying, whenStore } from '../support/viewer.ts'

/** What is seen of the page's one player. */
function seen() {
  const root = document.querySelector('castcart-widget, cast-cart')?.shadowRoot
  const dialog = root?.querySelector('dialog')
  const video = root?.querySelector('video')
  return {
    isShown: (dialog?.getBoundingClientRect().width ?? 0) > 100,
    isOnTop: dialog?.matches(':modal, :popover-open') ?? false,
    isPlaying: video?.paused === false,
  }
}

/** What a store without page loads does: a new body, and the scripts in it run again. */
function swapBody(script: string) {
  const fresh = document.createElement('body')
  fresh.append(Object.assign(document.createElement('h1'), { textContent: 'The next page' }))
  document.body.replaceWith(fresh)
  fresh.append(Object.assign(document.createElement('script'), { src: script }))
  const [added] = fresh.getElementsByTagName('script')
  if (added) added.dataset.show = '/shows/live.json'
}

/** Takes the element out, and puts it back just before the video's pause is told: two tasks that follow each other at once. */
async function leaveAndReturn() {
  const host = document.querySelector('castcart-widget')
  const video = host?.shadowRoot?.querySelector('video')
  await new Promise((back) => {
    video?.addEventListener('pause', back, { capture: true, once: true })
    video?.addEventListener('pause', () => host && document.body.append(host), { capture: true, once: true })
    host?.remove()
  })
}

describeInChromium('an element that is moved', (browser) => {
  const store = useStorePages({ '/': pageOf(tag()) })
  beforeAll(async () => {
    for (const [name, body] of await bundle('dist/element.js')) {
      store.pages.answers[`/own/${name}`] = { headers: { 'content-type': 'text/javascript' }, body }
    }
  })

  const whenSeen = (page: Page) =>
    expect.poll(() => page.evaluate(seen), PATIENCE).toEqual({ isShown: true, isOnTop: true, isPlaying: true })
  const arrive = async (view: 'full' | 'mini'): Promise<Viewer> => {
    const viewer = await newViewer(browser())
    await viewer.page.goto(store.pages.origin)
    await openPlayer(viewer.page)
    await whenPlaying(viewer.page)
    if (view === 'mini') await viewer.page.keyboard.press('Escape')
    await whenStore(viewer.page, '$view', (value) => value === view)
    await whenSeen(viewer.page)
    return viewer
  }
  const leave = async (viewer: Viewer, view: string) => {
    await whenPlaying(viewer.page)
    expect(await read(viewer.page, '$view')).toBe(view)
    expect([viewer.errors, viewer.said]).toEqual([[], []])
    await viewer.close()
  }

  it.each(['full', 'mini'] as const)('is seen where it was, %s, and plays on', async (view) => {
    const viewer = await arrive(view)
    await viewer.page.evaluate(() => document.body.prepend(...document.querySelectorAll('castcart-widget')))
    await whenSeen(viewer.page)
    await leave(viewer, view)
  })

  it.each(['full', 'mini'] as const)(
    'is seen again, %s, and plays on when the tag runs again in a new body',
    async (view) => {
      const viewer = await arrive(view)
      await viewer.page.evaluate(swapBody, '/castcart/castcart.js')
      await viewer.page.locator('body > castcart-widget').waitFor({ ...PATIENCE, state: 'attached' })
      await whenSeen(viewer.page)
      await leave(viewer, view)
    },
  )

  it.each(['full', 'mini'] as const)('plays on, %s, where it left and is back before that is told', async (view) => {
    const viewer = await arrive(view)
    await viewer.page.evaluate(leaveAndReturn)
    await whenSeen(viewer.page)
    await leave(viewer, view)
  })

  it.each(['full', 'mini'] as const)('stands still where the viewer had paused it, %s', async (view) => {
    const viewer = await arrive('full')
    await viewer.page.keyboard.press('k')
    await whenStore(viewer.page, '$playback', ({ phase }) => phase === 'paused')
    if (view === 'mini') await viewer.page.evaluate('castcart.ready.then((api) => api.widgets()[0].minimise())')
    await viewer.page.evaluate(swapBody, '/castcart/castcart.js')
    await expect
      .poll(() => viewer.page.evaluate(seen), PATIENCE)
      .toEqual({ isShown: true, isOnTop: true, isPlaying: false })
    expect((await read(viewer.page, '$playback'))?.phase).toBe('paused')
    await viewer.close()
  })

  it('is seen as <cast-cart> too, from section to section', async () => {
    store.pages.answers['/element'] = pageOf(
      '<main></main><cast-cart show="/shows/live.json" locale="en"></cast-cart><script type="module" src="/own/entry.js"></script>',
    )
    const viewer = await newViewer(browser())
    const { page } = viewer
    await page.goto(`${store.pages.origin}/element`)
    await page.locator('cast-cart').getByRole('button', { name: 'Watch & shop' }).click()
    await whenSeen(page)
    const move = () =>
      page.evaluate(() => document.querySelector('main')?.append(...document.querySelectorAll('cast-cart')))
    await move()
    await whenSeen(page)
    await page.keyboard.press('Escape')
    await page.locator('cast-cart').getByRole('button', { name: 'Back to the show' }).waitFor(PATIENCE)
    await page.evaluate(() => document.body.append(...document.querySelectorAll('cast-cart')))
    await whenSeen(page)
    expect([viewer.errors, viewer.said]).toEqual([[], []])
    await viewer.close()
  })

  it('plays on where an app that keeps it in a shadow root takes it out for a while', async () => {
    const viewer = await arrive('full')
    const { page } = viewer
    await page.evaluate(() => {
      const app = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' })
      app.append(...document.querySelectorAll('castcart-widget'))
    })
    const isPlaying = () => page.locator('video').evaluate((video: HTMLVideoElement) => !video.paused)
    await expect.poll(isPlaying, PATIENCE).toBe(true)
    await page.locator('castcart-widget').evaluate(async (host) => {
      const video = host.shadowRoot?.querySelector('video')
      const app = host.getRootNode()
      const told = new Promise((done) => video?.addEventListener('pause', done, { once: true }))
      host.remove()
      await told
      app.appendChild(host)
    })
    await expect.poll(isPlaying, PATIENCE).toBe(true)
    expect([viewer.errors, viewer.said]).toEqual([[], []])
    await viewer.close()
  })
})
