import { pageGlobal } from '../lib/page-global.ts'
import type { Cart } from '../model/cart.ts'
import { holdDrawer } from './shopify-drawer.ts'
import type { ShopifyCart } from './shopify-shapes.ts'

const US = 'castcart'
/** Dawn's pubsub.js, whose functions are globals. */
const PUBSUB = 'cart-update'
/** Standard storefront events, Horizon, and what other themes and apps send. */
const HEARD = ['shopify:cart:lines-update', 'cart:update', 'cart:updated', PUBSUB]

type Publish = (event: string, data: object) => unknown
type Subscribe = (event: string, heard: (data: { source?: unknown }) => void) => unknown

/**
 * Tells the theme that the cart changed, without opening anything over the player: the count in `badge`, Dawn's bubble and
 * pubsub, and the events `cart:refresh` and `cart:update` on the document. What the theme throws is dropped.
 */
export function refreshTheme(raw: ShopifyCart, cart: Cart, badge: string): void {
  if (typeof document === 'undefined') return
  for (const element of document.querySelectorAll(badge)) element.textContent = `${cart.quantity}`
  if (bubble()) {
    drawBubble()
    // Dawn's drawer hides what is in it behind "your cart is empty" as long as the page that came with an empty cart says so.
    document.querySelector('cart-drawer')?.classList.toggle('is-empty', !cart.quantity)
    const publish = pageGlobal<Publish>('publish')
    if (typeof publish === 'function') attempt(() => publish(PUBSUB, { source: US, cartData: raw }))
  }
  const detail = { cart, resource: raw, sourceId: US, data: { source: US, itemCount: cart.quantity } }
  const putBack = holdDrawer()
  for (const name of ['cart:refresh', 'cart:update']) {
    document.documentElement.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }))
  }
  putBack()
}

/** Calls back after the theme or an app changed the cart, until `signal` aborts; not for our own doing. */
export function watchTheme(onChange: () => void, signal: AbortSignal): void {
  if (signal.aborted || typeof document === 'undefined') return
  const hear = (event: Event) => {
    const { detail, promise } = event as Event & { detail?: { sourceId?: unknown }; promise?: unknown }
    if (detail?.sourceId === US) return
    // A standard event comes before the change, and for refused changes too.
    Promise.resolve(promise).then(onChange, onChange)
  }
  for (const name of HEARD) document.addEventListener(name, hear, { signal })
  const subscribe = pageGlobal<Subscribe>('subscribe')
  if (!bubble() || typeof subscribe !== 'function') return
  const stop = attempt(() => subscribe(PUBSUB, (data) => data?.source === US || signal.aborted || onChange()))
  if (typeof stop === 'function') signal.addEventListener('abort', () => attempt(() => stop()))
}

const bubble = () => document.getElementById('cart-icon-bubble')

/**
 * Dawn's cart icon by the Section Rendering API. A document that XMLHttpRequest parses is no Trusted Types sink, unlike
 * `DOMParser` and `innerHTML`, so this works under every policy that lets the page fetch from itself.
 */
function drawBubble(): void {
  const request = new XMLHttpRequest()
  request.open('GET', `${location.pathname}?section_id=cart-icon-bubble`)
  request.responseType = 'document'
  request.onload = () => {
    const fresh = request.status === 200 && request.responseXML?.querySelector('.shopify-section')
    if (!fresh) return
    for (const script of fresh.querySelectorAll('script')) script.remove()
    bubble()?.replaceChildren(...Array.from(fresh.childNodes, (node) => document.importNode(node, true)))
  }
  request.send()
}

function attempt(run: () => unknown): unknown {
  try {
    return run()
  } catch {
    return undefined
  }
}
