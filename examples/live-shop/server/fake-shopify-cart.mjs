import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { toCartLine, toProductJson } from './fake-shopify-shapes.mjs'

const PATH = /^(?:\/[a-z]{2}(?:-[a-z]{2})?)?\/(cart(?:\/(?:add|change|update|clear))?|products\/[^/]+)\.js$/
const BODY_LIMIT = 65_536

/**
 * A fake of Shopify's Ajax Cart and Product API (shopify.dev/docs/api/ajax), for demos and tests: no Shopify code, no
 * Shopify account. It answers `GET /products/{handle}.js`, `GET /cart.js` and `POST /cart/{add,change,update,clear}.js`, with or
 * without a locale in front, and `?section_id=` on any page. Amounts are hundredths of the currency whatever the currency, as the real one sends them.
 *
 * The catalogue is read at every request: change its stock or prices and the store has changed. `inventory_quantity` left out or null
 * means not tracked. Carts live in memory and in `file` (written whole, then renamed), so they outlast a restart.
 *
 * @param {object} options
 * @param {string} options.file where carts are kept
 * @param {object[]} options.catalogue products: `{ id, handle, title, price?, compare_at_price?, options: ['Size'], images,
 *   variants: [{ id, sku, option1, option2, option3, price, compare_at_price?, inventory_quantity?, available?, featured_image?,
 *   unit_price?, unit_price_measurement?, quantity_rule? }] }`
 * @param {string} [options.currency] ISO 4217; EUR when absent
 * @param {Record<string, number | { percent?: number, amount?: number, productIds?: number[], until?: number }>} [options.discounts] by
 *   code (for `cart/update.js` with `discount`): percent off the whole cart, or off each of these products (none: all), until then (ms)
 * @param {Record<string, (cart: object) => string>} [options.sections] renderers for the Section Rendering API; a bubble when absent
 */
export async function createFakeShopifyCart({
  file,
  catalogue,
  currency = 'EUR',
  discounts = {},
  sections = SECTIONS,
}) {
  const store = { file, catalogue, currency, discounts, sections, carts: await load(file), saved: Promise.resolve() }
  return {
    /** Answers the request and resolves true, or leaves it alone and resolves false. */
    handle: (req, res, url) => handle(store, req, res, url),
    /** The cart of this request's cookie in the shape of `cart.js`: for pages rendered on the server. */
    cartOf: (req) => toCart(store, store.carts.get(tokenOf(req)), tokenOf(req)),
    /** Takes everything out of the cart of this request's cookie, as an order does. */
    async empty(req) {
      const cart = store.carts.get(tokenOf(req))
      if (cart) cart.lines = []
      await save(store)
    },
  }
}

/** The one section every Dawn-family theme has: the cart's icon with its count. */
export const SECTIONS = {
  'cart-icon-bubble': ({ item_count }) =>
    `<div id="shopify-section-cart-icon-bubble" class="shopify-section">${
      item_count ? `<div class="cart-count-bubble"><span aria-hidden="true">${item_count}</span></div>` : ''
    }</div>`,
}

async function handle(store, req, res, url) {
  const section = url.searchParams.get('section_id')
  if (section) return sendSection(store, req, res, section)
  const path = PATH.exec(url.pathname)?.[1]
  if (!path) return false
  const verb = path.split('/')[1]
  if (path.startsWith('products/')) return send(res, ...productAnswer(store, decodeURIComponent(verb)))
  if (path === 'cart') {
    const token = openToken(req, res)
    return send(res, 200, toCart(store, store.carts.get(token), token))
  }
  if (req.method !== 'POST')
    return send(res, 405, { status: 405, message: 'Method Not Allowed', description: 'POST only' })

  const body = await readBody(req)
  if (!body) return send(res, 400, { status: 400, message: 'Bad Request', description: 'The body is not readable' })
  const { token, cart } = openCart(store, req, res)
  const [status, answer] = VERBS[verb](store, cart, body, token)
  await save(store)
  return send(res, status, { ...answer, ...(status === 200 && sectionsOf(store, cart, body, token)) })
}

/** `GET {any page}?section_id=…`: one section as HTML. */
function sendSection(store, req, res, id) {
  const html = store.sections[id]?.(toCart(store, store.carts.get(tokenOf(req)), tokenOf(req)))
  res.writeHead(html === undefined ? 404 : 200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
  })
  res.end(html ?? '')
  return true
}

const VERBS = {
  add(store, cart, body) {
    const wanted = Array.isArray(body.items) ? body.items : [body]
    const added = []
    for (const { id, quantity = 1, properties = {} } of wanted) {
      const found = findVariant(store, id)
      const count = Number(quantity)
      if (!found) return refusal(404, 'Cart Error', 'Cannot find variant')
      if (!Number.isInteger(count) || count < 1)
        return refusal(422, 'Cart Error', 'Quantity must be a whole number from 1')
      if (!isAvailable(found.variant)) {
        return refusal(422, 'Cart Error', `The product '${found.product.title}' is already sold out.`)
      }
      const room = mostOf(found.variant) - inCart(cart, found.variant.id)
      if (room <= 0) return refusal(422, 'Cart Error', 'The maximum quantity of this item is already in your cart.')
      const line = lineFor(cart, found.variant.id, properties ?? {})
      line.quantity += Math.min(count, room)
      if (count > room)
        return refusal(422, 'Cart Error', `Only ${room} items were added to your cart due to availability.`)
      added.push(line)
    }
    return [200, { items: added.map((line) => toCartLine(line, findVariant(store, line.variant_id), 0)) }]
  },

  change(store, cart, { id, line, quantity }, token) {
    const at = line ? cart.lines[Number(line) - 1] : findLine(cart, id)
    const count = Number(quantity)
    if (!at) return refusal(404, 'Cart Error', 'no valid id or line parameter')
    if (!Number.isInteger(count) || count < 0) return refusal(400, 'Cart Error', 'invalid quantity')
    const short = setQuantity(store, cart, at, count)
    return short ?? [200, toCart(store, cart, token)]
  },

  update(store, cart, { updates = {}, note, attributes, discount }, token) {
    const pairs = Array.isArray(updates) ? updates.map((n, i) => [cart.lines[i]?.key, n]) : Object.entries(updates)
    let short
    for (const [id, quantity] of pairs) {
      const at = findLine(cart, id) ?? (findVariant(store, id) && lineFor(cart, Number(id), {}))
      if (at) short ??= setQuantity(store, cart, at, Number(quantity))
    }
    if (note !== undefined) cart.note = note
    Object.assign(cart.attributes, attributes)
    if (typeof discount === 'string')
      cart.codes = discount
        .split(',')
        .map((code) => code.trim())
        .filter(Boolean)
    return short ?? [200, toCart(store, cart, token)]
  },

  clear(store, cart, _body, token) {
    cart.lines = []
    return [200, toCart(store, cart, token)]
  },
}

function setQuantity(store, cart, line, count) {
  const found = findVariant(store, line.variant_id)
  const room = mostOf(found?.variant) - (inCart(cart, line.variant_id) - line.quantity)
  line.quantity = Math.min(count, Math.max(room, 0))
  cart.lines = cart.lines.filter(({ quantity }) => quantity > 0)
  if (count <= room) return undefined
  return refusal(422, 'Cart Error', `Only ${Math.max(room, 0)} items were added to your cart due to availability.`)
}

const refusal = (status, message, description) => [status, { status, message, description }]
const stockOf = (variant) => (variant ? (variant.inventory_quantity ?? Number.POSITIVE_INFINITY) : 0)
/** How many one buyer may have: what is there, and at most what the variant's quantity rule says. */
const mostOf = (variant) => Math.min(stockOf(variant), variant?.quantity_rule?.max ?? Number.POSITIVE_INFINITY)
const isAvailable = (variant) => variant.available !== false && stockOf(variant) > 0
const inCart = (cart, id) => cart.lines.reduce((sum, line) => sum + (line.variant_id === id ? line.quantity : 0), 0)
const findLine = (cart, id) => cart.lines.find(({ key, variant_id }) => key === String(id) || variant_id === Number(id))

function findVariant({ catalogue }, id) {
  for (const product of catalogue) {
    const variant = product.variants.find((one) => one.id === Number(id))
    if (variant) return { product, variant }
  }
  return undefined
}

/** Lines of one variant are one line unless their properties differ; newest first, as on the real one. */
function lineFor(cart, variantId, properties) {
  const marks = JSON.stringify(properties)
  const known = cart.lines.find((line) => line.variant_id === variantId && JSON.stringify(line.properties) === marks)
  if (known) return known
  const line = {
    key: `${variantId}:${randomBytes(16).toString('hex')}`,
    variant_id: variantId,
    quantity: 0,
    properties,
  }
  cart.lines.unshift(line)
  return line
}

function productAnswer(store, handleName) {
  const product = store.catalogue.find(({ handle: name }) => name === handleName)
  return product ? [200, toProductJson(product, isAvailable)] : [404, { status: 404, message: 'Not Found' }]
}

function toCart({ catalogue, currency, discounts }, cart, token = '') {
  const known = (cart?.codes ?? []).map((code) => ({ code, terms: termsOf(discounts, code) }))
  const codes = known.map(({ code, terms }) => ({ code, applicable: terms !== undefined }))
  const items = (cart?.lines ?? []).flatMap((line) => {
    const found = findVariant({ catalogue }, line.variant_id)
    if (!found) return []
    const price = found.variant.price ?? found.product.price
    return [toCartLine(line, found, Math.max(0, ...known.map(({ terms }) => offOf(terms, found.product, price))))]
  })
  const sum = (field) => items.reduce((total, item) => total + item[field], 0)
  return {
    token,
    note: cart?.note ?? null,
    attributes: cart?.attributes ?? {},
    original_total_price: sum('original_line_price'),
    total_price: sum('final_line_price'),
    total_discount: sum('original_line_price') - sum('final_line_price'),
    total_weight: 0,
    item_count: sum('quantity'),
    items,
    requires_shipping: items.length > 0,
    currency,
    items_subtotal_price: sum('final_line_price'),
    cart_level_discount_applications: [],
    discount_codes: codes,
  }
}

/** What a code is worth now; `undefined`: nothing. */
function termsOf(discounts, code) {
  const terms = Object.hasOwn(discounts, code) ? discounts[code] : undefined
  if (typeof terms === 'number') return { percent: terms }
  return terms && Date.now() <= (terms.until ?? Number.POSITIVE_INFINITY) ? terms : undefined
}

/** What a code takes off one piece. */
function offOf(terms, { id }, price) {
  if (!terms || (terms.productIds?.length && !terms.productIds.includes(id))) return 0
  return Math.min(price, Math.round((price * (terms.percent ?? 0)) / 100) + (terms.amount ?? 0))
}

function sectionsOf(store, cart, { sections }, token) {
  if (!sections) return {}
  const ids = (Array.isArray(sections) ? sections : String(sections).split(',')).slice(0, 5)
  const shape = toCart(store, cart, token)
  return { sections: Object.fromEntries(ids.map((id) => [id, store.sections[id]?.(shape) ?? null])) }
}

const tokenOf = (req) => /(?:^|;\s*)cart=([0-9a-f]{24})(?:;|$)/.exec(req.headers.cookie ?? '')?.[1]

/** The shopper's token: given with the first answer, so that a cart is not lost with the answer of its first change. */
function openToken(req, res) {
  const known = tokenOf(req)
  if (known) return known
  const token = randomBytes(12).toString('hex')
  res.setHeader('set-cookie', `cart=${token}; Path=/; Max-Age=1209600; SameSite=Lax; HttpOnly`)
  return token
}

/** A cart takes space only from its first change on. */
function openCart({ carts }, req, res) {
  const token = openToken(req, res)
  const cart = carts.get(token) ?? { lines: [], note: null, attributes: {}, codes: [] }
  carts.set(token, cart)
  return { token, cart }
}

/** JSON or a form, at most 64 kB; `undefined` when neither. */
async function readBody(req) {
  let text = ''
  for await (const chunk of req) {
    text += chunk
    if (text.length > BODY_LIMIT) return undefined
  }
  if (!/json/.test(req.headers['content-type'] ?? '')) return Object.fromEntries(new URLSearchParams(text))
  try {
    const body = JSON.parse(text)
    return typeof body === 'object' && body ? body : undefined
  } catch {
    return undefined
  }
}

function send(res, status, body) {
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
  res.end(JSON.stringify(body))
  return true
}

async function load(file) {
  try {
    return new Map(Object.entries(JSON.parse(await readFile(file, 'utf8'))))
  } catch {
    return new Map()
  }
}

/** Writes one after the other; the answer waits, so what a shopper was told is on disk. */
function save(store) {
  store.saved = store.saved.then(async () => {
    await mkdir(dirname(store.file), { recursive: true })
    const next = `${store.file}.next`
    await writeFile(next, JSON.stringify(Object.fromEntries(store.carts)))
    await rename(next, store.file)
  })
  return store.saved
}
