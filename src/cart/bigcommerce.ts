import type { Cart, CartBridge, CartContext, CartLine, CartRefusal, CartResult } from '../model/cart.ts'
import { askCatalogue } from './ask-catalogue.ts'
import { type BigCart, idsOf, keyOf } from './bigcommerce-shapes.ts'
import { type BigcommerceOptions, type BigStore, findProduct, keep, readCart, send } from './bigcommerce-store.ts'
import { piecesOf } from './by-gain.ts'
import { findVariant } from './find-variant.ts'
import { marksOf } from './marks-of.ts'
import { askGraphql } from './store-graphql.ts'
import { rejected, type StoreRefusal } from './store-json.ts'
import { NO_CURRENCY } from './store-money.ts'
import { jQueryOf, leaveFor, quietly, rootOf, showCount } from './tell-theme.ts'

export type { BigcommerceOptions } from './bigcommerce-store.ts'

/** What Cornerstone and the themes made of it listen to, and send. */
const EVENT = 'cart-quantity-update'

/**
 * The bridge of a BigCommerce storefront that BigCommerce hosts: its Storefront Carts API, and GraphQL for the catalogue. Its refusals
 * do not say why (short stock can be "cart not found"), so the cart and the catalogue, read again, do. A `platformId` is `12`, or
 * `12:34` with the variant; a `handle` is the path of the page.
 */
export function bigcommerce(options: BigcommerceOptions = {}): CartBridge {
  const { navigate = leaveFor, currency = NO_CURRENCY } = options
  const store: BigStore = {
    options,
    root: rootOf(options.root),
    known: new Map(),
    currency,
    telling: false,
    told: new Set(),
  }
  return {
    name: 'bigcommerce',
    read: (context) => readCart(store, context),
    products: (list, context) =>
      askCatalogue(list, { known: store.known, context }, (wanted, own) => findProduct(store, wanted, own)),
    add: (line, context) => addLine(store, line, context),
    update: (lineId, quantity, context) => updateLine(store, { lineId, quantity }, context),
    applyVoucher: (code, context) => addCode(store, code, context),
    checkout: (cart) => navigate(cart.checkoutUrl ?? `${store.root}checkout`),
    watch(onChange) {
      const hear = () => store.telling || onChange(null)
      quietly(() => jQueryOf('body')?.on(EVENT, hear))
      return () => quietly(() => jQueryOf('body')?.off(EVENT, hear))
    },
    reveal: () => tellTheme(store),
  }
}

/** The pill is set by this event; the preview itself is fetched when it is opened, so that nothing covers the player. */
function tellTheme(store: BigStore): void {
  const { quantity } = store.last ?? {}
  if (quantity === undefined) return
  showCount(quantity, store.options.badge)
  store.telling = true
  quietly(() => jQueryOf('body')?.trigger(EVENT, quantity))
  store.telling = false
}

async function addLine(store: BigStore, line: CartLine, context: CartContext): Promise<CartResult> {
  const found = await findVariant(line, store.known, (wish) => findProduct(store, wish, context))
  const [productId, variantId] = 'id' in found ? [...idsOf(found.id)] : [...idsOf(line.ref.platformId)]
  // Without a catalogue a bare id of the page's author goes to the shop as it is.
  if ('reason' in found && (found.reason === 'needs-variant' || !productId))
    return { outcome: 'rejected', reason: found.reason }
  const item = { quantity: line.quantity, productId, ...(variantId && { variantId }) }
  const key = keyOf(productId, variantId)
  if (!store.known.has(key)) store.known.set(key, { productId: line.productId, variantId: line.variantId })
  if (!store.cartId) await readCart(store, context)
  // A second cart must not be made beside one that is there.
  const answer = await (store.cartId
    ? send<BigCart>(store, `carts/${store.cartId}/items`, context, { json: { lineItems: [item] } })
    : send<BigCart>(store, 'carts', context, { json: { lineItems: [item], locale: context.locale } }))
  if (answer.reason) return refused(store, answer, { context, why: (cart) => whyNot(store, line, cart, context) })
  const result = done(store, answer, line.quantity)
  await tellCart(store, line, context)
  return result
}

const MARK = `mutation($id:String!,$key:String!,$value:String!){cart{createCartMetafield(input:{cartEntityId:$id,data:{key:$key,value:$value}}){metafield{id}}}}`

/** Partner and host as fields of the cart, which its order leads to; each once, and only with a token. A cart that has one of a name keeps it. */
async function tellCart(store: BigStore, line: CartLine, context: CartContext): Promise<void> {
  const { root, options, cartId: id } = store
  if (!options.token || !id) return
  for (const [key, value] of Object.entries(marksOf(line) ?? {})) {
    const mark = `${id} ${key}`
    if (store.told.has(mark)) continue
    store.told.add(mark)
    const headers = { authorization: `Bearer ${options.token}` }
    await askGraphql(`${root}graphql`, context, { query: MARK, variables: { id, key, value }, headers }).catch(() => {})
  }
}

async function updateLine(
  store: BigStore,
  { lineId, quantity }: { lineId: string; quantity: number },
  context: CartContext,
): Promise<CartResult> {
  if (!store.cartId) await readCart(store, context)
  const all = store.last?.items ?? []
  const item = all.find(({ id }) => id === lineId)
  const ids = [...store.known].find(
    ([, one]) => one.productId === item?.productId && one.variantId === item?.variantId,
  )?.[0]
  const [productId, variantId] = idsOf(ids)
  const path = `carts/${store.cartId}/items/${lineId}`
  const answer = quantity
    ? await send<BigCart>(store, path, context, {
        method: 'PUT',
        json: { lineItem: { quantity, ...(productId && { productId }), ...(variantId && { variantId }) } },
      })
    : await send<BigCart>(store, path, context, { method: 'DELETE' })
  if (!answer.reason) return done(store, answer, quantity)
  const why = async (cart: Cart) => (cart.items.some(({ id }) => id === lineId) ? 'limit-reached' : 'not-found')
  return refused(store, answer, { context, why })
}

async function addCode(store: BigStore, couponCode: string, context: CartContext): Promise<CartResult> {
  if (!store.cartId) await readCart(store, context)
  if (!store.cartId) return { outcome: 'rejected', reason: 'refused' }
  const path = `checkouts/${store.cartId}/coupons`
  const answer = await send<{ cart: BigCart }>(store, path, context, { json: { couponCode } })
  if (answer.reason) return rejected({ ...answer, reason: answer.reason === 'not-found' ? 'refused' : answer.reason })
  await readCart(store, context)
  return done(store, undefined, 0)
}

/** The last line takes its cart with it: then there is no body. */
function done(
  store: BigStore,
  answer: { readonly body: BigCart | undefined } | undefined,
  quantity: number,
): CartResult {
  const cart = answer ? keep(store, answer.body) : store.last
  if (!cart) throw new TypeError('no cart was read')
  tellTheme(store)
  return { outcome: 'added', cart, quantity }
}

async function refused(
  store: BigStore,
  answer: StoreRefusal,
  { context, why }: { readonly context: CartContext; readonly why: (cart: Cart) => Promise<CartRefusal> },
): Promise<CartResult> {
  const { message, status } = answer
  // Limits come as 409 too, with words; a clash of two writes comes without.
  if (status === 401 || (answer.reason === 'rate-limited' && !message)) return rejected(answer)
  const was = store.cartId
  const cart = await readCart(store, context)
  // Emptied elsewhere, its cart is gone; nothing was done, and a new one takes the line.
  if (was && store.cartId !== was && status === 404)
    return { outcome: 'rejected', reason: 'not-found', retryAfter: 0, cart }
  return { outcome: 'rejected', reason: await why(cart), message, cart }
}

async function whyNot(store: BigStore, line: CartLine, cart: Cart, context: CartContext): Promise<CartRefusal> {
  const product = await findProduct(store, line, context)
  if (!product) return 'not-found'
  const [, variantId] = idsOf(line.ref.platformId)
  const variant = product.variants.find(({ id }) => id === line.ref.platformId || !variantId)
  if (variant && !variant.available) return 'sold-out'
  const wanted = line.quantity + piecesOf(cart, line)
  return piecesOf(cart, line) || (variant?.stock ?? wanted) < wanted ? 'limit-reached' : 'refused'
}
