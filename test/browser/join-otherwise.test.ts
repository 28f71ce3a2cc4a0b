import type { Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import type { Demo } from '../../examples/live-shop/server/start-demo.mjs'
import { describeInChromium } from '../support/chromium.ts'
import { host } from '../support/demo.ts'
import { PHONE, sheetOf, useLiveDemo } from '../support/live-demo.ts'
import { page as pageOf, startStorePages, tag } from '../support/store-page.ts'
import { openPlayer, PATIENCE, playerOf, read, whenConnected, whenPlaying, whenStore } from '../support/viewer.ts'

describeInChromium('taking part', (browser) => {
  const { demo, view } = useLiveDemo(browser)
  const idOf = async (...command: Parameters<Demo['command']>) => String((await host(demo(), ...command))?.data.id)
  const watchOn = async (page: Page, address: string) => {
    await page.goto(address)
    await openPlayer(page)
    await whenConnected(page)
    await whenPlaying(page)
  }
  const store = async (body: string) => {
    const pages = await startStorePages(demo().store, { '/': body })
    onTestFinished(() => pages.close())
    return pages.origin
  }
  const voucher = { kind: 'voucher', title: 'Clay week', percentOff: 20, seconds: 600, productIds: ['mug'] }

  it('counts a viewer with two tabs once, and shows in each what was done in the other', async () => {
    const origin = await store(pageOf(tag({ 'data-consent': 'granted' })))
    const { page } = await view(PHONE)
    await watchOn(page, origin)
    await whenStore(page, '$mine', ({ guest }) => guest !== '')
    const other = await page.context().newPage()
    await watchOn(other, origin)
    expect((await read(other, '$mine'))?.guest).toBe((await read(page, '$mine'))?.guest)

    await host(demo(), 'open-poll', { question: 'Which glaze?', options: ['Moss', 'Sand'] })
    for (const tab of [page, other]) await playerOf(tab).getByRole('button', { name: /^Vote/ }).click(PATIENCE)
    await sheetOf(page).getByRole('button', { name: 'Moss' }).click(PATIENCE)
    await sheetOf(other).getByText('Your answer').waitFor(PATIENCE)
    const votes = () => demo().show.events.findLast(({ type }) => type === 'poll.update')?.data.votes
    await expect.poll(votes, PATIENCE).toEqual({ a1: 1, a2: 0 })

    await idOf('open-offer', voucher)
    for (const tab of [page, other]) {
      await tab.keyboard.press('Escape')
      await playerOf(tab).locator('[part=offer]').getByRole('button', { name: 'Clay week' }).click(PATIENCE)
      await sheetOf(tab).getByRole('button', { name: 'Get your code' }).waitFor(PATIENCE)
    }
    await sheetOf(page).getByRole('button', { name: 'Get your code' }).click()
    await sheetOf(page).locator('.code input').waitFor(PATIENCE)
    await sheetOf(other).locator('.code input').waitFor(PATIENCE)
    expect(await sheetOf(other).locator('.code input').inputValue()).toBe(
      await sheetOf(page).locator('.code input').inputValue(),
    )
  })

  it('deletes what was kept when consent is withdrawn, though the code for it did not come at first', async () => {
    const asks = `<script>(window.castcart ??= []).push({ consent(tell) { tell({ storage: !location.hash, analytics: false, marketing: false }) } })</script>`
    const origin = await store(pageOf(asks + tag()))
    const { page } = await view(PHONE)
    await watchOn(page, origin)
    const kept = (tab: Page) => () => tab.evaluate(() => Object.keys(localStorage))
    await expect.poll(kept(page), PATIENCE).toHaveLength(1)

    const later = await page.context().newPage()
    await page.close()
    const keeper = /\/app\/keep-mine-/
    let tries = 0
    await later.route(keeper, (route) => {
      tries++
      return route.abort()
    })
    await watchOn(later, `${origin}/#withdrawn`)
    await expect.poll(() => tries, PATIENCE).toBeGreaterThan(0)
    expect(await kept(later)()).toHaveLength(1)
    await later.unroute(keeper)
    await expect.poll(kept(later), PATIENCE).toEqual([])
  })

  it('needs a keyboard and nothing else, from right to left, and moves nothing for who wants less motion', async () => {
    const origin = await store(pageOf(tag()).replace('<html lang="en">', '<html lang="en" dir="rtl">'))
    const { page } = await view({ ...PHONE, reducedMotion: 'reduce' })
    await watchOn(page, origin)
    const id = await idOf('open-poll', { question: 'Which glaze?', options: ['Moss', 'Sand'] })
    await idOf('open-raffle', { title: 'One mug', prizes: 1, seconds: 600 })
    await idOf('open-offer', voucher)
    /** Walks with Tab to the control with this name and presses it. */
    const press = async (name: RegExp) => {
      const focused = () =>
        page.evaluate(() => {
          const element = document.activeElement?.shadowRoot?.activeElement
          return element?.getAttribute('aria-label') ?? element?.textContent ?? ''
        })
      for (let step = 0; step < 60; step++) {
        if (name.test(await focused())) return page.keyboard.press('Enter')
        await page.keyboard.press('Tab')
      }
      throw new Error(`Tab does not come to ${name}`)
    }
    /** What moves, and what stands out of the window. */
    const wrongs = () =>
      page.evaluate(() => {
        const root = document.querySelector('castcart-widget')?.shadowRoot
        return [...(root?.querySelectorAll('*') ?? [])].flatMap((element) => {
          const { animationName, transitionDuration, direction } = getComputedStyle(element)
          const { left, right, width } = element.getBoundingClientRect()
          const moves = width > 0 && (animationName !== 'none' || /[1-9]/.test(transitionDuration))
          const isOut = width > 0 && element.closest('[part=sheet]') && (left < -1 || right > innerWidth + 1)
          const wrong = [
            moves && !element.matches('.spinner') && 'moves',
            isOut && 'out',
            direction !== 'rtl' && element.matches('[part=sheet]') && 'ltr',
          ]
          return wrong.filter(Boolean).map((what) => `${element.localName}.${element.className} ${what}`)
        })
      })
    const card = playerOf(page).locator('[part=now]')
    await card.getByRole('button', { name: /^Vote/ }).waitFor(PATIENCE)
    await press(/^Vote/)
    await sheetOf(page).getByText('Which glaze?').waitFor(PATIENCE)
    await press(/^Moss/)
    await whenStore(page, '$mine', ({ votes }) => votes[id] === 'a1')
    expect(await wrongs()).toEqual([])
    await page.keyboard.press('Escape')

    await card.getByRole('button', { name: /^Take part/ }).waitFor(PATIENCE)
    await press(/^Take part: /)
    await sheetOf(page).getByText('Read the rules').waitFor(PATIENCE)
    await press(/^Take part$/)
    await sheetOf(page).getByText('You are in').waitFor(PATIENCE)
    expect(await wrongs()).toEqual([])
    await page.keyboard.press('Escape')

    await playerOf(page).locator('[part=offer]').waitFor(PATIENCE)
    await press(/^Clay week$/)
    await sheetOf(page).getByRole('button', { name: 'Get your code' }).waitFor(PATIENCE)
    await press(/^Get your code$/)
    await sheetOf(page).locator('.code input').waitFor(PATIENCE)
    expect(await wrongs()).toEqual([])
    await page.keyboard.press('Escape')

    await press(/^Questions to the host/)
    await sheetOf(page).locator('[name=question]').waitFor(PATIENCE)
    for (let step = 0; step < 20; step++) {
      if (await sheetOf(page).locator('[name=question]:focus').count()) break
      await page.keyboard.press('Tab')
    }
    await page.keyboard.type('Is it heavy?')
    await page.keyboard.press('Enter')
    await sheetOf(page).locator('.ask-sent').waitFor(PATIENCE)
    expect(await wrongs()).toEqual([])
    await page.keyboard.press('Escape')
    await sheetOf(page).waitFor({ ...PATIENCE, state: 'detached' })
  })
})
