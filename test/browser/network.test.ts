import { expect, it } from 'vitest'
import { describeInChromium } from '../support/chromium.ts'
import { host } from '../support/demo.ts'
import { page as pageOf, tag } from '../support/store-page.ts'
import { useStorePages } from '../support/use-store-pages.ts'
import {
  launcherOf,
  newViewer,
  openPlayer,
  PATIENCE,
  playerOf,
  whenConnected,
  whenPlaying,
  whenStore,
} from '../support/viewer.ts'

describeInChromium('a network that comes and goes', (browser) => {
  const store = useStorePages({ '/': pageOf(tag()) })

  it('is told while it is away, and nothing is lost or doubled when it is back', async () => {
    const viewer = await newViewer(browser())
    const { page } = viewer
    await page.goto(store.pages.origin)
    await openPlayer(page)
    await whenConnected(page)
    await whenPlaying(page)
    await host(store.demo, 'say', { text: 'Before' })
    await whenStore(page, '$chat', (chat) => chat.length === 1)
    await page.context().setOffline(true)
    store.pages.sockets = false
    await whenStore(page, '$connection', (connection) => connection === 'offline' || connection === 'reconnecting')
    await playerOf(page)
      .getByText(/reconnecting/i)
      .first()
      .waitFor(PATIENCE)
    await host(store.demo, 'say', { text: 'Meanwhile' })
    await host(store.demo, 'pin', { ids: ['coffee'] })
    store.pages.sockets = true
    await page.context().setOffline(false)
    await whenConnected(page)
    await host(store.demo, 'say', { text: 'After' })
    const chat = await whenStore(page, '$chat', (lines) => lines.some(({ text }) => text === 'After'))
    expect(chat.map(({ text }) => text)).toEqual(['Before', 'Meanwhile', 'After'])
    await playerOf(page).locator('[part=card][data-product=coffee]').waitFor(PATIENCE)
    const { position } = await whenPlaying(page)
    await whenStore(page, '$playback', (playback) => playback.phase === 'playing' && playback.position > position)
    expect(
      await playerOf(page)
        .getByText(/reconnecting/i)
        .count(),
    ).toBe(0)
    expect(viewer.errors).toEqual([])
    await viewer.close()
  })

  it('has at hand what it takes to say so and to go small, to come back and to be closed', async () => {
    const viewer = await newViewer(browser())
    const { page } = viewer
    await page.goto(store.pages.origin)
    await openPlayer(page)
    await whenPlaying(page)
    const loaded = () =>
      page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .map(({ name }) => name)
          .join(),
      )
    await expect.poll(loaded, PATIENCE).toMatch(/\/app\/mini-/)
    await expect.poll(loaded, PATIENCE).toMatch(/\/app\/states-/)
    await page.context().setOffline(true)
    store.pages.sockets = false
    await whenStore(page, '$playback', ({ phase }) => phase === 'away')
    await playerOf(page).getByText('The picture is away').first().waitFor(PATIENCE)
    await playerOf(page).getByRole('button', { name: 'Keep watching small' }).click()
    await playerOf(page).getByRole('button', { name: 'Back to the show' }).click()
    await whenStore(page, '$view', (view) => view === 'full')
    await playerOf(page).getByRole('button', { name: 'Keep watching small' }).click()
    await playerOf(page).getByRole('button', { name: 'Close' }).click()
    await whenStore(page, '$view', (view) => view === 'closed')
    expect(await playerOf(page).getByText('could not be loaded').count()).toBe(0)
    store.pages.sockets = true
    expect(viewer.errors).toEqual([])
    await viewer.close()
  })

  it('is asked again from the launcher when the app did not come', async () => {
    const viewer = await newViewer(browser())
    const { page } = viewer
    await page.route(/\/castcart\/app\//, (route) => route.abort())
    await page.goto(store.pages.origin)
    await launcherOf(page).click()
    await expect.poll(() => launcherOf(page).textContent(), PATIENCE).toBe('Try again')
    expect(await launcherOf(page).isEnabled()).toBe(true)
    await page.unroute(/\/castcart\/app\//)
    await launcherOf(page).click()
    await whenStore(page, '$view', (view) => view === 'full')
    await whenPlaying(page)
    expect(viewer.said).toHaveLength(1)
    expect(viewer.errors).toEqual([])
    await viewer.close()
  })

  it.each([
    ['once', 'in the viewer’s language', 'Свернуть', 1],
    ['at all', 'in English', 'Keep watching small', 2],
  ])('opens at the first click, where the first words did not come %s, %s', async (_, __, words, failures) => {
    const viewer = await newViewer(browser(), { locale: 'ru' })
    const { page } = viewer
    store.pages.answers['/ru'] = pageOf(tag({ 'data-locale': 'ru' }))
    let asked = 0
    await page.route(/\/app\/ru-/, (route) => (++asked > failures ? route.continue() : route.abort()))
    await page.goto(`${store.pages.origin}/ru`)
    await launcherOf(page).click()
    await playerOf(page).getByRole('button', { name: words }).waitFor(PATIENCE)
    await whenPlaying(page)
    expect([viewer.said, viewer.errors]).toEqual([[], []])
    await viewer.close()
  })

  it.each([
    ['what runs a show', /\/app\/conduct-/],
    ['the video engine', /\/app\/hls[.-]/],
    ['the chat', /\/app\/(index|talk)[.-]/],
  ])('has words and a way on when %s does not come', async (_, part) => {
    const viewer = await newViewer(browser())
    const { page } = viewer
    await page.route(part, (route) => route.abort())
    await page.goto(store.pages.origin)
    await launcherOf(page).click()
    await playerOf(page).waitFor(PATIENCE)
    const again = playerOf(page).getByRole('button', { name: 'Try again' })
    await again.first().waitFor(PATIENCE)
    await page.unroute(part)
    // It may be back by itself before the click.
    const click = () => again.evaluateAll((buttons) => buttons.map((button) => (button as HTMLElement).click()).length)
    await expect.poll(click, { ...PATIENCE, interval: 1000 }).toBe(0)
    await whenPlaying(page)
    expect(viewer.errors).toEqual([])
    await viewer.close()
  })
})
