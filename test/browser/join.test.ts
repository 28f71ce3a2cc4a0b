import { expect, it } from 'vitest'
import type { Demo } from '../../examples/live-shop/server/start-demo.mjs'
import { checkDraw } from '../../src/state/draw-raffle.ts'
import { describeInChromium } from '../support/chromium.ts'
import { host } from '../support/demo.ts'
import { PHONE, sheetOf, useLiveDemo } from '../support/live-demo.ts'
import { openPlayer, openSheet, PATIENCE, playerOf, read, whenPlaying, whenStore } from '../support/viewer.ts'

describeInChromium('taking part in a live show', (browser) => {
  const { demo, view, watch } = useLiveDemo(browser)
  const idOf = async (...command: Parameters<Demo['command']>) => String((await host(demo(), ...command))?.data.id)
  const told = (type: string) => demo().show.events.filter((event) => event.type === type)

  it('shows a poll when the picture gets there, takes one vote, and tells everyone the result', async () => {
    const [page, other] = await Promise.all([watch(), watch(PHONE)])
    const id = await idOf('open-poll', { question: 'Which glaze?', options: ['Moss', 'Sand'] })
    const opened = told('poll.open').at(-1)?.at ?? 0
    const card = playerOf(page).locator('[part=now]')
    await card.getByText('Which glaze?').waitFor(PATIENCE)
    expect(await read(page, '$picture')).toBeGreaterThan(opened - 1100)
    await card.getByRole('button', { name: 'Vote' }).click()
    const sheet = sheetOf(page)
    await sheet.getByRole('button', { name: 'Moss' }).click()
    await sheet.getByText('Your answer').waitFor(PATIENCE)
    await expect.poll(() => told('poll.update').at(-1)?.data.votes, PATIENCE).toEqual({ a1: 1, a2: 0 })
    await whenStore(other, '$room', ({ polls }) => polls[id]?.update?.data.votes.a1 === 1)
    await host(demo(), 'close-poll', { id })
    await sheet.getByText('This poll is over.').waitFor(PATIENCE)
    expect(await sheet.locator('.answer b').allTextContents()).toEqual(['100%', '0%'])
  })

  it('gives a code that the store takes off the cart, and no second one', async () => {
    const page = await watch()
    await host(demo(), 'pin', { ids: ['mug'] })
    await playerOf(page).locator('[part=card][data-product=mug]').waitFor(PATIENCE)
    const sheet = await openSheet(page, 'mug')
    await sheet.locator('.sheet-foot .button').click()
    const before = (await whenStore(page, '$cart', (cart) => (cart?.quantity ?? 0) > 0))?.total.amount ?? 0
    const id = await idOf('open-offer', {
      kind: 'voucher',
      title: 'Clay week',
      percentOff: 20,
      seconds: 60,
      productIds: ['mug'],
    })
    await whenStore(page, '$offers', (offers) => offers.some((offer) => offer.id === id && offer.stage === 'open'))
    await page.keyboard.press('Escape')
    await playerOf(page).locator('[part=offer]').getByRole('button', { name: 'Clay week' }).click()
    await playerOf(page).getByRole('button', { name: 'Get your code' }).click()
    await playerOf(page).getByText('Applied to your cart').first().waitFor(PATIENCE)
    const cart = await whenStore(page, '$cart', (value) => (value?.total.amount ?? before) < before)
    expect(cart?.total.amount).toBe(Math.round(before * 0.8))
    const code = (await read(page, '$mine'))?.codes[id]?.code ?? ''
    expect(await playerOf(page).locator('.code input').inputValue()).toBe(code)
    expect(JSON.stringify(demo().show.events)).not.toContain(code)
    await host(demo(), 'close-offer', { id })
  })

  it('draws a giveaway that the viewer can check, and lets the winner claim', async () => {
    const page = await watch(PHONE)
    const id = await idOf('open-raffle', { title: 'One mug', prizes: 1, seconds: 120 })
    const card = playerOf(page).locator('[part=now]')
    await card.getByRole('button', { name: 'Take part' }).click(PATIENCE)
    const sheet = sheetOf(page)
    expect(await sheet.getByRole('link', { name: 'Read the rules' }).getAttribute('href')).toContain('/giveaway-rules')
    await sheet.getByRole('button', { name: 'Take part' }).click()
    await sheet.getByText('You are in').waitFor(PATIENCE)
    await host(demo(), 'close-raffle', { id })
    await expect.poll(async () => (await demo().command('draw-raffle', { id })).ok, PATIENCE).toBe(true)
    await sheet.getByText('You have won!').waitFor(PATIENCE)
    await sheet.getByRole('button', { name: 'Check this draw' }).click()
    await sheet.getByText('Drawn again here, with the same winners.').waitFor(PATIENCE)
    await sheet.getByLabel('Your name').fill('Anna')
    await sheet.getByLabel('Email or phone').fill('anna@example.com')
    await sheet.getByRole('button', { name: 'Claim', exact: true }).click()
    await sheet.getByText('Thank you, it is sent.').waitFor(PATIENCE)
    const room = await read(page, '$room')
    const { open, draw } = room?.raffles[id] ?? {}
    if (!open || !draw) throw new Error('no draw')
    expect(checkDraw(open.data, draw.data)).toEqual({ ok: true })
    expect(JSON.stringify(demo().show.events)).not.toContain('anna@example.com')
  })

  it('keeps the results in the replay and takes no vote there', async () => {
    const page = await watch()
    const id = await idOf('open-poll', { question: 'Again?', options: ['Yes', 'No'] })
    await playerOf(page).locator('[part=now]').getByText('Again?').waitFor(PATIENCE)
    await playerOf(page).locator('[part=now]').getByRole('button', { name: 'Vote' }).click()
    await sheetOf(page).getByRole('button', { name: 'Yes' }).click()
    await expect.poll(() => told('poll.update').at(-1)?.data.votes, PATIENCE).toEqual({ a1: 1, a2: 0 })
    await host(demo(), 'close-poll', { id })
    const closed = told('poll.close').at(-1)?.at ?? 0
    await host(demo(), 'end')
    const later = await view()
    await later.page.goto(demo().store)
    await openPlayer(later.page)
    await whenStore(later.page, '$status', (status) => status === 'replay')
    await whenPlaying(later.page)
    const { startedAt = 0 } = demo().show
    await later.page.evaluate(
      async ([seconds]) => {
        const video = document.querySelector('castcart-widget')?.shadowRoot?.querySelector('video')
        if (video) video.currentTime = seconds
      },
      [(closed - startedAt) / 1000 + 1] as const,
    )
    const card = playerOf(later.page).locator('[part=now]')
    // What was drawn shortly before may be told first: the others are behind its "+1".
    const turn = async () => {
      if (await card.getByText('Again?').isVisible()) return true
      if (await card.locator('.more').isVisible()) await card.locator('.more').click()
      return false
    }
    await expect.poll(turn, PATIENCE).toBe(true)
    await card.getByRole('button', { name: 'Results' }).click()
    const sheet = sheetOf(later.page)
    await expect.poll(() => sheet.locator('.answer b').allTextContents(), PATIENCE).toEqual(['100%', '0%'])
    expect(await sheet.locator('button.answer').count()).toBe(0)
  })
})
