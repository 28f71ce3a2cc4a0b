import { describe, expect, it } from 'vitest'
import { slugOf } from '../../src/cart/slug-of.ts'

describe('slugOf', () => {
  it('takes the last part of an address only where nothing else names the product', () => {
    const url = 'https://shop.example/p/kiln-mug/?a=1#top'
    expect(slugOf({ url })).toBe('kiln-mug')
    expect(slugOf({ url, ref: { handle: 'bowl' } })).toBe('bowl')
    expect(slugOf({ url, ref: { sku: 'M-1' } })).toBeUndefined()
    expect(slugOf({})).toBeUndefined()
  })

  it('decodes it, and takes one that cannot be decoded as it stands: it must not cost the others their prices', () => {
    expect(slugOf({ url: 'https://shop.example/p/k%C3%A4se' })).toBe('käse')
    expect(slugOf({ url: 'https://shop.example/p/100%-wool' })).toBe('100%-wool')
  })
})
