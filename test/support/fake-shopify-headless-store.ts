import { type FakeReply, type FakeRequest, type FakeStore, serveFakeStore } from './serve-fake-store.ts'

interface FakeVariant {
  readonly id: number
  price: string
  readonly before?: string
  /** Its metafield `custom.lowest_30`. */
  readonly lowest?: string
  stock?: number
  /** The shop lets no more into a cart, and says nothing of it. */
  most?: number
  readonly options?: Record<string, string>
  readonly unit?: { readonly price: string; readonly value: number; readonly unit: string }
}

/** A product of the fake; amounts are decimal text. */
export interface FakeHeadlessProduct {
  readonly id: number
  readonly handle: string
  readonly variants: FakeVariant[]
}

/** Plenty, 2 pieces, none; a coat of two axes; coffee with a unit price. */
export const products = (): FakeHeadlessProduct[] => [
  { id: 1, handle: 'mug', variants: [{ id: 11, price: '24.0', before: '29.0', lowest: '22.0' }] },
  { id: 2, handle: 'vase', variants: [{ id: 21, price: '80.0', stock: 2 }] },
  { id: 3, handle: 'bowl', variants: [{ id: 31, price: '30.0', stock: 0 }] },
  {
    ...{ id: 4, handle: 'coat' },
    variants: [
      { id: 41, price: '199.0', options: { Size: 'S', Colour: 'Ink' } },
      { id: 42, price: '219.0', stock: 0, options: { Size: 'M', Colour: 'Ink' } },
    ],
  },
  { id: 5, handle: 'coffee', variants: [{ id: 51, price: '12.0', unit: { price: '4.8', value: 100, unit: 'G' } }] },
]

interface Line {
  readonly id: string
  readonly product: FakeHeadlessProduct
  readonly variant: FakeVariant
  quantity: number
  readonly attributes: readonly { key: string; value: string }[]
}

interface FakeInput {
  readonly id?: string
  readonly merchandiseId?: string
  readonly quantity: number
  readonly attributes?: Line['attributes']
}

interface FakeVariables {
  readonly id?: string
  readonly lines?: readonly FakeInput[]
  readonly codes?: string[]
}

const NONE: FakeInput = { quantity: 0 }

interface FakeCart {
  readonly id: string
  lines: Line[]
  codes: string[]
}

/** A fake Shopify Storefront API, written from its documentation: no Shopify code, no Shopify account. */
export type FakeShopifyHeadlessStore = FakeStore & {
  pieces(): Promise<number>
  empty(): Promise<void>
  /** The newest cart expires, as one does that was paid or left alone. */
  expire(): void
  attributes(): readonly { key: string; value: string }[]
}

/** Starts the fake on a free port of this machine. */
export async function fakeShopifyHeadlessStore({
  products: all = products(),
  currency = 'EUR',
}: {
  products?: FakeHeadlessProduct[]
  currency?: string
} = {}): Promise<FakeShopifyHeadlessStore> {
  const carts = new Map<string, FakeCart>()
  let made = 0

  const money = (amount: number | string) => ({ amount: `${amount}`, currencyCode: currency })
  const gid = (type: string, id: number) => `gid://shopify/${type}/${id}`
  const find = (merchandiseId: string) => {
    for (const product of all)
      for (const variant of product.variants)
        if (gid('ProductVariant', variant.id) === merchandiseId) return { product, variant }
    return undefined
  }
  const toCart = (cart: FakeCart) => {
    const left = cart.codes.some((code) => code.toUpperCase() === 'TEN') ? 0.9 : 1
    const nodes = cart.lines.map(({ id, product, variant, quantity }) => ({
      ...{ id, quantity, cost: { totalAmount: money((Number(variant.price) * quantity * left).toFixed(2)) } },
      merchandise: {
        ...{
          id: gid('ProductVariant', variant.id),
          title: Object.values(variant.options ?? {}).join(' / ') || 'Default Title',
        },
        image: { url: `http://cdn.example/${variant.id}.webp` },
        product: { title: `The ${product.handle}`, onlineStoreUrl: null },
      },
    }))
    return {
      ...{ id: cart.id, checkoutUrl: `http://fake.example/cart/c/${made}` },
      totalQuantity: cart.lines.reduce((sum, { quantity }) => sum + quantity, 0),
      cost: {
        totalAmount: money(nodes.reduce((sum, { cost }) => sum + Number(cost.totalAmount.amount), 0).toFixed(2)),
      },
      discountCodes: cart.codes.map((code) => ({ code, applicable: code.toUpperCase() === 'TEN' })),
      lines: { nodes },
    }
  }
  const toProduct = (product: FakeHeadlessProduct | undefined) => {
    if (!product) return null
    const names = [
      ...new Set(product.variants.flatMap(({ options = { Title: 'Default Title' } }) => Object.keys(options))),
    ]
    const valuesOf = (name: string) => [
      ...new Set(product.variants.map(({ options }) => options?.[name] ?? 'Default Title')),
    ]
    return {
      ...{ id: gid('Product', product.id), onlineStoreUrl: null },
      images: { nodes: [{ url: `http://cdn.example/${product.handle}.webp` }] },
      options: names.map((name) => ({ name, optionValues: valuesOf(name).map((value) => ({ name: value })) })),
      variants: {
        nodes: product.variants.map((one) => ({
          ...{ id: gid('ProductVariant', one.id), sku: `${product.handle.toUpperCase()}-${one.id}` },
          ...{
            title: Object.values(one.options ?? {}).join(' / ') || 'Default Title',
            availableForSale: one.stock !== 0,
          },
          ...{ price: money(one.price), compareAtPrice: one.before ? money(one.before) : null },
          unitPrice: one.unit ? money(one.unit.price) : null,
          unitPriceMeasurement: one.unit ? { referenceValue: one.unit.value, referenceUnit: one.unit.unit } : null,
          selectedOptions: Object.entries(one.options ?? { Title: 'Default Title' }).map(([name, value]) => ({
            name,
            value,
          })),
          image: null,
          metafield: one.lowest
            ? { value: JSON.stringify({ amount: one.lowest, currency_code: money('0').currencyCode }) }
            : null,
        })),
      },
    }
  }
  const add = (cart: FakeCart, lines: readonly FakeInput[]) => {
    const warnings: object[] = []
    for (const { merchandiseId = '', quantity, attributes = [] } of lines) {
      const found = find(merchandiseId)
      if (!found)
        return {
          ...{ cart: null, warnings },
          userErrors: [
            { code: 'INVALID', field: ['lines', '0', 'merchandiseId'], message: 'The merchandise does not exist.' },
          ],
        }
      const { product, variant } = found
      const line = cart.lines.find((one) => one.variant === variant)
      const room = (variant.stock ?? 9999) - (line?.quantity ?? 0)
      const target = gid('CartLine', variant.id)
      if (variant.stock === 0) warnings.push({ code: 'MERCHANDISE_OUT_OF_STOCK', message: 'Sold out.', target })
      else if (room < quantity)
        warnings.push({ code: 'MERCHANDISE_NOT_ENOUGH_STOCK', message: `Only ${room} added.`, target })
      const got = Math.min(room, quantity)
      if (got <= 0) continue
      if (line) line.quantity = Math.min(line.quantity + got, variant.most ?? 9999)
      else cart.lines.push({ id: target, product, variant, quantity: got, attributes })
    }
    return { cart: toCart(cart), userErrors: [], warnings }
  }
  const write = (query: string, { id, lines = [], codes = [] }: FakeVariables): object => {
    if (query.includes('cartCreate')) {
      const cart: FakeCart = { id: `gid://shopify/Cart/${++made}?key=k`, lines: [], codes: [] }
      carts.set(cart.id, cart)
      return { cart: toCart(cart), userErrors: [], warnings: [] }
    }
    const cart = carts.get(id ?? '')
    const userErrors = [{ code: 'INVALID', field: ['cartId'], message: 'The specified cart does not exist.' }]
    if (!cart) return { cart: null, userErrors, warnings: [] }
    if (query.includes('cartLinesAdd')) return add(cart, lines)
    if (query.includes('cartDiscountCodesUpdate')) cart.codes = codes
    else {
      const [{ id: lineId, quantity } = NONE] = lines
      const line = cart.lines.find((one) => one.id === lineId)
      const unknown = [
        { code: 'INVALID', field: ['lines', '0', 'id'], message: 'The merchandise line does not exist.' },
      ]
      if (!line) return { cart: toCart(cart), userErrors: unknown, warnings: [] }
      line.quantity = Math.min(quantity, line.variant.stock ?? 9999)
      cart.lines = cart.lines.filter((one) => one.quantity > 0)
    }
    return { cart: toCart(cart), userErrors: [], warnings: [] }
  }
  const read = (query: string, { id, handle }: Record<string, string>): object => {
    if (query.includes('localization')) {
      const cart = carts.get(id ?? '')
      return { cart: cart ? toCart(cart) : null, localization: { country: { currency: { isoCode: currency } } } }
    }
    if (query.includes('node(id')) return { node: { product: toProduct(find(id ?? '')?.product) } }
    return { product: toProduct(all.find((one) => one.handle === handle || gid('Product', one.id) === id)) }
  }
  const store = await serveFakeStore({
    page: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Clay, a fake headless Shopify storefront</title></head>
<body><header>Clay <a href="/cart">Cart <span data-castcart-count>0</span></a></header><main><h1>Clay</h1></main></body></html>`,
    // An empty cart is made before its first line.
    isWrite: ({ json }: FakeRequest) => /^mutation(?!.*cartCreate)/s.test(json?.query ?? ''),
    isAdd: ({ json }) => json.query.includes('cartLinesAdd'),
    errorInside: { body: { errors: [{ message: 'No &amp; <b>no</b>', extensions: { code: 'BAD_REQUEST' } }] } },
    handle({ path, json }): FakeReply | undefined {
      if (!path.endsWith('graphql.json')) return undefined
      const { query, variables } = json
      return { body: { data: query.startsWith('mutation') ? { r: write(query, variables) } : read(query, variables) } }
    },
  })
  const newest = () => [...carts.values()].at(-1)
  return {
    ...store,
    pieces: async () => newest()?.lines.reduce((sum, { quantity }) => sum + quantity, 0) ?? 0,
    async empty() {
      const cart = newest()
      if (cart) cart.lines = []
    },
    expire: () => void carts.clear(),
    attributes: () => newest()?.lines.at(-1)?.attributes ?? [],
  }
}
