/** @import { StoreProduct } from './catalogue.mjs' */

/** What a weight option weighs, for the price of 100 g. */
const GRAMS = { '250g': 250, '1kg': 1000 }

/**
 * The catalogue in the shape of Shopify's `GET /products/{handle}.js` (money in minor units), for the fake cart. Each
 * variant also says how many there are, which the real one does not tell.
 * @param {readonly StoreProduct[]} catalogue
 * @param {'en' | 'ru'} [language]
 */
export const toShopify = (catalogue, language = 'en') => catalogue.map((product) => toShopifyProduct(product, language))

/** @type {(product: StoreProduct, language: 'en' | 'ru') => Record<string, unknown>} */
export function toShopifyProduct(product, language) {
  const prices = product.variants.map(({ price }) => price)
  const images = product.images.map((image) => `/images/${image}`)
  const url = `/products/${product.handle}`
  return {
    id: product.number,
    title: product.title[language],
    handle: product.handle,
    description: product.text[language],
    vendor: 'Aster & Oak',
    type: product.kind[language],
    tags: [],
    price: Math.min(...prices),
    price_min: Math.min(...prices),
    price_max: Math.max(...prices),
    price_varies: new Set(prices).size > 1,
    available: product.variants.some(({ stock }) => stock > 0),
    compare_at_price: product.compareAt ?? null,
    images,
    featured_image: images[0],
    url,
    options: product.axes.map((axis) => axis.name[language]),
    variants: product.variants.map((variant) => toShopifyVariant(product, variant, language)),
  }
}

function toShopifyVariant(product, variant, language) {
  const options = product.axes.map(
    (axis) => axis.values.find(({ id }) => id === variant.options[axis.id])?.label[language] ?? '',
  )
  const grams = GRAMS[variant.options.weight]
  return {
    id: variant.number,
    title: options.join(' / '),
    option1: options[0] ?? null,
    option2: options[1] ?? null,
    option3: options[2] ?? null,
    options,
    sku: variant.sku,
    name: `${product.title[language]} - ${options.join(' / ')}`,
    public_title: options.join(' / '),
    available: variant.stock > 0,
    price: variant.price,
    compare_at_price: product.compareAt && product.compareAt > variant.price ? product.compareAt : null,
    featured_image: `/images/${variant.image}`,
    requires_shipping: true,
    taxable: true,
    inventory_management: 'shopify',
    inventory_policy: 'deny',
    inventory_quantity: variant.stock,
    ...(grams && {
      unit_price: Math.round((variant.price * 100) / grams),
      unit_price_measurement: {
        measured_type: 'weight',
        quantity_unit: 'g',
        quantity_value: grams,
        reference_unit: 'g',
        reference_value: 100,
      },
    }),
  }
}
