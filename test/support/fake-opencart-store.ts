import {
  afterCodes,
  decimal,
  type FakeCart,
  type FakeGoods,
  type FakeLine,
  fakeGoods,
  lineFor,
  setLine,
  sumOf,
} from './fake-goods.ts'
import { type FakeShop, type ShopAnswer, type ShopRequest, shopPage, startFakeShop } from './fake-shop.ts'

/** How the fake is set up. */
export interface FakeOpencartOptions {
  readonly goods?: FakeGoods[]
  readonly version?: 3 | 4
  /** Writes an amount as the shop's currency does. */
  readonly write?: (cents: number) => string
}

/** The fake's ids of option values: S 1, M 2, Ink 3, Sand 4; of the options Size 11, Colour 12. */
const VALUES = ['S', 'M', 'Ink', 'Sand']
const OPTIONS: Readonly<Record<string, number>> = { Size: 11, Colour: 12 }

/**
 * A fake OpenCart 3 or 4: the answers of its controllers and the markup that its templates leave, written from the source. Like the real
 * one it adds any quantity of anything, and marks in the cart what it does not have.
 */
export function startFakeOpencart(options: FakeOpencartOptions = {}): Promise<FakeShop> {
  const { goods = fakeGoods(), version = 4, write = (cents) => `${decimal(cents).replace('.', ',')}€` } = options
  const routeOf = ({ query }: ShopRequest) => (query.get('route') ?? '').replace('.', '/')
  return startFakeShop({
    goods,
    isAdd: (request) => routeOf(request) === 'checkout/cart/add',
    errorInside: {
      body: { error: { warning: 'Warning: <a href="/">the shop</a> says no &amp; no!' }, redirect: '/elsewhere' },
    },
    answer(request) {
      const { path, cart, query } = request
      if (path === '/') return { body: page(goods, version) }
      if (path !== '/index.php') return undefined
      const dot = (query.get('route') ?? '').includes('.')
      if (request.method === 'POST' && dot !== (version === 4)) return undefined
      const route = routeOf(request)
      if (route === 'product/product') return productPage(goods, query.get('product_id'), { write, version })
      if (route === (version === 4 ? 'checkout/cart/list' : 'checkout/cart'))
        return { body: cartPage(cart, { write, version }) }
      return change(route, request, { goods, version })
    },
  })
}

function change(
  route: string,
  { form, cart }: ShopRequest,
  { goods, version }: { goods: FakeGoods[]; version: number },
): ShopAnswer | undefined {
  const line = (key: string | null | undefined) => cart.lines.find(({ piece }) => `${piece.id}` === key)
  if (route === 'checkout/cart/add') return add(form, cart, { goods, version })
  if (route === 'checkout/cart/edit') {
    const [, field, value] = /^quantity\[(\d+)\]=(\d+)$/.exec(decodeURIComponent(`${form}`)) ?? []
    const found = line(version === 4 ? form.get('key') : field)
    if (found) setLine(cart, found, Number(version === 4 ? form.get('quantity') : value))
    return version === 4
      ? { body: { success: 'Success: You have modified your shopping cart!' } }
      : { status: 302, headers: { location: '/index.php?route=checkout/cart' } }
  }
  if (route === 'checkout/cart/remove') {
    const found = line(form.get('key'))
    if (found) setLine(cart, found, 0)
    return { body: { success: 'Removed', total: '' } }
  }
  if (route !== (version === 4 ? 'extension/opencart/total/coupon/save' : 'extension/total/coupon/coupon'))
    return undefined
  if (form.get('coupon') !== 'TEN') return { body: { error: 'Warning: Coupon is either invalid or expired!' } }
  cart.codes = ['TEN']
  return { body: version === 4 ? { success: 'Applied' } : { redirect: '/index.php?route=checkout/cart' } }
}

function add(
  form: URLSearchParams,
  cart: FakeCart,
  { goods, version }: { goods: FakeGoods[]; version: number },
): ShopAnswer {
  const product = goods.find(({ id }) => `${id}` === form.get('product_id'))
  if (!product)
    return version === 4 ? { body: { error: { warning: 'Warning: not found' }, redirect: '/' } } : { body: [] }
  const missing = Object.keys(product.pieces[0]?.options ?? {}).filter((name) => !form.get(`option[${OPTIONS[name]}]`))
  if (missing.length) {
    const errors = missing.map((name) => [version === 4 ? `option_${OPTIONS[name]}` : name, `${name} required!`])
    const error = Object.fromEntries(errors)
    return { body: { error: version === 4 ? error : { option: error }, redirect: '/index.php?route=product/product' } }
  }
  const chosen = Object.values(OPTIONS).map((id) => VALUES[Number(form.get(`option[${id}]`)) - 1])
  const piece = product.pieces.find(({ options }) => Object.values(options).every((value) => chosen.includes(value)))
  if (!piece) return { body: { error: { warning: 'No such combination' } } }
  const line = lineFor(cart, { product, piece })
  setLine(cart, line, line.quantity + Number(form.get('quantity')))
  return {
    body: {
      success: `Success: You have added <a href="/p">${product.title}</a> to your <a href="/c">cart</a>!`,
      total: '',
    },
  }
}

interface Look {
  readonly write: (cents: number) => string
  readonly version: number
}

function cartPage(cart: FakeCart, { write, version }: Look): string {
  const rows = cart.lines.map((line) => row(line, { write, version })).join('')
  const total = [
    ['Sub-Total', write(sumOf(cart))],
    ['Total', write(afterCodes(sumOf(cart), cart))],
  ].map(
    ([title, text]) =>
      `<tr><td colspan="5" class="text-end"><strong>${title}</strong></td><td class="text-end">${text}</td></tr>`,
  )
  const totals = version === 4 ? `<tfoot id="checkout-total">${total.join('')}</tfoot>` : ''
  const table = `<table><thead><tr><td>Image</td><td>Quantity</td><td>Unit Price</td><td>Total</td></tr></thead><tbody>${rows}</tbody>${totals}</table>`
  if (version === 4) return cart.lines.length ? table : '<p>Your shopping cart is empty!</p>'
  return shopPage('', cart.lines.length ? `<form>${table}</form><table>${total.join('')}</table>` : '<p>Empty</p>')
}

function row({ product, piece, quantity }: FakeLine, { write, version }: Look): string {
  const href = `https://shop.example/index.php?route=product/product&amp;product_id=${product.id}`
  const field =
    version === 4
      ? `<input type="text" name="quantity" value="${quantity}" size="1"><input type="hidden" name="key" value="${piece.id}">`
      : `<input type="text" name="quantity[${piece.id}]" value="${quantity}" size="1" />`
  const options = Object.entries(piece.options).map(([name, value]) => `<br/> <small>${name}: ${value}</small>`)
  const short = quantity > piece.stock ? ' <span class="text-danger">***</span>' : ''
  return `<tr><td><a href="${href}"><img src="https://cdn.example/${product.handle}.jpg" alt=""/></a></td><td><a href="${href}">${product.title.replace('&', '&amp;')}</a>${short}${options.join('')}</td><td>${piece.sku}</td><td>${field}</td><td>${write(piece.cents)}</td><td>${write(piece.cents * quantity)}</td></tr>`
}

function productPage(goods: FakeGoods[], id: string | null, { write, version }: Look): ShopAnswer | undefined {
  const product = goods.find((one) => `${one.id}` === id)
  const base = product?.pieces[0]
  if (!product || !base) return undefined
  const was = base.wasCents ? write(base.wasCents) : ''
  const prices =
    version === 4
      ? `<h2><span class="price-new">${write(base.cents)}</span></h2>${was && `<li><span class="price-old">${was}</span></li>`}`
      : `${was && `<li><span style="text-decoration: line-through;">${was}</span></li>`}<li><h2>${write(base.cents)}</h2></li>`
  const groups = Object.keys(base.options).map((name) => group(product, name, { write, version }))
  return {
    body: shopPage(
      '<meta property="og:image" content="https://cdn.example/p.jpg">',
      `<ul>${prices}</ul><div id="product">${groups.join('')}<input type="hidden" name="product_id" value="${product.id}"/></div>`,
    ),
  }
}

/** A size costs more; colours are radio buttons. */
function group({ pieces }: FakeGoods, name: string, { write, version }: Look): string {
  const id = OPTIONS[name]
  const values = [...new Set(pieces.map(({ options }) => options[name] ?? ''))]
  const extra = (value: string) => (value === 'M' ? ` (+${write(2000)})` : '')
  const numberOf = (value: string) => VALUES.indexOf(value) + 1
  const label = `<label class="control-label" for="input-option${id}">${name}</label>`
  if (name === 'Size') {
    const options = values.map((value) => `<option value="${numberOf(value)}">${value}${extra(value)} </option>`)
    return `${label}<select name="option[${id}]" id="input-option${id}"><option value=""> --- Please Select --- </option>${options.join('')}</select>`
  }
  const radio = (value: string) => {
    const field = `<input type="radio" name="option[${id}]" value="${numberOf(value)}" id="v${numberOf(value)}"/>`
    return version === 4
      ? `<div class="form-check">${field}<label for="v${numberOf(value)}">${value}</label></div>`
      : `<div class="radio"><label>${field} ${value}</label></div>`
  }
  return `${label}<div id="input-option${id}">${values.map(radio).join('')}</div>`
}

const page = (goods: FakeGoods[], version: number) =>
  shopPage(
    '<link href="catalog/view/stylesheet/stylesheet.css" rel="stylesheet">',
    `${version === 4 ? '<div id="header-cart" data-oc-load="index.php?route=common/cart.info&amp;language=en-gb" data-oc-target="#header-cart"></div>' : '<div id="cart"><span id="cart-total">0</span><ul></ul></div>'}${goods.map(({ id, title }) => `<a href="/index.php?route=product/product&amp;product_id=${id}">${title}</a>`).join(' ')}`,
  )
