import { afterAll, beforeAll } from 'vitest'
import { startVendure, type Vendure } from './engines/vendure.mjs'
import { countedByPage, show, storePage } from './shows.ts'
import { type StoreFront, startStoreFront } from './store-front.ts'
import { testStore } from './test-store.ts'

let engine: Vendure
let front: StoreFront

const COUNT = `const answer = await fetch('/shop-api', { method: 'POST', headers: { 'content-type': 'application/json' },
  body: '{"query":"{activeOrder{totalQuantity}}"}' })
return (await answer.json()).data.activeOrder?.totalQuantity ?? 0`

beforeAll(async () => {
  engine = await startVendure()
  front = await startStoreFront({
    prefix: '/shop-api',
    engine: engine.url,
    pages: {
      '/': storePage({ bridge: 'vendure', url: '/shop-api' }, COUNT),
      '/show.json': JSON.stringify(show),
      '/checkout': '<h1>Checkout</h1>',
    },
  })
})
afterAll(async () => {
  await front?.stop()
  await engine?.stop()
})

testStore('the widget in a real Vendure shop', {
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
  truth: (page) => page.evaluate(countedByPage),
  badge: '#badge',
  isAdd: (_method, _url, body) => body.includes('addItemToOrder'),
  loseAnswer: (isAdd) => front.loseAnswer(isAdd),
  checkout: /\/checkout$/,
})
