import { safeUrl } from '../lib/safe-url.ts'
import type { CartBridge } from '../model/cart.ts'
import { CastcartError } from '../model/error.ts'
import type { ProductInput } from '../model/product.ts'
import { type Catalogue, productsOf } from '../state/product-view.ts'
import type { ConductOptions } from './conduct-options.ts'
import type { Goods } from './report-goods.ts'
import { openShop, type Shop } from './shop.ts'

/** The store behind a show that runs. */
export interface Store {
  /** `null`: there is none. */
  readonly shop: Shop | null
  /** What it has said of its products so far. */
  catalogue(): Catalogue
  /** Asks it for all that the show has, now and, where `later` is given (ms), once more after that. */
  ask(later?: number): void
}

/** What the store is opened with. */
export interface StoreOptions {
  /** `null`: the show has no store. */
  readonly bridge: CartBridge | null
  readonly goods: Goods
  /** The catalogue is known anew. */
  readonly refresh: () => void
  /** The store does not answer: tells the developer. */
  readonly onError: (cause: unknown) => null
}

/** Opens the store behind a show: what it sells, and its cart. Nothing rejects. */
export function openStore(given: ConductOptions, { bridge, goods, refresh, onError }: StoreOptions): Store {
  const { stores, options, show, signal, report } = given
  let catalogue: Catalogue = 'pending'
  const begin = (bridge: CartBridge) =>
    openShop({
      ...{ stores, bridge, signal, locale: given.locale, partner: options.partner, hostId: show.host?.id },
      url: (address) => safeUrl(address, given.base),
      onCatalogue(next) {
        catalogue = next
        refresh()
        const missing = next === null || next === 'pending' ? [] : unsold(show.products, next)
        if (missing.length)
          report(new CastcartError('unknown-product', `the store does not know ${missing.join(', ')}`))
      },
      onCart: (cart) => given.announcer.tell('cart-changed', { ...given.moment(), cart }),
      onVoucher: (taken) =>
        import('./check-voucher.ts').then(
          ({ checkVoucher }) => checkVoucher(given, taken),
          () => {},
        ),
      onResult: goods.answered,
      onRemoved: goods.removed,
      onError,
    })
  let shop: Shop | null = null
  try {
    shop = bridge && begin(bridge)
  } catch (cause) {
    // A bridge of the page's own is the page's own code.
    onError(cause)
  }
  const ask = (later = 0) => {
    // Who asks may be in the middle of beginning the show.
    queueMicrotask(() => signal.aborted || shop?.ask(productsOf(show.products, stores.$room.get())))
    const timer = later && setTimeout(ask, later + 1000)
    if (timer) signal.addEventListener('abort', () => clearTimeout(timer))
  }
  return { shop, catalogue: () => catalogue, ask }
}

/** What the show would put in the cart and the store does not sell. */
function unsold(products: readonly ProductInput[], catalogue: Readonly<Record<string, unknown>>): string[] {
  return products
    .filter(({ id, action = 'cart' }) => action === 'cart' && !Object.hasOwn(catalogue, id))
    .map(({ id }) => id)
}
