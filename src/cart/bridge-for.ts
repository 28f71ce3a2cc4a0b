import { pageGlobal } from '../lib/page-global.ts'
import { readJson } from '../lib/read-json.ts'
import type { CartBridge } from '../model/cart.ts'
import { CastcartError } from '../model/error.ts'
import type { BridgeConfig } from '../model/options.ts'

/**
 * The bridge of a name, with its settings where it has any (an object, or JSON text of one), loaded when it is asked for. `auto`
 * recognises the platform from the page, and has `warn` tell the developer what it guessed at; `callbacks` are DOM events at `target`.
 * @throws CastcartError `bad-options` for a name that there is no bridge of, and for settings that the bridge cannot work with
 */
export function bridgeFor(
  cart: string | BridgeConfig,
  target: EventTarget,
  warn: (words: string) => void = console.warn,
): Promise<CartBridge> {
  const wish = typeof cart === 'string' ? ((readJson(cart) as BridgeConfig | undefined) ?? { bridge: cart }) : cart
  const { bridge, ...settings } = wish
  return byName(`${bridge}`, { settings, target, warn })
}

interface Wish {
  readonly settings: object
  readonly target: EventTarget
  readonly warn: (words: string) => void
}

async function byName(name: string, wish: Wish): Promise<CartBridge> {
  const { settings, target, warn } = wish
  switch (name === 'auto' && isShopify() ? 'shopify' : name) {
    case 'shopify':
      return (await import('./shopify.ts')).shopify(settings)
    case 'links':
      return (await import('./links.ts')).links(settings)
    case 'callbacks':
      return (await import('./callbacks-by-events.ts')).callbacksByEvents(target, settings)
  }
  const stores = await import('./store-bridges.ts')
  if (name === 'auto') {
    return byName(stores.platform(warn), wish).catch((cause: unknown) => {
      // A guess must not end the show: what the platform needs to be told, its author reads, and the products' pages sell meanwhile.
      warn(`${cause}`)
      return byName('links', wish)
    })
  }
  const make = await stores.storeBridge(name)
  if (make) return make(settings as never)
  throw new CastcartError('bad-options', `cart: found "${name}", expected auto, shopify, ${stores.names()}`)
}

/** The commonest platform, asked for before anything is loaded, by what only its own storefronts have; a page may put a trap there. */
function isShopify(): boolean {
  try {
    return typeof pageGlobal<{ routes?: { root?: unknown } }>('Shopify')?.routes?.root === 'string'
  } catch {
    return false
  }
}
