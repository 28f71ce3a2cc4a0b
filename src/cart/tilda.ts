import type { Cart, CartBridge, CartContext, CartLine, CartResult } from '../model/cart.ts'
import { askCatalogue } from './ask-catalogue.ts'
import { byGain, bySet, learnLine } from './by-gain.ts'
import { quietly, showCount } from './tell-theme.ts'
import { idOf, linesOf, type TildaCart } from './tilda-shapes.ts'
import {
  cartBlock,
  findTilda,
  keepTilda,
  type TildaOptions,
  type TildaPage,
  type TildaStore,
  tildaOnPage,
  watchIcon,
} from './tilda-store.ts'
import { whenThere } from './when-there.ts'

export type { TildaOptions } from './tilda-store.ts'

/**
 * The bridge of a Tilda page with a cart block. The cart is the page's own object, and what is put in it is believed until the checkout, so only what
 * Tilda's catalogue sells is: with its price, and no more than is left. A `platformId` is the uid of a product or an edition.
 */
export function tilda(options: TildaOptions = {}): CartBridge {
  const maps = { known: new Map(), wishes: new Map() }
  const store: TildaStore = { options, ...maps, catalogue: undefined, last: undefined, acting: false }
  return {
    name: 'tilda',
    counts: true,
    read: async (context) => keepTilda(store, await whenThere(tildaOnPage, context.signal), context),
    products: (list, context) => {
      store.catalogue = undefined
      return askCatalogue(list, { known: store.known, context }, (wanted) => findTilda(store, wanted, context))
    },
    add: (line, context) => addLine(store, line, context),
    async update(lineId, quantity, context) {
      const page = await whenThere(tildaOnPage, context.signal)
      const before = keepTilda(store, page, context)
      const line = linesOf(page.cart).find((one) => idOf(one) === lineId)
      if (!line) return { outcome: 'rejected', reason: 'not-found', cart: before }
      const most = store.wishes.get(`${line.uid}`)?.inv ?? line.inv ?? quantity
      const after = change(store, { page, context }, () => setQuantity(page, line, Math.min(quantity, most)))
      return bySet(lineId, quantity, { before, after })
    },
    checkout: () => void tildaOnPage()?.call('tcart__openCart'),
    watch: (onChange) => watchIcon(store, () => onChange(null)),
    reveal: () => store.last && showCount(store.last.quantity, options.badge),
  }
}

/** Makes a change of the page's cart and reads what came of it. The block would open over the player, and asks by `alert`: both are kept from it. */
function change(
  store: TildaStore,
  { page, context }: { page: TildaPage; context: CartContext },
  run: () => void,
): Cart {
  const { alert } = globalThis
  const opens = cartBlock()?.getAttribute('data-opencart-onorder')
  store.acting = true
  if (opens) cartBlock()?.setAttribute('data-opencart-onorder', 'no')
  globalThis.alert = () => {}
  try {
    run()
  } finally {
    globalThis.alert = alert
    if (opens) cartBlock()?.setAttribute('data-opencart-onorder', opens)
  }
  const cart = keepTilda(store, page, context)
  showCount(cart.quantity, store.options.badge)
  // The icon is drawn in the same turn; its observer hears of it in the next.
  queueMicrotask(() =>
    setTimeout(() => {
      store.acting = false
    }),
  )
  return cart
}

function setQuantity({ cart, call }: TildaPage, line: TildaCart['products'][number], quantity: number): void {
  if (quantity) {
    line.quantity = quantity
    line.amount = Number(call('tcart__roundPrice', Number(line.price) * quantity) ?? Number(line.price) * quantity)
  } else cart.products.splice(cart.products.indexOf(line), 1)
  call('tcart__updateTotalProductsinCartObj')
  call('tcart__reDrawCartIcon')
  call('tcart__saveLocalObj')
  quietly(() => call('tcart__reDrawProducts'))
  quietly(() => call('tcart__reDrawTotal'))
}

async function addLine(store: TildaStore, line: CartLine, context: CartContext): Promise<CartResult> {
  const { platformId = '', sku } = line.ref
  if (!store.wishes.has(platformId)) await findTilda(store, { id: '', title: '', ref: line.ref }, context)
  const wish = store.wishes.get(platformId) ?? [...store.wishes.values()].find((one) => sku && one.sku === sku)
  const siblings = [...store.wishes.values()].filter(({ lid }) => lid === platformId)
  const chosen = wish ?? (siblings.length === 1 ? siblings[0] : undefined)
  if (!chosen) return { outcome: 'rejected', reason: siblings.length ? 'needs-variant' : 'not-found' }
  if (chosen.inv === 0)
    return {
      outcome: 'rejected',
      reason: 'sold-out',
      cart: keepTilda(store, await whenThere(tildaOnPage, context.signal), context),
    }
  learnLine(store.known, `${chosen.uid}`, line)
  const page = await whenThere(tildaOnPage, context.signal)
  const before = keepTilda(store, page, context)
  const held = Number(linesOf(page.cart).find((one) => idOf(one) === idOf(chosen))?.quantity ?? 0)
  // The function checks the stock of a line that is there already, and takes any quantity of a new one.
  const quantity = Math.min(line.quantity, (chosen.inv ?? Number.POSITIVE_INFINITY) - held)
  const put = () => quantity > 0 && page.call('tcart__addProduct', { ...chosen, quantity })
  const after = change(store, { page, context }, put)
  return byGain({ before, after, line }, async () => 'refused')
}
