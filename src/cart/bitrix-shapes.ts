import { plainText } from '../lib/plain-text.ts'
import type { Cart, CartItem } from '../model/cart.ts'
import type { KnownIds, StoreProduct, StoreVariant } from './join-product.ts'
import { pageProduct, type ShopPage } from './page-product.ts'
import { insidesOf, tagsIn } from './read-markup.ts'
import { readPhpObject } from './read-php-object.ts'
import { decimalMoney, needed } from './store-money.ts'

/** A number, which PHP may print as a text. */
type Numeric = number | string | null

/** What is read of the basket component's result. */
export interface BitrixBasket {
  readonly BASKET_ITEM_RENDER_DATA?: readonly BitrixItem[] | Readonly<Record<string, BitrixItem>>
  readonly TOTAL_RENDER_DATA?: { readonly PRICE?: Numeric; readonly CURRENCY?: string }
  readonly allSum?: Numeric
  readonly CURRENCY?: string
  readonly COUPON_LIST?: readonly { readonly COUPON?: string; readonly JS_STATUS?: string }[]
}

interface BitrixItem {
  readonly ID: Numeric
  readonly PRODUCT_ID: Numeric
  readonly NAME?: string
  readonly QUANTITY: Numeric
  readonly CURRENCY?: string
  readonly PRICE?: Numeric
  readonly SUM_PRICE?: Numeric
  readonly DETAIL_PAGE_URL?: string
  readonly IMAGE_URL?: string
  /** Put aside, not to be bought now. */
  readonly DELAYED?: boolean | 'Y' | 'N'
  readonly PROPS?: readonly { readonly NAME?: string; readonly VALUE?: string }[]
}

/** What the basket page hands to its component (`BX.Sale.BasketComponent.init`), which a change must send back. */
export interface BitrixComponent {
  readonly result: BitrixBasket
  readonly template?: string
  readonly signedParamsString?: string
  readonly siteId?: string
  readonly siteTemplateId?: string
  readonly ajaxUrl?: string
}

const EMPTY: BitrixComponent = { result: {} }

/** The component out of the basket page; of an empty basket there is none. `undefined`: another component draws this page. */
export function componentIn(html: string): BitrixComponent | undefined {
  const call = 'BasketComponent.init('
  const at = html.indexOf(call)
  if (at < 0) return /empty-(?:cart|basket)|basket-empty/i.test(html) ? EMPTY : undefined
  const found = readPhpObject(html.slice(at + call.length)) as BitrixComponent | undefined
  return found?.result ? found : undefined
}

/** The token of the session as a page prints it. */
export const sessionIn = (html: string): string | undefined =>
  /['"]bitrix_sessid['"]\s*:\s*['"](\w+)['"]/.exec(html)?.[1]

export const itemsIn = (basket: BitrixBasket): readonly BitrixItem[] =>
  Object.values(basket.BASKET_ITEM_RENDER_DATA ?? {}).filter(({ DELAYED }) => !DELAYED || DELAYED === 'N')

/** @throws TypeError for a cart with an amount that is none */
export function toCart(
  basket: BitrixBasket,
  known: KnownIds,
  { currency, root, url }: { currency: string; root: string; url: string },
): Cart {
  const code = basket.CURRENCY ?? basket.TOTAL_RENDER_DATA?.CURRENCY ?? itemsIn(basket)[0]?.CURRENCY ?? currency
  const items = itemsIn(basket).map((item) => toItem(item, known, { currency: code, root }))
  const sum = items.reduce((all, { total }) => all + total.amount, 0)
  const told = decimalMoney(basket.allSum ?? basket.TOTAL_RENDER_DATA?.PRICE, code)
  return {
    items,
    quantity: items.reduce((all, { quantity }) => all + quantity, 0),
    total: (items.length ? told : undefined) ?? { amount: sum, currency: code },
    checkoutUrl: url,
  }
}

function toItem(item: BitrixItem, known: KnownIds, { currency, root }: { currency: string; root: string }): CartItem {
  const price = needed(decimalMoney(item.PRICE, currency))
  const quantity = Math.round(Number(item.QUANTITY))
  const absolute = (path: string | undefined) =>
    path && URL.canParse(path, root) ? new URL(path, root).href : undefined
  return {
    id: `${item.ID}`,
    ...known.get(`${item.PRODUCT_ID}`),
    title: plainText(item.NAME ?? ''),
    variantTitle: (item.PROPS ?? []).flatMap(({ VALUE }) => (VALUE ? plainText(VALUE) : [])).join(' / ') || undefined,
    quantity,
    price,
    total: decimalMoney(item.SUM_PRICE, currency) ?? { amount: price.amount * quantity, currency },
    image: absolute(item.IMAGE_URL),
    url: absolute(item.DETAIL_PAGE_URL),
  }
}

interface BitrixOffer {
  readonly ID: Numeric
  readonly NAME?: string
  readonly CAN_BUY?: boolean
  readonly CHECK_QUANTITY?: boolean
  readonly MAX_QUANTITY?: Numeric
  readonly ITEM_PRICES?: readonly BitrixPrice[]
  readonly BASIS_PRICE?: BitrixPrice
  readonly TREE?: Readonly<Record<string, Numeric>>
}

interface BitrixPrice {
  readonly PRICE?: Numeric
  readonly BASE_PRICE?: Numeric
  readonly CURRENCY?: string
}

/** A product out of its page: what the page hands to `JCCatalogElement`, else what it tells search engines. */
export function readProductPage(page: ShopPage, id: string, currency: string): StoreProduct | undefined {
  const told = pageProduct(page, id, currency)
  const call = /new\s+JCCatalogElement\(/.exec(page.html)
  const found = call && (readPhpObject(page.html.slice(call.index + call[0].length)) as BitrixElement | undefined)
  const offers = found?.OFFERS?.length ? found.OFFERS : found?.PRODUCT ? [found.PRODUCT] : []
  if (!offers.length) return told
  const words = treeIn(page.html)
  const variants = offers.map((offer) => toVariant(offer, words, currency))
  const names = [...new Set(variants.flatMap(({ options }) => Object.keys(options)))]
  return {
    url: page.url,
    images: told?.images ?? [],
    axes: names.map((name) => ({ name, values: [...new Set(variants.map(({ options }) => options[name] ?? ''))] })),
    variants,
  }
}

interface BitrixElement {
  readonly PRODUCT?: BitrixOffer
  readonly OFFERS?: readonly BitrixOffer[]
}

function toVariant(offer: BitrixOffer, words: ReturnType<typeof treeIn>, fallback: string): StoreVariant {
  const price = offer.ITEM_PRICES?.[0] ?? offer.BASIS_PRICE
  const currency = price?.CURRENCY ?? fallback
  const stock = Math.floor(Number(offer.MAX_QUANTITY ?? Number.NaN))
  const options = Object.entries(offer.TREE ?? {}).flatMap(([property, value]) => {
    const id = property.replace(/\D+/g, '')
    // Nothing is chosen of an axis that this offer does not have.
    return Number(value)
      ? [[words.axes.get(id) ?? property, words.values.get(`${id}_${value}`) ?? `${value}`] as const]
      : []
  })
  return {
    id: `${offer.ID}`,
    title: offer.NAME && plainText(offer.NAME),
    options: Object.fromEntries(options),
    available: offer.CAN_BUY !== false,
    stock: offer.CHECK_QUANTITY && Number.isSafeInteger(stock) ? Math.max(stock, 0) : undefined,
    price: decimalMoney(price?.PRICE, currency),
    compareAt: decimalMoney(price?.BASE_PRICE, currency),
  }
}

/** The words of the offers' tree: `data-treevalue="12_34"` is value 34 of axis 12, whose name stands in the box before the list. */
function treeIn(html: string): { readonly axes: Map<string, string>; readonly values: Map<string, string> } {
  const axes = new Map<string, string>()
  const values = new Map<string, string>()
  for (const { attributes, start } of tagsIn(html, 'li')) {
    const [, axis = '', value] = /^(\d+)_(\d+)$/.exec(attributes['data-treevalue'] ?? '') ?? []
    if (!value) continue
    if (attributes.title) values.set(`${axis}_${value}`, attributes.title.replace(/^[^:]*:\s*/, ''))
    const name = axes.has(axis) ? undefined : insidesOf(html.slice(Math.max(start - 1500, 0), start), 'div').at(-1)
    if (name && plainText(name)) axes.set(axis, plainText(name))
  }
  return { axes, values }
}
