import { createCatalogue } from '../store/catalogue.mjs'
import { toShopify } from '../store/shopify-catalogue.mjs'

/**
 * The shop's shelf: what it sells, in the shape that the fake of Shopify's cart reads at every request. Change stock or put
 * something on sale here and the store has changed, cart and pages alike.
 */
export function createShop() {
  const catalogue = createCatalogue()
  const shopify = toShopify(catalogue)
  const sales = new Map()
  return {
    catalogue,
    /** Products as Shopify has them. */
    shopify,
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
     * @param {ReadonlyMap<string, number>} percents by product id
     */
    setSales(percents) {
      for (const product of catalogue) {
        const percent = percents.get(product.id) ?? 0
        if ((sales.get(product.id) ?? 0) === percent) continue
        sales.set(product.id, percent)
        for (const variant of product.variants)
          reprice(shopifyVariant(shopify, variant.number), product, variant, percent)
      }
    },
  }
}

const shopifyVariant = (shopify, number) => shopify.flatMap(({ variants }) => variants).find(({ id }) => id === number)

/** The struck price in a sale is the price of before it. */
function reprice(shelf, product, variant, percent) {
  const usual = product.compareAt && product.compareAt > variant.price ? product.compareAt : null
  shelf.price = Math.round((variant.price * (100 - percent)) / 100)
  shelf.compare_at_price = percent ? variant.price : usual
}
