import { randomBytes } from 'node:crypto'
import { cleanText, cut } from './clean-text.mjs'

const PLACE_LIMIT = 40

/**
 * Makes an order in the shop; the show tells of it only where the buyer agreed, and only while it is live.
 * @param {{ shop: object, show: object }} where
 * @param {{ productId?: string, place?: unknown, isShown?: unknown }} what
 * @returns {Promise<string>} the order's number
 */
export async function placeOrder({ shop, show }, { productId, place, isShown }) {
  const number = `AO-${randomBytes(4).toString('hex').toUpperCase()}`
  shop.addOrder(number)
  if (isShown === true && productId !== undefined && show.facts.status === 'live') {
    const where = cut(cleanText(place), PLACE_LIMIT)
    await show.publish('order.proof', { productId, ...(where ? { place: where } : {}) })
  }
  return number
}
