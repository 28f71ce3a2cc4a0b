const KEY = 'bag'

/** A shop's own cart, kept in this browser. It says what a cart is to Castcart: `docs/carts.md`. */
export function createCart() {
  const listeners = new Set()
  const items = () => JSON.parse(localStorage.getItem(KEY) ?? '[]')
  const read = () => ({
    items: items(),
    quantity: items().reduce((sum, { quantity }) => sum + quantity, 0),
    total: { amount: items().reduce((sum, { total }) => sum + total.amount, 0), currency: 'EUR' },
  })
  const keep = (next) => {
    localStorage.setItem(KEY, JSON.stringify(next))
    for (const listener of listeners) listener(read())
    return read()
  }
  return {
    read,
    add({ productId, variantId, quantity, seenPrice }) {
      const id = variantId ?? productId
      const before = items().find((item) => item.id === id)
      const pieces = (before?.quantity ?? 0) + quantity
      const line = lineOf({ id, productId, variantId, quantity: pieces, price: seenPrice })
      return { outcome: 'added', quantity, cart: keep([...items().filter((item) => item.id !== id), line]) }
    },
    update(id, quantity) {
      const next = items()
        .map((item) => (item.id === id ? lineOf({ ...item, quantity }) : item))
        .filter((item) => item.quantity > 0)
      return { outcome: 'added', quantity, cart: keep(next) }
    },
    watch(listener) {
      listeners.add(listener)
      listener(read())
      return () => listeners.delete(listener)
    },
  }
}

const lineOf = ({ id, productId, variantId, quantity, price }) => ({
  ...{ id, productId, variantId, quantity, price },
  title: productId,
  total: { ...price, amount: price.amount * quantity },
})
