import {
  afterCodes,
  countOf,
  decimal,
  type FakeCart,
  type FakeGoods,
  type FakeLine,
  type FakePiece,
  fakeGoods,
  lineFor,
  setLine,
  sumOf,
} from './fake-goods.ts'
import { type FakeShop, linkedData, type ShopAnswer, type ShopRequest, shopPage, startFakeShop } from './fake-shop.ts'

/** A fake PrestaShop: the answers of its cart and product controllers, written from their source and documentation. */
export interface FakePrestashop extends FakeShop {
  /** The visitor signs in elsewhere: from now on only a fresh page's token counts. */
  readonly expireToken: () => void
}

/** Starts it at a free port, with a shop page at `/`. */
export async function startFakePrestashop({ goods = fakeGoods(), currency = 'EUR' } = {}): Promise<FakePrestashop> {
  let token = 'token1'
  let isStrict = false
  const shop = await startFakeShop({
    goods,
    isWrite: ({ form }) => ['add', 'update', 'delete', 'addDiscount'].some((name) => form.has(name)),
    isAdd: ({ form }) => form.has('add'),
    errorInside: { body: { hasError: true, errors: ['The <b>shop</b> says no &amp; no.'], quantity: 0 } },
    answer(request) {
      const { path, query, root } = request
      if (path === '/') return { body: page(root, token, { currency, goods }) }
      const product = goods.find(({ id, handle }) => path === `/${id}-${handle}.html`)
      if (product) return { body: shopPage(linkedData(product, currency)) }
      if (path !== '/index.php') return undefined
      if (query.get('controller') === 'product') return quickView(goods, query)
      if (query.get('controller') !== 'cart') return { body: shopPage('', '<p>Checkout</p>') }
      const counts = !isStrict || request.form.get('token') === token
      return answerCart(request, { goods, counts })
    },
  })
  return {
    ...shop,
    expireToken() {
      token = 'token2'
      isStrict = true
    },
  }
}

const numberOf = (piece: FakePiece): number => (Object.keys(piece.options).length ? piece.id : 0)

/** The cart controller: HTTP 200 whatever happens; a wrong token is a success that does nothing. */
function answerCart(
  { form, cart }: ShopRequest,
  { goods, counts }: { goods: FakeGoods[]; counts: boolean },
): ShopAnswer {
  const product = goods.find(({ id }) => `${id}` === form.get('id_product'))
  const piece =
    product?.pieces.find((one) => `${numberOf(one)}` === form.get('id_product_attribute')) ?? product?.pieces[0]
  const held = () => cart.lines.find((line) => line.piece === piece)
  const error = counts ? change({ product, piece }, form, cart) : undefined
  const quantity = held()?.quantity ?? null
  if (error) return { body: { hasError: true, errors: [error], quantity } }
  return { body: { success: true, id_product: product?.id ?? 0, quantity, cart: present(cart), errors: '' } }
}

function change(
  { product, piece }: { product: FakeGoods | undefined; piece: FakePiece | undefined },
  form: URLSearchParams,
  cart: FakeCart,
): string | undefined {
  if (form.has('addDiscount')) {
    if (form.get('discount_name') !== 'TEN') return 'Ce code n’existe pas.'
    cart.codes = ['TEN']
    return undefined
  }
  if (!['add', 'update', 'delete'].some((name) => form.has(name))) return undefined
  if (!product || !piece) return 'Ce produit n’est plus disponible.'
  const line = lineFor(cart, { product, piece })
  const delta = Number(form.get('qty') ?? 1) * (form.get('op') === 'down' ? -1 : 1)
  const wanted = form.has('delete') ? 0 : line.quantity + delta
  const isTooMany = wanted > piece.stock
  setLine(cart, line, isTooMany ? line.quantity : wanted)
  return isTooMany ? 'Cette quantit&eacute; n’est plus disponible.' : undefined
}

const present = (cart: FakeCart) => ({
  products: cart.lines.map(presentLine),
  products_count: countOf(cart),
  totals: { total: { type: 'total', amount: afterCodes(sumOf(cart), cart) / 100, value: '…' } },
  vouchers: { allowed: 1, added: Object.fromEntries(cart.codes.map((code, at) => [at + 1, { code, name: code }])) },
})

const presentLine = ({ product, piece, quantity }: FakeLine) => ({
  id_product: `${product.id}`,
  id_product_attribute: `${numberOf(piece)}`,
  id_customization: '0',
  name: product.title,
  attributes: piece.options,
  price_amount: piece.cents / 100,
  price_wt: piece.cents / 100,
  quantity,
  quantity_wanted: quantity,
  total: `€${decimal(piece.cents * quantity)}`,
  cover: { bySize: { home_default: { url: `https://cdn.example/${product.handle}.jpg` } } },
  url: `https://shop.example/${product.id}-${product.handle}.html`,
})

function quickView(goods: FakeGoods[], query: URLSearchParams): ShopAnswer | undefined {
  const product = goods.find(({ id }) => `${id}` === query.get('id_product'))
  if (!product) return undefined
  const values = [...query].flatMap(([name, value]) => (name.startsWith('group[') ? [value] : []))
  const piece =
    product.pieces.find((one) => `${numberOf(one)}` === query.get('id_product_attribute')) ??
    product.pieces.find(
      ({ options }) => values.length && Object.values(options).every((one) => values.includes(idOf(one))),
    ) ??
    product.pieces[0]
  if (!piece) return undefined
  return { body: { quickview_html: groups(product), product: presentPiece(product, piece) } }
}

/** A stand-in for the shop's ids of option values: their letters as numbers. */
const idOf = (value: string): string => [...value].map((letter) => letter.charCodeAt(0) % 10).join('')

function groups({ pieces }: FakeGoods): string {
  const names = Object.keys(pieces[0]?.options ?? {})
  return names
    .map((name, at) => {
      const values = [...new Set(pieces.map(({ options }) => options[name] ?? ''))]
      const options = values.map((value) => `<option value="${idOf(value)}" title="${value}">${value}</option>`)
      return `<select id="group_${at}" data-product-attribute="${at}" name="group[${at}]">${options.join('')}</select>`
    })
    .join('')
}

const presentPiece = (product: FakeGoods, piece: FakePiece) => ({
  id_product: product.id,
  id_product_attribute: numberOf(piece),
  name: product.title,
  reference: piece.sku,
  url: `https://shop.example/${product.id}-${product.handle}.html`,
  attributes: Object.fromEntries(
    Object.entries(piece.options).map(([group, name], at) => [at + 1, { id_attribute: idOf(name), name, group }]),
  ),
  price_amount: piece.cents / 100,
  regular_price_amount: (piece.wasCents ?? piece.cents) / 100,
  unit_price: product.handle === 'mug' ? '4,80 €' : '',
  unity: product.handle === 'mug' ? 'per 100 g' : '',
  quantity: piece.stock,
  allow_oosp: 0,
  add_to_cart_url: piece.stock > 0 ? '/panier?add=1' : null,
  cover: { bySize: { home_default: { url: `https://cdn.example/${product.handle}.jpg` } } },
  images: [{ bySize: { home_default: { url: `https://cdn.example/${product.handle}.jpg` } } }],
})

/** What `head.tpl` and `core.js` leave on every page. */
function page(root: string, token: string, { currency, goods }: { currency: string; goods: FakeGoods[] }): string {
  const theme = {
    currency: { iso_code: currency },
    static_token: token,
    urls: {
      base_url: root,
      pages: { cart: `${root}index.php?controller=cart`, order: `${root}index.php?controller=order` },
    },
  }
  const events =
    'prestashop.heard={};prestashop.on=(n,f)=>(prestashop.heard[n]??=[]).push(f);prestashop.emit=(n,d)=>(prestashop.heard[n]??[]).forEach(f=>f(d));'
  const links = goods.map(({ id, handle, title }) => `<a href="/${id}-${handle}.html">${title}</a>`)
  return shopPage(`<script>var prestashop = ${JSON.stringify(theme)};${events}</script>`, links.join(' '))
}
