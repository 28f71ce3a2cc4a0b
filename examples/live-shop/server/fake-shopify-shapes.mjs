/** The JSON shapes of Shopify's Ajax API (shopify.dev/docs/api/ajax/reference), as far as a storefront script reads them. */

const valuesOf = ({ option1, option2, option3 }) => [option1, option2, option3].filter((value) => value != null)
const titleOf = (variant) => variant.title ?? (valuesOf(variant).join(' / ') || 'Default Title')
const imageOf = (product, variant) => variant.featured_image ?? product.images?.[0] ?? null

/** `GET /products/{handle}.js`. Stock counts are left out, as Shopify leaves them out of a storefront. */
export function toProductJson(product, isAvailable) {
  const variants = product.variants.map((variant) => toVariantJson(product, variant, isAvailable(variant)))
  const prices = variants.map(({ price }) => price)
  const compare = variants.map(({ compare_at_price }) => compare_at_price ?? 0)
  const images = product.images ?? []
  return {
    id: product.id,
    title: product.title,
    handle: product.handle,
    description: product.description ?? '',
    vendor: product.vendor ?? '',
    type: product.type ?? '',
    tags: product.tags ?? [],
    price: Math.min(...prices),
    price_min: Math.min(...prices),
    price_max: Math.max(...prices),
    available: variants.some(({ available }) => available),
    price_varies: new Set(prices).size > 1,
    compare_at_price: Math.min(...compare) || null,
    compare_at_price_min: Math.min(...compare),
    compare_at_price_max: Math.max(...compare),
    compare_at_price_varies: new Set(compare).size > 1,
    variants,
    images,
    featured_image: images[0] ?? null,
    options: (product.options?.length ? product.options : ['Title']).map((name, index) => ({
      name,
      position: index + 1,
      values: [...new Set(variants.map((variant) => variant[`option${index + 1}`]))],
    })),
    url: `/products/${product.handle}`,
  }
}

function toVariantJson(product, variant, available) {
  const title = titleOf(variant)
  const values = valuesOf(variant)
  return {
    id: variant.id,
    title,
    option1: values[0] ?? 'Default Title',
    option2: values[1] ?? null,
    option3: values[2] ?? null,
    sku: variant.sku ?? null,
    requires_shipping: true,
    taxable: true,
    featured_image: variant.featured_image ? { src: variant.featured_image, variant_ids: [variant.id] } : null,
    available,
    name: values.length ? `${product.title} - ${title}` : product.title,
    public_title: values.length ? title : null,
    options: values.length ? values : ['Default Title'],
    price: variant.price ?? product.price,
    weight: 0,
    compare_at_price: variant.compare_at_price ?? product.compare_at_price ?? null,
    inventory_management: variant.inventory_quantity == null ? null : 'shopify',
    ...(variant.unit_price && {
      unit_price: variant.unit_price,
      unit_price_measurement: variant.unit_price_measurement,
    }),
  }
}

/** A line of `cart.js`; `off` is what a code takes off one piece. */
export function toCartLine(line, { product, variant }, off) {
  const values = valuesOf(variant)
  const price = variant.price ?? product.price
  const final = price - off
  const image = imageOf(product, variant)
  return {
    id: variant.id,
    properties: line.properties,
    quantity: line.quantity,
    variant_id: variant.id,
    key: line.key,
    title: values.length ? `${product.title} - ${titleOf(variant)}` : product.title,
    price,
    original_price: price,
    discounted_price: final,
    line_price: price * line.quantity,
    original_line_price: price * line.quantity,
    total_discount: (price - final) * line.quantity,
    discounts: [],
    sku: variant.sku ?? null,
    grams: 0,
    vendor: product.vendor ?? '',
    taxable: true,
    product_id: product.id,
    product_has_only_default_variant: !values.length,
    gift_card: false,
    final_price: final,
    final_line_price: final * line.quantity,
    url: `/products/${product.handle}?variant=${variant.id}`,
    featured_image: image ? { url: image, alt: product.title } : null,
    image,
    handle: product.handle,
    requires_shipping: true,
    product_type: product.type ?? '',
    product_title: product.title,
    product_description: product.description ?? '',
    variant_title: values.length ? titleOf(variant) : null,
    variant_options: values.length ? values : ['Default Title'],
    options_with_values: values.map((value, index) => ({ name: product.options?.[index] ?? 'Title', value })),
    line_level_discount_allocations: [],
    line_level_total_discount: 0,
  }
}
