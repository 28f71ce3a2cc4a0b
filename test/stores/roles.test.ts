import { describe, expect, it } from 'vitest'
import { isAddOf, untested } from './roles.ts'

describe('isAddOf', () => {
  it.for([
    'https://shop.example/wp-json/wc/store/v1/cart/add-item',
    'https://shop.example/?rest_route=%2Fwc%2Fstore%2Fv1%2Fcart%2Fadd-item',
    'https://shop.example/?rest_route=/wc/store/v1/cart/add-item',
  ])('knows an add of WooCommerce by its address, permalinks or not: %s', (url) => {
    expect(isAddOf('woocommerce')?.('POST', url, '{}')).toBe(true)
    expect(isAddOf('woocommerce')?.('POST', url.replace('add-item', 'update-item'), '{}')).toBe(false)
  })

  it.for([
    'checkout/cart.add',
    'checkout%2Fcart.add',
    'checkout/cart/add',
    'checkout%2Fcart%2Fadd',
    'checkout/cart|add',
  ])('knows an add of OpenCart 3 and 4: %s', (route) => {
    const url = `https://shop.example/index.php?route=${route}`
    expect(isAddOf('opencart')?.('POST', url, '')).toBe(true)
    expect(isAddOf('opencart')?.('GET', url, '')).toBe(false)
  })
})

describe('untested', () => {
  const known = { choice: 'a', soldOut: 'b', few: {}, cannot: [], platform: 'shopify' }

  it('says why a lost answer is not tested', () => {
    expect(untested({ ...known, isAdd: isAddOf('shopify') })).toEqual([])
    expect(untested({ ...known, isAdd: undefined })).toEqual([
      'not tested: a lost answer: in shopify adding is no request that is known',
    ])
    expect(untested({ ...known, isAdd: undefined, byTheme: true })).toEqual([
      'not tested: a lost answer: this theme adds by an action of its own (Shopify.actions.updateCart), whose requests nobody knows',
    ])
  })
})
