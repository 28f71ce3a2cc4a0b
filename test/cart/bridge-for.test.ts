import { afterEach, describe, expect, it, vi } from 'vitest'
import { bridgeFor } from '../../src/cart/bridge-for.ts'

const nameOf = async (name = 'auto') => (await bridgeFor(name, new EventTarget())).name

describe('bridgeFor', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('recognises a Shopify theme by its routes or its shop', async () => {
    vi.stubGlobal('location', new URL('https://shop.example/'))
    vi.stubGlobal('Shopify', { routes: { root: '/de/' } })
    expect(await nameOf()).toBe('shopify')
    vi.stubGlobal('Shopify', { shop: 'clay.myshopify.com' })
    expect(await nameOf()).toBe('shopify')
  })

  it('takes links on any other page', async () => {
    expect(await nameOf()).toBe('links')
  })

  it.for([
    ['a form of that name', { routes: { root: {} }, shop: {} }],
    ['null', null],
    [
      'a trap',
      {
        get routes() {
          throw new Error('trap')
        },
      },
    ],
    ['a string', 'Shopify'],
  ] as const)('is not misled by %s', async ([, value]) => {
    vi.stubGlobal('Shopify', value)
    expect(await nameOf()).toBe('links')
  })

  it('refuses a name that it does not know, and says which it knows', async () => {
    await expect(nameOf('magento')).rejects.toThrow('[castcart] bad-options: cart: found "magento", expected auto')
  })
})
