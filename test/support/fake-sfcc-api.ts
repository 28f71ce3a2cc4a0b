import { afterCodes, type FakeCart, type FakeGoods, fakeGoods, lineFor, pieceOf, setLine, sumOf } from './fake-goods.ts'
import { type FakeShop, type ShopAnswer, type ShopRequest, shopPage, startFakeShop } from './fake-shop.ts'

/** A fake of the API that can end tokens and baskets. */
export interface FakeSfccApi extends FakeShop {
  /** The token that counts now. */
  readonly token: () => string
  readonly expireToken: () => void
  readonly endBasket: () => void
  /** The basket that was made last. */
  readonly basket: () => FakeCart
}

const problem = (status: number, type: string): ShopAnswer => ({
  status,
  body: {
    title: type,
    type: `https://api.commercecloud.salesforce.com/documentation/error/v1/errors/${type}`,
    detail: `No: ${type} &amp; so on`,
  },
})

/** A fake of Salesforce Commerce Cloud's Shopper Baskets and Shopper Products, written from their documentation. */
export async function startFakeSfccApi({ goods = fakeGoods(), currency = 'EUR' } = {}): Promise<FakeSfccApi> {
  let tokens = 1
  let baskets = 0
  let basket: FakeCart = { lines: [], codes: [] }
  const shop = await startFakeShop({
    goods,
    isWrite: ({ method, path }) => method !== 'GET' && path.includes('/baskets/'),
    isAdd: ({ method, path }) => method === 'POST' && path.endsWith('/items'),
    errorInside: problem(400, 'bad-request'),
    answer(request) {
      const { path, headers, query, method } = request
      if (path === '/') return { body: shopPage('') }
      if (headers.authorization !== `Bearer token${tokens}`) return { status: 401, body: { title: 'Unauthorized' } }
      if (query.get('siteId') !== 'Fake') return problem(400, 'site-not-found')
      if (path === '/product/shopper-products/v1/organizations/org/products') {
        const asked = (query.get('ids') ?? '').split(',')
        return { body: { data: goods.flatMap((product) => present(product, asked, currency)) } }
      }
      const [, id, rest = ''] =
        /^\/checkout\/shopper-baskets\/v1\/organizations\/org\/baskets(?:\/(\w+))?(.*)$/.exec(path) ?? []
      if (!id && method === 'POST') {
        baskets += 1
        basket = { lines: [], codes: [] }
        return { body: presentBasket(basket, `b${baskets}`, currency) }
      }
      if (id !== `b${baskets}`) return problem(404, 'basket-not-found')
      const refusal = change(rest, request, { goods, basket })
      return refusal ?? { body: presentBasket(basket, id, currency) }
    },
  })
  return {
    ...shop,
    token: () => `token${tokens}`,
    expireToken() {
      tokens += 1
    },
    endBasket() {
      baskets += 1
    },
    basket: () => basket,
  }
}

function change(
  rest: string,
  { method, json }: ShopRequest,
  { goods, basket }: { goods: FakeGoods[]; basket: FakeCart },
): ShopAnswer | undefined {
  if (method === 'POST' && rest === '/items') {
    const [{ productId, quantity }] = json as [{ productId: string; quantity: number }]
    const found = pieceOf(goods, Number(productId))
    if (!found) return problem(400, 'product-not-found')
    const wanted = quantity + (basket.lines.find(({ piece }) => piece === found.piece)?.quantity ?? 0)
    if (wanted > found.piece.stock) return problem(400, 'product-item-not-available')
    setLine(basket, lineFor(basket, found), wanted)
  }
  const line = basket.lines.find(({ piece }) => rest === `/items/i${piece.id}`)
  if (rest.startsWith('/items/') && !line) return problem(404, 'item-not-found')
  if (line && method === 'DELETE') setLine(basket, line, 0)
  if (line && method === 'PATCH') {
    const { quantity } = json as { quantity: number }
    if (quantity > line.piece.stock) return problem(400, 'product-item-not-available')
    setLine(basket, line, quantity)
  }
  if (rest !== '/coupons') return undefined
  const { code } = json as { code: string }
  if (code !== 'TEN') return problem(400, 'invalid-coupon-code')
  basket.codes = [code]
  return undefined
}

const presentBasket = (basket: FakeCart, basketId: string, currency: string) => ({
  ...{ basketId, currency, productTotal: afterCodes(sumOf(basket), basket) / 100, orderTotal: null },
  productItems: basket.lines.map(({ product, piece, quantity }) => ({
    ...{ itemId: `i${piece.id}`, productId: `${piece.id}`, productName: product.title, quantity },
    ...{ basePrice: piece.cents / 100, price: (piece.cents * quantity) / 100 },
  })),
  couponItems: basket.codes.map((code) => ({ code, statusCode: 'applied', valid: true })),
})

function present({ id, title, pieces }: FakeGoods, asked: readonly string[], currency: string): object[] {
  const names = Object.keys(pieces[0]?.options ?? {})
  const own = pieces.filter((piece) => asked.includes(`${piece.id}`))
  const one = own.map((piece) => ({
    ...{ id: `${piece.id}`, name: title, currency, price: piece.cents / 100, type: { item: true } },
    inventory: { ats: piece.stock, orderable: piece.stock > 0 },
    imageGroups: [{ images: [{ disBaseLink: 'https://cdn.example/p.jpg' }] }],
  }))
  if (!asked.includes(`${id}`) || !names.length) return one
  const master = {
    ...{ id: `${id}`, name: title, currency, price: (pieces[0]?.cents ?? 0) / 100, type: { master: true } },
    variationAttributes: names.map((name) => ({
      ...{ id: name.toLowerCase(), name },
      values: [...new Set(pieces.map(({ options }) => options[name] ?? ''))].map((value) => ({
        value: value.toLowerCase(),
        name: value,
      })),
    })),
    variants: pieces.map((piece) => ({
      ...{ productId: `${piece.id}`, price: piece.cents / 100, orderable: piece.stock > 0 },
      variationValues: Object.fromEntries(
        Object.entries(piece.options).map(([name, value]) => [name.toLowerCase(), value.toLowerCase()]),
      ),
    })),
  }
  return [...one, master]
}
