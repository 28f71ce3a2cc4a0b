import {
  afterCodes,
  type FakeCart,
  type FakeGoods,
  type FakeLine,
  type FakePiece,
  fakeGoods,
  lineFor,
  setLine,
  sumOf,
} from './fake-goods.ts'
import { type FakeShop, type ShopAnswer, type ShopRequest, shopPage, startFakeShop } from './fake-shop.ts'

/** The fake's id of a piece: 32 hexadecimal digits, as the shop's are. */
export const wareId = (id: number): string => id.toString(16).padStart(32, '0')
/** The Store API's public key of the fake. */
export const WARE_KEY = 'SWSCFAKE'

/** A fake Shopware 6.5+: the answers of its storefront routes and Store API, written from their source and documentation. */
export async function startFakeShopware({ goods = fakeGoods(), currency = 'EUR' } = {}): Promise<FakeShop> {
  return startFakeShop({
    goods,
    isAdd: ({ path }) => path === '/checkout/line-item/add',
    isWrite: ({ method, path }) => method === 'POST' && path.startsWith('/checkout/'),
    errorInside: {
      body: { ...present({ lines: [], codes: [] }), errors: { x: { messageKey: 'x', message: 'No &amp; no' } } },
    },
    answer(request) {
      const { path, cart, form } = request
      if (path === '/') return { body: page(goods) }
      if (path === '/checkout/cart.json') return { body: present(cart) }
      if (path.startsWith('/detail/')) return detail(goods, path.slice('/detail/'.length), currency)
      if (path.startsWith('/store-api/')) return storeApi(request, goods, currency)
      if (!path.startsWith('/checkout/')) return undefined
      change(request, goods)
      const route = form.get('redirectTo')
      return route === 'frontend.checkout.cart.json'
        ? { status: 302, headers: { location: '/checkout/cart.json' } }
        : { body: shopPage('', '<p>The cart, as a page</p>') }
    },
  })
}

/** By its own id; the page of a product with variants shows the first of them. */
function pieceBy(goods: readonly FakeGoods[], id: string | undefined) {
  const all = goods.flatMap((product) => product.pieces.map((piece) => ({ product, piece })))
  return all.find(({ piece }) => wareId(piece.id) === id) ?? all.find(({ product }) => wareId(product.id) === id)
}

/** What is too much is cut down to what there is; nothing is said of it in the cart. */
function change({ path, form, cart }: ShopRequest, goods: FakeGoods[]): void {
  if (path.endsWith('/promotion/add') && form.get('code') === 'TEN') cart.codes = ['TEN']
  const set = (line: FakeLine, quantity: number) => setLine(cart, line, Math.min(quantity, line.piece.stock))
  if (path.endsWith('/line-item/add')) {
    const id = [...form.keys()].map((key) => /^lineItems\[(\w+)\]\[referencedId\]$/.exec(key)?.[1]).find(Boolean)
    const found = pieceBy(goods, id)
    if (!found) return
    const line = lineFor(cart, found)
    set(line, line.quantity + Number(form.get(`lineItems[${id}][quantity]`)))
  }
  const line = cart.lines.find(({ piece }) => wareId(piece.id) === path.split('/').at(-1))
  if (line && path.includes('/change-quantity/')) set(line, Number(form.get('quantity')))
  if (line && path.includes('/delete/')) set(line, 0)
}

function present(cart: FakeCart) {
  const total = afterCodes(sumOf(cart), cart)
  const codes = cart.codes.map((code) => ({
    ...{ id: `promotion-${code}`, type: 'promotion', label: 'Ten', quantity: 1, payload: { code } },
    price: { unitPrice: (total - sumOf(cart)) / 100, quantity: 1, totalPrice: (total - sumOf(cart)) / 100 },
  }))
  return {
    apiAlias: 'cart',
    token: 'faketoken',
    price: { totalPrice: total / 100, positionPrice: total / 100, taxStatus: 'gross' },
    lineItems: [...cart.lines.map(presentLine), ...codes],
    errors: [],
  }
}

const presentLine = ({ product, piece, quantity }: FakeLine) => ({
  id: wareId(piece.id),
  referencedId: wareId(piece.id),
  type: 'product',
  label: product.title,
  quantity,
  price: { unitPrice: piece.cents / 100, quantity, totalPrice: (piece.cents * quantity) / 100 },
  cover: { url: `https://cdn.example/${product.handle}.jpg` },
  payload: { options: Object.entries(piece.options).map(([group, option]) => ({ group, option })) },
})

/** The buy box of a product page. */
function detail(goods: FakeGoods[], id: string, currency: string): ShopAnswer | undefined {
  const found = pieceBy(goods, id)
  if (!found) return undefined
  const { piece, product } = found
  const form = piece.stock
    ? `<form action="/checkout/line-item/add" method="post"><input type="hidden" name="lineItems[${wareId(piece.id)}][id]" value="${wareId(piece.id)}"></form>`
    : ''
  const stock = piece.stock > 0 ? 'InStock' : 'LimitedAvailability'
  return {
    body: shopPage(
      `<meta property="og:image" content="https://cdn.example/${product.handle}.jpg">`,
      `<div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><meta itemprop="priceCurrency" content="${currency}"><meta itemprop="price" content="${piece.cents / 100}"><link itemprop="availability" href="https://schema.org/${stock}"></div>${form}`,
    ),
  }
}

interface Criteria {
  readonly filter: readonly { readonly queries: readonly { readonly field: string; readonly value: string }[] }[]
}

function storeApi({ path, headers, json }: ShopRequest, goods: FakeGoods[], currency: string): ShopAnswer | undefined {
  if (headers['sw-access-key'] !== WARE_KEY) return { status: 401, body: { errors: [{ status: '401' }] } }
  if (path === '/store-api/context') return { body: { currency: { isoCode: currency } } }
  if (path !== '/store-api/product') return undefined
  const queries = (json as Criteria).filter[0]?.queries ?? []
  const all = goods.flatMap((product) => [
    ...(product.pieces.length > 1 ? [{ id: wareId(product.id), parentId: null, available: true }] : []),
    ...product.pieces.map((piece) => presentPiece(product, piece)),
  ])
  const asks = (one: object) => queries.some(({ field, value }) => Reflect.get(one, field) === value)
  return { body: { elements: all.filter(asks) } }
}

const presentPiece = (product: FakeGoods, piece: FakePiece) => ({
  id: wareId(piece.id),
  parentId: product.pieces.length > 1 ? wareId(product.id) : null,
  productNumber: piece.sku,
  available: piece.stock > 0,
  isCloseout: true,
  availableStock: piece.stock,
  calculatedMaxPurchase: piece.stock,
  calculatedPrices: [],
  calculatedPrice: {
    unitPrice: piece.cents / 100,
    totalPrice: piece.cents / 100,
    listPrice: piece.wasCents ? { price: piece.wasCents / 100 } : null,
    regulationPrice: piece.wasCents ? { price: 22.5 } : null,
    referencePrice: piece.wasCents ? { price: 4.8, referenceUnit: 100, unitName: 'g' } : null,
  },
  translated: { name: product.title },
  cover: { media: { url: `https://cdn.example/${product.handle}.jpg` } },
  options: Object.entries(piece.options).map(([group, name]) => ({
    translated: { name },
    group: { translated: { name: group } },
  })),
})

const page = (goods: FakeGoods[]) =>
  shopPage(
    '<script>window.activeNavigationId = "1"; window.PluginManager = { register() {}, getPluginInstances: () => [] }</script>',
    `<div data-cart-widget="true"></div>${goods.map(({ pieces, title }) => `<a href="/detail/${wareId(pieces[0]?.id ?? 0)}">${title}</a>`).join(' ')}`,
  )
