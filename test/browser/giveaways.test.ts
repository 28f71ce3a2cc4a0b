import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { describeInChromium } from '../support/chromium.ts'
import { host } from '../support/demo.ts'
import { PHONE, sheetOf, useLiveDemo } from '../support/live-demo.ts'
import { PATIENCE, playerOf, read, whenStore } from '../support/viewer.ts'

describeInChromium('a giveaway run from the desk', (browser) => {
  const { demo, view, watch } = useLiveDemo(browser)

  /** The host at the desk, where polls and giveaways are run. */
  const sit = async () => {
    const { page } = await view()
    await page.goto(demo().desk)
    await page.getByLabel('Host secret').fill(demo().secret)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.locator('#tabs').getByRole('button', { name: 'Play' }).click(PATIENCE)
    await page.locator('#segments').getByRole('button', { name: 'Giveaway' }).click()
    return page
  }
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click(PATIENCE)
  const cardOf = (page: Page, title: string) => playerOf(page).locator('[part=now]', { hasText: title })
  /** The host opens one. */
  const start = async (desk: Page, title: string, entry: string) => {
    const form = desk.locator('#raffle')
    await form.getByLabel('What is given away').fill(title)
    await form.getByLabel('Prizes').fill('1')
    await form.getByLabel('Seconds').fill('600')
    await form.getByLabel('Enter by').selectOption({ label: entry })
    await form.getByRole('button', { name: 'Open the giveaway' }).click()
  }
  /** The host opens one, the viewer its sheet, once the picture has come to it. */
  const begin = async (desk: Page, page: Page, title: string, entry: string) => {
    await start(desk, title, entry)
    const card = cardOf(page, title)
    await card.waitFor(PATIENCE)
    await card.getByRole('button', { name: /^Take part/ }).click()
    await sheetOf(page).getByRole('heading', { name: title }).waitFor(PATIENCE)
  }
  /** The host ends the entries and draws, once the desk lets late entries be. */
  const draw = async (desk: Page) => {
    await press(desk, 'Close entries')
    const isDrawn = () => demo().show.events.some(({ type }) => type === 'raffle.draw')
    await expect
      .poll(async () => {
        if (!isDrawn()) await press(desk, 'Draw the winners')
        return isDrawn()
      }, PATIENCE)
      .toBe(true)
  }
  const check = async (page: Page) => {
    await sheetOf(page).getByRole('button', { name: 'Check this draw' }).click(PATIENCE)
    await sheetOf(page).getByText('Drawn again here, with the same winners.').waitFor(PATIENCE)
  }

  it('by a word is entered by writing it in the chat, and its draw can be checked', async () => {
    const [desk, page] = await Promise.all([sit(), watch(PHONE)])
    await desk.locator('#raffle [name=entry]').selectOption('word')
    await desk.locator('#raffle').getByLabel('Word', { exact: true }).fill('KILN')
    await begin(desk, page, 'A mug for a word', 'a word')
    await sheetOf(page).getByRole('button', { name: /KILN/ }).click()
    await sheetOf(page).getByText('You are in').waitFor(PATIENCE)
    await desk.locator('#log li', { hasText: 'KILN' }).waitFor(PATIENCE)
    await desk.locator('#playing').getByText('1 take part').waitFor(PATIENCE)
    await draw(desk)
    await sheetOf(page).getByText('You have won!').waitFor(PATIENCE)
    await check(page)
  })

  it('by a purchase says no to an order that the shop does not know, and lets in without buying', async () => {
    const [desk, page] = await Promise.all([sit(), watch(PHONE)])
    await begin(desk, page, 'A mug for an order', 'a purchase')
    const sheet = sheetOf(page)
    await sheet.getByText('Take part without buying').first().waitFor(PATIENCE)
    await sheet.getByLabel(/order/i).fill('NO-SUCH-ORDER')
    await sheet.getByRole('button', { name: 'Take part', exact: true }).click()
    await sheet.getByRole('alert').waitFor(PATIENCE)
    expect(await sheet.getByText('You are in').isVisible()).toBe(false)
    await sheet.getByRole('button', { name: 'Take part without buying' }).click()
    await sheet.getByText('You are in').waitFor(PATIENCE)
    await draw(desk)
    await sheet.getByText('You have won!').waitFor(PATIENCE)
    await check(page)
  })

  it('by a question is entered by asking one, and its draw can be checked', async () => {
    const [desk, page] = await Promise.all([sit(), watch(PHONE)])
    await begin(desk, page, 'A mug for a question', 'a question')
    const sheet = sheetOf(page)
    await sheet.getByRole('button', { name: 'Ask a question' }).click()
    await sheet.locator('[name=question]').fill('Is it safe in the oven?')
    await sheet.getByRole('button', { name: 'Ask', exact: true }).click()
    await sheet.getByText('Asked.').waitFor(PATIENCE)
    await desk.locator('#playing').getByText('1 take part').waitFor(PATIENCE)
    await page.keyboard.press('Escape')
    await cardOf(page, 'A mug for a question')
      .getByRole('button', { name: /^Details/ })
      .click(PATIENCE)
    await sheet.getByText('You are in').waitFor(PATIENCE)
    await draw(desk)
    await sheet.getByText('You have won!').waitFor(PATIENCE)
    await check(page)
  })

  it('by first tap counts from when each viewer could see it: who is behind wins by the quicker tap, and the other is told', async () => {
    const [desk, ahead, behind] = await Promise.all([sit(), watch(PHONE), watch(PHONE)])
    const title = 'For the quickest'
    await behind.keyboard.press('k')
    await whenStore(behind, '$playback', ({ phase }) => phase === 'paused')
    await start(desk, title, 'the first tap')
    await cardOf(ahead, title).waitFor(PATIENCE)
    const openedAt = demo().show.events.find(({ type }) => type === 'raffle.open')?.at ?? Infinity
    await whenStore(ahead, '$picture', (picture) => (picture ?? 0) > openedAt + 10_000)
    await behind.keyboard.press('k')
    await cardOf(behind, title).waitFor(PATIENCE)
    // The one ahead has had it on screen for ten seconds, and taps first.
    const tap = (page: Page) =>
      cardOf(page, title)
        .getByRole('button', { name: /^Tap now/ })
        .click()
    await tap(ahead)
    await whenStore(ahead, '$mine', ({ entries }) => Object.keys(entries).length === 1)
    await tap(behind)
    const entries = Object.values(
      (await whenStore(behind, '$mine', (mine) => Object.keys(mine.entries).length === 1)).entries,
    )
    await draw(desk)
    await behind
      .getByRole('button', { name: /^Go live/ })
      .first()
      .click(PATIENCE)
    await cardOf(behind, title).getByText('You have won!').waitFor(PATIENCE)
    await cardOf(ahead, title).getByText('Not this time').waitFor(PATIENCE)
    const room = await read(behind, '$room')
    const drawn = Object.values(room?.raffles ?? {})[0]?.draw?.data
    expect(drawn?.winners).toEqual(entries)
    await cardOf(ahead, title)
      .getByRole('button', { name: /^Winners/ })
      .click()
    await check(ahead)
  })

  it('is claimed, and a code of the show taken off the cart, after the next show has begun', async () => {
    const [desk, page] = await Promise.all([sit(), watch(PHONE)])
    const sheet = sheetOf(page)
    const offer = await host(demo(), 'open-offer', {
      ...{ kind: 'voucher', title: 'Clay week', percentOff: 20, seconds: 600, productIds: ['mug'] },
    })
    await playerOf(page).locator('[part=offer]').getByRole('button', { name: 'Clay week' }).click(PATIENCE)
    await sheet.getByRole('button', { name: 'Get your code' }).click(PATIENCE)
    const mine = await whenStore(page, '$mine', ({ codes }) => Object.keys(codes).length === 1)
    const code = mine.codes[String(offer?.data.id)]?.code ?? 'none'
    await page.keyboard.press('Escape')
    await begin(desk, page, 'One for later', 'a tap')
    await sheet.getByRole('button', { name: 'Take part' }).click()
    await sheet.getByText('You are in').waitFor(PATIENCE)
    await draw(desk)
    await sheet.getByText('You have won!').waitFor(PATIENCE)

    const { epoch } = demo().show
    await host(demo(), 'end')
    await desk.getByRole('button', { name: 'Start a new show' }).click(PATIENCE)
    await expect.poll(() => demo().show.epoch, PATIENCE).not.toBe(epoch)
    await sheet.getByLabel('Your name').fill('Anna')
    await sheet.getByLabel('Email or phone').fill('anna@example.com')
    await sheet.getByRole('button', { name: 'Claim', exact: true }).click()
    await sheet.getByText('Thank you, it is sent.').waitFor(PATIENCE)
    await desk.locator('#playing').getByText('Anna, anna@example.com').waitFor(PATIENCE)
    expect((await read(page, '$mine'))?.codes[String(offer?.data.id)]?.code).toBe(code)
    const cart = await page.evaluate(async (discount) => {
      const send = (path: string, body: object) =>
        fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
      const product = await (await fetch('/products/two-glaze-mug.js')).json()
      await send('/cart/add.js', { items: [{ id: product.variants[0].id, quantity: 1 }] })
      return (await send('/cart/update.js', { discount })).json()
    }, code)
    expect(cart.total_discount).toBeGreaterThan(0)
  })
})
