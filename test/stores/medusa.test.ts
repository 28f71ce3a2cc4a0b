import { afterAll, beforeAll } from 'vitest'
import { type Medusa, startMedusa } from './engines/medusa.mjs'
import { countedByPage, show, storePage } from './shows.ts'
import { type StoreFront, startStoreFront } from './store-front.ts'
import { testStore } from './test-store.ts'

let engine: Medusa
/** The shop's back end at an address of its own, as it is in life: what it answers crosses origins. */
let api: StoreFront
let front: StoreFront

const countAt = (url: string, key: string) => `const id = localStorage.getItem('cart_id')
if (!id) return 0
const answer = await fetch('${url}/store/carts/' + id + '?fields=*items', { headers: { 'x-publishable-api-key': '${key}' } })
return (await answer.json()).cart.items.reduce((sum, item) => sum + item.quantity, 0)`

beforeAll(async () => {
  engine = await startMedusa()
  api = await startStoreFront({ prefix: '/', engine: engine.url })
  const { publishableKey } = engine
  const cart = { bridge: 'medusa', url: api.origin, publishableKey }
  front = await startStoreFront({
    prefix: '/nothing',
    engine: engine.url,
    pages: {
      '/': storePage(cart, countAt(api.origin, publishableKey)),
      '/show.json': JSON.stringify(show),
      '/checkout': '<h1>Checkout</h1>',
    },
  })
})
afterAll(async () => {
  await front?.stop()
  await api?.stop()
  await engine?.stop()
})

testStore('the widget in a real Medusa shop', {
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
  isAdd: (method, url) => method === 'POST' && /\/line-items(\?|$)/.test(url),
  loseAnswer: (isAdd) => api.loseAnswer(isAdd),
  checkout: /\/checkout$/,
  cannot: ['partial'],
})
