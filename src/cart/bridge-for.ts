import { pageGlobal } from '../lib/page-global.ts'
import type { CartBridge } from '../model/cart.ts'
import { CastcartError } from '../model/error.ts'
import type { BridgeConfig } from '../model/options.ts'

/**
 * The bridge of a name, loaded when it is asked for: `shopify`, `links`, `callbacks` (DOM events at `target`), or `auto`, which
 * recognises the platform from the page.
 * @throws CastcartError `bad-options` for any other name
 */
export async function bridgeFor(cart: string | BridgeConfig, target: EventTarget): Promise<CartBridge> {
  const name = typeof cart === 'string' ? cart : cart.bridge
  switch (name === 'auto' ? platform() : name) {
    case 'shopify':
      return (await import('./shopify.ts')).shopify()
    case 'links':
      return (await import('./links.ts')).links()
    case 'callbacks':
      return (await import('./callbacks-by-events.ts')).callbacksByEvents(target)
  }
  throw new CastcartError('bad-options', `cart: found "${name}", expected auto, shopify, callbacks or links`)
}

/** Strings only: a form named `Shopify` is an object too, and a page may put a trap there. */
function platform(): string {
  try {
    const shop = pageGlobal<{ routes?: { root?: unknown }; shop?: unknown }>('Shopify')
    return typeof (shop?.routes?.root ?? shop?.shop) === 'string' ? 'shopify' : 'links'
  } catch {
    return 'links'
  }
}
