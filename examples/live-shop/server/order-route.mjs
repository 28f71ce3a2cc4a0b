import { randomBytes } from 'node:crypto'
import { cleanText, cut } from './clean-text.mjs'
import { isOwnOrigin, readJson, sendJson } from './http.mjs'

const PLACE_LIMIT = 40

/**
 * Where the demo's checkout ends: `POST /checkout/order` makes an order of what is in the cart, without taking any money, and empties it. Only what
 * the buyer agreed to is told in the show: that something was bought, and where.
 * @param {{ cart: object, shop: object, desk: object }} options
 */
export const orderRoute =
  ({ cart, shop, desk }) =>
  async (request, response, url) => {
    if (request.method !== 'POST' || url.pathname !== '/checkout/order') return false
    if (!isOwnOrigin(request)) {
      request.resume()
      sendJson(response, 403, { error: 'wrong origin' })
      return true
    }
    const read = await readJson(request)
    const { items } = cart.cartOf(request)
    if (!read.ok || !items.length) sendJson(response, read.ok ? 409 : read.status, { error: 'nothing to order' })
    else {
      const number = `AO-${randomBytes(4).toString('hex').toUpperCase()}`
      shop.addOrder(number)
      await cart.empty(request)
      if (read.body?.isShown === true) await tell({ shop, desk }, items, read.body.place)
      sendJson(response, 200, { ok: true, number })
    }
    return true
  }

/** Of several things the first is told. */
async function tell({ shop, desk }, [item], place) {
  const product = shop.catalogue.find(({ number }) => number === item.product_id)
  const { show } = desk
  if (!product || show.facts.status !== 'live') return
  const where = cut(cleanText(place), PLACE_LIMIT)
  await show.publish('order.proof', { productId: product.id, ...(where ? { place: where } : {}) })
}
