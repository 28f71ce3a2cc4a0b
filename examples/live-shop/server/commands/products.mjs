import { known, whole } from './read.mjs'
import { refuse } from './refuse.mjs'

/** What the host does with products. */
export const productCommands = {
  pin: ({ products, publish }, { ids }) => publish('product.pin', { ids: known(products, ids, 3) }),
  unpin: ({ publish }) => publish('product.pin', { ids: [] }),

  stock: ({ show, products, setStock, publish }, { id, variantId, count }) => {
    const product = products.find((one) => one.id === id)
    const variant = product?.variants.find((one) => one.id === variantId)
    if (!variant) refuse('This product has no such variant')
    const left = whole(count, 0, 100_000, 'The stock')
    setStock(id, variantId, left)
    const variants = { ...show.facts.stock.get(id)?.variants, [variantId]: left }
    return publish('product.stock', { id, variants })
  },
}
