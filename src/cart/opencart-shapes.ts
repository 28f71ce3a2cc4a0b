import { plainText } from '../lib/plain-text.ts'
import type { CartItem } from '../model/cart.ts'
import { addMoney, type Money } from '../model/money.ts'
import type { StoreProduct, StoreVariant } from './join-product.ts'
import { metaOf, pageProduct, type ShopPage } from './page-product.ts'
import { insidesOf, type Tag, tagsIn } from './read-markup.ts'
import { writtenMoney } from './store-money.ts'

/** A line of the cart as its page shows it. */
export interface OpenLine {
  readonly item: Omit<CartItem, 'productId' | 'variantId'>
  /** The shop's product, where the address tells it. */
  readonly product: string | undefined
  /** The shop has fewer than that: it takes any quantity and marks the line with `***`. */
  readonly isShort: boolean
}

/** What the cart page says. */
export interface OpenCart {
  readonly lines: readonly OpenLine[]
  readonly total: Money
}

/** The cart out of its page (`checkout/cart`) or list (`checkout/cart.list`): OpenCart has no other answer for shoppers. */
export function readCartPage(html: string, currency: string): OpenCart {
  const rows = insidesOf(html, 'tr')
  const lines = rows.flatMap((row) => readRow(row, currency) ?? [])
  const sums = rows.filter((row) => !tagsIn(row, 'input').length)
  const total = sums.map((row) => writtenMoney(lastCell(row), currency)).findLast(Boolean)
  return { lines, total: (lines.length ? total : undefined) ?? { amount: 0, currency } }
}

const lastCell = (row: string) => plainText(insidesOf(row, 'td').at(-1) ?? '')

function readRow(row: string, currency: string): OpenLine | undefined {
  const inputs = tagsIn(row, 'input').map(({ attributes }) => attributes)
  const field = inputs.find(({ name, disabled }) => /^quantity(\[|$)/.test(name ?? '') && disabled === undefined)
  const key = /\[(.+)\]/.exec(field?.name ?? '')?.[1] ?? inputs.find(({ name }) => name === 'key')?.value
  const cells = insidesOf(row, 'td').map((cell) => plainText(cell))
  const price = writtenMoney(cells.at(-2) ?? '', currency)
  const total = writtenMoney(cells.at(-1) ?? '', currency)
  if (!field || !key || !price || !total) return undefined
  const links = [...row.matchAll(/<a\b[^>]*href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/gi)]
  const [, href = '', name = ''] = links.find(([, , inside = '']) => plainText(inside)) ?? []
  const url = plainText(href)
  const options = insidesOf(row, 'small').flatMap((text) => /^[^:]*:\s*(.+)$/.exec(plainText(text))?.[1] ?? [])
  return {
    item: {
      ...{ id: key, title: plainText(name), variantTitle: options.join(' / ') || undefined },
      ...{ quantity: Number(field.value), price, total },
      image: tagsIn(row, 'img')[0]?.attributes.src,
      url: URL.canParse(url) ? url : undefined,
    },
    product: /[?&]product_id=(\d+)/.exec(url)?.[1],
    isShort: /\*\*\*/.test(row),
  }
}

/** One choice of the product page: `option[218]`. */
interface OpenOption {
  readonly field: string
  readonly name: string
  readonly values: readonly {
    readonly value: string
    readonly text: string
    readonly extra: Money | undefined
    readonly sign: number
  }[]
}

/** Combinations that are listed at most; past that the page is the place to choose. */
const MOST = 60

/**
 * A product out of its page. A variant's id is `42`, or `42:218=5,223=7` with the choices made; a sold-out choice is not on the page.
 * `undefined`: there is no price on it.
 */
export function readProductPage(page: ShopPage, product: string, currency: string): StoreProduct | undefined {
  const told = pageProduct(page, product, currency)
  const [price, before] = pricesIn(page.html, currency)
  const base = price ?? told?.variants[0]?.price
  if (!base) return undefined
  const options = optionsIn(page.html, currency)
  let variants: StoreVariant[] = [
    {
      ...{ id: product, sku: told?.variants[0]?.sku, options: {}, price: base, compareAt: before },
      available: told?.variants[0]?.available ?? true,
    },
  ]
  for (const option of options)
    variants = variants.flatMap((variant) => option.values.map((value) => withValue(variant, option, value)))
  const image = metaOf(page.html, 'og:image') ?? pictureIn(page.html)
  return {
    url: page.url,
    images: told?.images.length ? told.images : image ? [image] : [],
    axes: options.map(({ name, values }) => ({ name, values: values.map(({ text }) => text) })),
    variants: variants.slice(0, MOST),
  }
}

const pictureIn = (html: string) =>
  /class="(?:thumbnail|[^"]*magnific[^"]*|[^"]*thumbnails[^"]*)"[\s\S]{0,300}?<a\b[^>]*href="(https?:[^"]+)"/.exec(
    html,
  )?.[1]

function withValue(
  variant: StoreVariant,
  { field, name }: OpenOption,
  value: OpenOption['values'][number],
): StoreVariant {
  const id = /\d+/.exec(field)?.[0]
  const { price } = variant
  const extra = value.extra && { ...value.extra, amount: value.extra.amount * value.sign }
  return {
    ...variant,
    id: `${variant.id}${variant.id.includes(':') ? ',' : ':'}${id}=${value.value}`,
    options: { ...variant.options, [name]: value.text },
    price: price && extra ? (addMoney(price, extra) ?? undefined) : price,
  }
}

/** The price, and what it was before: by the classes of version 4, else by the headings and the line-through of version 3. */
function pricesIn(html: string, currency: string): readonly (Money | undefined)[] {
  const of = (pattern: RegExp) => writtenMoney(plainText(pattern.exec(html)?.[1] ?? ''), currency)
  return [
    of(/class="[^"]*price-new[^"]*"[^>]*>([\s\S]*?)</) ?? of(/<li>\s*<h2>([\s\S]*?)<\/h2>/),
    of(/class="[^"]*price-old[^"]*"[^>]*>([\s\S]*?)</) ?? of(/line-through[^>]*>([\s\S]*?)</),
  ]
}

function optionsIn(html: string, currency: string): readonly OpenOption[] {
  const groups = new Map<string, { start: number; values: OpenOption['values'][number][] }>()
  const add = (tag: Tag, field: string | undefined, values: OpenOption['values']) => {
    if (!field || !/^option\[\d+\]$/.test(field)) return
    const group = groups.get(field) ?? { start: tag.start, values: [] }
    groups.set(field, { ...group, values: [...group.values, ...values] })
  }
  for (const tag of tagsIn(html, 'select')) {
    const inside = html.slice(tag.end, html.indexOf('</select>', tag.end))
    const values = tagsIn(inside, 'option').flatMap(({ attributes, end }) =>
      attributes.value ? [toValue(attributes.value, /^[^<]*/.exec(inside.slice(end))?.[0] ?? '', currency)] : [],
    )
    add(tag, tag.attributes.name, values)
  }
  for (const tag of tagsIn(html, 'input')) {
    const { type, name, value = '' } = tag.attributes
    const text = /^[\s\S]*?(?=<input|<\/div>|<\/label>)/.exec(html.slice(tag.end))?.[0] ?? ''
    if (type === 'radio') add(tag, name, [toValue(value, text, currency)])
  }
  return [...groups].map(([field, { start, values }]) => ({ field, name: labelBefore(html, start) ?? field, values }))
}

const labelBefore = (html: string, at: number) => {
  const labels = insidesOf(html.slice(Math.max(at - 2000, 0), at), 'label')
  return labels.length ? plainText(labels.at(-1) ?? '') : undefined
}

/** `Large (+$12.00)`: the text, and what it adds to the price. */
function toValue(value: string, written: string, currency: string): OpenOption['values'][number] {
  const text = plainText(written)
  const [, name = text, sign, extra = ''] = /^(.*?)\s*\(\s*([+-])\s*([^)]*\d[^)]*)\)\s*$/.exec(text) ?? []
  return { value, text: name, extra: sign ? writtenMoney(extra, currency) : undefined, sign: sign === '-' ? -1 : 1 }
}

const SIGNS: Readonly<Record<string, string>> = {
  '€': 'EUR',
  '£': 'GBP',
  '₽': 'RUB',
  'р.': 'RUB',
  руб: 'RUB',
  '₴': 'UAH',
  грн: 'UAH',
  '₸': 'KZT',
  zł: 'PLN',
  Kč: 'CZK',
  '₺': 'TRY',
  '₹': 'INR',
  '₫': 'VND',
  '฿': 'THB',
  R$: 'BRL',
  '¥': 'JPY',
  $: 'USD',
}

/** The commonest currency of a sign in a formatted price; `undefined` where there is none. */
export const currencyOfSign = (text: string): string | undefined =>
  Object.entries(SIGNS).find(([sign]) => text.includes(sign))?.[1]
