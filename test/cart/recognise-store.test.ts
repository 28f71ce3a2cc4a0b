// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { recogniseStore } from '../../src/cart/recognise-store.ts'

const draw = (html: string) => {
  document.body.innerHTML = html
}
const inert = (src: string) => `<script type="text/plain" src="${src}"></script>`

describe('recogniseStore', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    document.body.className = ''
    draw('')
  })

  it.for([
    ['shopify', 'Shopify', { shop: 'clay.myshopify.com' }],
    ['magento', 'hyva', { getFormKey: () => 'key' }],
    ['prestashop', 'prestashop', { static_token: 'token' }],
    ['shopware', 'PluginManager', { register: () => {} }],
  ] as const)('knows %s by its global', ([name, global, value]) => {
    vi.stubGlobal(global, value)
    expect(recogniseStore()).toEqual([name])
  })

  it.for([
    ['woocommerce', inert('/wp-content/plugins/woocommerce/assets/js/frontend/add-to-cart.min.js')],
    ['magento', '<script type="text/x-magento-init">{}</script>'],
    ['bigcommerce', '<link rel="preconnect" href="https://cdn11.bigcommerce.com/">'],
    ['bitrix', inert('/bitrix/js/main/core/core.min.js')],
    ['insales', inert('https://static.insales-cdn.com/assets/common.js')],
    ['tilda', inert('https://static.tildacdn.com/js/tilda-cart-1.1.min.js')],
    ['ecwid', inert('https://app.ecwid.com/script.js?1003')],
    ['snipcart', '<div hidden id="snipcart" data-api-key="k"></div>'],
    ['snipcart', inert('https://cdn.snipcart.com/themes/v3.7.1/default/snipcart.js')],
    ['sfcc', inert('/on/demandware.static/Sites-X-Site/-/en/v1/js/main.js')],
    ['opencart', inert('catalog/view/javascript/common.js')],
  ] as const)('knows %s by %s', ([name, html]) => {
    draw(html)
    expect(recogniseStore()).toEqual([name])
  })

  it('knows WooCommerce by the class of its body', () => {
    document.body.className = 'home woocommerce-no-js'
    expect(recogniseStore()).toEqual(['woocommerce'])
  })

  it.for([
    // Apps of Shopify's say which shop they belong to wherever they run.
    ['an app of Shopify’s in a WooCommerce shop', 'plugins/woocommerce/a.js', ['woocommerce', 'shopify']],
    ['an app of Shopify’s beside Ecwid', 'https://app.ecwid.com/script.js?1', ['ecwid', 'shopify']],
  ] as const)('puts %s behind the platform whose own the page is', ([, src, names]) => {
    vi.stubGlobal('Shopify', { shop: 'clay.myshopify.com' })
    draw(inert(src))
    expect(recogniseStore()).toEqual(names)
  })

  it('puts a form of Bitrix24 behind the platform of the shop that shows it', () => {
    draw(
      inert('https://b24-clay.bitrix24.ru/bitrix/js/crm/form_loader.js') + inert('catalog/view/javascript/common.js'),
    )
    expect(recogniseStore()).toEqual(['opencart', 'bitrix'])
  })

  it('takes another’s buy button in a blog for no store of the page', () => {
    draw(inert('https://sdks.shopifycdn.com/buy-button/latest/buy-button-storefront.min.js'))
    vi.stubGlobal('ShopifyBuy', { buildClient: () => ({}) })
    expect(recogniseStore()).toEqual([])
  })

  it('does not know a page without a store, and is not misled by a form, null or a trap', () => {
    draw(
      '<p class="snipcart">We moved from woocommerce</p><form id="Shopify"></form><link rel="canonical" href="/why-magento">',
    )
    expect(recogniseStore()).toEqual([])
    document.body.className = 'archive tag tag-magento category-woocommerce category-snipcart'
    draw(
      `${inert('/posts/leaving-magento.js')}${inert('/posts/Shopify.js')}<script data-title="Shopify. A story"></script>`,
    )
    expect(recogniseStore()).toEqual([])
    document.body.className = ''
    vi.stubGlobal('hyva', null)
    vi.stubGlobal('PluginManager', document.createElement('form'))
    vi.stubGlobal('prestashop', {
      get static_token() {
        throw new Error('trap')
      },
    })
    expect(recogniseStore()).toEqual([])
  })
})
