import { pageGlobal } from '../lib/page-global.ts'
import type { MagentoCart } from './magento-shapes.ts'
import type { MagentoStore } from './magento-store.ts'
import { quietly, showCount } from './tell-theme.ts'

/** What Luma's private content is kept by (developer.adobe.com/commerce/php/development/cache/page/private-content). */
interface CustomerData {
  set?(section: string, data: unknown): unknown
  get?(section: string): { subscribe?(heard: (data: unknown) => void): { dispose?(): void } }
}
type Require = (modules: readonly string[], use: (module: CustomerData) => void, failed?: () => void) => unknown

const LOADED = 'private-content-loaded'

/** Luma's own store, when it is there; a page without RequireJS has none. */
function luma(use: (data: CustomerData) => void): void {
  const require = pageGlobal<Require>('require')
  if (typeof require !== 'function') return
  quietly(() => require(['Magento_Customer/js/customer-data'], (data) => quietly(() => use(data)), () => {}))
}

const isHyva = () => typeof pageGlobal<{ getFormKey?: unknown }>('hyva')?.getFormKey === 'function'

/**
 * Tells the theme of the cart without opening anything. Luma is given the section that was read, since it asks by itself only after
 * jQuery's own posts; Hyvä loads it again by its event (docs.hyva.io, working with section data).
 */
export function tellTheme({ last, options }: MagentoStore): void {
  if (!last || !globalThis.document) return
  const [raw, { quantity }] = last
  showCount(quantity, options.badge)
  if (isHyva()) dispatchEvent(new CustomEvent('reload-customer-section-data'))
  else luma((data) => data.set?.('cart', raw))
}

/** Calls back after the theme changed the cart, until `signal` aborts; what we know already is no news. */
export function watchTheme(store: MagentoStore, onChange: () => void, signal: AbortSignal): void {
  const hear = (data: unknown) => {
    const cart = data as Partial<MagentoCart> | undefined
    const known = store.last?.[0]
    if (signal.aborted || !known || cart?.summary_count === undefined) return
    const isSame = Number(cart.summary_count) === Number(known.summary_count)
    if (!isSame || Number(cart.subtotalAmount) !== Number(known.subtotalAmount)) onChange()
  }
  const loaded = (event: Event) => hear((event as CustomEvent<{ data?: { cart?: unknown } }>).detail?.data?.cart)
  globalThis.window?.addEventListener(LOADED, loaded, { signal })
  if (isHyva() || signal.aborted) return
  luma((data) => {
    const heard = data.get?.('cart').subscribe?.(hear)
    signal.addEventListener('abort', () => quietly(() => heard?.dispose?.()))
  })
}
