import { describe, expect, it, onTestFinished } from 'vitest'
import { bigcommerce } from '../../src/cart/bigcommerce.ts'
import { ecwid } from '../../src/cart/ecwid.ts'
import { links } from '../../src/cart/links.ts'
import { marksOf } from '../../src/cart/marks-of.ts'
import { sfccApi } from '../../src/cart/sfcc-api.ts'
import { shopware } from '../../src/cart/shopware.ts'
import { vendure } from '../../src/cart/vendure.ts'
import { woocommerce } from '../../src/cart/woocommerce.ts'
import type { CartBridge, CartLine } from '../../src/model/cart.ts'
import { fakeBigcommerceStore } from '../support/fake-bigcommerce-store.ts'
import { fakeEcwid, startFakeEcwid } from '../support/fake-ecwid-store.ts'
import { startFakeSfccApi } from '../support/fake-sfcc-api.ts'
import { startFakeShopware, wareId } from '../support/fake-shopware-store.ts'
import { startFakeVendure } from '../support/fake-vendure-store.ts'
import { fakeWoocommerceStore } from '../support/fake-woocommerce-store.ts'

const told = { partner: 'anna', host: 'mira' }

/** Adds once with partner and host and once without, and gives what each add sent, decoded. */
async function sentBy(bridge: CartBridge, shop: { readonly fetch: typeof fetch }, ref: CartLine['ref']) {
  const bodies: string[] = []
  const listening: typeof fetch = (input, init) => {
    bodies.push(`${input} ${decodeURIComponent(`${init?.body ?? ''}`)}`)
    return shop.fetch(input, init)
  }
  const context = { fetch: listening, locale: 'en', signal: new AbortController().signal }
  const line = { productId: 'a', ref, quantity: 1 }
  expect(await bridge.add({ ...line, ...told }, context)).toMatchObject({ outcome: 'added' })
  const marked = bodies.splice(0).join('\n')
  expect(await bridge.add(line, context)).toMatchObject({ outcome: 'added' })
  return { marked, plain: bodies.join('\n') }
}

describe('marksOf', () => {
  it('names what is told and has a name, and nothing where nothing is', () => {
    expect(marksOf(told)).toEqual({ castcart_partner: 'anna', castcart_host: 'mira' })
    expect(marksOf({ host: 'mira' }, { partnerField: 'p', hostField: 'h' })).toEqual({ h: 'mira' })
    expect(marksOf(told, {})).toBeUndefined()
    expect(marksOf({})).toBeUndefined()
  })
})

describe('partner and host', () => {
  it('are custom fields of a line of Vendure, by setting', async () => {
    const shop = await startFakeVendure()
    onTestFinished(shop.stop)
    const bridge = vendure({ url: `${shop.url}shop-api`, partnerField: 'partner', hostField: 'presenter' })
    const { marked, plain } = await sentBy(bridge, shop, { handle: 'mug' })
    expect(marked).toContain('"f":{"partner":"anna","presenter":"mira"}')
    expect(plain).not.toContain('customFields')
  })

  it('are attributes of an item of Salesforce’s Shopper Baskets, by setting', async () => {
    const shop = await startFakeSfccApi()
    onTestFinished(shop.stop)
    const bridge = sfccApi({
      ...{ url: shop.url, organizationId: 'org', siteId: 'Fake', getToken: shop.token },
      ...{ partnerField: 'c_partner', hostField: 'c_host' },
    })
    const { marked, plain } = await sentBy(bridge, shop, { platformId: '11' })
    expect(marked).toContain('"c_partner":"anna","c_host":"mira"')
    expect(plain).not.toContain('c_')
  })

  it('go to WooCommerce’s extension of that name, and an add stands without it', async () => {
    const shop = await fakeWoocommerceStore()
    onTestFinished(shop.close)
    const bridge = woocommerce({ api: `${shop.root}wp-json/`, extension: 'live' })
    const { marked, plain } = await sentBy(bridge, shop, { handle: 'mug' })
    expect(marked).toContain(
      'cart/extensions {"namespace":"live","data":{"castcart_partner":"anna","castcart_host":"mira"}}',
    )
    expect(plain).not.toContain('extensions')
    const without = woocommerce({ api: `${shop.root}wp-json/` })
    expect((await sentBy(without, shop, { handle: 'mug' })).marked).not.toContain('extensions')
  })

  it('go to WooCommerce only with what was added, and a line that breaks there does not undo it', async () => {
    const shop = await fakeWoocommerceStore()
    onTestFinished(shop.close)
    const asked: string[] = []
    const context = {
      ...{ locale: 'en', signal: new AbortController().signal },
      async fetch(input: RequestInfo | URL, init?: RequestInit) {
        asked.push(`${input}`.replace(/.*\/v1\//, ''))
        if (asked.at(-1) === 'cart/extensions') throw new TypeError('the line broke')
        return shop.fetch(input, init)
      },
    }
    const bridge = woocommerce({ api: `${shop.root}wp-json/`, extension: 'live' })
    const add = (handle: string) => bridge.add({ productId: 'a', ref: { handle }, quantity: 1, ...told }, context)
    expect(await add('bowl')).toMatchObject({ outcome: 'rejected', reason: 'sold-out' })
    expect(asked).not.toContain('cart/extensions')
    expect(await add('mug')).toMatchObject({ outcome: 'added', quantity: 1 })
    expect(asked).toContain('cart/extensions')
  })

  it('are fields of BigCommerce’s cart, told once, with a token', async () => {
    const shop = await fakeBigcommerceStore()
    onTestFinished(shop.close)
    const bridge = bigcommerce({ root: shop.root, token: 'storefront-token' })
    const { marked } = await sentBy(bridge, shop, { platformId: '10' })
    expect(marked).toMatch(/createCartMetafield.*"key":"castcart_partner","value":"anna"/s)
    expect(marked).toMatch(/"key":"castcart_host","value":"mira"/)
    expect((await sentBy(bridge, shop, { platformId: '10' })).marked).not.toContain('createCartMetafield')
  })

  it('are payload of a line of Shopware', async () => {
    const shop = await startFakeShopware()
    onTestFinished(shop.stop)
    const { marked, plain } = await sentBy(shopware({ root: shop.url, currency: 'EUR' }), shop, {
      platformId: wareId(11),
    })
    expect(marked).toContain(`lineItems[${wareId(11)}][payload][castcart_partner]=anna`)
    expect(marked).toContain('[payload][castcart_host]=mira')
    expect(plain).not.toContain('payload')
  })

  it('are hidden fields of Ecwid’s order, beside those of the page', async () => {
    const shop = await startFakeEcwid()
    const kept = new Map<string, string>()
    const memory = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => void kept.set(key, text),
    }
    const ec = { storefront: {}, order: { extraFields: { gift: { value: 'yes' } } } }
    let refreshed = 0
    const script = Object.assign(fakeEcwid(shop.goods, memory), { refreshConfig: () => refreshed++ })
    Object.assign(globalThis, { Ecwid: script, ec })
    onTestFinished(async () => {
      Reflect.deleteProperty(globalThis, 'Ecwid')
      Reflect.deleteProperty(globalThis, 'ec')
      await shop.stop()
    })
    await sentBy(ecwid({ currency: 'EUR' }), shop, { platformId: '1' })
    expect(ec).toEqual({
      storefront: {},
      order: {
        extraFields: { gift: { value: 'yes' }, castcart_partner: { value: 'anna' }, castcart_host: { value: 'mira' } },
      },
    })
    expect(refreshed).toBe(1)
  })

  it('are parameters of the address that links lead to, by setting', async () => {
    const went: string[] = []
    const bridge = links({
      navigate: (url) => went.push(url),
      base: 'https://shop.example/',
      partnerField: 'utm_source',
    })
    const context = { fetch, locale: 'en', signal: new AbortController().signal }
    const line = { productId: 'a', ref: {}, quantity: 1, url: '/mug?utm_source=old' }
    await bridge.add({ ...line, partner: 'anna & co', host: 'mira' }, context)
    await bridge.add(line, context)
    expect(went).toEqual(['https://shop.example/mug?utm_source=anna+%26+co', 'https://shop.example/mug?utm_source=old'])
  })
})
