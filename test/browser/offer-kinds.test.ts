import { expect, it } from 'vitest'
import { describeInChromium } from '../support/chromium.ts'
import { host } from '../support/demo.ts'
import { PHONE, sheetOf, useLiveDemo } from '../support/live-demo.ts'
import { openSheet, PATIENCE, playerOf, whenStore } from '../support/viewer.ts'

describeInChromium('an offer of every kind', (browser) => {
  const { demo, watch } = useLiveDemo(browser)

  it.each([
    ['percent', { percentOff: 15 }, '−15 %'],
    ['amount', { amountOff: 300 }, '−€3.00'],
    ['voucher', { percentOff: 20 }, '−20 %'],
    ['gift', { gift: 'a goat-hair brush' }, 'Gift'],
    ['delivery', {}, 'Delivery'],
    ['bundle', {}, 'Set'],
  ])('is on bar, card, product sheet, list and cart line alike: %s', async (kind, terms, tag) => {
    await host(demo(), 'pin', { ids: ['mug'] })
    const page = await watch(PHONE)
    const player = playerOf(page)
    await player.locator('[part=card][data-product=mug]').waitFor(PATIENCE)
    await (await openSheet(page, 'mug')).getByRole('button', { name: /^Add/ }).click(PATIENCE)
    await whenStore(page, '$cart', (cart) => cart?.quantity === 1)
    await page.keyboard.press('Escape')

    await host(demo(), 'open-offer', {
      kind,
      title: 'Only tonight',
      productIds: kind === 'bundle' ? ['mug', 'coffee'] : ['mug'],
      seconds: 600,
      ...terms,
    })
    const bar = player.locator('[part=offer]', { hasText: 'Only tonight' })
    await bar.getByText(tag).first().waitFor(PATIENCE)
    await player.locator('[part=card][data-product=mug]').getByText(tag).first().waitFor(PATIENCE)
    const sheet = await openSheet(page, 'mug')
    await sheet.getByText('Only tonight').first().waitFor(PATIENCE)
    await page.keyboard.press('Escape')
    await player
      .getByRole('button', { name: /products/i })
      .first()
      .click(PATIENCE)
    await sheetOf(page).locator('[data-product=mug]').getByText(tag).first().waitFor(PATIENCE)
    await page.keyboard.press('Escape')
    await player.getByRole('button', { name: /cart/i }).first().click(PATIENCE)
    await sheetOf(page).locator('li', { hasText: 'Two-glaze mug' }).getByText(tag).first().waitFor(PATIENCE)
    if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}-${kind}.png` })
    expect(await bar.count()).toBe(1)
  })

  it('is told aloud when it ends in ten seconds', async () => {
    const page = await watch(PHONE)
    await host(demo(), 'open-offer', { kind: 'delivery', title: 'Only tonight', productIds: ['mug'], seconds: 16 })
    const aloud = page.locator('castcart-widget').locator('[role=status], [role=alert], [aria-live]')
    await aloud
      .filter({ hasText: /Only tonight.*10 seconds/ })
      .first()
      .waitFor({ ...PATIENCE, state: 'attached' })
    await whenStore(page, '$offers', (offers) => offers.every(({ stage }) => stage !== 'open'))
  })
})
