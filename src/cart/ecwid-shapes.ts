import type { StoreProduct, StoreVariant } from './join-product.ts'
import { decimalMoney } from './store-money.ts'

/** What is read of the store's profile. */
export interface EcwidProfile {
  readonly formatsAndUnits?: { readonly currency?: string }
}

/** Stock, as a product and a combination have it. */
interface EcwidStock {
  readonly price?: number
  readonly compareToPrice?: number
  readonly inStock?: boolean
  readonly unlimited?: boolean
  readonly quantity?: number
  readonly sku?: string
  readonly imageUrl?: string
}

/** What is read of a product of the REST API, version 3. */
export interface EcwidProduct extends EcwidStock {
  readonly id: number
  readonly name?: string
  readonly url?: string
  readonly enabled?: boolean
  readonly galleryImages?: readonly { readonly url?: string }[]
  readonly options?: readonly {
    readonly name: string
    readonly type?: string
    readonly choices?: readonly {
      readonly text: string
      readonly priceModifier?: number
      readonly priceModifierType?: string
    }[]
  }[]
  readonly combinations?: readonly (EcwidStock & {
    readonly options: readonly { readonly name: string; readonly value: string }[]
  })[]
}

/** `123`, or `123?Size=L` with the choices. */
export function idOf(product: number | string, choices: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(choices)
  query.sort()
  return query.size ? `${product}?${query}` : `${product}`
}

/** The product and the choices of such an id. */
export function idAndChoices(id: string): readonly [string, Record<string, string>] {
  const [product = '', query = ''] = id.split(/\?(.*)/)
  return [product, Object.fromEntries(new URLSearchParams(query))]
}

/** Variants that are listed at most. */
const MOST = 60

/** The product with every combination of its drop-downs and radio buttons; a combination that the store keeps has its own price and stock. */
export function toStoreProduct(raw: EcwidProduct, currency: string): StoreProduct {
  const axes = (raw.options ?? []).filter(
    ({ type, choices }) => /^(SELECT|RADIO|SIZE|SWATCHES)$/.test(type ?? '') && choices?.length,
  )
  let wishes: { choices: Record<string, string>; extra: number }[] = [{ choices: {}, extra: 0 }]
  for (const { name, choices } of axes) {
    wishes = wishes.flatMap((wish) =>
      (choices ?? []).map(({ text, priceModifier = 0, priceModifierType }) => ({
        choices: { ...wish.choices, [name]: text },
        extra:
          wish.extra + (priceModifierType === 'PERCENT' ? ((raw.price ?? 0) * priceModifier) / 100 : priceModifier),
      })),
    )
  }
  return {
    url: raw.url,
    images: [raw.imageUrl, ...(raw.galleryImages ?? []).map(({ url }) => url)].flatMap((url) => url ?? []),
    axes: axes.map(({ name, choices }) => ({ name, values: (choices ?? []).map(({ text }) => text) })),
    variants: wishes.slice(0, MOST).map((wish) => toVariant(raw, wish, currency)),
  }
}

function toVariant(
  raw: EcwidProduct,
  { choices, extra }: { choices: Record<string, string>; extra: number },
  currency: string,
): StoreVariant {
  const kept = raw.combinations?.find(({ options }) => options.every(({ name, value }) => choices[name] === value))
  const stock = kept ?? raw
  const price = kept?.price ?? (raw.price === undefined ? undefined : Math.round((raw.price + extra) * 1000) / 1000)
  const isCounted = stock.unlimited === false || stock.quantity !== undefined
  return {
    id: idOf(raw.id, choices),
    // What has no combination of its own is the base product, which the first SKU already names.
    sku: Object.keys(choices).length ? kept?.sku : raw.sku,
    options: choices,
    available:
      raw.enabled !== false && (isCounted ? (stock.quantity ?? 0) > 0 : (stock.inStock ?? raw.inStock ?? true)),
    stock: isCounted ? stock.quantity : undefined,
    price: decimalMoney(price, currency),
    compareAt: decimalMoney(stock.compareToPrice ?? raw.compareToPrice, currency),
    image: kept?.imageUrl,
  }
}
