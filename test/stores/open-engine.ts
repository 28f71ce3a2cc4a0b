import { type Medusa, startMedusa } from './engines/medusa.mjs'
import { startVendure, type Vendure } from './engines/vendure.mjs'
import { askedByPage, pagesOf } from './shows.ts'
import { type StoreFront, startStoreFront } from './store-front.ts'
import type { StoreUnderTest } from './test-store.ts'

/** A real shop, and a storefront of ours before it. */
export interface Opened<T> {
  readonly engine: T
  readonly front: StoreFront
  /** What the browser reaches the engine through. */
  readonly api: StoreFront
  /** What of it the tests need, the same in both. */
  readonly store: StoreUnderTest
  stop(): Promise<void>
}

const CHECKOUT = { '/checkout': '<h1>Checkout</h1>' }

const IN_VENDURE = `const answer = await fetch('/shop-api', { method: 'POST', headers: { 'content-type': 'application/json' },
  body: '{"query":"{activeOrder{totalQuantity totalWithTax}}"}' })
const order = (await answer.json()).data.activeOrder
return { pieces: order?.totalQuantity ?? 0, total: order?.totalWithTax ?? 0 }`

/** A real Vendure behind the address of its storefront. @param settings of the bridge, beside its address */
export async function openVendure(settings: object = {}): Promise<Opened<Vendure>> {
  const engine = await startVendure()
  const pages = { ...pagesOf({ bridge: 'vendure', url: '/shop-api', ...settings }, IN_VENDURE), ...CHECKOUT }
  const front = await startStoreFront({ prefix: '/shop-api', engine: engine.url, pages })
  return { engine, front, api: front, store: storeOf(engine, front), stop: () => stopAll(front, engine) }
}

const inMedusa = (url: string, key: string) => `const id = localStorage.getItem('cart_id')
if (!id) return { pieces: 0, total: 0 }
const answer = await fetch('${url}/store/carts/' + id + '?fields=total,*items', { headers: { 'x-publishable-api-key': '${key}' } })
const { cart } = await answer.json()
return { pieces: cart.items.reduce((sum, item) => sum + item.quantity, 0), total: Math.round(cart.total * 100) }`

/** A real Medusa at an address of its own, as it is in life: what it answers crosses origins. @param settings as of {@link openVendure} */
export async function openMedusa(settings: object = {}): Promise<Opened<Medusa>> {
  const engine = await startMedusa()
  const { publishableKey } = engine
  const api = await startStoreFront({ prefix: '/', engine: engine.url })
  const cart = { bridge: 'medusa', url: api.origin, publishableKey, ...settings }
  const pages = { ...pagesOf(cart, inMedusa(api.origin, publishableKey)), ...CHECKOUT }
  const front = await startStoreFront({ prefix: '/nothing', engine: engine.url, pages })
  return { engine, front, api, store: storeOf(engine, front), stop: () => stopAll(front, api, engine) }
}

const PLAIN =
  '<!doctype html><html lang="en"><title>Clay</title><h1>Clay</h1><p>Cart: <b data-castcart-count>0</b></p></html>'

/** A storefront that has no widget, as a reader's own store before they paste the tag: at `/us/`, a folder of a language. */
export const openPlainFront = (engine: { url: string }, prefix: string): Promise<StoreFront> =>
  startStoreFront({ prefix, engine: engine.url, pages: { '/us/': PLAIN, ...CHECKOUT } })

const storeOf = (engine: Pick<Vendure, 'setStock'>, front: StoreFront): StoreUnderTest => ({
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
  checkout: /\/checkout$/,
})

async function stopAll(...all: { stop(): Promise<void> }[]): Promise<void> {
  for (const one of all) await one.stop()
}
