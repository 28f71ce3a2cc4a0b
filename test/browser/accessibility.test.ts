import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { default as Axe } from 'axe-core'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterEach, beforeAll, expect, it } from 'vitest'
import type { Widget } from '../../src/widget/create-widget.ts'
import { describeInChromium } from '../support/chromium.ts'
import { host, startWholeDemo } from '../support/demo.ts'
import { act } from '../support/desk-act.ts'
import { page as pageOf, tag } from '../support/store-page.ts'
import { useStorePages } from '../support/use-store-pages.ts'
import {
  launcherOf,
  newViewer,
  openPlayer,
  openSheet,
  PATIENCE,
  playerOf,
  type Viewer,
  whenConnected,
  whenPlaying,
  whenStore,
} from '../support/viewer.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const DESK = { viewport: { width: 1280, height: 800 } }
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

/** What axe finds wrong in the widget, as rule and element. */
async function wrongs(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  return page.evaluate(async (values) => {
    const { axe } = window as unknown as { axe: typeof Axe }
    const { violations } = await axe.run('castcart-widget', {
      runOnly: { type: 'tag', values },
      resultTypes: ['violations'],
      // The page's own business.
      rules: { region: { enabled: false } },
    })
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.flat().join(' ')} ${node.failureSummary}`),
    )
  }, RULES)
}

describeInChromium('what assistive technology finds', (browser) => {
  const store = useStorePages()
  let viewer: Viewer
  beforeAll(async () => {
    await host(store.demo, 'pin', { ids: ['coat'] })
    await host(store.demo, 'open-offer', { title: 'Coat hour', percentOff: 10, seconds: 3600, productIds: ['coat'] })
    await host(store.demo, 'say', { text: 'Welcome' })
  })
  afterEach(async () => {
    await viewer.close()
    expect(viewer.errors).toEqual([])
  })

  const arrive = async (options: BrowserContextOptions) => {
    viewer = await newViewer(browser(), { reducedMotion: 'reduce', ...options })
    await viewer.page.goto(store.demo.store)
    return viewer.page
  }
  const live = async (options: BrowserContextOptions) => {
    const page = await arrive(options)
    await openPlayer(page)
    await whenConnected(page)
    await whenPlaying(page)
    await playerOf(page).locator('[part=card]').first().waitFor(PATIENCE)
    await playerOf(page).locator('[part=offer]').first().waitFor(PATIENCE)
    await playerOf(page).locator('[part=composer]').first().waitFor(PATIENCE)
    return page
  }
  it.each([
    ['a desktop', DESK],
    ['a phone', PHONE],
  ])('is right on %s: launcher, live, product sheet, cart sheet, mini', async (_, options) => {
    const page = await arrive(options)
    expect(await wrongs(page)).toEqual([])
    await viewer.close()
    await live(options)
    expect(await wrongs(viewer.page)).toEqual([])
    await openSheet(viewer.page, 'coat')
    expect(await wrongs(viewer.page)).toEqual([])
    const sheet = playerOf(viewer.page).locator('[part=sheet]')
    await sheet.getByRole('button', { name: /^Add/ }).click()
    await whenStore(viewer.page, '$cart', (cart) => (cart?.quantity ?? 0) > 0)
    expect(await wrongs(viewer.page)).toEqual([])
    await viewer.page.keyboard.press('Escape')
    await sheet.waitFor({ ...PATIENCE, state: 'detached' })
    await playerOf(viewer.page).getByRole('button', { name: /cart/i }).first().click()
    await sheet.waitFor(PATIENCE)
    expect(await wrongs(viewer.page)).toEqual([])
    await viewer.page.keyboard.press('Escape')
    await sheet.waitFor({ ...PATIENCE, state: 'detached' })
    await viewer.page.keyboard.press('Escape')
    await whenStore(viewer.page, '$view', (view) => view === 'mini')
    expect(await wrongs(viewer.page)).toEqual([])
  })

  it.each([
    ['a desktop', DESK],
    ['a phone', PHONE],
  ])('is right in an error on %s', async (_, options) => {
    viewer = await newViewer(browser(), options)
    store.pages.answers['/'] = pageOf(tag({ 'data-show': '/nowhere.json' }))
    await viewer.page.goto(store.pages.origin)
    await launcherOf(viewer.page).click()
    await playerOf(viewer.page).getByRole('button', { name: 'Try again' }).waitFor(PATIENCE)
    expect(await wrongs(viewer.page)).toEqual([])
  })

  it.each([
    ['a desktop', DESK],
    ['a phone', PHONE],
  ])('is right in every sheet of what goes on, on %s', async (_, options) => {
    const show = await startWholeDemo()
    try {
      await host(show, 'pin', { ids: ['mug'] })
      await act(show, 'anna', 'question.ask', { text: 'Is it warm?', name: 'Anna', productId: 'mug' })
      const asked = show.show.events.find(({ type }) => type === 'question.post')
      await act(show, 'ben', 'question.ask', { text: 'Is it large?', name: 'Ben' })
      await host(show, 'answer-question', { id: asked?.data.id, text: 'Very.' })
      const offer = await host(show, 'open-offer', {
        ...{ kind: 'voucher', title: 'Clay week', percentOff: 20, seconds: 900, productIds: ['mug'] },
      })
      const poll = await host(show, 'open-poll', { question: 'Which glaze?', options: ['Moss', 'Sand'], seconds: 900 })
      const raffle = await host(show, 'open-raffle', { title: 'Three mugs', prizes: 3, seconds: 900 })
      viewer = await newViewer(browser(), { reducedMotion: 'reduce', ...options })
      const { page } = viewer
      await page.goto(show.store)
      await openPlayer(page)
      await whenConnected(page)
      await whenPlaying(page)
      await playerOf(page).locator('[part=now]').first().waitFor(PATIENCE)
      const sheets = [
        ...[
          { name: 'poll', id: poll?.data.id },
          { name: 'raffle', id: raffle?.data.id },
        ],
        ...[{ name: 'offer', id: offer?.data.id }, { name: 'questions' }, { name: 'so-far' }, { name: 'host' }],
        ...[{ name: 'products' }, { name: 'product', id: 'mug' }, { name: 'cart' }],
      ]
      for (const sheet of sheets) {
        await page.evaluate(async (wanted) => {
          const { castcart } = window as unknown as { castcart: { ready: Promise<{ widgets(): readonly Widget[] }> } }
          const store = (await castcart.ready).widgets()[0]?.state.$sheet as unknown as { set(value: unknown): void }
          store.set(wanted)
        }, sheet)
        await playerOf(page).locator(`[part=sheet][data-name=${sheet.name}]`).waitFor(PATIENCE)
        expect([sheet.name, await wrongs(page)]).toEqual([sheet.name, []])
      }
    } finally {
      await show.stop()
    }
  })

  it('is right in a replay', async () => {
    viewer = await newViewer(browser(), DESK)
    await viewer.page.goto(store.demo.replay)
    await openPlayer(viewer.page)
    await whenPlaying(viewer.page)
    await playerOf(viewer.page).locator('[part=seek]').waitFor(PATIENCE)
    expect(await wrongs(viewer.page)).toEqual([])
    await playerOf(viewer.page).getByRole('button', { name: 'Moments' }).first().click()
    await playerOf(viewer.page).locator('[part=sheet]').waitFor(PATIENCE)
    expect(await wrongs(viewer.page)).toEqual([])
  })

  it('keeps the focus inside while Tab walks, and gives it back to the opener', async () => {
    const page = await live(DESK)
    /** The focused element's place, through shadow roots; `outside`: none of the player's. */
    const focused = () =>
      page.evaluate(() => {
        let element = document.activeElement
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
        if (element === document.body || element === null) return 'browser'
        return element.closest('[part=player]')
          ? (element.ariaLabel ?? element.textContent ?? element.localName)
          : 'outside'
      })
    const seen = new Set<string>()
    for (let step = 0; step < 40; step++) {
      await page.keyboard.press('Tab')
      seen.add(await focused())
    }
    expect(seen.has('outside')).toBe(false)
    expect(seen.size).toBeGreaterThan(5)
    await page.keyboard.press('Escape')
    await whenStore(page, '$view', (view) => view === 'mini')
    await playerOf(page).getByRole('button', { name: 'Close', exact: true }).click()
    await whenStore(page, '$view', (view) => view === 'closed')
    const back = await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('part'))
    expect(back).toBe('launcher')
  })

  it('gives the focus back to an element of the page that opened it', async () => {
    viewer = await newViewer(browser(), DESK)
    const { page } = viewer
    store.pages.answers['/'] = pageOf(`<button class="watch">Watch</button>${tag({ 'data-mount': '.watch' })}`)
    await page.goto(store.pages.origin)
    await page.locator('.watch').focus()
    await page.keyboard.press('Enter')
    await whenStore(page, '$view', (view) => view === 'full')
    await playerOf(page).getByRole('button', { name: 'Close', exact: true }).first().click()
    await whenStore(page, '$view', (view) => view === 'closed')
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('watch')
  })

  it('brings the focus into a sheet and back to what opened it', async () => {
    const page = await live(PHONE)
    const opener = playerOf(page).locator('[part=card] button').first()
    await opener.focus()
    await page.keyboard.press('Enter')
    const sheet = playerOf(page).locator('[part=sheet]')
    await sheet.waitFor(PATIENCE)
    const within = () => sheet.evaluate((element) => element.matches(':focus-within'))
    await expect.poll(within, PATIENCE).toBe(true)
    await page.keyboard.press('Escape')
    await sheet.waitFor({ ...PATIENCE, state: 'detached' })
    await expect.poll(() => opener.evaluate((element) => element.matches(':focus')), PATIENCE).toBe(true)
  })
})
