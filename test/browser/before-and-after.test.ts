import { readFile } from 'node:fs/promises'
import type { BrowserContextOptions } from 'playwright-core'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { describeInChromium } from '../support/chromium.ts'
import { type Answer, page as pageOf, tag } from '../support/store-page.ts'
import { useStorePages } from '../support/use-store-pages.ts'
import { openPlayer, PATIENCE, playerOf, read, whenPlaying, whenStore } from '../support/viewer.ts'
import { useViewers } from '../support/viewers.ts'

type Doc = Record<string, unknown> & { id: string; video: Record<string, unknown>; products: Record<string, unknown>[] }

const MINUTE = 60_000
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE).toISOString()

describeInChromium('before, after and around a show', (browser) => {
  const store = useStorePages()
  const view = useViewers(browser)
  let live: Doc
  let replay: Doc
  beforeAll(async () => {
    const get = async (name: string) => (await (await fetch(`${store.pages.origin}/shows/${name}.json`)).json()) as Doc
    ;[live, replay] = await Promise.all([get('live'), get('replay')])
  })
  beforeEach(() => {
    store.pages.answers = {}
  })

  const json = (value: unknown): Answer => ({
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  })
  const open = async (doc: object, options: BrowserContextOptions = {}, address = '/') => {
    store.pages.answers['/'] = pageOf(tag({ 'data-show': '/shows/own.json' }))
    store.pages.answers['/shows/own.json'] = json(doc)
    const viewer = await view(options)
    await viewer.page.goto(store.pages.origin + address)
    if (address === '/') await openPlayer(viewer.page)
    return { ...viewer, player: playerOf(viewer.page) }
  }
  /** A show to come that nobody has begun yet. */
  const later = () => ({ ...live, id: 'later', status: 'scheduled', startsAt: inMinutes(90), events: undefined })
  const near = (one: number, other: number, by: number) => expect(Math.abs(one - other)).toBeLessThan(by)

  it('counts down to the start, shows the trailer, and puts the start in the calendar', async () => {
    const video = { ...live.video, preview: '/media/v960.mp4' }
    const { page, player } = await open({ ...later(), video })
    const cover = player.locator('.cover')
    await cover.getByRole('timer').waitFor(PATIENCE)
    expect(await cover.getByRole('timer').textContent()).toMatch(/^1:(29|30):\d\d$/)
    const trailer = cover.locator('video')
    await expect
      .poll(() => trailer.evaluate((film) => (film as HTMLVideoElement).currentTime), PATIENCE)
      .toBeGreaterThan(0)
    expect(await trailer.evaluate((film) => (film as HTMLVideoElement).muted)).toBe(true)
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      cover.getByRole('button', { name: 'Remind me' }).click(),
    ])
    expect(file.suggestedFilename()).toBe('later.ics')
    const words = await readFile(await file.path(), 'utf8')
    expect(words).toContain('BEGIN:VEVENT')
    expect(words).toContain('castcart=later')
    await cover.getByRole('button', { name: 'The reminder is ready' }).waitFor(PATIENCE)
  })

  it('leaves the reminder to a page that takes it over', async () => {
    const { page, player } = await open(later())
    await page.evaluate(() => {
      addEventListener('castcart:remind', (event) => {
        event.preventDefault()
        Reflect.set(window, 'reminded', JSON.stringify((event as CustomEvent).detail))
      })
    })
    const downloads: string[] = []
    page.on('download', (file) => downloads.push(file.suggestedFilename()))
    await player.locator('.cover').getByRole('button', { name: 'Remind me' }).click(PATIENCE)
    await expect.poll(() => page.evaluate(() => Reflect.get(window, 'reminded')), PATIENCE).toContain('later')
    await player.locator('.cover').getByRole('button', { name: 'The reminder is ready' }).waitFor(PATIENCE)
    expect(downloads).toEqual([])
  })

  it('shows a recording as if live to everyone at the same moment, and says that it is one', async () => {
    const startsAt = inMinutes(-0.4)
    const video = { src: '/media/v960.mp4', startDate: startsAt }
    const doc = { ...replay, status: undefined, events: undefined, video, asLive: true, startsAt, endsAt: inMinutes(3) }
    const { page, player } = await open(doc)
    const { position } = await whenPlaying(page)
    near(position, (Date.now() - Date.parse(startsAt)) / 1000, 10)
    await player.getByText('PREMIERE').waitFor(PATIENCE)
    expect(await read(page, '$status')).toBe('live')
    const soon = await open({ ...doc, startsAt: inMinutes(1), endsAt: inMinutes(5) })
    await soon.player.getByText('Recorded earlier, shown together now').waitFor(PATIENCE)
  })

  it('plays a moment alone by its own link, and stops at its end', async () => {
    const { page, player } = await open(replay, { permissions: ['clipboard-read', 'clipboard-write'] })
    await whenPlaying(page)
    await player.getByRole('button', { name: 'Moments' }).click()
    const sheet = player.locator('[part=sheet]')
    await sheet
      .getByRole('button', { name: /^Link to this moment/ })
      .nth(1)
      .click()
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText()), PATIENCE).toContain('until=')
    const link = new URL(await page.evaluate(() => navigator.clipboard.readText()))
    const [at, until] = ['at', 'until'].map((name) => Number(link.searchParams.get(name))) as [number, number]
    expect(until).toBeGreaterThan(at)
    link.searchParams.set('until', `${at + 3000}`)

    const alone = await open(replay, {}, `/${link.search}`)
    const start = Date.parse(String(replay.video.startDate))
    const end = await whenStore(alone.page, '$playback', ({ phase, started }) => phase === 'paused' && started)
    near(end.position, (at + 3000 - start) / 1000, 0.6)
    await alone.player.locator('[part=play]').click()
    await whenStore(alone.page, '$playback', ({ position }) => position > end.position + 0.5)
  })

  it('goes faster and without the chat where the viewer wants that', async () => {
    const { page, player } = await open(replay)
    await whenPlaying(page)
    await player.getByRole('button', { name: 'Speed 1×' }).click()
    await player.getByRole('button', { name: 'Speed 1.25×' }).waitFor(PATIENCE)
    expect(await player.locator('video').evaluate((video) => (video as HTMLVideoElement).playbackRate)).toBe(1.25)
    await whenStore(page, '$chat', (chat) => chat.length > 0)
    const log = player.getByRole('log')
    await log.waitFor(PATIENCE)
    await player.getByRole('button', { name: 'Chat', pressed: true }).click()
    await log.waitFor({ state: 'detached', ...PATIENCE })
    await player.getByRole('button', { name: 'Chat', pressed: false }).click()
    await log.waitFor(PATIENCE)
  })

  it('says that a replay has expired', async () => {
    const { player, said } = await open({ ...replay, expiresAt: inMinutes(-1) })
    await player.getByText('This replay is no longer available.').first().waitFor(PATIENCE)
    expect(said.splice(0).map((line) => /^\[castcart\] ([\w-]+):/.exec(line)?.[1])).toEqual(['expired'])
  })

  it.each([
    ['the live one', ['replay', 'scheduled', 'live'], 'live'],
    ['the next one', ['replay', 'scheduled'], 'scheduled'],
    ['the replay', ['replay'], 'replay'],
  ])('takes of several shows %s', async (_, statuses, status) => {
    store.pages.answers['/shows/scheduled.json'] = json(later())
    const shows = statuses.map((name) => ({ url: `${name}.json`, status: name }))
    const { page } = await open({ version: 1, shows })
    await whenStore(page, '$status', (now) => now === status)
  })

  it.each([
    ['a phone', { width: 390, height: 844 }],
    ['a desktop', { width: 1280, height: 800 }],
  ])(
    'introduces the host on %s, says what host and shop say of a product, and labels advertising',
    async (_, viewport) => {
      const [first, ...rest] = live.products
      const mine = { note: { en: 'I wear S, 168 cm' }, sizeGuide: { text: { en: 'S is 36 to 38' }, url: '/sizes' } }
      const host = { name: { en: 'Mira Lind' }, bio: { en: 'Potter and baker' }, url: 'https://mira.example/' }
      const disclosure = { text: { en: 'Advertising. Aster' }, token: 'erid: 2Vfnxw' }
      const { page, player } = await open(
        { ...live, host, disclosure, products: [{ ...first, ...mine }, ...rest] },
        { viewport },
      )
      await whenPlaying(page)
      await player.getByText('Advertising. Aster erid: 2Vfnxw').first().waitFor(PATIENCE)
      await player.getByRole('button', { name: 'About Mira Lind' }).first().click()
      const sheet = player.locator('[part=sheet]')
      await sheet.getByText('Potter and baker').waitFor(PATIENCE)
      expect(await sheet.getByRole('link', { name: 'About the host' }).getAttribute('href')).toBe(host.url)
      await sheet.getByRole('button', { name: 'Follow: Mira Lind' }).waitFor(PATIENCE)
      await page.keyboard.press('Escape')
      if (viewport.width < 900)
        await player
          .getByRole('button', { name: /products/i })
          .first()
          .click()
      await player.locator('.item').first().getByRole('button').first().click()
      await sheet.getByText('I wear S, 168 cm').waitFor(PATIENCE)
      await sheet.getByText('Size guide').click()
      await sheet.getByText('S is 36 to 38').waitFor(PATIENCE)
      expect(await sheet.getByRole('link', { name: 'More on sizes' }).getAttribute('href')).toContain('/sizes')
    },
  )
})
