import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { bigcommerce } from '../../src/cart/bigcommerce.ts'
import { fakeBigcommerceStore } from '../support/fake-bigcommerce-store.ts'

describe('the theme of BigCommerce', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('is told the number of pieces, and is heard when it tells one itself', async () => {
    const heard = new Set<() => void>()
    const told: unknown[][] = []
    vi.stubGlobal('jQuery', () => ({
      on: (_name: string, one: () => void) => void heard.add(one),
      off: (_name: string, one: () => void) => void heard.delete(one),
      trigger(...given: unknown[]) {
        told.push(given)
        for (const one of heard) one()
      },
    }))
    const store = await fakeBigcommerceStore()
    onTestFinished(store.close)
    const bridge = bigcommerce({ root: store.root, token: 'storefront-token' })
    const onChange = vi.fn()
    const stop = bridge.watch?.(onChange)
    const context = { fetch: store.fetch, locale: 'en', signal: new AbortController().signal }
    await bridge.add({ productId: 'm', ref: { handle: 'mug' }, quantity: 2 }, context)
    expect(told).toEqual([['cart-quantity-update', 2]])
    expect(onChange).not.toHaveBeenCalled()
    for (const one of heard) one()
    expect(onChange).toHaveBeenCalledTimes(1)
    stop?.()
    expect(heard.size).toBe(0)
  })
})
