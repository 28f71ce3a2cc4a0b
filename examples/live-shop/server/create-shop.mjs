import { createCatalogue } from '../store/catalogue.mjs'
import { toShopify } from '../store/shopify-catalogue.mjs'

/**
 * The shop's shelf: what it sells, in the shape that the fake of Shopify's cart reads at every request. Change stock or put
 * something on sale here and the store has changed, cart and pages alike.
 * @param {{ now?: () => number }} [options]
 */
export function createShop({ now = Date.now } = {}) {
  const catalogue = createCatalogue()
  const shopify = toShopify(catalogue)
  const sales = new Map()
  const prices = firstPrices(catalogue, shopify, now())
  const orders = new Set()
  const codes = {}
  return {
    catalogue,
    /** Products as Shopify has them. */
    shopify,
    /** Discount codes as the fake of Shopify's cart reads them: `{ percent?, amount?, productIds, until }` by code. */
    codes,
    /** Every price that ever was, oldest first: `{ productId, variantId, at, price }`, for the log of the offers. */
    prices,
    /** Honours a code for what its offer says. @param {string} code @param {object} terms @param {number} until ms since 1970 */
    addCode(code, { percentOff, amountOff, productIds }, until) {
      const numbers = catalogue.filter(({ id }) => productIds.includes(id)).map(({ number }) => number)
      codes[code] = { percent: percentOff ?? 0, amount: amountOff?.amount ?? 0, productIds: numbers, until }
    },
    /** An order was placed and paid. @param {string} number */
    addOrder: (number) => orders.add(number),
    /** Whether there is such an order. @param {string} number */
    isOrder: (number) => orders.has(number),
    /** @param {string} id @param {string} variantId @param {number} count */
    setStock(id, variantId, count) {
      const product = catalogue.find((one) => one.id === id)
      const variant = product?.variants.find((one) => one.id === variantId)
      const shelf = shopifyVariant(shopify, variant?.number)
      if (!variant || !shelf) return
      variant.stock = count
      shelf.inventory_quantity = count
      shelf.available = count > 0
    },
    /**
     * Puts products on sale, and ends every other sale.
     * @param {ReadonlyMap<string, { percent: number, amount: number, perBuyer: number }>} wanted by product id
     */
    setSales(wanted) {
      for (const product of catalogue) {
        const sale = wanted.get(product.id) ?? NO_SALE
        const mark = JSON.stringify(sale)
        if ((sales.get(product.id) ?? JSON.stringify(NO_SALE)) === mark) continue
        sales.set(product.id, mark)
        for (const variant of product.variants) {
          const shelf = shopifyVariant(shopify, variant.number)
          reprice(shelf, product, variant, sale)
          prices.push({ productId: product.id, variantId: variant.id, at: now(), price: euros(shelf.price) })
        }
      }
    },
  }
}

const NO_SALE = { percent: 0, amount: 0, perBuyer: Number.POSITIVE_INFINITY }
const DAY = 86_400_000

const euros = (amount) => ({ amount, currency: 'EUR' })

/** The prices that the shop opened with, a month ago. */
const firstPrices = (catalogue, shopify, time) =>
  catalogue.flatMap((product) =>
    product.variants.map((variant) => ({
      productId: product.id,
      variantId: variant.id,
      at: time - 30 * DAY,
      price: euros(shopifyVariant(shopify, variant.number).price),
    })),
  )

const shopifyVariant = (shopify, number) => shopify.flatMap(({ variants }) => variants).find(({ id }) => id === number)

/** The struck price in a sale is the price of before it. */
function reprice(shelf, product, variant, { percent, amount, perBuyer }) {
  const usual = product.compareAt && product.compareAt > variant.price ? product.compareAt : null
  const isSale = percent > 0 || amount > 0
  shelf.price = Math.max(0, Math.round((variant.price * (100 - percent)) / 100) - amount)
  shelf.compare_at_price = isSale ? variant.price : usual
  shelf.quantity_rule = { min: 1, max: Number.isFinite(perBuyer) ? perBuyer : null, increment: 1 }
}
