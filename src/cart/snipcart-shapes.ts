import type { Cart, CartItem } from '../model/cart.ts'
import type { KnownIds, StoreProduct, StoreVariant } from './join-product.ts'
import { tagsIn } from './read-markup.ts'
import { decimalMoney, needed } from './store-money.ts'

interface SnipItem {
  readonly uniqueId: string
  readonly id: string
  readonly name?: string
  readonly quantity: number
  readonly price?: number
  readonly unitPrice?: number
  readonly totalPrice?: number
  readonly image?: string
  readonly url?: string
  readonly customFields?: readonly { readonly name: string; readonly displayValue?: string; readonly value?: string }[]
}

/** What is read of the script's own state of the cart. */
export interface SnipCart {
  readonly currency?: string
  readonly total?: number
  readonly items: { readonly count?: number; readonly items: readonly SnipItem[] }
  readonly discounts?:
    | { readonly items?: readonly { readonly code?: string }[] }
    | readonly { readonly code?: string }[]
}

/** What the shop's page says of a product, in the attributes that Snipcart's crawler checks the order by. */
export interface SnipDefinition {
  readonly id: string
  readonly name: string
  /** A number, or one per currency. */
  readonly price: string
  /** The page that Snipcart checks. */
  readonly url: string
  readonly image?: string | undefined
  readonly description?: string | undefined
  readonly maxQuantity?: number | undefined
  readonly choices: readonly {
    readonly name: string
    readonly values: readonly { readonly text: string; readonly extra: string }[]
  }[]
}

/** `mug`, or `mug?Size=Large` with the choices. */
export function idOf(id: string, choices: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(choices)
  query.sort()
  return query.size ? `${id}?${query}` : id
}

/** The product and the choices of such an id. */
export function idAndChoices(id: string): readonly [string, Record<string, string>] {
  const [product = '', query = ''] = id.split(/\?(.*)/)
  return [product, Object.fromEntries(new URLSearchParams(query))]
}

/** Every product that a page sells (docs.snipcart.com/v3/setup/products): the buttons of class `snipcart-add-item`. */
export function definitionsIn(html: string, page: string): readonly SnipDefinition[] {
  return tagsIn(html, '[a-z][\\w-]*').flatMap(({ attributes: tag }) => {
    const id = tag['data-item-id']
    if (!id || !/(^|\s)snipcart-add-item(\s|$)/.test(tag.class ?? '')) return []
    const most = Number(tag['data-item-max-quantity'] ?? Number.NaN)
    const path = tag['data-item-url'] ?? ''
    const image = tag['data-item-image']
    return {
      ...{ id, name: tag['data-item-name'] ?? id, price: tag['data-item-price'] ?? '', choices: choicesIn(tag) },
      url: URL.canParse(path, page) ? new URL(path, page).href : page,
      image: image && URL.canParse(image, page) ? new URL(image, page).href : undefined,
      description: tag['data-item-description'],
      maxQuantity: Number.isFinite(most) ? most : undefined,
    }
  })
}

/** `data-item-custom1-options="Small|Large[+5.00]"`: only what one chooses from; texts and notes are not. */
function choicesIn(tag: Readonly<Record<string, string>>): SnipDefinition['choices'] {
  const fields = Object.keys(tag).flatMap((key) => /^data-item-custom(\d+)-options$/.exec(key)?.[1] ?? [])
  return fields.map((at) => ({
    name: tag[`data-item-custom${at}-name`] ?? at,
    values: (tag[`data-item-custom${at}-options`] ?? '').split('|').map((option) => {
      const [, text = option, extra = '0'] = /^(.*?)\[([+-][\d.]+)\]$/.exec(option) ?? []
      return { text, extra }
    }),
  }))
}

/** The price in a currency; several are written as JSON by their codes in small letters. */
const priceOf = (price: string, currency: string): unknown => {
  if (!price.trim().startsWith('{')) return price
  try {
    return (JSON.parse(price) as Record<string, unknown>)[currency.toLowerCase()]
  } catch {
    return undefined
  }
}

/** Variants that are listed at most. */
const MOST = 60

export function toStoreProduct(found: SnipDefinition, currency: string): StoreProduct {
  const base = decimalMoney(priceOf(found.price, currency), currency)
  let wishes: { choices: Record<string, string>; extra: number }[] = [{ choices: {}, extra: 0 }]
  for (const { name, values } of found.choices) {
    wishes = wishes.flatMap((wish) =>
      values.map(({ text, extra }) => ({
        choices: { ...wish.choices, [name]: text },
        extra: wish.extra + (decimalMoney(extra.replace('+', ''), currency)?.amount ?? 0),
      })),
    )
  }
  const variants = wishes.slice(0, MOST).map(
    ({ choices, extra }): StoreVariant => ({
      ...{
        id: idOf(found.id, choices),
        sku: found.choices.length ? undefined : found.id,
        options: choices,
        available: true,
      },
      price: base && { amount: base.amount + extra, currency },
    }),
  )
  return {
    url: found.url,
    images: found.image ? [found.image] : [],
    axes: found.choices.map(({ name, values }) => ({ name, values: values.map(({ text }) => text) })),
    variants,
  }
}

/** @throws TypeError for a cart with an amount that is none */
export function toCart(raw: SnipCart, known: KnownIds, fallback: string): Cart {
  const currency = raw.currency?.toUpperCase() ?? fallback
  const items = raw.items.items.map((item) => toItem(item, known, currency))
  const sum = items.reduce((all, { total }) => all + total.amount, 0)
  return {
    items,
    quantity: items.reduce((all, { quantity }) => all + quantity, 0),
    total: decimalMoney(raw.total, currency) ?? { amount: sum, currency },
  }
}

function toItem(item: SnipItem, known: KnownIds, currency: string): CartItem {
  const price = needed(decimalMoney(item.unitPrice ?? item.price, currency))
  const fields = (item.customFields ?? []).map(({ name, displayValue, value }) => [name, displayValue ?? value ?? ''])
  const choices = Object.fromEntries(fields)
  return {
    ...{ id: item.uniqueId, ...(known.get(idOf(item.id, choices)) ?? known.get(item.id)) },
    ...{ title: item.name ?? '', quantity: item.quantity, price, image: item.image, url: item.url },
    variantTitle: Object.values<string>(choices).filter(Boolean).join(' / ') || undefined,
    total: decimalMoney(item.totalPrice, currency) ?? { amount: price.amount * item.quantity, currency },
  }
}

export const hasCode = ({ discounts }: SnipCart, code: string): boolean =>
  (Array.isArray(discounts) ? discounts : ((discounts as { items?: readonly { code?: string }[] })?.items ?? [])).some(
    (one: { code?: string }) => one.code?.toLowerCase() === code.toLowerCase(),
  )
