import type { CartBridge, CartContext, CartLine, CartRefusal, CartResult } from '../model/cart.ts'
import { askCatalogue } from './ask-catalogue.ts'
import {
  type BitrixOptions,
  type BitrixStore,
  findBitrix,
  orderOf,
  pageOf,
  postBitrix,
  readBasket,
  recalculate,
  refusalOf,
  sessionOf,
  tellBitrix,
  watchBasket,
} from './bitrix-store.ts'
import { byGain, bySet, learnLine } from './by-gain.ts'
import { leaveFor, rootOf } from './tell-theme.ts'

export type { BitrixOptions } from './bitrix-store.ts'

/**
 * The bridge of 1C-Bitrix with its standard components: `catalog.element` adds, and the basket is what the page of `sale.basket.basket` hands to
 * its script. Refusals are words, so what the basket has gained decides, then the product's page. A `platformId` is the id of the product or offer.
 */
export function bitrix(options: BitrixOptions = {}): CartBridge {
  const root = rootOf(options.root)
  const basketUrl = new URL(options.basket ?? '/personal/cart/', root).href
  const maps = { known: new Map(), pages: new Map() }
  const first = { component: undefined, session: '', last: undefined, telling: false }
  const store: BitrixStore = { options, root, basketUrl, ...maps, ...first }
  return {
    name: 'bitrix',
    counts: true,
    read: (context) => readBasket(store, context),
    products: (list, context) =>
      askCatalogue(list, { known: store.known, context }, (wanted, own) => findBitrix(store, wanted, own)),
    add: (line, context) => addLine(store, line, context),
    async update(lineId, quantity, context) {
      const before = await readBasket(store, context)
      if (!before.items.some(({ id }) => id === lineId))
        return { outcome: 'rejected', reason: 'not-found', cart: before }
      const wish = quantity ? { [`basket[QUANTITY_${lineId}]`]: `${quantity}` } : { [`basket[DELETE_${lineId}]`]: 'Y' }
      const after = await recalculate(store, wish, context)
      return 'outcome' in after ? after : bySet(lineId, quantity, { before, after: after.cart })
    },
    async applyVoucher(code, context) {
      if (!store.component) await readBasket(store, context)
      const after = await recalculate(store, { 'basket[coupon]': code }, context)
      if ('outcome' in after) return after
      const { cart, basket } = after
      const counts = basket.COUPON_LIST?.some(
        ({ COUPON, JS_STATUS }) => JS_STATUS === 'APPLYED' && COUPON?.toLowerCase() === code.toLowerCase(),
      )
      return counts ? { outcome: 'added', cart, quantity: 0 } : { outcome: 'rejected', reason: 'refused', cart }
    },
    checkout: (cart) => (options.navigate ?? leaveFor)(cart.checkoutUrl ?? orderOf(store)),
    watch: (onChange) => watchBasket(store, () => onChange(null)),
    reveal: () => tellBitrix(store),
  }
}

async function addLine(store: BitrixStore, line: CartLine, context: CartContext): Promise<CartResult> {
  const id = line.ref.platformId
  if (!id) return { outcome: 'rejected', reason: 'not-found' }
  learnLine(store.known, id, line)
  const before = await readBasket(store, context)
  const url = new URL(pageOf(store, line).replaceAll('#ID#', id), store.root)
  url.searchParams.set('action', 'ADD2BASKET')
  url.searchParams.set('id', id)
  const fields = { ajax_basket: 'Y', action: 'ADD2BASKET', id, quantity: `${line.quantity}`, sessid: sessionOf(store) }
  const answer = await postBitrix(url.href, context, fields)
  const refusal = refusalOf(answer)
  if (refusal) return refusal
  const { STATUS, MESSAGE } = (answer ?? {}) as { STATUS?: string; MESSAGE?: string }
  if (!STATUS) throw new Error(`${url.pathname}: no answer of a catalogue component`)
  const after = await readBasket(store, context)
  if (STATUS === 'OK') tellBitrix(store)
  return byGain({ before, after, line }, () => whyNot(store, line, context), MESSAGE)
}

async function whyNot(store: BitrixStore, line: CartLine, context: CartContext): Promise<CartRefusal> {
  const { url = store.pages.get(line.ref.platformId ?? '') } = line
  const wanted = { id: '', title: '', ref: line.ref, url }
  if (!url) return 'refused'
  const found = await findBitrix(store, wanted, context)
  const variant = found?.variants.find(({ id }) => id === line.ref.platformId) ?? found?.variants[0]
  if (!variant) return 'not-found'
  if (!variant.available || variant.stock === 0) return 'sold-out'
  return variant.stock !== undefined && variant.stock < line.quantity ? 'limit-reached' : 'refused'
}
