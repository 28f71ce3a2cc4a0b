import { pageGlobal } from '../lib/page-global.ts'
import type { CartBridge, CartContext } from '../model/cart.ts'
import type { ProductInput } from '../model/product.ts'
import { eachProduct } from './each-product.ts'
import { idOf, toProduct } from './shopify-shapes.ts'
import { bodyOf, findProduct, keep, readRaw, type ShopifyStore } from './shopify-store.ts'

/** Where the store is and what of the theme is told. */
export interface ShopifyOptions {
  /** Locale root, ending in a slash. Absent: `Shopify.routes.root`, else `/`. */
  readonly root?: string | undefined
  /** Selector of what shows the number of pieces. Absent: `[data-castcart-count]`. */
  readonly badge?: string | undefined
  /** Goes to the checkout. Absent: in this tab. */
  readonly navigate?: ((url: string) => void) | undefined
}

/** What a theme puts on its pages; all of it is the page's to break. */
interface Theme {
  readonly routes?: { readonly root?: unknown }
  readonly currency?: { readonly active?: unknown }
}

/**
 * The bridge of a Shopify theme: the Ajax API (shopify.dev/docs/api/ajax), or the standard storefront action where the theme has taken
 * it over. Nothing of the theme opens and no page loads. Texts of refusals are translated, so they decide nothing: the cart, read
 * again, does.
 */
export function shopify(options: ShopifyOptions = {}): CartBridge {
  const { badge = '[data-castcart-count]', navigate = (url) => location.assign(url) } = options
  const root = options.root ?? theme()?.routes?.root
  const base = new URL(typeof root === 'string' ? root : '/', globalThis.location?.origin).href
  const store: ShopifyStore = { base, known: new Map(), acting: false, last: undefined }
  return {
    name: 'shopify',
    async read(context) {
      const cart = keep(store, await readRaw(store, context))
      // So that the first click need not wait for it; where it fails, the click tries again.
      writes().catch(() => {})
      return cart
    },
    products: (list, context) => catalogue(store, list, context),
    add: async (line, context) => (await writes()).addLine(store, line, badge, context),
    update: async (lineId, quantity, context) => (await writes()).updateLine(store, lineId, quantity, badge, context),
    applyVoucher: async (code, context) => (await writes()).addCode(store, code, badge, context),
    checkout: (cart) => navigate(cart.checkoutUrl ?? `${base}checkout`),
    watch(onChange) {
      const off = new AbortController()
      tellTheme(({ watchTheme }) => watchTheme(() => store.acting || onChange(null), off.signal))
      return () => off.abort()
    },
    reveal() {
      const { last } = store
      if (last) tellTheme(({ refreshTheme }) => refreshTheme(...last, badge))
    },
  }
}

const theme = () => pageGlobal<Theme>('Shopify')
const writes = () => import('./shopify-writes.ts')
/** A theme that cannot be told is no reason to throw into its page. */
const tellTheme = (tell: (to: typeof import('./shopify-theme.ts')) => void) =>
  void import('./shopify-theme.ts').then(tell).catch(() => {})

/** The store's truth. What is not put in a cart need not be in the store. */
async function catalogue(store: ShopifyStore, list: readonly ProductInput[], context: CartContext) {
  const active = theme()?.currency?.active
  const currency = typeof active === 'string' ? active : (context.currency ?? (await readRaw(store, context)).currency)
  return eachProduct(list, context, async (wanted, own) => {
    const answer = await findProduct(store, wanted, own)
    if (answer.reason === 'not-found') return (wanted.action ?? 'cart') === 'cart' ? [] : [wanted]
    const product = toProduct(wanted, bodyOf(answer), currency, store.base)
    store.known.set(idOf(product.ref?.platformId), { productId: wanted.id })
    for (const { id, ref } of product.variants ?? []) {
      store.known.set(idOf(ref?.platformId), { productId: wanted.id, variantId: id })
    }
    return [product]
  })
}
