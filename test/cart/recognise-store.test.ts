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
    expect(recogniseStore()).toBe(name)
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
    expect(recogniseStore()).toBe(name)
  })

  it('knows WooCommerce by the class of its body', () => {
    document.body.className = 'home woocommerce-no-js'
    expect(recogniseStore()).toBe('woocommerce')
  })

  it('does not know a page without a store, and is not misled by a form, null or a trap', () => {
    draw(
      '<p class="snipcart">We moved from woocommerce</p><form id="Shopify"></form><link rel="canonical" href="/why-magento">',
    )
    expect(recogniseStore()).toBeUndefined()
    document.body.className = 'archive tag tag-magento category-woocommerce category-snipcart'
    draw(
      `${inert('/posts/leaving-magento.js')}${inert('/posts/Shopify.js')}<script data-title="Shopify. A story"></script>`,
    )
    expect(recogniseStore()).toBeUndefined()
    document.body.className = ''
    vi.stubGlobal('hyva', null)
    vi.stubGlobal('PluginManager', document.createElement('form'))
    vi.stubGlobal('prestashop', {
      get static_token() {
        throw new Error('trap')
      },
    })
    expect(recogniseStore()).toBeUndefined()
  })
})
