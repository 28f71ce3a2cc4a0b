import { pageGlobal } from '../lib/page-global.ts'

/**
 * What gives a platform away, in the order of trying: globals of the page, as paths that end in a string or a function (a form of that
 * name has neither), and after a space a selector. Vendure, Medusa and other headless stores show nothing: they are named.
 */
const SIGNS: Readonly<Record<string, string>> = {
  shopify: 'Shopify.routes.root,Shopify.shop',
  woocommerce: 'wc_add_to_cart_params.ajax_url .woocommerce-js,.woocommerce-no-js',
  magento: 'hyva.getFormKey [data-mage-init],[type="text/x-magento-init"]',
  bigcommerce: 'stencilBootstrap [src*=".bigcommerce.com/"],[href*=".bigcommerce.com/"]',
  prestashop: 'prestashop.static_token',
  shopware: 'activeNavigationId [data-cart-widget]',
  bitrix: 'BX.bitrix_sessid',
  insales: ' [src*="insales"]',
  tilda: 'tcart__addProduct .t706',
  ecwid: 'Ecwid.OnAPILoaded.add [src*="app.ecwid.com"]',
  snipcart: 'Snipcart.version #snipcart',
  sfcc: ' [src*="demandware."],[href*="demandware."]',
  opencart: ' [href*="catalog/view/"],[src*="catalog/view/"]',
}

/** The name of the bridge whose platform made this page; `undefined` where nothing gives it away. Asks nobody, runs nothing. */
export function recogniseStore(): string | undefined {
  for (const [name, signs] of Object.entries(SIGNS)) {
    const [paths = '', selector] = signs.split(/ (.*)/)
    if (paths.split(',').some(isThere) || (selector && globalThis.document?.querySelector(selector))) return name
  }
  return undefined
}

function isThere(path: string): boolean {
  try {
    const [first = '', ...rest] = path.split('.')
    const value = rest.reduce<unknown>((owner, key) => (owner as Record<string, unknown>)?.[key], pageGlobal(first))
    return /string|function/.test(typeof value)
  } catch {
    return false
  }
}
