import { beforeAll, beforeEach, expect, it } from 'vitest'
import { describeInChromium } from '../support/chromium.ts'
import { host } from '../support/demo.ts'
import { type Answer, page as pageOf, tag } from '../support/store-page.ts'
import { useStorePages } from '../support/use-store-pages.ts'
import {
  launcherOf,
  newViewer,
  openSheet,
  PATIENCE,
  playerOf,
  read,
  type Viewer,
  whenConnected,
  whenPlaying,
  whenStore,
} from '../support/viewer.ts'

type Shown = Record<string, unknown> & { video: Record<string, unknown>; products: Record<string, unknown>[] }

describeInChromium('bad input', (browser) => {
  const store = useStorePages()
  let good: Shown
  beforeAll(async () => {
    good = (await (await fetch(new URL('/shows/live.json', store.pages.origin))).json()) as Shown
  })
  beforeEach(() => {
    store.pages.answers = { '/': pageOf(tag()) }
    store.pages.sockets = true
  })

  const json = (value: unknown): Answer => ({
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  })
  const arrive = async (): Promise<Viewer> => {
    const viewer = await newViewer(browser())
    await viewer.page.goto(store.pages.origin)
    await launcherOf(viewer.page).click()
    await playerOf(viewer.page).waitFor(PATIENCE)
    return viewer
  }
  /** The words on screen, the code in the console once, the page unharmed; and it can be left. */
  const leave = async (viewer: Viewer, code: string) => {
    await expect.poll(() => viewer.said.length, PATIENCE).toBeGreaterThan(0)
    expect(viewer.said.map((line) => /^\[castcart\] ([\w-]+):/.exec(line)?.[1])).toEqual([code])
    await viewer.page.keyboard.press('Escape')
    await whenStore(viewer.page, '$view', (view) => view !== 'full')
    await viewer.page.locator('#own').click()
    expect(viewer.errors).toEqual([])
    await viewer.close()
  }

  it.each<[string, string, Answer, RegExp]>([
    ['is missing', 'no-show', { status: 404, body: 'Not here' }, /not found/i],
    ['is not JSON', 'bad-show', '<!doctype html><p>Please sign in to this network</p>', /set up wrong/i],
    ['is empty', 'bad-show', { body: '' }, /set up wrong/i],
    ['is of the wrong shape', 'bad-show', { body: '{"version":1,"id":7,"products":"many"}' }, /set up wrong/i],
    ['is a list', 'bad-show', { body: '[]' }, /set up wrong/i],
    ['is of a later version', 'bad-show', { body: '{"version":99}' }, /set up wrong/i],
    ['has a server that fails', 'no-answer', { status: 500, body: 'oh' }, /connection/i],
  ])('has words where the show file %s', async (_, code, answer, words) => {
    store.pages.answers['/shows/live.json'] = answer
    const viewer = await arrive()
    const error = await whenStore(viewer.page, '$error', (value) => value !== null)
    expect(error?.message).toContain(`${code}: `)
    await playerOf(viewer.page).getByText('The show could not be opened').first().waitFor(PATIENCE)
    await playerOf(viewer.page).getByText(words).first().waitFor(PATIENCE)
    await expect.poll(() => playerOf(viewer.page).locator('> [role=alert]').textContent(), PATIENCE).toMatch(words)
    await leave(viewer, code)
  })

  it('names the path, what was found and what is expected', async () => {
    store.pages.answers['/shows/live.json'] = json({ ...good, products: [{ ...good.products[0], images: 7 }] })
    const viewer = await arrive()
    await expect.poll(() => viewer.said[0], PATIENCE).toMatch(/bad-show: .*products.*0.*images.*(7|number).*/)
    await leave(viewer, 'bad-show')
  })

  it('opens after all when the show file is there at the second try', async () => {
    store.pages.answers['/shows/live.json'] = { status: 404 }
    const viewer = await arrive()
    const again = playerOf(viewer.page).getByRole('button', { name: 'Try again' })
    await again.waitFor(PATIENCE)
    delete store.pages.answers['/shows/live.json']
    await again.click()
    await whenPlaying(viewer.page)
    await leave(viewer, 'no-show')
  })

  it('keeps the room where the stream is not there', async () => {
    store.pages.answers['/shows/live.json'] = json({ ...good, video: { ...good.video, src: '/nowhere/master.m3u8' } })
    const viewer = await arrive()
    await whenStore(viewer.page, '$playback', ({ phase }) => phase === 'away')
    await playerOf(viewer.page).getByText('The picture is away').first().waitFor(PATIENCE)
    await whenConnected(viewer.page)
    await host(store.demo, 'pin', { ids: ['mug'] })
    await playerOf(viewer.page).locator('[part=card][data-product=mug]').waitFor(PATIENCE)
    await leave(viewer, 'no-video')
  })

  it('keeps the picture where the event server is down', async () => {
    store.pages.sockets = false
    store.pages.answers['/events/snapshot'] = { status: 503 }
    store.pages.answers['/events/history'] = { status: 503 }
    const viewer = await arrive()
    await whenPlaying(viewer.page)
    await whenStore(viewer.page, '$connection', (connection) => connection === 'reconnecting')
    await playerOf(viewer.page)
      .getByText(/reconnecting/i)
      .first()
      .waitFor(PATIENCE)
    await leave(viewer, 'no-events')
  })

  it('does not sell what the store does not know, and sells the rest', async () => {
    store.pages.answers['/'] = pageOf(tag(), '<script src="/shopify.js"></script>')
    store.pages.answers['/shopify.js'] = {
      headers: { 'content-type': 'text/javascript' },
      body: `window.Shopify = { shop: 'fake', routes: { root: '/' }, currency: { active: 'EUR' } }`,
    }
    const ghost = { title: 'Ghost lamp', ref: { handle: 'ghost-lamp' }, variants: [] }
    const products = good.products.map((product) => (product.id === 'coffee' ? { ...product, ...ghost } : product))
    store.pages.answers['/shows/live.json'] = json({ ...good, products })
    const viewer = await arrive()
    await whenConnected(viewer.page)
    await host(store.demo, 'pin', { ids: ['mug'] })
    await playerOf(viewer.page).locator('[part=card][data-product=mug]').waitFor(PATIENCE)
    await expect.poll(() => viewer.said[0], PATIENCE).toContain('does not know coffee')
    expect((await read(viewer.page, '$products'))?.find(({ id }) => id === 'coffee')?.available ?? false).toBe(false)
    await host(store.demo, 'pin', { ids: ['coffee'] })
    await playerOf(viewer.page).getByText('This one is not sold in this store.').waitFor(PATIENCE)
    expect(await playerOf(viewer.page).getByText('Ghost lamp').count()).toBe(0)
    await leave(viewer, 'unknown-product')
  })

  it('says so where the store’s cart does not answer', async () => {
    store.pages.answers['/'] = pageOf(tag({ 'data-cart': 'shopify' }))
    store.pages.answers['/cart.js'] = { status: 500, body: 'oh' }
    store.pages.answers['/cart/add.js'] = { status: 500, body: 'oh' }
    const viewer = await arrive()
    await host(store.demo, 'pin', { ids: ['mug'] })
    await playerOf(viewer.page).locator('[part=card][data-product=mug]').waitFor(PATIENCE)
    await whenPlaying(viewer.page)
    expect(await read(viewer.page, '$cart')).toBe(null)
    const sheet = await openSheet(viewer.page, 'mug')
    await sheet.getByRole('button', { name: /^Add/ }).click()
    await playerOf(viewer.page)
      .getByText('The store did not confirm it. Look in your cart before you try again.')
      .first()
      .waitFor(PATIENCE)
    await viewer.page.keyboard.press('Escape')
    await whenStore(viewer.page, '$sheet', (shown) => shown === null)
    await leave(viewer, 'no-cart')
  })

  it.each([
    ['no show', { 'data-show': '' }],
    ['an adapter that does not exist', { 'data-adapter': 'pigeon' }],
    ['a cart that does not exist', { 'data-cart': 'barrow' }],
    ['a theme that does not exist', { 'data-theme': 'pink' }],
  ])('has words where the tag says %s', async (_, attributes) => {
    store.pages.answers['/'] = pageOf(tag(attributes))
    const viewer = await arrive()
    const error = await whenStore(viewer.page, '$error', (value) => value !== null)
    expect(error?.message).toContain('bad-options: ')
    await expect.poll(() => playerOf(viewer.page).textContent(), PATIENCE).toMatch(/set up wrong/)
    await leave(viewer, 'bad-options')
  })

  it.each([
    ['a phone', { width: 390, height: 844 }],
    ['a desktop', { width: 1280, height: 800 }],
  ])(
    'says once on %s that parts of the player did not come, and brings all of them at the next try',
    async (_, size) => {
      await host(store.demo, 'pin', { ids: ['mug'] })
      const viewer = await newViewer(browser(), { viewport: size })
      const { page } = viewer
      const parts = /\/app\/(talk|now|together|sheets|notice)-/
      await page.route(parts, (route) => route.abort())
      await page.goto(store.pages.origin)
      await launcherOf(page).click()
      const box = playerOf(page).locator('.failed')
      await box.waitFor(PATIENCE)
      await whenPlaying(page)
      await box.getByRole('button', { name: 'Try again' }).click()
      await box.waitFor(PATIENCE)
      expect(await box.count()).toBe(1)
      const [picture, place] = await Promise.all([playerOf(page).locator('.picture').boundingBox(), box.boundingBox()])
      const middle = (one: typeof place) => (one ? one.x + one.width / 2 : Number.NaN)
      expect(Math.abs(middle(picture) - middle(place))).toBeLessThan(2)
      const codes = viewer.said.flatMap((line) => /^\[castcart\] ([\w-]+):/.exec(line)?.[1] ?? [])
      expect(codes).toEqual(['no-chunk'])
      if (size.width < 900) {
        // A sheet that does not come can be left.
        await playerOf(page)
          .getByRole('button', { name: /products/i })
          .first()
          .click()
        await box.getByRole('button', { name: 'Close' }).click(PATIENCE)
        await whenStore(page, '$sheet', (sheet) => sheet === null)
      }
      await page.unroute(parts)
      await box.getByRole('button', { name: 'Try again' }).click()
      await playerOf(page).locator('[part=chat]').waitFor(PATIENCE)
      await box.waitFor({ state: 'detached', ...PATIENCE })
      expect(viewer.errors).toEqual([])
      await viewer.close()
    },
  )
})
