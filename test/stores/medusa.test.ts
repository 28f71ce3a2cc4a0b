import { afterAll, expect } from 'vitest'
import { openMedusa } from './open-engine.ts'
import { askedByPage } from './shows.ts'
import { testOffers } from './test-offers.ts'
import { type StoreUnderTest, testStore } from './test-store.ts'

const { engine, front, api, stop } = await openMedusa()
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
  isAdd: (method, url) => method === 'POST' && /\/line-items(\?|$)/.test(url),
  loseAnswer: (isAdd) => api.loseAnswer(isAdd),
  checkout: /\/checkout$/,
  cannot: ['partial'],
}

testStore('the widget in a real Medusa shop', store)
testOffers('offers in a real Medusa shop', {
  ...store,
  setPrice: (price) => engine.setPrice('MUG', price),
  async marks(page) {
    const { publishableKey } = engine
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
})
