import { type FakeReply, type FakeRequest, type FakeStore, serveFakeStore } from './serve-fake-store.ts'

interface FakeOne {
  readonly id: number
  readonly sku: string
  price: number
  stock?: number
  /** The shop lets no more into a cart, and says nothing of it. */
  most?: number
  /** Value index by attribute id. */
  readonly chosen?: Record<string, number>
}

/** A product of the fake; amounts are decimal. */
export interface FakeMagentoProduct extends FakeOne {
  readonly slug: string
  readonly before?: number
  readonly axes?: readonly {
    readonly id: number
    readonly code: string
    readonly label: string
    readonly values: Record<number, string>
  }[]
  readonly children?: readonly FakeOne[]
}

/** Plenty, 2 pieces, none; a coat of two axes. */
export const products = (): FakeMagentoProduct[] => [
  { id: 10, sku: 'MUG', slug: 'mug', price: 24, before: 29 },
  { id: 11, sku: 'VASE', slug: 'vase', price: 80, stock: 2 },
  { id: 12, sku: 'BOWL', slug: 'bowl', price: 30, stock: 0 },
  {
    ...{ id: 20, sku: 'COAT', slug: 'coat', price: 199 },
    axes: [
      { id: 144, code: 'size', label: 'Size', values: { 166: 'S', 167: 'M' } },
      { id: 93, code: 'color', label: 'Colour', values: { 5: 'Ink', 6: 'Sand' } },
    ],
    children: [
      { id: 21, sku: 'COAT-S-INK', price: 199, chosen: { 144: 166, 93: 5 } },
      { id: 22, sku: 'COAT-M-INK', price: 219, stock: 0, chosen: { 144: 167, 93: 5 } },
    ],
  },
]

interface Line {
  readonly id: string
  readonly product: FakeMagentoProduct
  readonly one: FakeOne
  quantity: number
}

interface FakeOptions {
  readonly products?: FakeMagentoProduct[]
  readonly currency?: string
  /** `luma` prints what Luma's pages carry, `hyva` what Hyvä's do. */
  readonly theme?: 'luma' | 'hyva'
  /** Its front page; absent: one with a count. */
  readonly page?: string
}

/** A fake Magento 2 shop (controllers, private content, GraphQL), written from its documentation and public source: none of its code. */
export type FakeMagentoStore = FakeStore & {
  pieces(): Promise<number>
  empty(): Promise<void>
  /** The session gets another form key: that of the page is refused from now on. */
  changeFormKey(): void
}

const head: Record<'luma' | 'hyva', string> = {
  luma: '<script type="text/x-magento-init">{"*":{}}</script>',
  hyva: '<script>window.hyva = { getFormKey: () => "key" }</script>',
}

/** Starts the fake on a free port of this machine. */
export async function fakeMagentoStore(options: FakeOptions = {}): Promise<FakeMagentoStore> {
  const { products: all = products(), currency = 'EUR', theme = 'luma' } = options
  let lines: Line[] = []
  let messages: { type: string; text: string }[] = []
  let formKey: string | undefined
  let changes = 0

  const section = () => ({
    summary_count: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    subtotalAmount: lines.reduce((sum, { quantity, one }) => sum + quantity * one.price, 0).toFixed(4),
    subtotal: '<span class="price">…</span>',
    data_id: ++changes,
    items: lines.map(({ id, product, one, quantity }) => ({
      ...{
        item_id: id,
        product_id: `${product.id}`,
        product_sku: one.sku,
        product_name: `The &quot;${product.slug}&quot;`,
      },
      ...{ qty: quantity, product_price_value: one.price, product_price: '<span class="price">…</span>' },
      ...{
        product_url: `http://fake.example/${product.slug}.html`,
        product_image: { src: 'http://fake.example/s.jpg' },
      },
      options: Object.entries(one.chosen ?? {}).map(([axis, value]) => ({
        ...{
          label: axis,
          value: product.axes?.find(({ id }) => `${id}` === axis)?.values[value],
          option_id: axis,
          option_value: `${value}`,
        },
      })),
    })),
  })
  const say = (type: string, text: string) => {
    messages.push({ type, text })
  }
  const back: FakeReply = { body: { backUrl: 'http://fake.example/back.html' } }
  const isOurs = ({ form, cookies }: FakeRequest) => {
    formKey ??= cookies.form_key ?? form.get('form_key') ?? undefined
    return form.get('form_key') === formKey
  }
  const add = (request: FakeRequest): FakeReply => {
    const { form } = request
    if (!isOurs(request)) {
      say('error', 'Your session has expired')
      return back
    }
    const product = all.find(({ id }) => `${id}` === form.get('product'))
    const one = product?.children
      ? product.children.find((child) =>
          Object.entries(child.chosen ?? {}).every(
            ([axis, value]) => form.get(`super_attribute[${axis}]`) === `${value}`,
          ),
        )
      : product
    if (!product || !one) {
      say(
        'error',
        product ? 'You need to choose options for your item.' : 'The product that was requested doesn&#039;t exist.',
      )
      return back
    }
    const quantity = Number(form.get('qty'))
    const line = lines.find((held) => held.one === one)
    if (quantity + (line?.quantity ?? 0) > (one.stock ?? 9999)) {
      say('error', '<div>The requested qty is not available</div>')
      return back
    }
    if (line) line.quantity = Math.min(line.quantity + quantity, one.most ?? 9999)
    else lines.push({ id: `${one.id}1`, product, one, quantity })
    say('success', `You added ${product.slug}`)
    return { body: [] }
  }
  const change = (request: FakeRequest): FakeReply => {
    const { form, path } = request
    if (!isOurs(request)) return { status: 302, headers: { location: '/checkout/cart/' }, body: '' }
    const line = lines.find(({ id }) => id === form.get('item_id'))
    if (!line) return { body: { success: false, error_message: 'The cart item isn&#039;t found.' } }
    const quantity = path.includes('remove') ? 0 : Number(form.get('item_qty'))
    if (quantity > (line.one.stock ?? 9999))
      return { body: { success: false, error_message: 'The requested qty is not available' } }
    if (quantity) line.quantity = quantity
    else lines = lines.filter((one) => one !== line)
    return { body: { success: true } }
  }
  const coupon = ({ form }: FakeRequest): FakeReply => {
    const code = form.get('coupon_code')
    if (code === 'TEN') say('success', 'You used coupon code "TEN".')
    else say('error', `The coupon code &quot;${code}&quot; is not valid.`)
    return { status: 302, headers: { location: '/checkout/cart/' }, body: '' }
  }
  const money = (value: number) => ({ value, currency })
  const toNode = ({ id, sku, price, stock }: FakeOne, before = price) => ({
    ...{ id, sku, stock_status: stock === 0 ? 'OUT_OF_STOCK' : 'IN_STOCK', only_x_left_in_stock: stock || null },
    price_range: { minimum_price: { regular_price: money(before), final_price: money(price) } },
    small_image: { url: `http://fake.example/${id}.jpg` },
  })
  const toProduct = (product: FakeMagentoProduct) => ({
    ...{ ...toNode(product, product.before), url_key: product.slug, url_suffix: '.html' },
    media_gallery: [{ url: `http://fake.example/${product.id}-l.jpg` }],
    ...(product.children && {
      configurable_options: product.axes?.map(({ id, code, label, values }) => ({
        ...{ attribute_id_v2: id, attribute_code: code, label },
        values: Object.entries(values).map(([value, text]) => ({ value_index: Number(value), label: text })),
      })),
      variants: product.children.map((child) => ({
        product: toNode(child),
        attributes: (product.axes ?? []).map(({ id, code, values }) => {
          const value = child.chosen?.[id] ?? 0
          return { code, value_index: value, label: values[value] }
        }),
      })),
    }),
  })
  const graphql = ({ json: { query, variables } }: FakeRequest): FakeReply => {
    if (query.includes('storeConfig'))
      return { body: { data: { storeConfig: { default_display_currency_code: currency } } } }
    const bySku = query.includes('filter:{sku')
    const items = all.filter(({ sku, slug }) => variables.keys.includes(bySku ? sku : slug)).map(toProduct)
    return { body: { data: { products: { items } } } }
  }
  const routes: Readonly<Record<string, (request: FakeRequest) => FakeReply>> = {
    '/checkout/cart/add/': add,
    '/checkout/sidebar/updateItemQty/': change,
    '/checkout/sidebar/removeItem/': change,
    '/checkout/cart/couponPost/': coupon,
    '/checkout/cart/': () => ({ body: '<!doctype html><title>Cart</title>' }),
    '/graphql': graphql,
    '/customer/account/login/': () => {
      formKey ??= 'first'
      return { body: `<form><input name="form_key" type="hidden" value="${formKey}" /></form>` }
    },
    '/customer/section/load/': () => {
      const said = { messages, data_id: ++changes }
      messages = []
      return { body: { cart: section(), messages: said } }
    },
  }
  const store = await serveFakeStore({
    page:
      options.page ??
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Clay, a fake Magento shop</title>${head[theme]}</head>
<body><header>Clay <a href="/checkout/cart/">Cart <span data-castcart-count>0</span></a></header><main><h1>Clay</h1></main></body></html>`,
    isWrite(request) {
      const isWrite = request.method === 'POST' && request.path !== '/graphql'
      // Another browser begins: this fake has one session at a time.
      if (request.path === '/' && !request.cookies.form_key) formKey = undefined
      // The first key that a session sees is its own, whatever becomes of the request.
      if (isWrite) isOurs(request)
      return isWrite
    },
    isAdd: ({ path }) => path === '/checkout/cart/add/',
    errorInside: back,
    handle: (request) => routes[request.path]?.(request),
  })
  return {
    ...store,
    pieces: async () => section().summary_count,
    async empty() {
      lines = []
    },
    changeFormKey() {
      formKey = `key${++changes}`
    },
  }
}
