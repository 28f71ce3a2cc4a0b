/**
 * Counts what went into carts of an offer's products while it ran, so that "so many left" is true and the offer ends when
 * none is. The desk, not the widget, is who knows.
 * @param {{ desk: object, catalogue: object[] }} options
 */
export function createOfferSales({ desk, catalogue }) {
  let turn = Promise.resolve()
  return {
    /**
     * @param {object} before the cart before a change, in Shopify's shape
     * @param {object} after and after it
     */
    changed(before, after) {
      turn = turn
        .then(() => count(desk, catalogue, before, after))
        .catch((error) => console.error('offer:', error.message))
      return turn
    },
  }
}

async function count({ show }, catalogue, before, after) {
  if (show.facts.status === 'ended') return
  for (const { terms, isOpen, closed } of show.facts.offers.values()) {
    if (closed || !isOpen || terms.how !== 'sale' || terms.remaining === undefined) continue
    const numbers = catalogue.filter(({ id }) => terms.productIds.includes(id)).map(({ number }) => number)
    const more = pieces(after, numbers) - pieces(before, numbers)
    if (more <= 0) continue
    const remaining = Math.max(0, terms.remaining - more)
    await show.publish('offer.update', { id: terms.id, remaining })
    if (remaining === 0) await show.publish('offer.close', { id: terms.id, reason: 'sold-out' })
  }
}

const pieces = ({ items }, numbers) =>
  items.reduce((sum, { product_id, quantity }) => sum + (numbers.includes(product_id) ? quantity : 0), 0)
