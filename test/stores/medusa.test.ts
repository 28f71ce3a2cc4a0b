import type { Page } from 'playwright-core'
import { afterAll, expect } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { openMedusa, openPlainFront } from './open-engine.ts'
import { testAsAny } from './test-as-any.ts'
import { testOffers } from './test-offers.ts'
import { type StoreUnderTest, testStore } from './test-store.ts'

const { engine, api, stop, ...opened } = await openMedusa()
const plain = await openPlainFront(engine, '/store/')
const browser = await launchChromium()
afterAll(async () => {
  await Promise.all([browser.close(), plain.stop()])
  await stop()
})
const { publishableKey, overseasId } = engine

const store: StoreUnderTest = {
  ...opened.store,
  isAdd: (method, url) => method === 'POST' && /\/line-items(\?|$)/.test(url),
  loseAnswer: (isAdd) => api.loseAnswer(isAdd),
  cannot: ['partial'],
}
const offers = {
  ...store,
  setPrice: (price: number) => engine.setPrice('MUG', price),
  async marks(page: Page) {
    const body = await page.evaluate(
      async ([origin, key]) => {
        const address = `${origin}/store/carts/${localStorage.getItem('cart_id')}?fields=items.metadata`
        return (await fetch(address, { headers: { 'x-publishable-api-key': key } })).json()
      },
      [api.origin, publishableKey] as const,
    )
    const told = { castcart_partner: 'anna', castcart_host: 'mara' }
    expect(body.cart.items).toMatchObject([{ metadata: told }])
  },
}

testStore('the widget in a real Medusa shop', store, browser)
testOffers('offers in a real Medusa shop', offers, browser)

// The region of another country, with its tax.
const setting = {
  ...{ url: plain.origin, publishableKey },
  ...{ regionId: overseasId, countryCode: 'us' },
}
await testAsAny(
  'a real Medusa shop in another market, looked at as any store',
  {
    ...{ url: `${plain.origin}/us/`, platform: 'medusa' },
    setting: Object.entries(setting).map((pair) => pair.join('=')),
  },
  { browser, platform: 'medusa', price: { mug: '$52.80' } },
)
