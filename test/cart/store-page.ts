import { type Basket, createBasket } from '../../src/cart/basket.ts'
import { bridgeFor } from '../../src/cart/bridge-for.ts'
import type { CartLine, CartResult } from '../../src/model/cart.ts'
import type { ProductInput } from '../../src/model/product.ts'

/** What a test drives on a page of a store. */
export interface StorePage {
  /** The bridge that the page's settings lead to. */
  readonly name: string
  /** Asks the store for the product, adds it as the store knows it, and gives the outcome. */
  buy(product: ProductInput, quantity: number): Promise<CartResult>
  remove(): Promise<CartResult | undefined>
  readonly log: string[]
}

const log: string[] = []
addEventListener('unhandledrejection', (event) => log.push(`unhandled: ${event.reason}`))
addEventListener('error', (event) => log.push(`error: ${event.message}`))

async function buy(basket: Basket, product: ProductInput, quantity: number): Promise<CartResult> {
  const [found] = (await basket.products([product])) ?? []
  const variant = found?.variants?.find(({ available }) => available)
  const line: CartLine = {
    ...{ productId: product.id, variantId: variant?.id, quantity, url: found?.url ?? product.url },
    ref: variant?.ref ?? found?.ref ?? {},
  }
  return basket.add(line)
}

const { bridge: name = 'auto', ...settings } = JSON.parse(document.documentElement.dataset.settings ?? '{}')
bridgeFor({ bridge: name, ...settings }, document).then(async (bridge) => {
  let lineId = ''
  const basket = createBasket({
    bridge,
    context: { fetch, locale: 'en' },
    signal: new AbortController().signal,
    onChange: (cart) => {
      lineId = cart?.items[0]?.id ?? ''
    },
    onBusy: () => {},
    onError: (cause) => log.push(`breakage: ${cause}`),
  })
  await basket.refresh()
  const shop: StorePage = {
    ...{ name: bridge.name, log },
    buy: (product, quantity) => buy(basket, product, quantity),
    remove: async () => (lineId ? basket.update(lineId, 0) : undefined),
  }
  Object.assign(window, { shop })
})
