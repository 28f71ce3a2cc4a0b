// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openStore, type WooStore } from '../../src/cart/woocommerce-store.ts'
import { tellTheme, wakeTheme, watchTheme } from '../../src/cart/woocommerce-theme.ts'

const cart = (quantity: number) => ({ items: [], quantity, total: { amount: 0, currency: 'EUR' } })
const raw = { items: [], items_count: 2, totals: { total_price: '0', currency_code: 'EUR', currency_minor_unit: 2 } }

describe('the theme of WooCommerce', () => {
  let store: WooStore
  let heard: string[]
  let page: AbortController
  beforeEach(() => {
    vi.useFakeTimers()
    document.body.innerHTML = '<span data-castcart-count>0</span>'
    store = { ...openStore({ api: 'https://shop.example/wp-json/' }), last: [raw, cart(2)] }
    heard = []
    page = new AbortController()
    const { signal } = page
    const hear = (event: Event) => heard.push(`${event.type} ${JSON.stringify((event as CustomEvent).detail)}`)
    for (const name of ['wc-blocks_adding_to_cart', 'wc-blocks_added_to_cart'])
      document.body.addEventListener(name, hear, { signal })
    addEventListener('wc-blocks_store_sync_required', hear, { signal })
  })
  afterEach(() => {
    page.abort()
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('is woken before an add', () => {
    wakeTheme()
    expect(heard).toEqual(['wc-blocks_adding_to_cart null'])
  })

  it('is told by events and by the marked count', () => {
    tellTheme(store)
    expect(document.querySelector('[data-castcart-count]')?.textContent).toBe('2')
    expect(heard).toEqual([
      'wc-blocks_added_to_cart {"preserveCartData":false}',
      'wc-blocks_store_sync_required {"type":"from_@wordpress/data"}',
    ])
  })

  it('is given the cart where its blocks have a store, and asked to keep it', () => {
    const received: unknown[] = []
    const dispatch = () => ({ receiveCart: (given: unknown) => void received.push(given) })
    vi.stubGlobal('wp', { data: { select: () => ({}), dispatch } })
    tellTheme(store)
    expect(received).toEqual([raw])
    expect(heard[0]).toBe('wc-blocks_added_to_cart {"preserveCartData":true}')
  })

  it('is told once more where its badge is still the old one two seconds later', () => {
    document.body.innerHTML = '<span class="wc-block-mini-cart__badge">0</span>'
    tellTheme(store)
    vi.advanceTimersByTime(2000)
    expect(heard.filter((one) => one.startsWith('wc-blocks_added'))).toHaveLength(2)
    vi.advanceTimersByTime(10_000)
    expect(heard.filter((one) => one.startsWith('wc-blocks_added'))).toHaveLength(2)
  })

  it('is asked for fresh fragments where it is a classic one, and never given empty ones', () => {
    const triggered: unknown[][] = []
    vi.stubGlobal('wc_cart_fragments_params', {})
    vi.stubGlobal('jQuery', () => ({ trigger: (...given: unknown[]) => void triggered.push(given) }))
    tellTheme(store)
    expect(triggered).toEqual([['wc_fragment_refresh']])
  })

  it('is heard when it changes the cart itself, not when we told it, and not after the end', () => {
    let changes = 0
    const off = new AbortController()
    watchTheme(store, () => changes++, off.signal)
    tellTheme(store)
    expect(changes).toBe(0)
    document.body.dispatchEvent(new CustomEvent('wc-blocks_removed_from_cart'))
    dispatchEvent(new CustomEvent('wc-blocks_store_sync_required', { detail: { type: 'from_iAPI' } }))
    expect(changes).toBe(2)
    off.abort()
    document.body.dispatchEvent(new CustomEvent('wc-blocks_removed_from_cart'))
    expect(changes).toBe(2)
  })

  it('may throw: nothing of it comes out', () => {
    const trap = () => {
      throw new Error('theme')
    }
    vi.stubGlobal('wp', { data: { select: trap } })
    vi.stubGlobal('wc_cart_fragments_params', {})
    vi.stubGlobal('jQuery', trap)
    expect(() => tellTheme(store)).not.toThrow()
  })
})

describe('openStore', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    document.head.innerHTML = ''
  })

  it('finds API, checkout and nonce on the page', () => {
    document.head.innerHTML = '<link rel="https://api.w.org/" href="https://shop.example/de/wp-json/">'
    vi.stubGlobal('wcSettings', { storePages: { checkout: { permalink: 'https://shop.example/de/kasse/' } } })
    vi.stubGlobal('wcBlocksMiddlewareConfig', { storeApiNonce: 'abc' })
    expect(openStore({})).toMatchObject({
      ...{ api: 'https://shop.example/de/wp-json/', checkoutUrl: 'https://shop.example/de/kasse/', nonce: 'abc' },
    })
  })
})
