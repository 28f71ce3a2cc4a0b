import { isOwnOrigin, readJson, sendJson } from './http.mjs'
import { placeOrder } from './place-order.mjs'

/**
 * Where the demo's checkout ends: `POST /checkout/order` makes an order of what is in the cart, without taking any money, and empties it. Only what
 * the buyer agreed to is told in the show: that something was bought, and where. Of several things the first is told.
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
      const { isShown, place } = read.body ?? {}
      await cart.empty(request)
      const product = shop.catalogue.find(({ number }) => number === items[0].product_id)
      const number = await placeOrder({ shop, show: desk.show }, { productId: product?.id, place, isShown })
      sendJson(response, 200, { ok: true, number })
    }
    return true
  }
