// @vitest-environment happy-dom
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { bridgeFor } from '../../src/cart/bridge-for.ts'
import { showTwoPlatforms } from '../support/show-two-platforms.ts'

const nameOf = async (cart: Parameters<typeof bridgeFor>[0] = 'auto') => (await bridgeFor(cart, new EventTarget())).name

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

  it('takes the platform whose own a page with traces of two is, and says which it took', async () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
    onTestFinished(() => warned.mockRestore())
    showTwoPlatforms()
    expect(await nameOf()).toBe('woocommerce')
    expect(warned.mock.calls).toEqual([[expect.stringMatching(/^\[castcart\] cart: .*woocommerce.*shopify/)]])
  })

  it('says nothing where a page is of one platform', async () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
    onTestFinished(() => warned.mockRestore())
    vi.stubGlobal('Shopify', { shop: 'clay.myshopify.com', routes: { root: '/' } })
    expect(await nameOf()).toBe('shopify')
    expect(warned).not.toHaveBeenCalled()
  })

  it('makes the bridge of a name with its settings, as an object or as JSON text', async () => {
    const settings = { bridge: 'woocommerce', api: 'https://shop.example/wp-json/' }
    expect(await nameOf(settings)).toBe('woocommerce')
    expect(await nameOf(JSON.stringify(settings))).toBe('woocommerce')
    expect(await nameOf({ bridge: 'shopify', root: 'https://shop.example/' })).toBe('shopify')
    expect(await nameOf('links')).toBe('links')
  })

  it('sells by links where the platform that it recognised needs a setting, and says which', async () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
    vi.stubGlobal('document', {
      querySelector: () => null,
      querySelectorAll: () => [{ cloneNode: () => ({ outerHTML: '<script src="/demandware.js">' }) }],
    })
    expect(await nameOf()).toBe('links')
    expect(`${warned.mock.calls[0]?.[0]}`).toContain('sfcc needs "controllers"')
    warned.mockRestore()
  })

  it('says which setting a bridge lacks', async () => {
    await expect(nameOf('shopify-headless')).rejects.toThrow(
      '[castcart] bad-options: cart: shopify-headless needs "shop"',
    )
  })

  it.for(['magneto', 'toString', '__proto__', '{"bridge":"x"}', '5', 'null'])(
    'refuses %s, and says which it knows',
    async (name) => {
      await expect(nameOf(name)).rejects.toThrow(
        /\[castcart\] bad-options: cart: found ".*", expected auto, shopify, .*links/,
      )
    },
  )
})
