import { type FakeReply, type FakeRequest, type FakeStore, serveFakeStore } from './serve-fake-store.ts'

/** A product of the fake; amounts in minor units of `digits`. */
export interface FakeWooProduct {
  readonly id: number
  readonly slug: string
  price: string
  readonly regular?: string
  /** Absent: not managed. */
  stock?: number
  /** Most that one order may have; what is asked beyond it by an add is cut down in silence. */
  most?: number
  readonly attributes?: readonly { name: string; taxonomy: string | null; values: readonly string[] }[]
  /** Value slug by attribute name; '' is any. */
  readonly variations?: readonly { id: number; price: string; stock?: number; chosen: Record<string, string> }[]
}

/** Plenty, 2 pieces, none, at most 3; a coat of two axes; a scarf of any colour. */
export const products = (): FakeWooProduct[] => [
  { id: 10, slug: 'mug', price: '2400', regular: '2900' },
  { id: 11, slug: 'vase', price: '8000', stock: 2 },
  { id: 12, slug: 'bowl', price: '3000', stock: 0 },
  { id: 13, slug: 'cup', price: '900', most: 3 },
  {
    ...{ id: 20, slug: 'coat', price: '19900' },
    attributes: [
      { name: 'Size', taxonomy: 'pa_size', values: ['S', 'M'] },
      { name: 'Colour', taxonomy: 'pa_colour', values: ['Ink', 'Sand'] },
    ],
    variations: [
      { id: 21, price: '19900', chosen: { Size: 's', Colour: 'ink' } },
      { id: 22, price: '21900', stock: 0, chosen: { Size: 'm', Colour: 'ink' } },
      { id: 23, price: '19900', chosen: { Size: 's', Colour: 'sand' } },
    ],
  },
  {
    ...{ id: 30, slug: 'scarf', price: '4900' },
    attributes: [{ name: 'Tone', taxonomy: null, values: ['Warm & soft', 'Cold'] }],
    variations: [{ id: 31, price: '4900', chosen: { Tone: '' } }],
  },
]

interface FakeWooOptions {
  readonly products?: FakeWooProduct[]
  readonly currency?: string
  readonly digits?: number
  /** Percent of tax that prices of lines leave out, though the shop shows them with it. */
  readonly tax?: number
  /** `?rest_route=` instead of `/wp-json/`. */
  readonly plainPermalinks?: boolean
}

interface Line {
  readonly key: string
  readonly id: number
  quantity: number
  readonly variation: readonly { attribute: string; value: string }[]
}

/** A fake WooCommerce Store API with what is around it, written from its documentation: no WooCommerce code, no WordPress. */
export type FakeWoocommerceStore = FakeStore & {
  /** Pieces in the cart of `fetch`'s own session. */
  pieces(): Promise<number>
  empty(): Promise<void>
  /** From here on every nonce given out is stale. */
  expireNonces(): void
}

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Clay, a fake WooCommerce shop</title>
<link rel="https://api.w.org/" href="/wp-json/"></head><body class="home woocommerce-no-js"><header>Clay
<a href="/cart/">Cart <span data-castcart-count>0</span></a></header><main><h1>Clay</h1></main></body></html>`

/** Starts the fake on a free port of this machine. */
export async function fakeWoocommerceStore(options: FakeWooOptions = {}): Promise<FakeWoocommerceStore> {
  const all = options.products ?? products()
  const { currency = 'EUR', digits = 2, tax = 0 } = options
  const carts = new Map<string, { lines: Line[]; coupons: string[] }>()
  let epoch = 1
  const money = { currency_code: currency, currency_minor_unit: digits }

  const find = (id: number) => {
    for (const product of all) {
      if (product.id === id) return { product, price: product.price, stock: product.stock }
      const variation = product.variations?.find((one) => one.id === id)
      if (variation) return { product, price: variation.price, stock: variation.stock, variation }
    }
    return undefined
  }
  const cartOf = (session: string) => {
    const cart = carts.get(session) ?? { lines: [], coupons: [] }
    carts.set(session, cart)
    return cart
  }
  const toProduct = (id: number) => {
    const { product, price, stock, variation } = find(id) ?? {}
    if (!product) return undefined
    return {
      ...{
        id,
        parent: variation ? product.id : 0,
        type: variation ? 'variation' : product.variations ? 'variable' : 'simple',
      },
      ...{ slug: product.slug, sku: `${product.slug.toUpperCase()}-${id}`, name: `The &#8220;${product.slug}&#8221;` },
      permalink: `http://fake.example/product/${product.slug}/`,
      images: [{ id, src: `http://fake.example/${id}.webp` }],
      prices: { ...money, price, regular_price: variation ? price : (product.regular ?? price) },
      ...{ is_in_stock: stock !== 0, is_purchasable: true, low_stock_remaining: stock || null },
      attributes: variation
        ? []
        : (product.attributes ?? []).map(({ name, taxonomy, values }) => ({
            ...{ id: 0, name, taxonomy, has_variations: true },
            terms: values.map((value) => ({ id: 0, name: value.replace('&', '&amp;'), slug: value.toLowerCase() })),
          })),
      variations: (variation ? [] : (product.variations ?? [])).map((one) => ({
        id: one.id,
        attributes: Object.entries(one.chosen).map(([name, value]) => ({ name, value: value || null })),
      })),
    }
  }
  const toCart = (session: string) => {
    const { lines, coupons } = cartOf(session)
    const left = coupons.length ? 0.9 : 1
    const items = lines.map(({ key, id, quantity, variation }) => {
      const { product, price = '0' } = find(id) ?? {}
      const net = Math.round((Number(price) * quantity) / (1 + tax / 100))
      const taxed = Number(price) * quantity - net
      return {
        ...{
          key,
          id,
          quantity,
          name: `The &#8220;${product?.slug}&#8221;`,
          permalink: `http://fake.example/product/${product?.slug}/`,
        },
        images: [{ src: `http://fake.example/${id}.webp`, thumbnail: `http://fake.example/${id}-s.webp` }],
        variation,
        prices: { ...money, price },
        totals: {
          ...{ ...money, line_subtotal: `${net}`, line_subtotal_tax: `${taxed}` },
          ...{ line_total: `${Math.round(net * left)}`, line_total_tax: `${Math.round(taxed * left)}` },
        },
      }
    })
    const sum = items.reduce(
      (total, { totals }) => total + Number(totals.line_total) + Number(totals.line_total_tax),
      0,
    )
    return {
      items,
      coupons: coupons.map((code) => ({ code })),
      items_count: lines.reduce((total, { quantity }) => total + quantity, 0),
      totals: { ...money, total_price: `${sum}` },
      errors: [],
    }
  }

  const refuse = (status: number, code: string, message: string): FakeReply => ({
    status,
    body: { code, message, data: { status } },
  })
  const write = (session: string, action: string, { json }: FakeRequest): FakeReply | undefined => {
    const cart = cartOf(session)
    const line = cart.lines.find(({ key }) => key === json.key)
    const gone = refuse(409, 'woocommerce_rest_cart_invalid_key', 'Cart item no longer exists or is invalid.')
    if (action === 'add-item') return add(cart, json)
    if (action === 'update-item') {
      if (!line) return gone
      const { stock, product } = find(line.id) ?? {}
      if (json.quantity > Math.min(stock ?? 9999, product?.most ?? 9999))
        return refuse(400, 'invalid_quantity', 'The maximum quantity that can be added to the cart is less')
      line.quantity = json.quantity
    } else if (action === 'remove-item') {
      if (!line) return gone
      cart.lines = cart.lines.filter((one) => one !== line)
    } else if (action === 'apply-coupon') {
      if (json.code !== 'TEN')
        return refuse(400, 'woocommerce_rest_cart_coupon_error', `Coupon &quot;${json.code}&quot; does not exist!`)
      cart.coupons = ['ten']
    } else return undefined
    return {}
  }
  const add = (cart: { lines: Line[] }, { id, quantity, variation = [] }: Omit<Line, 'key'>): FakeReply => {
    const { product, stock, variation: found } = find(id) ?? {}
    const quoted = `&quot;${product?.slug}&quot;`
    if (!product)
      return refuse(400, 'woocommerce_rest_cart_invalid_product', 'This product cannot be added to the cart.')
    if (product.variations && !found)
      return refuse(400, 'woocommerce_rest_variation_id_from_variation_data', 'Requested attributes do not match')
    const open = Object.entries(found?.chosen ?? {}).filter(([, value]) => !value)
    if (open.some(([name]) => !variation.some(({ attribute }) => attribute === name)))
      return refuse(400, 'woocommerce_rest_missing_variation_data', 'Missing variation data for variable product')
    if (stock === 0)
      return refuse(400, 'woocommerce_rest_product_out_of_stock', `You cannot add ${quoted}: it is out of stock.`)
    const key = `key-${id}-${JSON.stringify(variation)}`
    const line = cart.lines.find((one) => one.key === key)
    if (stock !== undefined && stock < quantity + (line?.quantity ?? 0))
      return refuse(
        400,
        'woocommerce_rest_product_partially_out_of_stock',
        `Not enough of ${quoted} (${stock} remaining).`,
      )
    if (line) line.quantity = Math.min(line.quantity + quantity, product.most ?? 9999)
    else cart.lines.push({ key, id, quantity: Math.min(quantity, product.most ?? quantity), variation })
    return { status: 201 }
  }

  const list = ({ url }: FakeRequest): FakeReply => {
    const asked = (name: string) => url.searchParams.get(name)?.split(',') ?? []
    const isVariation = url.searchParams.get('type') === 'variation'
    const isAll = !['include', 'slug', 'sku'].some((name) => url.searchParams.has(name))
    const chosen = isVariation
      ? asked('parent').flatMap((parent) => find(Number(parent))?.product.variations?.map(({ id }) => id) ?? [])
      : all
          .filter(({ id, slug }) =>
            [
              isAll,
              asked('include').includes(`${id}`),
              asked('slug').includes(slug),
              asked('sku').includes(`${slug.toUpperCase()}-${id}`),
            ].includes(true),
          )
          .map(({ id }) => id)
    const per = Number(url.searchParams.get('per_page'))
    const page = Number(url.searchParams.get('page') ?? 1)
    return {
      body: chosen.slice((page - 1) * per, page * per).map(toProduct),
      headers: { 'X-WP-TotalPages': `${Math.ceil(chosen.length / per)}` },
    }
  }
  const pathOf = ({ url }: FakeRequest) =>
    /^\/?wc\/store\/v1\/(.*)$/.exec(
      url.searchParams.get('rest_route') ?? (options.plainPermalinks ? '' : url.pathname.replace('/wp-json/', '')),
    )?.[1]
  const store = await serveFakeStore({
    page: PAGE,
    isWrite: (request) => request.method === 'POST' && !request.headers['x-test'],
    isAdd: (request) => !!pathOf(request)?.endsWith('add-item'),
    errorInside: { body: { code: 'odd_plugin', message: 'No &amp; <b>no</b>', data: { status: 400 } } },
    handle(request) {
      const path = pathOf(request)
      if (path === undefined) return undefined
      const session = request.cookies.woo ?? `s${carts.size + 1}`
      const nonce = `nonce-${epoch}-${session}`
      const headers = { 'set-cookie': `woo=${session}; Path=/`, Nonce: nonce, 'Cart-Token': 'token' }
      if (path === 'products') return list(request)
      if (path === 'cart' && request.method === 'GET') return { body: toCart(session), headers }
      const given = request.headers.nonce
      if (!given) return refuse(401, 'woocommerce_rest_missing_nonce', 'Missing the Nonce header.')
      if (given !== nonce) return refuse(403, 'woocommerce_rest_invalid_nonce', 'Nonce is invalid.')
      const reply = write(session, path.replace('cart/', ''), request)
      return reply && { headers, body: toCart(session), ...reply }
    },
  })
  const own = async (): Promise<string> => {
    await store.fetch(
      `${store.root}${options.plainPermalinks ? '?rest_route=/wc/store/v1/cart' : 'wp-json/wc/store/v1/cart'}`,
    )
    return [...carts.keys()].at(-1) ?? ''
  }
  return {
    ...store,
    pieces: async () => toCart(await own()).items_count,
    async empty() {
      cartOf(await own()).lines = []
    },
    expireNonces: () => void epoch++,
  }
}
