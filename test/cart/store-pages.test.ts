import { fileURLToPath } from 'node:url'
import { beforeAll, expect, it, vi } from 'vitest'
import type { ProductInput } from '../../src/model/product.ts'
import { bundle } from '../support/bundle.ts'
import { describeInChromium } from '../support/chromium.ts'
import { fakeBigcommerceStore } from '../support/fake-bigcommerce-store.ts'
import { startFakeBitrix } from '../support/fake-bitrix-store.ts'
import { startFakeEcwid } from '../support/fake-ecwid-store.ts'
import { startFakeInsales } from '../support/fake-insales-store.ts'
import { fakeMagentoStore } from '../support/fake-magento-store.ts'
import { startFakeOpencart } from '../support/fake-opencart-store.ts'
import { startFakePrestashop } from '../support/fake-prestashop-store.ts'
import { startFakeSfcc } from '../support/fake-sfcc-store.ts'
import type { FakeShop } from '../support/fake-shop.ts'
import { fakeShopifyHeadlessStore } from '../support/fake-shopify-headless-store.ts'
import { startFakeShopware, wareId } from '../support/fake-shopware-store.ts'
import { startFakeSnipcart } from '../support/fake-snipcart-store.ts'
import { startFakeTilda } from '../support/fake-tilda-store.ts'
import { fakeWoocommerceStore } from '../support/fake-woocommerce-store.ts'
import type { StorePage } from './store-page.ts'

interface Shop extends Pick<FakeShop, 'url' | 'stop'> {
  readonly settings?: Readonly<Record<string, string>>
}

interface Case {
  readonly start: () => Promise<Shop>
  /** How a show names the mug and the coat. */
  readonly mug: Partial<ProductInput>
  readonly coat: Partial<ProductInput>
}

const rooted = async (
  made: Promise<{ readonly root: string; close(): Promise<void> }>,
  settings?: (root: string) => Readonly<Record<string, string>>,
): Promise<Shop> => {
  const { root, close } = await made
  return { url: root, stop: close, ...(settings && { settings: settings(root) }) }
}
const byHandle = (handle: string) => ({ ref: { handle } })
const byId = (id: string) => ({ ref: { platformId: id } })
const byUrl = (url: string) => ({ url })
const CASES: Readonly<Record<string, Case>> = {
  woocommerce: { start: () => rooted(fakeWoocommerceStore()), mug: byHandle('mug'), coat: byHandle('coat') },
  bigcommerce: {
    start: () => rooted(fakeBigcommerceStore(), () => ({ token: 'storefront-token' })),
    mug: byHandle('mug'),
    coat: byHandle('coat'),
  },
  'magento with Luma': { start: () => rooted(fakeMagentoStore()), mug: byHandle('mug'), coat: byHandle('coat') },
  'magento with Hyvä': {
    start: () => rooted(fakeMagentoStore({ theme: 'hyva' })),
    mug: byHandle('mug'),
    coat: byHandle('coat'),
  },
  'shopify-headless': {
    start: () => rooted(fakeShopifyHeadlessStore(), (root) => ({ shop: `${root}api/2026-10/graphql.json` })),
    mug: byHandle('mug'),
    coat: byHandle('coat'),
  },
  prestashop: { start: () => startFakePrestashop(), mug: byId('1'), coat: byId('4') },
  'opencart 4': { start: () => startFakeOpencart(), mug: byId('1'), coat: byId('4') },
  'opencart 3': { start: () => startFakeOpencart({ version: 3 }), mug: byId('1'), coat: byId('4') },
  shopware: { start: () => startFakeShopware(), mug: byId(wareId(11)), coat: byId(wareId(41)) },
  bitrix: { start: () => startFakeBitrix(), mug: byUrl('catalog/mug/'), coat: byUrl('catalog/coat/') },
  insales: { start: () => startFakeInsales(), mug: byUrl('product/mug'), coat: byId('4') },
  sfcc: { start: () => startFakeSfcc(), mug: byUrl('MUG.html'), coat: byId('coat') },
  ecwid: { start: () => startFakeEcwid(), mug: byId('1'), coat: byId('4') },
  snipcart: {
    start: () => startFakeSnipcart(),
    mug: { ...byUrl('mug.html'), ...byId('mug') },
    coat: { ...byUrl('coat.html'), ...byId('coat') },
  },
  tilda: { start: () => startFakeTilda(), mug: byId('11'), coat: byId('4') },
}

vi.setConfig({ testTimeout: 30_000 })

describeInChromium('a bridge on a page of its platform', (browser) => {
  let entry: string
  const files = new Map<string, string>()

  beforeAll(async () => {
    for (const [name, body] of await bundle(fileURLToPath(new URL('store-page.ts', import.meta.url))))
      files.set(name, body)
    entry = [...files.keys()][0] ?? ''
  }, 60_000)

  it.for(Object.entries(CASES))(
    '%s: is recognised, sells, and tells the page',
    async ([name, { start, mug, coat }]) => {
      const shop = await start()
      const context = await browser().newContext()
      try {
        await context.route('**/castcart-entry/**', (route) => {
          const body = files.get(route.request().url().split('/').pop() ?? '')
          return body === undefined ? route.abort() : route.fulfill({ body, contentType: 'text/javascript' })
        })
        const page = await context.newPage()
        await page.goto(shop.url)
        const begin = async (settings: object) => {
          await page.evaluate(
            ([json, src]) => {
              document.documentElement.dataset.settings = json
              const script = Object.assign(document.createElement('script'), { type: 'module', src })
              document.head.append(script)
            },
            [JSON.stringify(settings), `/castcart-entry/${entry}`] as const,
          )
          await page.waitForFunction('window.shop')
        }
        await begin(shop.settings ? { bridge: name, ...shop.settings } : {})
        const platform = name.split(' ')[0]
        const at = (product: Partial<ProductInput>, id: string) =>
          ({ ...product, id, title: id, ...(product.url && { url: shop.url + product.url }) }) as ProductInput
        const buy = (product: ProductInput, quantity: number) =>
          page.evaluate(([wish, pieces]) => (window as unknown as { shop: StorePage }).shop.buy(wish, pieces), [
            product,
            quantity,
          ] as const)
        expect(await page.evaluate('shop.name')).toBe(platform)
        expect(await buy(at(mug, 'mug'), 2)).toMatchObject({
          outcome: 'added',
          cart: { items: [{ productId: 'mug', quantity: 2 }] },
        })
        expect(await page.textContent('[data-castcart-count]')).toBe('2')
        expect(await buy(at(coat, 'coat'), 1)).toMatchObject({ outcome: 'added', cart: { quantity: 3 } })
        expect(await page.evaluate('shop.remove()')).toMatchObject({ outcome: 'added', quantity: 0 })
        expect(await page.evaluate('shop.log')).toEqual([])
        expect(page.url()).toBe(shop.url)
      } finally {
        await context.close()
        await shop.stop()
      }
    },
  )

  it.for(['ecwid', 'tilda'] as const)('%s is recognised from its page', async (name) => {
    const shop = await CASES[name]?.start()
    const context = await browser().newContext()
    try {
      await context.route('**/castcart-entry/**', (route) => {
        const body = files.get(route.request().url().split('/').pop() ?? '')
        return body === undefined ? route.abort() : route.fulfill({ body, contentType: 'text/javascript' })
      })
      const page = await context.newPage()
      await page.goto(shop?.url ?? '')
      await page.addScriptTag({ url: `/castcart-entry/${entry}`, type: 'module' })
      await page.waitForFunction('window.shop')
      expect(await page.evaluate('shop.name')).toBe(name)
    } finally {
      await context.close()
      await shop?.stop()
    }
  })
})
