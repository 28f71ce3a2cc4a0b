import { describe, expect, it } from 'vitest'
import { links } from '../../src/cart/links.ts'
import type { CartContext } from '../../src/model/cart.ts'

const context: CartContext = { fetch, locale: 'en', signal: new AbortController().signal }

describe('links', () => {
  const add = async (url: string | undefined) => {
    const went: string[] = []
    const bridge = links({ base: 'https://shop.example/', navigate: (to) => went.push(to) })
    return { result: await bridge.add({ productId: 'mug', ref: {}, url, quantity: 1 }, context), went }
  }

  it('goes to the product’s page', async () => {
    const { result, went } = await add('/products/mug')
    expect(result).toEqual({ outcome: 'left', url: 'https://shop.example/products/mug' })
    expect(went).toEqual(['https://shop.example/products/mug'])
  })

  it.for([
    undefined,
    '',
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'https://u:p@evil.example/',
  ])('does not go to %j', async (url) => {
    const { result, went } = await add(url)
    expect(result).toEqual({ outcome: 'rejected', reason: 'not-found' })
    expect(went).toEqual([])
  })
})
