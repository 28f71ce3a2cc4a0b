import { afterAll, expect } from 'vitest'
import { openVendure } from './open-engine.ts'
import { askedByPage } from './shows.ts'
import { testOffers } from './test-offers.ts'
import { type StoreUnderTest, testStore } from './test-store.ts'

const { engine, front, stop } = await openVendure({ partnerField: 'partner', hostField: 'host' })
afterAll(stop)

const store: StoreUnderTest = {
  async open(page) {
    await page.goto(front.origin)
    await page.waitForFunction('window.castcart?.open')
  },
  plain: 'mug',
  price: '€24.00',
  choice: 'coat',
  soldOut: 'bowl',
  few: { id: 'vase', pieces: 3 },
  sellOut: { id: 'print', run: () => engine.setStock('PRINT', 0), undo: () => engine.setStock('PRINT', 2) },
  truth: async (page) => (await page.evaluate(askedByPage)).pieces,
  badge: '#badge',
  isAdd: (_method, _url, body) => body.includes('addItemToOrder'),
  loseAnswer: (isAdd) => front.loseAnswer(isAdd),
  checkout: /\/checkout$/,
}

testStore('the widget in a real Vendure shop', store)
testOffers('offers in a real Vendure shop', {
  ...store,
  setPrice: (price) => engine.setPrice('MUG', price),
  async marks(page) {
    const query = '{"query":"{activeOrder{lines{customFields{partner host}}}}"}'
    const body = await page.evaluate(async (text) => {
      const headers = { 'content-type': 'application/json' }
      return (await fetch('/shop-api', { method: 'POST', headers, body: text })).json()
    }, query)
    expect(body.data.activeOrder.lines).toEqual([{ customFields: { partner: 'anna', host: 'mara' } }])
  },
})
