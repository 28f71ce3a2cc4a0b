import type { Browser, Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { playerOf, read, whenStore } from '../support/viewer.ts'
import { askedByPage } from './shows.ts'
import type { StoreUnderTest } from './test-store.ts'
import { add, atRest, closeSheet, openProduct, putBack, type Visit, visit } from './visit.ts'

/** A store whose page pushes events of its own, and whose staff can change a price. */
export interface StoreWithOffers extends StoreUnderTest {
  /** Price of `plain`, minor units; it is 2400. */
  setPrice(price: number): Promise<void>
  /** Expects the partner and the host of the page on the one line of the cart, asked past the widget. */
  marks(page: Page): Promise<void>
}

/** What an offer must come to in a real store: the code, the price and the total are the store's. `LIVE10` takes a tenth off. */
export function testOffers(name: string, store: StoreWithOffers, browser: Browser): void {
  describe(name, () => {
    let shopper: Visit
    let page: Page
    const said: string[] = []
    beforeEach(async () => {
      said.length = 0
      shopper = await visit(browser, store)
      page = shopper.page
      page.on('console', (message) => said.push(message.text()))
      await page.waitForFunction('window.pushEvent')
    })
    afterEach(async () => {
      await putBack(shopper, store, new Map())
      await shopper.close()
    })
    const addOne = async () => {
      const result = await add(page, await openProduct(page, store.plain))
      await closeSheet(page)
      return result
    }
    const total = async () => {
      const shown = (await read(page, '$cart'))?.total.amount
      expect((await page.evaluate(askedByPage)).total, 'the store agrees').toBe(shown)
      return shown
    }

    it('tells the store on the line who brought the viewer, and who hosted', async () => {
      await addOne()
      await store.marks(page)
    })

    it('takes a claimed code off the cart, and shows what the store makes of it', async () => {
      await addOne()
      expect(await total()).toBe(2400)
      await openOffer(page, { how: 'voucher', percentOff: 10, productIds: [store.plain] })
      await playerOf(page).locator('[part=offer] .open').first().click()
      const sheet = playerOf(page).locator('[part=sheet][data-name=offer]')
      await sheet.locator('.deal > [part=button]').first().click()
      await sheet.locator('.voucher .applied').waitFor()
      expect(await sheet.locator('.code input').inputValue()).toBe('LIVE10')
      await closeSheet(page)
      await whenStore(page, '$cart', (cart) => cart?.total.amount === 2160)
      expect(await total()).toBe(2160)
      const foot = await playerOf(page).locator('.cart-open').first().textContent()
      expect(foot).toContain('€21.60')
    })

    it('puts a price that has changed meanwhile to the viewer, who may remove the piece', async () => {
      const sheet = await openProduct(page, store.plain)
      await store.setPrice(2600)
      try {
        await add(page, sheet)
        const notice = await whenStore(page, '$notice', (one) => one?.kind === 'price-changed')
        expect(notice).toMatchObject({ productId: store.plain, price: { amount: 2600 } })
        await closeSheet(page)
        await playerOf(page).getByRole('button', { name: 'Remove' }).first().click()
        await whenStore(page, '$cart', (cart) => cart?.quantity === 0)
        expect((await page.evaluate(askedByPage)).pieces).toBe(0)
      } finally {
        await store.setPrice(2400)
      }
    })

    it('asks the store again when an offer opens, and shows the price that it confirms', async () => {
      await store.setPrice(1920)
      try {
        await openOffer(page, { how: 'sale', percentOff: 20, productIds: [store.plain] })
        await whenStore(page, '$products', (views) => {
          const view = views.find(({ id }) => id === store.plain)
          return view?.price?.amount === 1920
        })
        await addOne()
        await atRest(page)
        expect(await total()).toBe(1920)
      } finally {
        await store.setPrice(2400)
      }
    })

    it('tells the developer of an offer that the store does not honour, and shows its price as it is', async () => {
      await openOffer(page, { how: 'sale', percentOff: 20, productIds: [store.plain] })
      await expect
        .poll(() => said.find((text) => text.includes('not-honoured')), { timeout: 40_000 })
        .toContain('mug still costs €24.00')
      const sheet = await openProduct(page, store.plain)
      const words = await sheet.textContent()
      expect(words).toContain('€24.00')
      expect(words).not.toContain('19.20')
      await closeSheet(page)
      await addOne()
      expect(await total()).toBe(2400)
    })
  })
}

/** As the host's desk opens it. */
async function openOffer(page: Page, terms: object): Promise<void> {
  await page.evaluate((data) => {
    const at = Date.now()
    const offer = {
      id: `o${at}`,
      kind: 'percent',
      title: 'Warm',
      opensAt: at,
      closesAt: at + 300_000,
      grace: 15,
      ...data,
    }
    const event = { v: 1, epoch: 'e', seq: 1, id: `e${at}`, at, type: 'offer.open', data: offer }
    ;(window as unknown as { pushEvent(event: object): void }).pushEvent(event)
  }, terms)
  await whenStore(page, '$offers', (offers) => offers.some(({ stage }) => stage === 'open'))
}
