// A bridge of one's own, in full: the cart of an EverShop 2 store by its public API. Like any bridge it is a name and some functions; what each
// takes and answers is `CartBridge` (docs/carts.md).
const ask = async (path, { fetch, signal }, { method = 'POST', body } = {}) => {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`/api/${path}`, { method, headers, signal, body: body && JSON.stringify(body) })
  if (!response.headers.get('content-type')?.includes('json')) throw new Error(`${path}: ${response.status}`)
  return response.json()
}
const query = async (text, context) => {
  const { data } = await ask('graphql', context, { body: { query: text } })
  if (!data) throw new Error('the shop did not answer')
  return data
}
const money = ({ value, currency }) => ({ amount: Math.round(value * 100), currency })

const PRODUCT = `productId sku name url image{url} inventory{isInStock}
  price{regular{value currency} special{value currency}}`
const VERSIONS = `variantGroup{variantAttributes{attributeCode attributeName}
  items{attributes{attributeCode optionId optionText} product{${PRODUCT}}}}`

// The shop has a product for each version, with a page of its own; the show names one of them.
const describe = (id, product) => {
  const { regular, special } = product.price
  const group = product.variantGroup
  const versions = group?.items ?? []
  const values = (code) => {
    const all = versions.flatMap(({ attributes }) => attributes.filter((one) => one.attributeCode === code))
    return [...new Map(all.map((one) => [`${one.optionId}`, one.optionText]))].map(([id, label]) => ({ id, label }))
  }
  return {
    ...{ id, title: product.name, price: money(special), available: product.inventory.isInStock },
    ...(special.value < regular.value && { compareAt: money(regular) }),
    ...(product.image && { images: [product.image.url] }),
    ref: { sku: product.sku },
    url: product.url,
    options: (group?.variantAttributes ?? []).map(({ attributeCode, attributeName }) => ({
      ...{ id: attributeCode, name: attributeName, values: values(attributeCode) },
    })),
    variants: versions.map(({ attributes, product: one }) => ({
      ...{ id: one.sku, sku: one.sku, price: money(one.price.special), available: one.inventory.isInStock },
      options: Object.fromEntries(attributes.map((two) => [two.attributeCode, `${two.optionId}`])),
    })),
  }
}

const known = new Map()
const read = async (context) => {
  const { myCart: cart } = await query(
    `{myCart{totalQty grandTotal{value currency} items{uuid productSku productName qty thumbnail productUrl
      finalPrice{value currency} lineTotal{value currency} variantOptions{optionText}}}}`,
    context,
  )
  const items = (cart?.items ?? []).map((line) => ({
    ...{ id: line.uuid, ...known.get(line.productSku), title: line.productName, quantity: line.qty },
    ...{ price: money(line.finalPrice), total: money(line.lineTotal), url: line.productUrl },
    ...(line.variantOptions?.length && {
      variantTitle: line.variantOptions.map((one) => one.optionText).join(' / '),
    }),
    ...(line.thumbnail && { image: line.thumbnail }),
  }))
  const total = cart ? money(cart.grandTotal) : { amount: 0, currency: 'USD' }
  return { items, quantity: cart?.totalQty ?? 0, total }
}
const refused = async ({ error }, reason, context) => {
  return { outcome: 'rejected', reason, message: error.message, cart: await read(context) }
}

export default {
  name: 'evershop',
  read,
  async products(list, context) {
    const { products } = await query(`{products{items{${PRODUCT} ${VERSIONS}}}}`, context)
    return list.flatMap(({ id, url, ref }) => {
      const path = url && new URL(url, location.href).pathname
      const found = products.items.find((one) => (ref?.sku ? one.sku === ref.sku : one.url === path))
      return found ? [describe(id, found)] : []
    })
  },
  async add({ productId, variantId, ref, quantity }, context) {
    const sku = ref.sku
    if (!sku) return { outcome: 'rejected', reason: 'needs-variant' }
    known.set(sku, { productId, variantId })
    const answer = await ask('cart/mine/items', context, { body: { sku, qty: `${quantity}` } })
    if (answer.error) return refused(answer, /stock/i.test(answer.error.message) ? 'limit-reached' : 'refused', context)
    return { outcome: 'added', cart: await read(context), quantity }
  },
  async update(lineId, quantity, context) {
    const now = (await read(context)).items.find(({ id }) => id === lineId)
    if (!now) return { outcome: 'rejected', reason: 'not-found' }
    const action = quantity > now.quantity ? 'increase' : 'decrease'
    const answer = quantity
      ? await ask(`cart/mine/items/${lineId}`, context, {
          method: 'PATCH',
          body: { action, qty: `${Math.abs(quantity - now.quantity)}` },
        })
      : await ask(`cart/mine/items/${lineId}`, context, { method: 'DELETE' })
    if (answer.error) return refused(answer, 'limit-reached', context)
    return { outcome: 'added', cart: await read(context), quantity }
  },
  checkout: () => location.assign('/checkout'),
}
