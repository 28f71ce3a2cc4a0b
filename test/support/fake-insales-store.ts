import {
  afterCodes,
  countOf,
  type FakeCart,
  type FakeGoods,
  type FakeLine,
  fakeGoods,
  lineFor,
  pieceOf,
  setLine,
  sumOf,
} from './fake-goods.ts'
import { type FakeShop, linkedData, type ShopRequest, shopPage, startFakeShop } from './fake-shop.ts'

/** A fake InSales: the answers of `cart_items.json` and `products_by_id`, written from its documentation and from themes' own code. */
export function startFakeInsales({ goods = fakeGoods(), currency = 'RUR' } = {}): Promise<FakeShop> {
  return startFakeShop({
    goods,
    isAdd: ({ form }) => form.has('variant_id'),
    errorInside: { body: { status: 'error', errors: { base: ['Магазин &laquo;<b>не</b>&raquo; может'] } } },
    answer(request) {
      const { path, cart } = request
      if (path === '/') return { body: page(goods) }
      const product = goods.find(({ handle }) => path === `/product/${handle}`)
      if (product)
        return { body: shopPage(linkedData(product, 'RUB'), `<form data-product-id="${product.id}"></form>`) }
      const [, ids] = /^\/products_by_id\/([\d,]+)\.json$/.exec(path) ?? []
      if (ids) return { body: { status: 'ok', products: products(goods, ids, currency) } }
      if (path !== '/cart_items.json') return undefined
      if (request.method === 'POST') change(request, goods)
      return { body: present(cart) }
    },
  })
}

/** What is too much is cut down to what there is; nothing is said of it. */
function change({ form, cart }: ShopRequest, goods: FakeGoods[]): void {
  const code = form.get('cart[coupon]')
  if (code !== null) cart.codes = code === 'TEN' ? ['TEN'] : []
  const found = pieceOf(goods, Number(form.get('variant_id')))
  if (found) {
    const line = lineFor(cart, found)
    const comment = form.get('comment')
    if (comment) line.note = comment
    setLine(cart, line, Math.min(line.quantity + Number(form.get('quantity')), line.piece.stock))
  }
  for (const [key, value] of form) {
    const id = /^cart\[quantity\]\[(\d+)\]$/.exec(key)?.[1]
    const line = cart.lines.find(({ piece }) => `${piece.id}` === id)
    if (line) setLine(cart, line, Math.min(Number(value), line.piece.stock))
  }
}

const present = (cart: FakeCart) => ({
  order_lines: cart.lines.map(presentLine),
  items_count: countOf(cart),
  total_price: afterCodes(sumOf(cart), cart) / 100,
  discounts: [],
})

const presentLine = ({ product, piece, quantity }: FakeLine) => ({
  id: piece.id + 5000,
  variant_id: piece.id,
  product_id: product.id,
  title: product.title,
  quantity,
  sale_price: piece.cents / 100,
  full_total_price: (piece.cents * quantity) / 100,
  first_image: { large_url: `https://cdn.example/${product.handle}.jpg` },
  product: { title: product.title, url: `/product/${product.handle}` },
  variant: { title: Object.values(piece.options).join(' / ') },
})

const products = (goods: FakeGoods[], ids: string, currency: string) =>
  goods
    .filter(({ id }) => ids.split(',').includes(`${id}`))
    .map(({ id, title, handle, pieces }) => {
      const names = Object.keys(pieces[0]?.options ?? {})
      return {
        ...{ id, title, url: `/product/${handle}`, currency_code: currency, available: true },
        images: [{ id: 1, large_url: `https://cdn.example/${handle}.jpg` }],
        option_names: names.map((name, at) => ({ id: at + 1, title: name, position: at })),
        variants: pieces.map((piece) => ({
          ...{ id: piece.id, sku: piece.sku, title: Object.values(piece.options).join(' / ') },
          ...{ available: piece.stock > 0, quantity: piece.stock, price: (piece.cents / 100).toFixed(1) },
          old_price: piece.wasCents ? (piece.wasCents / 100).toFixed(1) : null,
          option_values: names.map((name, at) => ({ id: at, option_name_id: at + 1, title: piece.options[name] })),
        })),
      }
    })

const page = (goods: FakeGoods[]) =>
  shopPage(
    '<script src="/static.insales-cdn.com/assets/common.js" async></script>',
    goods
      .map(({ id, handle, title }) => `<form data-product-id="${id}"><a href="/product/${handle}">${title}</a></form>`)
      .join(''),
  )
