/**
 * Counts what went into carts of an offer's products while it ran, and what came back, so that "so many left" is true and the
 * offer ends when none is. The desk, not the widget, is who knows.
 * @param {{ desk: object, catalogue: object[] }} options
 */
export function createOfferSales({ desk, catalogue }) {
  const sales = { desk, catalogue, taken: new Map() }
  let turn = Promise.resolve()
  return {
    /**
     * @param {object} before the cart before a change, in Shopify's shape
     * @param {object} after and after it
     */
    changed(before, after) {
      turn = turn.then(() => count(sales, before, after)).catch((error) => console.error('offer:', error.message))
      return turn
    },
  }
}

async function count({ desk: { show }, catalogue, taken }, before, after) {
  if (show.facts.status === 'ended') return
  for (const { terms, isOpen, closed } of show.facts.offers.values()) {
    if (closed || !isOpen || terms.how !== 'sale' || terms.remaining === undefined) continue
    const numbers = catalogue.filter(({ id }) => terms.productIds.includes(id)).map(({ number }) => number)
    const more = pieces(after, numbers) - pieces(before, numbers)
    const key = `${terms.id} ${after.token}`
    const had = taken.get(key) ?? 0
    // A cart gives back no more than it took: what lay in it before the offer is none of the offer's.
    const took = Math.max(-had, Math.min(more, terms.remaining))
    if (took === 0) continue
    taken.set(key, had + took)
    const remaining = terms.remaining - took
    await show.publish('offer.update', { id: terms.id, remaining })
    if (remaining === 0) await show.publish('offer.close', { id: terms.id, reason: 'sold-out' })
  }
}

const pieces = ({ items }, numbers) =>
  items.reduce((sum, { product_id, quantity }) => sum + (numbers.includes(product_id) ? quantity : 0), 0)
