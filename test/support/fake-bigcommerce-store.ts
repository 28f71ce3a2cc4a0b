import { type FakeReply, type FakeRequest, type FakeStore, serveFakeStore } from './serve-fake-store.ts'

interface FakeVariant {
  readonly id: number
  price: number
  stock?: number
  /** The shop lets no more into a cart, and says nothing of it. */
  most?: number
  readonly options?: Record<string, string>
}

/** A product of the fake; amounts are decimal. */
export interface FakeBigProduct {
  readonly id: number
  readonly slug: string
  readonly retail?: number
  readonly variants: FakeVariant[]
}

/** Plenty, 2 pieces, none; a coat of two axes. */
export const products = (): FakeBigProduct[] => [
  { id: 10, slug: 'mug', retail: 29, variants: [{ id: 100, price: 24 }] },
  { id: 11, slug: 'vase', variants: [{ id: 110, price: 80, stock: 2 }] },
  { id: 12, slug: 'bowl', variants: [{ id: 120, price: 30, stock: 0 }] },
  {
    ...{ id: 20, slug: 'coat' },
    variants: [
      { id: 201, price: 199, options: { Size: 'S', Colour: 'Ink' } },
      { id: 202, price: 219, stock: 0, options: { Size: 'M', Colour: 'Ink' } },
    ],
  },
]

interface Line {
  readonly id: string
  readonly product: FakeBigProduct
  readonly variant: FakeVariant
  quantity: number
}

/** A fake BigCommerce storefront (carts, coupons, GraphQL, product pages), written from its documentation: no BigCommerce code. */
export type FakeBigcommerceStore = FakeStore & { pieces(): Promise<number>; empty(): Promise<void> }

const TOKEN = 'storefront-token'
const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Clay, a fake BigCommerce shop</title>
<link rel="preconnect" href="https://cdn11.bigcommerce.com/s-fake"></head><body><header>Clay
<a href="/cart.php">Cart <span class="cart-quantity" data-castcart-count>0</span></a></header><main><h1>Clay</h1></main></body></html>`

/** Starts the fake on a free port of this machine. */
export async function fakeBigcommerceStore({
  products: all = products(),
  currency = 'EUR',
}: {
  products?: FakeBigProduct[]
  currency?: string
} = {}): Promise<FakeBigcommerceStore> {
  let cart: { id: string; lines: Line[]; code?: string } | undefined
  let made = 0

  const toCart = () => {
    if (!cart) return undefined
    const left = cart.code ? 0.9 : 1
    const physicalItems = cart.lines.map(({ id, product, variant, quantity }) => ({
      ...{ id, productId: product.id, variantId: variant.id, quantity, name: `The &quot;${product.slug}&quot;` },
      ...{ url: `http://fake.example/${product.slug}/`, imageUrl: `http://fake.example/${product.slug}.webp` },
      ...{ listPrice: variant.price, salePrice: variant.price, extendedSalePrice: variant.price * quantity },
      options: Object.entries(variant.options ?? {}).map(([name, value]) => ({ name, value })),
    }))
    const sum = physicalItems.reduce((total, one) => total + one.extendedSalePrice, 0)
    return {
      ...{ id: cart.id, currency: { code: currency }, cartAmount: Math.round(sum * left * 100) / 100, baseAmount: sum },
      lineItems: { physicalItems, digitalItems: [], customItems: [], giftCertificates: [] },
    }
  }
  // What a shop has been seen to say when stock is short: a missing cart, though there is one.
  const short: FakeReply = {
    status: 404,
    body: { status: 404, title: 'Cart was not found', type: '/api-status-codes' },
  }
  const add = ({ json }: FakeRequest): FakeReply => {
    for (const { productId, variantId, quantity } of json.lineItems) {
      const product = all.find(({ id }) => id === productId)
      const variant = variantId ? product?.variants.find(({ id }) => id === variantId) : product?.variants[0]
      if (!product || !variant) return { status: 422, body: { status: 422, title: 'Product or variant unavailable' } }
      const line = cart?.lines.find((one) => one.variant === variant)
      if (quantity + (line?.quantity ?? 0) > (variant.stock ?? 9999)) return short
      cart ??= { id: `cart-${++made}`, lines: [] }
      if (line) line.quantity = Math.min(line.quantity + quantity, variant.most ?? 9999)
      else cart.lines.push({ id: `line-${variant.id}`, product, variant, quantity })
    }
    return { body: toCart() }
  }
  const change = (request: FakeRequest, lineId: string): FakeReply => {
    const line = cart?.lines.find(({ id }) => id === lineId)
    if (!cart || !line) return { status: 404, body: { status: 404, title: 'Item was not found' } }
    if (request.method === 'DELETE') {
      cart.lines = cart.lines.filter((one) => one !== line)
      if (cart.lines.length) return { body: toCart() }
      cart = undefined
      return { status: 204 }
    }
    const { quantity } = request.json.lineItem
    if (quantity > (line.variant.stock ?? 9999)) return short
    line.quantity = quantity
    return { body: toCart() }
  }
  const carts = (request: FakeRequest): FakeReply | undefined => {
    const [, kind, id, verb, item] =
      /^\/api\/storefront\/(carts|checkouts)(?:\/([^/]+))?(?:\/(items|coupons))?(?:\/(.+))?$/.exec(request.path) ?? []
    if (!kind) return undefined
    if (!id) return request.method === 'GET' ? { body: cart ? [toCart()] : [] } : add(request)
    if (id !== cart?.id) return { status: 404, body: { status: 404, title: 'Cart was not found' } }
    if (verb === 'coupons') {
      if (request.json.couponCode !== 'TEN') return { status: 422, body: { status: 422, title: 'Coupon is not valid' } }
      cart.code = 'TEN'
      return { body: { id, cart: toCart() } }
    }
    return item ? change(request, item) : add(request)
  }
  const list = <T>(nodes: readonly T[]) => ({ edges: nodes.map((node) => ({ node })) })
  const toNode = (product: FakeBigProduct | undefined) => {
    const [first] = product?.variants ?? []
    if (!product || !first) return null
    const money = (value: number) => ({ price: { value, currencyCode: currency }, basePrice: { value } })
    const names = [...new Set(product.variants.flatMap(({ options = {} }) => Object.keys(options)))]
    return {
      ...{ entityId: product.id, sku: product.slug.toUpperCase(), path: `/${product.slug}/` },
      prices: { ...money(first.price), retailPrice: product.retail ? { value: product.retail } : null },
      availabilityV2: { status: 'Available' },
      inventory: { isInStock: product.variants.some(({ stock }) => stock !== 0) },
      images: list([{ url: `http://fake.example/${product.slug}.webp` }]),
      productOptions: list(
        names.map((displayName) => ({
          displayName,
          values: list(
            [...new Set(product.variants.map(({ options }) => options?.[displayName] ?? ''))].map((label) => ({
              label,
            })),
          ),
        })),
      ),
      variants: list(
        product.variants.map(({ id, price, stock, options = {} }) => ({
          ...{ entityId: id, sku: `${product.slug.toUpperCase()}-${id}`, isPurchasable: true, prices: money(price) },
          inventory: { isInStock: stock !== 0, aggregated: stock === undefined ? null : { availableToSell: stock } },
          options: list(
            Object.entries(options).map(([displayName, label]) => ({ displayName, values: list([{ label }]) })),
          ),
        })),
      ),
    }
  }
  const graphql = ({ headers, json }: FakeRequest): FakeReply => {
    if (headers.authorization !== `Bearer ${TOKEN}`) return { status: 401, body: { errors: [{ message: 'no token' }] } }
    const { key } = json.variables
    const found = toNode(all.find((one) => one.id === key || `/${one.slug}/` === key || one.slug.toUpperCase() === key))
    return { body: { data: { site: /route\(/.test(json.query) ? { route: { node: found } } : { product: found } } } }
  }
  const page = ({ path }: FakeRequest): FakeReply | undefined => {
    const product = all.find(({ slug }) => path === `/${slug}/`)
    const [variant] = product?.variants ?? []
    if (!product || !variant) return undefined
    const availability = `https://schema.org/${variant.stock === 0 ? 'OutOfStock' : 'InStock'}`
    const offers = { '@type': 'Offer', price: variant.price, priceCurrency: currency, availability }
    const data = { '@type': 'Product', name: product.slug, sku: product.slug.toUpperCase(), offers }
    return {
      body: `<!doctype html><title>${product.slug}</title><script type="application/ld+json">${JSON.stringify(data)}</script>
<form><input type="hidden" name="product_id" value="${product.id}"/></form>`,
    }
  }
  const store = await serveFakeStore({
    page: PAGE,
    isWrite: ({ method, path }) => method !== 'GET' && path.startsWith('/api/'),
    isAdd: ({ method, path }) => method === 'POST' && /carts$|items$/.test(path),
    errorInside: { body: { status: 422, title: 'No &amp; <b>no</b>' } },
    handle: (request) => (request.path === '/graphql' ? graphql(request) : (carts(request) ?? page(request))),
  })
  return {
    ...store,
    pieces: async () => cart?.lines.reduce((sum, { quantity }) => sum + quantity, 0) ?? 0,
    async empty() {
      cart = undefined
    },
  }
}
