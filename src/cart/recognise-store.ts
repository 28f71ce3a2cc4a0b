import { pageGlobal } from '../lib/page-global.ts'

/** Globals of a page that count where they are a text or a function: a form of that name has neither. */
const GLOBALS = 'Shopify.shop prestashop.static_token PluginManager.register hyva.getFormKey'

/**
 * What gives a platform away, by name, in the order of trying: a piece of such a global's name, or of the tags of the page's scripts, styles
 * and body; the name itself where none is given. Headless stores show nothing: they are named.
 */
const SIGNS =
  'shopify:Shopify.s woocommerce magento:x-mag magento:hyva. bigcommerce:.bigcommerce. prestashop shopware:Plug bitrix:/bitrix/ insales tilda:tilda-cart ecwid snipcart sfcc:demandware opencart:catalog/view'

/** Of the bodies only one with a class of WooCommerce's: a page about a platform has a class of that name, too. */
const PLACES = 'script,[rel=stylesheet],[rel^=preco],#snipcart,body[class*=" wooc"]'

/** The name of the bridge whose platform made this page; `undefined` where nothing gives it away. Asks nobody, runs nothing. */
export function recogniseStore(): string | undefined {
  let found = GLOBALS.split(' ').filter(isThere).join()
  // A clone without what is inside: the tag alone, which neither runs nor loads.
  for (const element of document.querySelectorAll(PLACES)) found += (element.cloneNode() as Element).outerHTML
  for (const sign of SIGNS.split(' ')) {
    const [name = '', piece = name] = sign.split(':')
    if (found.includes(piece)) return name
  }
  return undefined
}

function isThere(path: string): boolean {
  try {
    const [owner = '', key = ''] = path.split('.')
    return /str|fun/.test(typeof pageGlobal<Record<string, unknown>>(owner)?.[key])
  } catch {
    return false
  }
}
