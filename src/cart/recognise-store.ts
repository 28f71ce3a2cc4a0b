/** Globals of a page that count where they are a text or a function: a form of that name has neither. */
const GLOBALS = 'Shopify.shop prestashop.static_token PluginManager.register hyva.getFormKey'

/**
 * What gives a platform away, by name, in the order of trust: a piece of such a global's name, or of the tags of the page's scripts, styles
 * and body; the name itself where none is given. What is embedded in pages of other platforms too comes last: forms of Bitrix24, and apps of
 * Shopify's, which say their shop's name wherever they run. Headless stores show nothing: they are named.
 */
const SIGNS =
  'woocommerce magento:x-mag magento:hyva. bigcommerce:.bigcommerce. prestashop shopware:Plug insales tilda:tilda-cart ecwid snipcart sfcc:demandware opencart:catalog/view bitrix:/bitrix/ shopify:Shopify.s'

/** Of the bodies only one with a class of WooCommerce's: a page about a platform has a class of that name, too. */
const PLACES = 'script,[rel=stylesheet],[rel^=preco],#snipcart,body[class*=" wooc"]'

/** The names of the bridges whose platforms show in this page, the likeliest first, one perhaps twice; none: nothing gives one away. Asks nobody, runs nothing. */
export function recogniseStore(): readonly string[] {
  let found = GLOBALS.split(' ').filter(isThere).join()
  // A clone without what is inside: the tag alone, which neither runs nor loads.
  for (const element of document.querySelectorAll(PLACES)) found += (element.cloneNode() as Element).outerHTML
  const shown = SIGNS.split(' ').filter((sign) => found.includes(sign.replace(/.*:/, '')))
  return shown.map((sign) => sign.replace(/:.*/, ''))
}

function isThere(path: string): boolean {
  const step = (at: unknown, key: string) => (at as Record<string, unknown>)[key]
  try {
    return /str|fun/.test(typeof path.split('.').reduce(step, globalThis))
  } catch {
    return false
  }
}
