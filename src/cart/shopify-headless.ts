import type { Cart, CartBridge, CartContext, CartLine, CartRefusal, CartResult } from '../model/cart.ts'
import { askCatalogue } from './ask-catalogue.ts'
import { byGain, bySet, piecesOf } from './by-gain.ts'
import { findVariant } from './find-variant.ts'
import { keptValue } from './kept-value.ts'
import { needSetting } from './need-setting.ts'
import { CART } from './shopify-headless-shapes.ts'
import {
  ask,
  findProduct,
  gidOf,
  type HeadlessStore,
  type HeadlessWrite,
  keep,
  readCart,
  type ShopifyHeadlessOptions,
} from './shopify-headless-store.ts'
import { rejected, type StoreAnswer, type StoreRefusal } from './store-json.ts'
import { leaveFor, showCount } from './tell-theme.ts'

export type { ShopifyHeadlessOptions } from './shopify-headless-store.ts'

/**
 * The bridge of a Shopify storefront without a theme: the Storefront API (shopify.dev/docs/api/storefront). The cart's id is the
 * storefront's own: say where it is kept, or there are two carts. Short stock comes as a warning with success, so what the cart has
 * gained decides. A `platformId` is a global id, or a variant's number.
 */
export function shopifyHeadless(options: ShopifyHeadlessOptions): CartBridge {
  const shop = needSetting(options.shop, 'shopify-headless', 'shop')
  const { navigate = leaveFor, cartKey, getCartId, setCartId, version = '2026-10' } = options
  const url = /^https?:/.test(shop) ? shop : `https://${shop}/api/${version}/graphql.json`
  const cartId = keptValue('castcart:shopify-headless', { key: cartKey, get: getCartId, set: setCartId })
  const store: HeadlessStore = { options, url, cartId, known: new Map(), codes: [] }
  return {
    name: 'shopify-headless',
    counts: true,
    read: (context) => readCart(store, context),
    products: (list, context) =>
      askCatalogue(list, { known: store.known, context }, (wanted, own) => findProduct(store, wanted, own)),
    add: (line, context) => addLine(store, line, context),
    update: (lineId, quantity, context) => updateLine(store, { lineId, quantity }, context),
    applyVoucher: (code, context) => addCode(store, code, context),
    async checkout(cart) {
      if (!cart.checkoutUrl) throw new Error('an empty cart has no checkout')
      await navigate(cart.checkoutUrl)
    },
    watch: (onChange) => store.cartId.watch(() => onChange(null)),
    reveal: () => store.last && showCount(store.last.quantity, options.badge),
  }
}

const WRITE = `{cart{${CART}}userErrors{code message field}warnings{code message}}`

/** Who brought the viewer and who hosted; a leading underscore keeps them out of the customer's sight. */
const marksOf = ({ partner, host }: CartLine) => [
  ...(partner ? [{ key: '_castcart_partner', value: partner }] : []),
  ...(host ? [{ key: '_castcart_host', value: host }] : []),
]

async function addLine(store: HeadlessStore, line: CartLine, context: CartContext): Promise<CartResult> {
  const own = gidOf(line.ref.platformId)
  const found = own?.includes('ProductVariant')
    ? { id: own }
    : await findVariant(line, store.known, (wish) => findProduct(store, wish, context))
  if ('reason' in found) return { outcome: 'rejected', reason: found.reason }
  store.known.set(found.id, { productId: line.productId, variantId: line.variantId })
  const before = await readCart(store, context)
  const id = (await store.cartId.get()) ?? (await createCart(store, context))
  if (typeof id !== 'string') return rejected(id)
  const attributes = marksOf(line)
  const lines = [{ merchandiseId: found.id, quantity: line.quantity, ...(attributes.length && { attributes }) }]
  const call = ['$id:ID!,$lines:[CartLineInput!]!', 'cartLinesAdd(cartId:$id,lines:$lines)'] as const
  const answer = await write(store, context, call, { id, lines })
  if (answer.reason) return rejected(answer)
  const after = await cartAfter(store, answer.body)
  if (!after) return await gone(store)
  const [said] = [...(answer.body.userErrors ?? []), ...(answer.body.warnings ?? [])]
  const result = await byGain(
    { before, after, line },
    () => whyNot(store, { line, id: found.id, said }, context),
    said?.message,
  )
  if (result.outcome !== 'rejected') tell(store)
  return result
}

/**
 * The id of a new, empty cart: were the line in it from the start, a lost answer would take its id along.
 * @throws where the shop makes none
 */
async function createCart(store: HeadlessStore, context: CartContext): Promise<string | StoreRefusal> {
  const country = store.options.country?.toUpperCase()
  const input = country ? { buyerIdentity: { countryCode: country } } : {}
  const answer = await write(store, context, ['$input:CartInput!', 'cartCreate(input:$input)'], { input })
  if (answer.reason) return answer
  const { cart } = answer.body
  if (!cart) throw new Error('the shop made no cart')
  keep(store, cart)
  await store.cartId.keep()
  return cart.id
}

/** The cart that a write was for has expired, or was checked out elsewhere: nothing was done, and the same may be tried anew. */
async function gone(store: HeadlessStore): Promise<CartResult> {
  store.cartId.learn(undefined)
  await store.cartId.keep()
  delete store.last
  return { outcome: 'rejected', reason: 'not-found', retryAfter: 0 }
}

type Said = { readonly code?: string | null | undefined; readonly message?: string | undefined } | undefined

async function whyNot(
  store: HeadlessStore,
  { line, id, said }: { readonly line: CartLine; readonly id: string; readonly said: Said },
  context: CartContext,
): Promise<CartRefusal> {
  if (said?.code === 'MERCHANDISE_OUT_OF_STOCK') return 'sold-out'
  const product = await findProduct(store, { ref: { ...line.ref, platformId: id } }, context)
  const variant = product?.variants.find((one) => one.id === id)
  if (!variant) return 'not-found'
  if (!variant.available) return 'sold-out'
  const isShort = said?.code === 'MERCHANDISE_NOT_ENOUGH_STOCK' || piecesOf(store.last, line) > 0
  return isShort ? 'limit-reached' : 'refused'
}

async function updateLine(
  store: HeadlessStore,
  { lineId, quantity }: { lineId: string; quantity: number },
  context: CartContext,
): Promise<CartResult> {
  const before = store.last ?? (await readCart(store, context))
  const id = await store.cartId.get()
  if (!id) return { outcome: 'rejected', reason: 'not-found', cart: before }
  const parameters = '$id:ID!,$lines:[CartLineUpdateInput!]!'
  const lines = [{ id: lineId, quantity }]
  const answer = await write(store, context, [parameters, 'cartLinesUpdate(cartId:$id,lines:$lines)'], { id, lines })
  if (answer.reason) return rejected(answer)
  const after = (await cartAfter(store, answer.body)) ?? (await readCart(store, context))
  const result = bySet(lineId, quantity, { before, after })
  if (result.outcome !== 'rejected') tell(store)
  const [said] = [...(answer.body.userErrors ?? []), ...(answer.body.warnings ?? [])]
  return result.outcome === 'rejected' ? { ...result, message: said?.message } : result
}

/** Applies a code beside those that count already, since the list replaces them all. */
async function addCode(store: HeadlessStore, code: string, context: CartContext): Promise<CartResult> {
  await readCart(store, context)
  const id = await store.cartId.get()
  if (!id) return { outcome: 'rejected', reason: 'refused' }
  const parameters = '$id:ID!,$codes:[String!]'
  const call = 'cartDiscountCodesUpdate(cartId:$id,discountCodes:$codes)'
  const answer = await write(store, context, [parameters, call], { id, codes: [...store.codes, code] })
  if (answer.reason) return rejected(answer)
  const cart = await cartAfter(store, answer.body)
  if (!cart) return await gone(store)
  tell(store)
  const isSame = (one: { readonly code: string }) => one.code.toLowerCase() === code.toLowerCase()
  if (answer.body.cart?.discountCodes?.some((one) => isSame(one) && one.applicable)) {
    return { outcome: 'added', cart, quantity: 0 }
  }
  const [said] = [...(answer.body.userErrors ?? []), ...(answer.body.warnings ?? [])]
  return { outcome: 'rejected', reason: 'refused', message: said?.message, cart }
}

async function write(
  store: HeadlessStore,
  context: CartContext,
  [parameters, call]: readonly [parameters: string, call: string],
  variables: object,
): Promise<StoreAnswer<HeadlessWrite>> {
  const answer = await ask<{ r: HeadlessWrite }>(
    store,
    context,
    ['mutation', parameters, `r:${call}${WRITE}`],
    variables,
  )
  return answer.reason ? answer : { ...answer, body: answer.body.r }
}

/** The cart that a write answered with, and its id kept for the next page; `undefined`: there is no such cart. */
async function cartAfter(store: HeadlessStore, { cart, userErrors }: HeadlessWrite): Promise<Cart | undefined> {
  if (!cart) {
    if (userErrors?.some(({ field }) => field?.includes('cartId')) || !userErrors?.length) return undefined
    return store.last
  }
  const known = keep(store, cart)
  await store.cartId.keep()
  return known
}

const tell = (store: HeadlessStore): void => {
  if (store.last) showCount(store.last.quantity, store.options.badge)
}
