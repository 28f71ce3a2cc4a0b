import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Demo } from '../../examples/live-shop/server/start-demo.mjs'
import { describeInChromium } from '../support/chromium.ts'
import { host, startWholeDemo } from '../support/demo.ts'
import {
  launcherOf,
  openPlayer,
  PATIENCE,
  playerOf,
  say,
  whenConnected,
  whenPlaying,
  whenStore,
} from '../support/viewer.ts'
import { useViewers } from '../support/viewers.ts'

describeInChromium('talking in a live show', (browser) => {
  let demo: Demo

  beforeAll(async () => {
    demo = await startWholeDemo()
  })
  afterAll(() => demo?.stop())
  const view = useViewers(browser)
  const arrive = async (address = demo.store, options = {}) => {
    const viewer = await view(options)
    await viewer.page.goto(address)
    await openPlayer(viewer.page)
    await whenConnected(viewer.page)
    return viewer.page
  }
  type Page = Awaited<ReturnType<typeof arrive>>
  const chatOf = (page: Page) => playerOf(page).getByRole('log')
  const rowWith = (page: Page, text: string) => chatOf(page).locator('li', { hasText: text })
  const join = async (page: Page, name: string, text: string) => {
    await say(page, text, name)
    await rowWith(page, text).waitFor(PATIENCE)
  }

  it('draws nothing over or beside a message, whatever characters are in it, and says why one of none is not sent', async () => {
    const [page, other] = [await arrive(), await arrive()]
    await say(page, `price \u202Egnp.exe Z${'\u0301'.repeat(60)} \u200bthe end`, 'Anna')
    const row = rowWith(other, 'the end')
    await row.waitFor(PATIENCE)
    const text = (await row.textContent()) ?? ''
    expect(text).toContain('price')
    expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200b]/)
    expect(text.match(/\u0301/g)?.length ?? 0).toBeLessThan(10)
    await say(page, '\u200b\u200d')
    const note = page.locator('[part=composer] .note')
    await note.waitFor(PATIENCE)
    expect((await note.textContent())?.trim()).toBeTruthy()
    expect(await page.locator('[part=composer] [name=message]').inputValue()).toBe('\u200b\u200d')
  })

  it('asks for name and rules once, and stands each message there once', async () => {
    const [anna, ben] = [await arrive(), await arrive()]
    await anna.evaluate(() => {
      const root = document.querySelector('castcart-widget')?.shadowRoot
      Reflect.set(window, 'most', 0)
      setInterval(() => {
        const rows = [...(root?.querySelectorAll('.lines li') ?? [])]
        const twins = rows.filter((row) => row.textContent?.includes('once only')).length
        Reflect.set(window, 'most', Math.max(Reflect.get(window, 'most'), twins))
      }, 4)
    })
    await join(anna, 'Anna', 'once only, please')
    await rowWith(ben, 'once only, please').waitFor(PATIENCE)
    expect(await rowWith(ben, 'once only, please').locator('b').textContent()).toBe('Anna')
    await whenStore(anna, '$chat', (lines) =>
      lines.some(({ text, own }) => text.startsWith('once only') && own === 'sent'),
    )
    expect(await anna.evaluate(() => Reflect.get(window, 'most'))).toBe(1)
    await say(anna, 'and a second one')
    await rowWith(ben, 'and a second one').waitFor(PATIENCE)
    expect(await playerOf(anna).locator('.hello').count()).toBe(0)
  })

  it('answers one message, marks it for who is meant, and hides what a viewer does not want to see', async () => {
    const [anna, ben] = [await arrive(), await arrive()]
    await join(anna, 'Anna', 'is the mug heavy?')
    await rowWith(ben, 'is the mug heavy?').click()
    await playerOf(ben).getByRole('button', { name: 'Reply' }).click()
    await join(ben, 'Ben', 'not at all')
    const reply = rowWith(anna, 'not at all')
    await reply.waitFor(PATIENCE)
    expect(await reply.getAttribute('data-me')).toBe('true')
    expect(await reply.locator('q').textContent()).toBe('Anna: is the mug heavy?')

    await rowWith(anna, 'not at all').click()
    await playerOf(anna).getByRole('button', { name: 'Hide author' }).click()
    await rowWith(anna, 'not at all').waitFor({ ...PATIENCE, state: 'detached' })
    await say(ben, 'still here')
    await rowWith(ben, 'still here').waitFor(PATIENCE)
    expect(await rowWith(anna, 'still here').count()).toBe(0)
  })

  it('keeps a pinned message on top until it is deleted, and makes links of the team’s words alone', async () => {
    const anna = await arrive()
    await join(anna, 'Anna', 'see https://evil.example/now')
    const { id } = (await host(demo, 'say', { text: 'Care: https://aster.example/care', as: 'moderator' })) ?? {}
    await rowWith(anna, 'Care:').getByRole('link', { name: 'aster.example/care' }).waitFor(PATIENCE)
    expect(await rowWith(anna, 'evil.example').getByRole('link').count()).toBe(0)
    await host(demo, 'pin-message', { id })
    const pinned = playerOf(anna).locator('.pinned')
    await pinned.getByText('Care:').waitFor(PATIENCE)
    await host(demo, 'delete', { id })
    await pinned.waitFor({ ...PATIENCE, state: 'detached' })
  })

  it('brings a question to the host and the answer back, in the small player too', async () => {
    const [anna, ben] = [await arrive(), await arrive()]
    await whenPlaying(anna)
    await host(demo, 'pin', { ids: ['mug'] })
    await whenStore(anna, '$products', (views) => views.some(({ id, now }) => id === 'mug' && now))
    await playerOf(anna)
      .getByRole('tab', { name: /Questions/ })
      .click()
    await playerOf(anna).locator('[name=question]').fill('Does the glaze differ?')
    await playerOf(anna).getByRole('button', { name: 'Ask' }).click()
    await playerOf(anna).locator('.ask-sent').waitFor(PATIENCE)

    await playerOf(ben)
      .getByRole('tab', { name: /Questions · 1/ })
      .click(PATIENCE)
    const vote = playerOf(ben).getByRole('button', { name: /I want to know too/ })
    await vote.click(PATIENCE)
    await playerOf(ben)
      .getByRole('button', { name: /I want to know too, 1 vote/ })
      .waitFor(PATIENCE)

    await anna.evaluate(() =>
      document
        .querySelector('castcart-widget')
        ?.shadowRoot?.querySelector<HTMLElement>('[aria-label="Keep watching small"]')
        ?.click(),
    )
    await whenStore(anna, '$view', (view) => view === 'mini')
    const question = demo.show.events.findLast(({ type }) => type === 'question.post')?.data
    expect(question).toMatchObject({ text: 'Does the glaze differ?', productId: 'mug', votes: 1 })
    await host(demo, 'answer-question', { id: question?.id, text: 'From cup to cup' })
    await playerOf(anna).locator('.mini-news').click(PATIENCE)
    await playerOf(anna).locator('[part=sheet]').getByText('From cup to cup').waitFor(PATIENCE)

    await playerOf(anna).locator('[part=card][data-product=mug] button').first().click()
    await playerOf(anna).locator('[part=sheet] .asked-about').getByText('From cup to cup').waitFor(PATIENCE)
  })

  it('counts everyone’s hearts, tells a true order, and follows the host', async () => {
    const [anna, ben] = [await arrive(), await arrive()]
    await whenPlaying(ben)
    for (let i = 0; i < 3; i++) await playerOf(anna).locator('.heart button').click()
    await whenStore(ben, '$room', ({ now }) => now.reactions?.data.total === 3)
    expect(await playerOf(ben).locator('.heart small').textContent()).toBe('3')

    await anna.evaluate(async () => {
      const headers = { 'content-type': 'application/json' }
      const shop = await (await fetch('/products/two-glaze-mug.js')).json().catch(() => null)
      const id = shop?.variants[0]?.id
      await fetch('/cart/add.js', { method: 'POST', headers, body: JSON.stringify({ items: [{ id, quantity: 1 }] }) })
      await fetch('/checkout/order', {
        method: 'POST',
        headers,
        body: JSON.stringify({ isShown: true, place: 'Kazan' }),
      })
    })
    await playerOf(ben)
      .locator('.order', { hasText: /Someone in .?Kazan.? just bought/ })
      .waitFor(PATIENCE)

    await playerOf(anna).getByRole('button', { name: 'Follow: Mira Lind' }).click()
    await playerOf(anna).getByRole('button', { name: 'Following: Mira Lind' }).waitFor(PATIENCE)
  })

  it('counts hearts where motion is not wanted, and lets none fly', async () => {
    const still = { viewport: { width: 320, height: 640 }, reducedMotion: 'reduce' } as const
    const [anna, ben] = [await arrive(demo.store, still), await arrive()]
    await whenPlaying(anna)
    const heart = playerOf(anna).locator('.heart')
    const count = async () => Number(await heart.locator('small').textContent())
    const flown = (page: Page) =>
      playerOf(page)
        .locator('.sky')
        .evaluate((sky) => {
          Reflect.set(window, 'flown', 0)
          new MutationObserver((changes) => {
            const born = changes.reduce((sum, { addedNodes }) => sum + addedNodes.length, 0)
            Reflect.set(window, 'flown', Reflect.get(window, 'flown') + born)
          }).observe(sky, { childList: true })
        })
    await Promise.all([flown(anna), flown(ben)])
    await heart.getByRole('button').click()
    await heart.locator('small').waitFor(PATIENCE)
    const own = await count()
    expect(await heart.getByRole('button').getAttribute('aria-label')).toBe(`Send a heart, ${own} so far`)
    for (let i = 0; i < 2; i++) await playerOf(ben).locator('.heart button').click()
    await expect.poll(count, PATIENCE).toBe(own + 2)
    expect(await ben.evaluate('flown')).toBeGreaterThanOrEqual(2)
    expect(await anna.evaluate('flown')).toBe(0)

    await heart.locator('small').evaluate((small) => {
      small.textContent = '99,999'
    })
    const [box, side] = await Promise.all([heart.locator('small').boundingBox(), anna.viewportSize()])
    expect((box?.x ?? 0) + (box?.width ?? 1e9)).toBeLessThanOrEqual(side?.width ?? 0)
  })

  it('keeps what is typed while its sheet is closed, another is open and the player is small', async () => {
    const anna = await arrive(demo.store, { viewport: { width: 390, height: 844 } })
    await whenPlaying(anna)
    const ask = () => playerOf(anna).getByRole('button', { name: /^Questions to the host/ })
    const field = playerOf(anna).locator('[part=ask] textarea')
    await ask().click()
    await field.fill('Does the glaze')
    await anna.keyboard.press('Escape')
    await field.waitFor({ state: 'detached', ...PATIENCE })
    await playerOf(anna)
      .getByRole('button', { name: /products/i })
      .first()
      .click()
    await playerOf(anna).locator('[part=sheet] .item').first().waitFor(PATIENCE)
    await anna.keyboard.press('Escape')
    await anna.keyboard.press('Escape')
    await whenStore(anna, '$view', (shown) => shown === 'mini')
    await anna.locator('[part=player] .mini-open, [part=player] [aria-label="Back to the show"]').first().click()
    await whenStore(anna, '$view', (shown) => shown === 'full')
    await ask().click()
    await expect.poll(() => field.inputValue(), PATIENCE).toBe('Does the glaze')
  })

  it('opens a shared link at its moment, by itself', async () => {
    const anna = await arrive(demo.store, { permissions: ['clipboard-read', 'clipboard-write'] })
    await whenPlaying(anna)
    await whenStore(anna, '$picture', (picture) => picture !== null)
    await playerOf(anna).getByRole('button', { name: 'Share this moment' }).click()
    await playerOf(anna).locator('.together .pill').waitFor(PATIENCE)
    const link = new URL(await anna.evaluate(() => navigator.clipboard.readText()))
    const at = Number(link.searchParams.get('at')) - 20_000
    link.searchParams.set('at', `${at}`)

    const ben = await view()
    const begun = Date.now()
    await ben.page.goto(link.href)
    await whenPlaying(ben.page)
    const picture = await whenStore(ben.page, '$picture', (value) => value !== null)
    // It may have played on since, however long this machine took to look; by itself it would be 20 s further.
    const apart = Number(picture) - at
    expect(apart).toBeGreaterThan(-8000)
    expect(apart).toBeLessThan(8000 + Date.now() - begun)
  })

  it('catches up who comes late, and brings them back to live', async () => {
    const { at = 0 } = (await host(demo, 'pin', { ids: ['coat'] })) ?? {}
    await host(demo, 'pin', { ids: ['coffee'] })
    const anna = await arrive()
    await whenPlaying(anna)
    // Far enough from live to be behind it.
    await whenStore(anna, '$picture', (picture) => (picture ?? 0) > at + 20_000)
    await playerOf(anna)
      .getByRole('button', { name: /Catch up/ })
      .click(PATIENCE)
    const sheet = playerOf(anna).locator('[part=sheet]')
    await sheet.getByRole('button', { name: /See it at .*coat/ }).click(PATIENCE)
    await whenStore(anna, '$playback', ({ atLiveEdge }) => !atLiveEdge)
    await playerOf(anna)
      .getByRole('button', { name: /Go live/ })
      .click(PATIENCE)
    await whenStore(anna, '$playback', ({ atLiveEdge }) => atLiveEdge)
  })

  it('lets one ask in the replay, and marks the answers of the show there', async () => {
    const isOver = demo.show.events.some(({ type, data }) => type === 'show.state' && data.status === 'ended')
    if (!isOver) await host(demo, 'end')
    const viewer = await view()
    const { page } = viewer
    await page.goto(demo.store)
    await launcherOf(page).click()
    await whenStore(page, '$status', (status) => status === 'replay')
    await whenPlaying(page)
    await whenStore(page, '$answers', (answers) => answers.some(({ answer }) => answer === 'From cup to cup'))
    await playerOf(page)
      .getByRole('tab', { name: /Questions/ })
      .click(PATIENCE)
    await playerOf(page).locator('[name=question]').fill('Still on sale?')
    await playerOf(page).getByRole('button', { name: 'Ask' }).click()
    await playerOf(page).locator('.ask-sent', { hasText: 'Sent to the shop' }).waitFor(PATIENCE)
    expect(new Set(demo.questions.map(({ text }) => text))).toEqual(new Set(['Still on sale?']))
  })
})
