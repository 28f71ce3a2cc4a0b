import type { CartBridge } from '../model/cart.ts'
import { recogniseStore } from './recognise-store.ts'

/** Makes a bridge of these settings. Throws CastcartError `bad-options` for one that it cannot work without. */
type Make = (settings: never) => CartBridge

/** Every bridge to a store but the commonest, each a file of its own. */
const BRIDGES: Readonly<Record<string, () => Promise<Make>>> = {
  bigcommerce: async () => (await import('./bigcommerce.ts')).bigcommerce,
  bitrix: async () => (await import('./bitrix.ts')).bitrix,
  ecwid: async () => (await import('./ecwid.ts')).ecwid,
  form: async () => (await import('./form.ts')).form,
  insales: async () => (await import('./insales.ts')).insales,
  magento: async () => (await import('./magento.ts')).magento,
  medusa: async () => (await import('./medusa.ts')).medusa,
  opencart: async () => (await import('./opencart.ts')).opencart,
  prestashop: async () => (await import('./prestashop.ts')).prestashop,
  sfcc: async () => (await import('./sfcc.ts')).sfcc,
  'sfcc-api': async () => (await import('./sfcc-api.ts')).sfccApi,
  'shopify-headless': async () => (await import('./shopify-headless.ts')).shopifyHeadless,
  shopware: async () => (await import('./shopware.ts')).shopware,
  snipcart: async () => (await import('./snipcart.ts')).snipcart,
  tilda: async () => (await import('./tilda.ts')).tilda,
  vendure: async () => (await import('./vendure.ts')).vendure,
  woocommerce: async () => (await import('./woocommerce.ts')).woocommerce,
}

/** The name that `auto` stands for on this page. Where it shows more than one platform, `warn` tells the developer. */
export function platform(warn: (words: string) => void): string {
  const shown = new Set(recogniseStore())
  const [name = 'links'] = shown
  if (shown.size > 1) warn(`[castcart] cart: auto took ${name} of ${[...shown]}: name one`)
  return name
}

/** The factory of a bridge, loaded; `undefined` for a name that there is none of. */
export const storeBridge = async (name: string): Promise<Make | undefined> =>
  Object.hasOwn(BRIDGES, name) ? BRIDGES[name]?.() : undefined

/** Every name but `shopify`, for those who mistyped one. */
export const names = (): string => [...Object.keys(BRIDGES), 'callbacks or links'].join(', ')
