import { pageGlobal } from '../lib/page-global.ts'
import { jQueryOf, quietly, showCount } from './tell-theme.ts'
import type { WooStore } from './woocommerce-store.ts'

/** Milliseconds after which the badge is looked at: by then a mini-cart that loads lazily is there. */
const LOOK_AFTER = 2000
/** Blocks, and the Interactivity API from WooCommerce 10 on, which tells of its own changes only. */
const BODY_EVENTS = ['wc-blocks_added_to_cart', 'wc-blocks_removed_from_cart']
const SYNC = 'wc-blocks_store_sync_required'
/** Classic themes, by jQuery. */
const CLASSIC = 'added_to_cart removed_from_cart updated_cart_totals'

interface BlockData {
  readonly select?: (store: string) => unknown
  readonly dispatch?: (store: string) => { receiveCart?(cart: unknown): unknown } | undefined
}

/**
 * Wakes a mini-cart block that loads only when something is added: it must be there before the add, or it mounts with the
 * empty cart that came with the page.
 */
export function wakeTheme(): void {
  globalThis.document?.body?.dispatchEvent(new CustomEvent('wc-blocks_adding_to_cart', { bubbles: true }))
}

/**
 * Tells the theme of the cart without opening anything: blocks by their own store and event, the Interactivity API by its sync event,
 * classic themes by asking for fresh fragments. Empty fragments are never passed on: themes keep what they are given.
 */
export function tellTheme(store: WooStore): void {
  if (!store.last || !globalThis.document?.body) return
  const [raw, cart] = store.last
  store.telling = true
  showCount(cart.quantity, store.options.badge)
  const data = pageGlobal<{ data?: BlockData }>('wp')?.data
  const blocks = quietly(() => (data?.select?.('wc/store/cart') ? data.dispatch?.('wc/store/cart') : undefined))
  const isReceived = !!blocks && !!quietly(() => [blocks.receiveCart?.(raw)])
  announce(isReceived)
  if (pageGlobal('wc_cart_fragments_params')) quietly(() => jQueryOf('body')?.trigger('wc_fragment_refresh'))
  store.telling = false
  // A block that was still on its way when it was told has mounted with the old cart.
  if (!isReceived && badge() !== null)
    setTimeout(() => badge() !== `${cart.quantity}` && again(store, cart), LOOK_AFTER)
}

function again(store: WooStore, told: unknown): void {
  if (store.last?.[1] !== told) return
  store.telling = true
  announce(false)
  store.telling = false
}

function announce(preserveCartData: boolean): void {
  const detail = { preserveCartData }
  document.body.dispatchEvent(new CustomEvent('wc-blocks_added_to_cart', { bubbles: true, detail }))
  dispatchEvent(new CustomEvent(SYNC, { detail: { type: 'from_@wordpress/data' } }))
}

/** What the mini-cart block shows; `null` where there is none. */
const badge = (): string | null => document.querySelector('.wc-block-mini-cart__badge')?.textContent?.trim() ?? null

/** Calls back after the theme changed the cart, until `signal` aborts; not for our own doing. */
export function watchTheme(store: WooStore, onChange: () => void, signal: AbortSignal): void {
  const hear = () => store.telling || signal.aborted || onChange()
  for (const name of BODY_EVENTS) globalThis.document?.body?.addEventListener(name, hear, { signal })
  const sync = (event: Event) => (event as CustomEvent<{ type?: unknown }>).detail?.type === 'from_iAPI' && hear()
  globalThis.window?.addEventListener(SYNC, sync, { signal })
  const body = jQueryOf('body')
  if (!body || signal.aborted) return
  quietly(() => body.on(CLASSIC, hear))
  signal.addEventListener('abort', () => quietly(() => body.off(CLASSIC, hear)))
}
