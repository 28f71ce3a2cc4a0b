import { afterCodes, type FakeCart, type FakeGoods, fakeGoods, lineFor, setLine, sumOf } from './fake-goods.ts'
import { type FakeShop, type ShopAnswer, type ShopRequest, startFakeShop } from './fake-shop.ts'

/** A fake Medusa Store API in the shapes that Medusa 2.21 answers in: no Medusa code. Major units; the code TEN. */
export type FakeMedusa = FakeShop & {
  /** The cart of an id. */
  cartOf(id: string | undefined): FakeCart | undefined
}

interface Shop {
  readonly goods: FakeGoods[]
  readonly currency: string
  readonly carts: Map<string, FakeCart>
}

/** Starts it at a free port; the publishable key is `pk_fake`. */
export async function startFakeMedusa({ goods = fakeGoods(), currency = 'eur' } = {}): Promise<FakeMedusa> {
  const shop: Shop = { goods, currency, carts: new Map() }
  const fake = await startFakeShop({
    goods,
    isWrite: ({ method, path }) => method !== 'GET' && path !== '/store/carts',
    isAdd: ({ method, path }) => method === 'POST' && path.endsWith('/line-items'),
    errorInside: {},
    answer(request) {
      if (request.headers['x-publishable-api-key'] !== 'pk_fake')
        return no(400, { type: 'not_allowed', message: 'Publishable API key required in the request header' })
      return answer(shop, request)
    },
  })
  return { ...fake, cartOf: (id) => shop.carts.get(id ?? '') }
}

const no = (status: number, body: object): ShopAnswer => ({ status, body })

function answer(shop: Shop, request: ShopRequest): ShopAnswer | undefined {
  const { method, path, json, query } = request
  if (path === '/store/regions')
    return { body: { regions: [{ id: 'reg_1', currency_code: shop.currency, countries: [] }] } }
  if (path === '/store/products') {
    const wants = (name: string, value: string) => query.getAll(name).includes(value)
    const found = shop.goods.filter(
      ({ id, handle, pieces }) =>
        wants('handle[]', handle) ||
        wants('id[]', `prod_${id}`) ||
        pieces.some((one) => wants('variants[sku][]', one.sku) || wants('variants[id][]', `variant_${one.id}`)),
    )
    return {
      body: { products: found.slice(0, Number(query.get('limit'))).map((one) => productOf(one, shop.currency)) },
    }
  }
  if (path === '/store/carts') {
    const id = `cart_${shop.carts.size + 1}`
    shop.carts.set(id, { lines: [], codes: [] })
    return { body: { cart: { id } } }
  }
  const [, id = '', place = '', line = ''] = /^\/store\/carts\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(path) ?? []
  const cart = shop.carts.get(id)
  if (!cart) return no(404, { type: 'not_found', message: `Cart id not found: ${id}` })
  const body = (json ?? {}) as { variant_id?: string; quantity?: number; promo_codes?: string[] }
  if (place === 'promotions') {
    const [code = ''] = body.promo_codes ?? []
    if (code !== 'TEN') return no(400, { type: 'invalid_data', message: `The promotion code ${code} is invalid` })
    cart.codes = ['TEN']
  }
  if (place === 'line-items') {
    const refusal = line ? change(cart, method, line, body.quantity ?? 0) : add(shop, cart, body)
    if (refusal) return refusal
    if (method === 'DELETE')
      return { body: { id: line, object: 'line-item', deleted: true, parent: cartOf(shop, id, cart) } }
  }
  return { body: { cart: cartOf(shop, id, cart) } }
}

const SHORT = no(400, {
  code: 'insufficient_inventory',
  type: 'not_allowed',
  message: 'Some variant does not have the required inventory',
})

function add(shop: Shop, cart: FakeCart, body: { variant_id?: string; quantity?: number }): ShopAnswer | undefined {
  const id = Number(body.variant_id?.replace('variant_', ''))
  const product = shop.goods.find(({ pieces }) => pieces.some((one) => one.id === id))
  const piece = product?.pieces.find((one) => one.id === id)
  if (!product || !piece) return no(400, { type: 'invalid_data', message: `Variants ${body.variant_id} do not exist` })
  const held = cart.lines.find((line) => line.piece === piece)?.quantity ?? 0
  if (held + (body.quantity ?? 0) > piece.stock) return SHORT
  const line = lineFor(cart, { product, piece })
  setLine(cart, line, held + (body.quantity ?? 0))
  return undefined
}

function change(cart: FakeCart, method: string, id: string, quantity: number): ShopAnswer | undefined {
  const line = cart.lines.find(({ piece }) => `cali_${piece.id}` === id)
  if (method === 'DELETE') {
    if (line) setLine(cart, line, 0)
    return undefined
  }
  if (!line) return no(404, { type: 'not_found', message: `Line item with id: ${id} was not found` })
  if (quantity > line.piece.stock) return SHORT
  setLine(cart, line, quantity)
  return undefined
}

const cartOf = ({ currency }: Shop, id: string, cart: FakeCart) => ({
  ...{
    id,
    currency_code: currency,
    region_id: 'reg_1',
    completed_at: null,
    total: afterCodes(sumOf(cart), cart) / 100,
  },
  promotions: cart.codes.map((code) => ({ code })),
  items: cart.lines.map(({ product, piece, quantity }) => ({
    ...{ id: `cali_${piece.id}`, title: product.title, product_title: product.title },
    ...{ variant_title: Object.values(piece.options).join(' / ') || null, variant_id: `variant_${piece.id}`, quantity },
    ...{ unit_price: piece.cents / 100, is_tax_inclusive: true, tax_total: 0, thumbnail: null },
    total: (piece.cents * quantity * (cart.codes.length ? 0.9 : 1)) / 100,
  })),
})

const productOf = (product: FakeGoods, currency: string) => ({
  ...{ id: `prod_${product.id}`, handle: product.handle, title: product.title, thumbnail: null, images: [] },
  options: Object.keys(product.pieces[0]?.options ?? {}).map((title) => ({
    id: `opt_${title}`,
    title,
    values: [...new Set(product.pieces.map(({ options }) => options[title]))].map((value) => ({ value })),
  })),
  variants: product.pieces.map(({ id, sku, cents, wasCents, stock, options }) => ({
    ...{ id: `variant_${id}`, title: Object.values(options).join(' / ') || null, sku, inventory_quantity: stock },
    ...{ manage_inventory: true, allow_backorder: false },
    options: Object.entries(options).map(([title, value]) => ({ option_id: `opt_${title}`, value })),
    calculated_price: {
      currency_code: currency,
      calculated_amount: cents / 100,
      original_amount: (wasCents ?? cents) / 100,
    },
  })),
})
