import { onTestFinished, vi } from 'vitest'

/** Until the test is over, the page has traces of two store platforms: Shopify's object and a script of WooCommerce. */
export function showTwoPlatforms(): void {
  vi.stubGlobal('Shopify', { shop: 'clay.myshopify.com' })
  const script = document.createElement('script')
  script.type = 'text/plain'
  script.src = '/wp-content/plugins/woocommerce/assets/js/frontend/cart.min.js'
  document.body.append(script)
  onTestFinished(() => script.remove())
}
