/** How each platform's own page or bridge is asked to add. Where adding is a call of a script in the page, there is no request. */
export const ADDS: Readonly<Record<string, RegExp>> = {
  bigcommerce: /^POST \S*\/api\/storefront\/carts(\/[^/]+\/items)?(\?|\s|$)/,
  bitrix: /ADD2BASKET/i,
  insales: /^POST \S*\/cart_items/,
  magento: /^POST \S*\/checkout\/cart\/add\//,
  medusa: /^POST \S*\/line-items(\?|\s|$)/,
  opencart: /checkout(\/|%2F)cart(\.|\/|%2F|\||%7C)add/i,
  prestashop: /^POST [\s\S]*\badd=1/,
  sfcc: /Cart-AddProduct/,
  'sfcc-api': /^POST \S*\/baskets\/[^/]+\/items/,
  shopify: /^POST \S*\/cart\/add\.js/,
  'shopify-headless': /cartLinesAdd|cartCreate/,
  shopware: /^POST \S*\/checkout\/line-item\/add/,
  vendure: /addItemToOrder/,
  woocommerce: /^POST \S*cart(\/|%2F)add-item/i,
}

/** Platforms where adding is a call in the page. */
const CALLS = ['ecwid', 'snipcart', 'tilda']
/** Each shop has a form of its own. */
const FORM = 'form'

/** Those that the widget knows by their page, and those that must be named. */
export const NAMES: readonly string[] = [...Object.keys(ADDS), ...CALLS, FORM].sort()

/** What a bridge is not told by the page. */
export const NEEDS: Readonly<Record<string, readonly string[]>> = {
  form: ['form', 'cart'],
  medusa: ['url', 'publishableKey'],
  'shopify-headless': ['shop'],
  vendure: ['url'],
}

/** The setting that says where a shop is, for those that their page tells it of. */
export const PLACES: Readonly<Record<string, string>> = {
  bigcommerce: 'root=https://…/',
  bitrix: 'root=https://…/ and basket=/…/',
  insales: 'root=https://…/',
  magento: 'root=https://…/',
  opencart: 'root=https://…/',
  prestashop: 'root=https://…/',
  sfcc: 'controllers=/on/demandware.store/Sites-…-Site/…/',
  shopify: 'root=/…/',
  shopware: 'root=https://…/',
  woocommerce: 'api=https://…/wp-json/',
}
