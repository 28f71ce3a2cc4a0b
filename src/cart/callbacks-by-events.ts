import type { CartBridge, CartLine, CartResult } from '../model/cart.ts'
import { type LinksOptions, links } from './links.ts'

/** Detail of `castcart:add-to-cart`. */
export interface AddToCartDetail {
  readonly line: CartLine
  /** Takes the add over. Called while the event is dispatched, like `FetchEvent.respondWith`. */
  respond(result: CartResult | Promise<CartResult>): void
}

/**
 * The bridge of a page that listens: each add is a composed, cancelable `castcart:add-to-cart` event at `target`. A listener answers by
 * `detail.respond(result)`, or by `preventDefault()` alone where it sends the viewer elsewhere itself; when nobody does, the viewer goes
 * to the product's page.
 */
export function callbacksByEvents(target: EventTarget, options?: LinksOptions): CartBridge {
  const fallback = links(options)
  return {
    name: 'callbacks',
    async add(line, context) {
      let answer: CartResult | Promise<CartResult> | undefined
      const detail: AddToCartDetail = {
        line,
        respond(result) {
          answer = result
        },
      }
      const init = { detail, bubbles: true, composed: true, cancelable: true }
      const untouched = target.dispatchEvent(new CustomEvent('castcart:add-to-cart', init))
      if (answer) return answer
      return untouched ? fallback.add(line, context) : { outcome: 'left', url: line.url ?? '' }
    },
  }
}
