// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type MagentoStore, openStore } from '../../src/cart/magento-store.ts'
import { tellTheme, watchTheme } from '../../src/cart/magento-theme.ts'

const raw = (pieces: number) => ({ summary_count: pieces, subtotalAmount: `${pieces}0.0000`, items: [] })
const cart = (quantity: number) => ({ items: [], quantity, total: { amount: 0, currency: 'EUR' } })

describe('the theme of Magento', () => {
  let store: MagentoStore
  beforeEach(() => {
    document.body.innerHTML = '<b data-castcart-count>0</b>'
    store = { ...openStore({ root: 'https://shop.example/' }), last: [raw(2), cart(2)] }
  })
  afterEach(() => vi.unstubAllGlobals())

  it('is given the section that was read, where it is Luma', () => {
    const set = vi.fn()
    vi.stubGlobal('require', (_names: string[], use: (data: object) => void) => use({ set }))
    tellTheme(store)
    expect(set).toHaveBeenCalledWith('cart', raw(2))
    expect(document.querySelector('[data-castcart-count]')?.textContent).toBe('2')
  })

  it('loads its section again, where it is Hyvä', () => {
    const heard = vi.fn()
    vi.stubGlobal('hyva', { getFormKey: () => 'key' })
    addEventListener('reload-customer-section-data', heard, { once: true })
    tellTheme(store)
    expect(heard).toHaveBeenCalledTimes(1)
  })

  it('is heard when its cart is another than ours, and only then', () => {
    const onChange = vi.fn()
    const off = new AbortController()
    watchTheme(store, onChange, off.signal)
    const load = (pieces: number) =>
      dispatchEvent(new CustomEvent('private-content-loaded', { detail: { data: { cart: raw(pieces) } } }))
    load(2)
    expect(onChange).not.toHaveBeenCalled()
    load(3)
    expect(onChange).toHaveBeenCalledTimes(1)
    off.abort()
    load(4)
    expect(onChange).toHaveBeenCalledTimes(1)
  })

  it('is heard by Luma’s own store, until the end', () => {
    const onChange = vi.fn()
    const dispose = vi.fn()
    let tell: (data: unknown) => void = () => {}
    const subscribe = (heard: typeof tell) => {
      tell = heard
      return { dispose }
    }
    vi.stubGlobal('require', (_names: string[], use: (data: object) => void) => use({ get: () => ({ subscribe }) }))
    const off = new AbortController()
    watchTheme(store, onChange, off.signal)
    tell(raw(5))
    expect(onChange).toHaveBeenCalledTimes(1)
    off.abort()
    expect(dispose).toHaveBeenCalledTimes(1)
  })

  it('may throw: nothing of it comes out', () => {
    vi.stubGlobal('require', () => {
      throw new Error('theme')
    })
    expect(() => tellTheme(store)).not.toThrow()
    expect(() => watchTheme(store, () => {}, new AbortController().signal)).not.toThrow()
  })
})
