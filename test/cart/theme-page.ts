import { createBasket } from '../../src/cart/basket.ts'
import { bridgeFor } from '../../src/cart/bridge-for.ts'
import type { CartLine, CartResult } from '../../src/model/cart.ts'

/** What a test drives on the page. */
export interface ShopPage {
  add(handle: string, id: string): Promise<CartResult>
  update(lineId: string, quantity: number): Promise<CartResult>
  applyVoucher(code: string): Promise<CartResult>
  refresh(): Promise<unknown>
  /** Pieces in the cart as the basket told of it; newest last. */
  readonly seen: (number | undefined)[]
  /** Violations, errors, and what the page heard. */
  readonly log: string[]
}

const log: string[] = []
const seen: (number | undefined)[] = []
document.addEventListener('securitypolicyviolation', (event) => log.push(`violation: ${event.violatedDirective}`))
addEventListener('unhandledrejection', (event) => log.push(`unhandled: ${event.reason}`))
addEventListener('error', (event) => log.push(`error: ${event.message}`))

const line = (handle: string, id: string): CartLine => ({
  productId: handle,
  ref: { handle, platformId: `gid://shopify/ProductVariant/${id}` },
  quantity: 1,
})

bridgeFor('auto', document).then((bridge) => {
  const basket = createBasket({
    bridge,
    context: { fetch, locale: 'en' },
    signal: new AbortController().signal,
    onChange: (cart) => seen.push(cart?.quantity),
    onBusy: () => {},
    onError: (cause) => log.push(`breakage: ${cause}`),
  })
  const { update, applyVoucher, refresh } = basket
  const shop: ShopPage = { add: (handle, id) => basket.add(line(handle, id)), update, applyVoucher, refresh, seen, log }
  Object.assign(window, { shop })
})
