import type { Page } from 'playwright-core'
import { afterAll, expect } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { openPlainFront, openVendure } from './open-engine.ts'
import { testAsAny } from './test-as-any.ts'
import { testOffers } from './test-offers.ts'
import { type StoreUnderTest, testStore } from './test-store.ts'

const { engine, front, stop, ...opened } = await openVendure({ partnerField: 'partner', hostField: 'host' })
const plain = await openPlainFront(engine, '/shop-api')
const browser = await launchChromium()
afterAll(async () => {
  await Promise.all([browser.close(), plain.stop()])
  await stop()
})

const store: StoreUnderTest = {
  ...opened.store,
  isAdd: (_method, _url, body) => body.includes('addItemToOrder'),
  loseAnswer: (isAdd) => front.loseAnswer(isAdd),
}
const offers = {
  ...store,
  setPrice: (price: number) => engine.setPrice('MUG', price),
  async marks(page: Page) {
    const query = '{"query":"{activeOrder{lines{customFields{partner host}}}}"}'
    const body = await page.evaluate(async (text) => {
      const headers = { 'content-type': 'application/json' }
      return (await fetch('/shop-api', { method: 'POST', headers, body: text })).json()
    }, query)
    expect(body.data.activeOrder.lines).toEqual([{ customFields: { partner: 'anna', host: 'mara' } }])
  },
}

testStore('the widget in a real Vendure shop', store, browser)
testOffers('offers in a real Vendure shop', offers, browser)

// The channel of another market: dollars, and prices that the tax comes on top of.
const setting = ['url=/shop-api', 'channelToken=us', 'partnerField=partner', 'lowest30Field=lowest30']
await testAsAny(
  'a real Vendure shop in another market, looked at as any store',
  { url: `${plain.origin}/us/`, platform: 'vendure', setting },
  { browser, platform: 'vendure', price: { mug: '$48.00' } },
)
