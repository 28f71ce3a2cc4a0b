import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { describeInChromium } from '../support/chromium.ts'
import { page as pageOf, tag } from '../support/store-page.ts'
import { useStorePages } from '../support/use-store-pages.ts'
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

describeInChromium('the ways a show gets into a page', (browser) => {
  const store = useStorePages()

  const on = async (body: string, act: (page: Page) => Promise<void>, warnings = 0) => {
    store.pages.answers['/'] = pageOf(body)
    const viewer = await newViewer(browser())
    await viewer.page.goto(store.pages.origin)
    await act(viewer.page)
    expect([viewer.errors, viewer.said.length]).toEqual([[], warnings])
    await viewer.close()
  }

  it('one tag twice is one widget and one warning', () =>
    on(
      tag() + tag(),
      async (page) => {
        await openPlayer(page)
        await whenPlaying(page)
        expect(await page.locator('castcart-widget').count()).toBe(1)
        expect(await page.locator('[part=player]').count()).toBe(1)
      },
      1,
    ))

  it('two tags for two shows are two widgets that share nothing', () =>
    on(tag() + tag({ 'data-show': '/shows/replay.json', 'data-position': 'bottom-start' }), async (page) => {
      const launchers = page.locator('castcart-widget [part=launcher]')
      await launchers.first().click()
      await whenStore(page, '$status', (status) => status === 'live')
      await whenPlaying(page)
      await page.keyboard.press('Escape')
      await whenStore(page, '$view', (view) => view === 'mini')
      await launchers.nth(1).click()
      await expect.poll(() => read(page, '$status', 1), PATIENCE).toBe('replay')
      await expect.poll(async () => (await read(page, '$playback', 1))?.phase, PATIENCE).toBe('playing')
      const [one, other] = [await read(page, '$show', 0), await read(page, '$show', 1)]
      expect([one?.status, other?.status]).toEqual(['live', 'replay'])
      expect([await read(page, '$view', 0), await read(page, '$view', 1)]).toEqual(['mini', 'full'])
      const parts = await page.evaluate(async () => {
        const { castcart } = window as unknown as { castcart: { ready: Promise<{ widgets(): { state: object }[] }> } }
        const [first, second] = (await castcart.ready).widgets().map(({ state }) => Object.values(state))
        return first?.filter((store) => second?.includes(store)).length
      })
      expect(parts).toBe(0)
      await page.evaluate('castcart.ready.then((api) => api.widgets()[1].destroy())')
      await expect.poll(async () => (await read(page, '$playback', 0))?.phase, PATIENCE).toBe('playing')
    }))

  it('of two shows one is heard: the one whose sound was turned on last', () =>
    on(tag() + tag({ 'data-show': '/shows/replay.json', 'data-position': 'bottom-start' }), async (page) => {
      const muted = (widget: number) => async () => (await read(page, '$playback', widget))?.muted
      for (const widget of [0, 1]) {
        await page.locator('castcart-widget').nth(widget).locator('button[part=launcher]').click()
        await page.locator('castcart-widget').nth(widget).locator('[part=unmute]').click()
        await expect.poll(muted(widget), PATIENCE).toBe(false)
        if (widget === 0) await page.keyboard.press('Escape')
      }
      await expect.poll(muted(0), PATIENCE).toBe(true)
      expect(await muted(1)()).toBe(false)
      const sound = await page.evaluate(() =>
        [...document.querySelectorAll('castcart-widget')].map(
          ({ shadowRoot }) => shadowRoot?.querySelector<HTMLVideoElement>('dialog video')?.muted,
        ),
      )
      expect(sound).toEqual([true, false])
    }))

  it('castcart.all.js is the whole in one file', () =>
    on(tag({}, '/castcart/castcart.all.js'), async (page) => {
      const asked: string[] = []
      page.on('request', (request) => asked.push(new URL(request.url()).pathname))
      await openPlayer(page)
      await whenPlaying(page)
      expect(asked.filter((path) => path.startsWith('/castcart/'))).toEqual([])
    }))

  it('a JSON script in the page is a show', async () => {
    const show = await (await fetch(new URL('/shows/replay.json', store.demo.store))).json()
    show.events.url = '/shows/replay.events.jsonl'
    for (const track of show.video.captions) track.src = `/shows/${track.src}`
    await on(
      `<script type="application/json" id="show">${JSON.stringify(show)}</script>${tag({ 'data-show': '#show' })}`,
      async (page) => {
        await openPlayer(page)
        await whenPlaying(page)
        expect(await read(page, '$status')).toBe('replay')
        await whenStore(page, '$products', (products) => products.some(({ now }) => now))
      },
    )
  })

  it('elements of the page open it where the tag names them', () =>
    on(`<a class="watch" href="/nowhere">Watch <b>now</b></a>${tag({ 'data-mount': '.watch' })}`, async (page) => {
      expect(await launcherOf(page).isVisible()).toBe(false)
      await page.locator('.watch b').click()
      await whenPlaying(page)
      expect(page.url()).toBe(`${store.pages.origin}/`)
      await page.keyboard.press('Escape')
      await whenStore(page, '$view', (view) => view === 'mini')
      await page.locator('.watch').click()
      await whenStore(page, '$view', (view) => view === 'full')
    }))

  it('opens by itself at data-open="load", and at "live" where the show is live', () =>
    on(tag({ 'data-open': 'load' }), async (page) => {
      await playerOf(page).waitFor(PATIENCE)
      await whenPlaying(page)
      store.pages.answers['/live'] = pageOf(tag({ 'data-open': 'live' }))
      store.pages.answers['/replay'] = pageOf(tag({ 'data-open': 'live', 'data-show': '/shows/replay.json' }))
      await page.evaluate(() => sessionStorage.clear())
      await page.goto('about:blank')
      await page.goto(`${store.pages.origin}/live`)
      await playerOf(page).waitFor(PATIENCE)
      await whenPlaying(page)
      const answered = page.waitForResponse(/replay\.json/)
      await page.goto(`${store.pages.origin}/replay`)
      await answered
      expect(await read(page, '$view')).toBe('closed')
    }))

  it('opens by itself once: on the next page of a viewer who closed it, it stays closed', () =>
    on(tag({ 'data-open': 'load' }), async (page) => {
      await whenPlaying(page)
      await playerOf(page).getByRole('button', { name: 'Close', exact: true }).click()
      await whenStore(page, '$view', (view) => view === 'closed')
      await page.goto(`${store.pages.origin}/?next`)
      await whenStore(page, '$show', () => true)
      expect(await read(page, '$view')).toBe('closed')
      await openPlayer(page)
      await whenPlaying(page)
    }))

  it('a tag that is put in again after destroy() is a widget again', () =>
    on(tag(), async (page) => {
      await openPlayer(page)
      await whenPlaying(page)
      await page.evaluate('castcart.ready.then((api) => api.widgets()[0].destroy())')
      expect(await page.locator('castcart-widget').count()).toBe(0)
      await page.evaluate(() => {
        const again = document.createElement('script')
        const { src, dataset } = document.querySelector<HTMLScriptElement>('script[data-show]') ?? again
        again.src = src
        Object.assign(again.dataset, dataset)
        document.body.append(again)
      })
      await launcherOf(page).waitFor({ state: 'attached' })
      // Not by the launcher: where the show was kept as one that follows, a pointer over it is enough to have it back.
      await page.evaluate('castcart.open()')
      await whenStore(page, '$view', (view) => view === 'full')
      await whenPlaying(page)
    }))

  it('createWidget opens by elements of the page too, and no more once it is destroyed', () =>
    on(`<a class="watch" href="#here">Watch</a>${tag({ 'data-show': '/shows/replay.json' })}`, async (page) => {
      await page.evaluate(async () => {
        type Api = { createWidget(options: object): { destroy(): void; state: Record<string, { get(): unknown }> } }
        const page = window as unknown as { castcart: { ready: Promise<Api> }; own: ReturnType<Api['createWidget']> }
        const { createWidget } = await page.castcart.ready
        page.own = createWidget({ show: '/shows/live.json', mount: '.watch' })
      })
      const view = () => page.evaluate('own.state.$view.get()')
      await page.locator('.watch').click()
      await expect.poll(view, PATIENCE).toBe('full')
      expect(page.url()).toBe(`${store.pages.origin}/`)
      await page.evaluate('own.destroy()')
      await page.locator('.watch').click()
      expect(page.url()).toBe(`${store.pages.origin}/#here`)
    }))

  it('plays in the page itself at data-mount="inline"', () =>
    on(`<div style="width:400px">${tag({ 'data-mount': 'inline' })}</div>`, async (page) => {
      await launcherOf(page).click()
      await whenPlaying(page)
      const place = await playerOf(page).boundingBox()
      expect(place?.width).toBeLessThanOrEqual(400)
      expect(place?.width).toBeGreaterThan(200)
      expect(await playerOf(page).evaluate((dialog) => dialog.matches(':modal'))).toBe(false)
      await page.locator('#own').click()
    }))
})
