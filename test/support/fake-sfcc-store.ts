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

/** Where the fake's controllers are, below its root. */
export const CONTROLLERS = 'on/demandware.store/Sites-Fake-Site/en_US/'

/**
 * A fake Salesforce Commerce Cloud storefront: the answers of the reference architecture's `Cart`, `Product` and `CSRF` controllers, written
 * from their source. It adds all or nothing, refuses changes with a 500 in JSON, and has an error page for what it does not know.
 */
export async function startFakeSfcc({ goods = fakeGoods(), currency = 'EUR' } = {}): Promise<FakeShop> {
  let tokens = 0
  const controllerOf = ({ path }: ShopRequest) => path.split('/').at(-1) ?? ''
  const oops: ShopAnswer = { status: 500, body: '<h1>Sorry, there was an error</h1>' }
  return startFakeShop({
    goods,
    isAdd: (request) => controllerOf(request) === 'Cart-AddProduct',
    isWrite: (request) => /^Cart-(Add|Update|Remove)/.test(controllerOf(request)),
    errorInside: {
      body: { error: true, message: 'Sorry &amp; <b>no</b>', cart: present({ lines: [], codes: [] }, currency) },
    },
    answer(request) {
      const { path, query, cart } = request
      if (path === '/') return { body: page(goods) }
      const product = goods.find(({ handle }) => path === `/${handle}.html`)
      if (product) return { body: shopPage(linkedData(product, currency)) }
      if (!path.startsWith(`/${CONTROLLERS}`)) return undefined
      const controller = controllerOf(request)
      if (controller === 'Cart-Get') return { body: present(cart, currency) }
      if (controller === 'CSRF-Generate' && request.method === 'POST') {
        tokens += 1
        return { body: { csrf: { tokenName: 'csrf_token', token: `t${tokens}` } } }
      }
      if (controller === 'Cart-AddProduct') return add(request, goods, currency) ?? oops
      if (controller === 'Product-Variation') {
        const product = variation(goods, query, currency)
        return product ? { body: { product } } : oops
      }
      if (controller === 'Cart-AddCoupon' && query.get('csrf_token') !== `t${tokens}`)
        return { status: 500, body: { redirectUrl: '/login' } }
      return change(controller, request, currency)
    },
  })
}

const find = (goods: FakeGoods[], pid: string | null) => {
  for (const product of goods) {
    const piece = product.pieces.find(({ sku }) => sku === pid)
    if (piece) return { product, piece }
    if (product.handle === pid || `${product.id}` === pid)
      return { product, piece: product.pieces.length === 1 ? product.pieces[0] : undefined }
  }
  return undefined
}

function add({ form, cart }: ShopRequest, goods: FakeGoods[], currency: string): ShopAnswer | undefined {
  const found = find(goods, form.get('pid'))
  if (!found) return undefined
  const { product, piece } = found
  const refuse = (message: string) => ({
    body: { error: true, message, cart: present(cart, currency), quantityTotal: countOf(cart) },
  })
  if (!piece) return refuse('Please select a style')
  const held = cart.lines.find((line) => line.piece === piece)?.quantity ?? 0
  const wanted = held + Number(form.get('quantity'))
  if (wanted > piece.stock) return refuse('The quantity that you selected is not available')
  setLine(cart, lineFor(cart, { product, piece }), wanted)
  return {
    body: { error: false, message: 'Product added', cart: present(cart, currency), quantityTotal: countOf(cart) },
  }
}

function change(controller: string, { query, cart }: ShopRequest, currency: string): ShopAnswer | undefined {
  if (controller === 'Cart-AddCoupon') {
    if (query.get('couponCode') !== 'TEN') return { body: { error: true, errorMessage: 'Coupon cannot be added' } }
    cart.codes = ['TEN']
    return { body: present(cart, currency) }
  }
  const line = cart.lines.find(
    ({ piece }) => `uuid-${piece.id}` === query.get('uuid') && piece.sku === query.get('pid'),
  )
  const quantity = Number(query.get('quantity'))
  if (controller === 'Cart-RemoveProductLineItem') {
    if (!line) return { status: 500, body: { errorMessage: 'Unable to remove' } }
    setLine(cart, line, 0)
    return { body: { basket: present(cart, currency), toBeDeletedUUIDs: [] } }
  }
  if (controller !== 'Cart-UpdateQuantity') return undefined
  if (!line || quantity > line.piece.stock)
    return { status: 500, body: { errorMessage: 'Unable to update &amp; sorry' } }
  setLine(cart, line, quantity)
  return { body: present(cart, currency) }
}

function present(cart: FakeCart, currency: string) {
  const written = (cents: number) => (cart.lines.length ? `€${decimal(cents)}` : '-')
  return {
    items: cart.lines.map((line) => presentLine(line, currency)),
    numItems: countOf(cart),
    totals: { subTotal: written(sumOf(cart)), grandTotal: written(afterCodes(sumOf(cart), cart)), discounts: [] },
  }
}

const presentLine = ({ product, piece, quantity }: FakeLine, currency: string) => ({
  id: piece.sku,
  UUID: `uuid-${piece.id}`,
  productName: product.title,
  quantity,
  price: { sales: { value: piece.cents / 100, currency } },
  priceTotal: { price: `€${decimal(piece.cents * quantity)}` },
  images: { small: [{ url: `/images/${product.handle}.jpg` }] },
  variationAttributes: Object.entries(piece.options).map(([displayName, displayValue]) => ({
    displayName,
    displayValue,
  })),
})

function variation(goods: FakeGoods[], query: URLSearchParams, currency: string): object | undefined {
  const found = find(goods, query.get('pid'))
  if (!found) return undefined
  const { product } = found
  const chosen = [...query].flatMap(([name, value]) => {
    const attribute = /^dwvar_\w+?_(\w+)$/.exec(name)?.[1]
    return attribute ? [[attribute, value] as const] : []
  })
  const piece =
    found.piece ??
    (chosen.length
      ? product.pieces.find(({ options }) => chosen.every(([name, value]) => options[name] === value))
      : undefined)
  return presentProduct(product, piece, currency)
}

function presentProduct(product: FakeGoods, piece: FakePiece | undefined, currency: string) {
  const names = Object.keys(product.pieces[0]?.options ?? {})
  const price = (cents: number | undefined) => (cents ? { value: cents / 100, currency } : null)
  return {
    id: piece?.sku ?? product.handle,
    productName: product.title,
    productType: piece ? (names.length ? 'variant' : 'standard') : 'master',
    readyToOrder: !!piece,
    available: piece ? piece.stock > 0 : product.pieces.some(({ stock }) => stock > 0),
    price: piece
      ? { sales: price(piece.cents), list: price(piece.wasCents) }
      : { type: 'range', min: { sales: price(product.pieces[0]?.cents) } },
    images: { large: [{ absURL: `https://cdn.example/${product.handle}.jpg` }] },
    variationAttributes: names.map((name) => ({
      ...{ attributeId: name, id: name, displayName: name },
      values: [...new Set(product.pieces.map(({ options }) => options[name] ?? ''))].map((value) => ({
        ...{ id: value, displayValue: value, selectable: true },
        selected: piece?.options[name] === value,
      })),
    })),
  }
}

const page = (goods: FakeGoods[]) =>
  shopPage(
    '<script src="/on/demandware.static/Sites-Fake-Site/-/en_US/v1/js/main.js" async></script>',
    `<div class="minicart" data-action-url="/${CONTROLLERS}Cart-MiniCartShow"></div>${goods.map(({ handle, title }) => `<a href="/${handle}.html">${title}</a>`).join(' ')}`,
  )
