import {
  afterCodes,
  countOf,
  type FakeCart,
  type FakeGoods,
  fakeGoods,
  lineFor,
  pieceOf,
  setLine,
  sumOf,
} from './fake-goods.ts'
import { type FakeShop, type ShopAnswer, shopPage, startFakeShop } from './fake-shop.ts'

const RATE = 0.9

/** A fake Vendure Shop API in the shapes that Vendure 3.6 answers in: no Vendure code. Hundredths; the code TEN. */
export async function startFakeVendure({ goods = fakeGoods(), currency = 'EUR' } = {}): Promise<FakeShop> {
  return startFakeShop({
    goods,
    isWrite: ({ json }) => queryOf(json).startsWith('mutation'),
    isAdd: ({ json }) => queryOf(json).includes('addItemToOrder'),
    errorInside: {
      body: { data: { r: { errorCode: 'ORDER_INTERCEPTOR_ERROR', message: '<b>No</b> &amp; no' } } },
    },
    answer({ path, json, cart, headers }) {
      if (path === '/') return { body: shopPage('<title>Clay</title>') }
      if (path !== '/shop-api') return undefined
      const { query = '', variables = {} } = json as { query?: string; variables?: Variables }
      const shop = { goods, currency, cart }
      // The session's token is told once, with the answer that begins it.
      const fresh = headers.authorization ? {} : { 'vendure-auth-token': 'a'.repeat(64) }
      return { headers: fresh, ...answer(shop, query, variables) }
    },
  })
}

interface Variables {
  readonly id?: string
  readonly n?: number
  readonly code?: string
  readonly slugs?: readonly string[]
  readonly ids?: readonly string[]
  readonly [search: `c${number}`]: string
}
interface Shop {
  readonly goods: FakeGoods[]
  readonly currency: string
  readonly cart: FakeCart
}

const queryOf = (json: unknown) => (json as { query?: string } | undefined)?.query ?? ''

function answer(shop: Shop, query: string, variables: Variables): ShopAnswer {
  const { goods, currency, cart } = shop
  if (query.includes('addItemToOrder')) return add(shop, variables)
  if (query.includes('adjustOrderLine')) return adjust(shop, variables)
  if (query.includes('applyCouponCode')) {
    if (variables.code !== 'TEN') return result({ errorCode: 'COUPON_CODE_INVALID_ERROR', message: 'Not valid' })
    cart.codes = ['TEN']
    return result(orderOf(shop))
  }
  if (query.includes('search(')) {
    const hits = Object.entries(variables).map(([name, sku]) => [
      `s${name.slice(1)}`,
      {
        items: goods
          .flatMap(({ id, pieces }) => pieces.map((one) => ({ productId: `${id}`, sku: one.sku })))
          .filter((one) => one.sku === sku),
      },
    ])
    return { body: { data: Object.fromEntries(hits) } }
  }
  if (query.includes('products(')) {
    const items = goods.filter(
      ({ id, handle }) => variables.ids?.includes(`${id}`) || variables.slugs?.includes(handle),
    )
    return { body: { data: { products: { items: items.slice(0, 100).map((one) => productOf(one, currency)) } } } }
  }
  const activeOrder = cart.lines.length ? orderOf(shop) : null
  return { body: { data: { activeOrder, activeChannel: { defaultCurrencyCode: currency } } } }
}

const result = (r: object): ShopAnswer => ({ body: { data: { r } } })
const failure = (code: string, message: string): ShopAnswer => ({
  body: { data: null, errors: [{ message, extensions: { code } }] },
})

function add(shop: Shop, { id, n = 1 }: Variables): ShopAnswer {
  const found = pieceOf(shop.goods, Number(id))
  if (!found) return failure('ENTITY_NOT_FOUND', `No ProductVariant with the id "${id}" could be found`)
  const line = shop.cart.lines.find(({ piece }) => piece === found.piece)
  const held = line?.quantity ?? 0
  const got = Math.max(0, Math.min(n, found.piece.stock - held))
  if (got) setLine(shop.cart, lineFor(shop.cart, found), held + got)
  return got === n ? result(orderOf(shop)) : result(short(shop, got))
}

function adjust(shop: Shop, { id, n = 0 }: Variables): ShopAnswer {
  const line = shop.cart.lines.find(({ piece }) => `${piece.id}0` === id)
  if (!line) return failure('USER_INPUT_ERROR', `This order does not contain an OrderLine with the id ${id}`)
  const got = Math.min(n, line.piece.stock)
  setLine(shop.cart, line, got)
  return got === n ? result(orderOf(shop)) : result(short(shop, got))
}

const short = (shop: Shop, quantityAvailable: number) => ({
  errorCode: 'INSUFFICIENT_STOCK_ERROR',
  message: quantityAvailable ? `Only ${quantityAvailable} items were added to the order` : 'No items were added',
  quantityAvailable,
  order: orderOf(shop),
})

const orderOf = ({ cart, currency }: Shop) => ({
  ...{ id: '1', totalQuantity: countOf(cart), totalWithTax: afterCodes(sumOf(cart), cart), currencyCode: currency },
  couponCodes: cart.codes,
  lines: cart.lines.map(({ product, piece, quantity }) => ({
    id: `${piece.id}0`,
    quantity,
    discountedUnitPriceWithTax: piece.cents,
    discountedLinePriceWithTax: Math.round(piece.cents * quantity * (cart.codes.length ? RATE : 1)),
    featuredAsset: null,
    productVariant: { ...variantOf(product, piece.id), product: { name: product.title } },
  })),
})

function variantOf(product: FakeGoods, id: number) {
  const words = Object.values(product.pieces.find((one) => one.id === id)?.options ?? {})
  return { id: `${id}`, name: [product.title, ...words].join(' '), featuredAsset: null }
}

const productOf = (product: FakeGoods, currency: string) => ({
  ...{ id: `${product.id}`, slug: product.handle, name: product.title },
  featuredAsset: { preview: `/assets/${product.handle}.webp` },
  assets: [],
  optionGroups: Object.keys(product.pieces[0]?.options ?? {}).map((name) => ({
    name,
    options: [...new Set(product.pieces.map(({ options }) => options[name]))].map((value) => ({ name: value })),
  })),
  variants: product.pieces.map(({ id, sku, cents, stock, options }) => ({
    ...variantOf(product, id),
    ...{ sku, priceWithTax: cents, currencyCode: currency, stockLevel: stock > 0 ? 'IN_STOCK' : 'OUT_OF_STOCK' },
    options: Object.entries(options).map(([group, name]) => ({ name, group: { name: group } })),
  })),
})
