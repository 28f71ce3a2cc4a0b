import { CURRENCY } from './catalogue.mjs'

/** @import { StoreProduct } from './catalogue.mjs' */

/** @type {(amount: number) => { amount: number, currency: string }} */
const money = (amount) => ({ amount, currency: CURRENCY })

/**
 * The catalogue as the products of a show document: what the host names them by, how the store finds them, and the
 * price the shop published, which counts only where the page has no store to ask.
 * @param {readonly StoreProduct[]} catalogue
 */
export const toShowProducts = (catalogue) => catalogue.map(toShowProduct)

/** @param {StoreProduct} product */
function toShowProduct(product) {
  return {
    id: product.id,
    ref: {
      handle: product.handle,
      platformId: `gid://shopify/Product/${product.number}`,
      sku: product.id.toUpperCase(),
    },
    code: product.code,
    title: product.title,
    description: product.lead,
    url: `/products/${product.handle}`,
    images: product.images.map((image) => `/images/${image}`),
    price: money(product.price),
    ...(product.compareAt ? { compareAt: money(product.compareAt) } : {}),
    ...(product.lowest30Days ? { lowest30Days: money(product.lowest30Days) } : {}),
    ...(product.unit ? { unitPrice: { price: money(product.unit.price), per: product.unit.per } } : {}),
    options: product.axes.map(({ id, name, values }) => ({ id, name, values })),
    variants: product.variants.map((variant) => toShowVariant(product, variant)),
    action: product.action,
    ...(product.action === 'request'
      ? {
          request: {
            label: { en: 'Book a test drive', ru: 'Записаться на тест-драйв' },
            fields: ['name', 'phone'],
            url: `/test-drive?product=${product.handle}`,
          },
        }
      : {}),
  }
}

function toShowVariant(product, variant) {
  return {
    id: variant.id,
    sku: variant.sku,
    ref: { sku: variant.sku, platformId: `gid://shopify/ProductVariant/${variant.number}` },
    options: variant.options,
    available: variant.stock > 0,
    ...(variant.price === product.price ? {} : { price: money(variant.price) }),
    image: `/images/${variant.image}`,
  }
}
