import { pageGlobal } from '../lib/page-global.ts'
import type { CartBridge, CartContext, CartLine, CartRefusal, CartResult } from '../model/cart.ts'
import type { ProductInput } from '../model/product.ts'
import { askCatalogue } from './ask-catalogue.ts'
import { byGain, bySet, learnLine } from './by-gain.ts'
import { idAndChoices } from './ecwid-shapes.ts'
import {
  type Ecwid,
  type EcwidCart,
  type EcwidOptions,
  type EcwidSettings,
  type EcwidStore,
  ecwidOnPage,
  findEcwid,
  keepEcwid,
  readEcwid,
} from './ecwid-store.ts'
import { marksOf } from './marks-of.ts'
import { quietly, showCount } from './tell-theme.ts'
import { whenThere } from './when-there.ts'
import { whileActing } from './while-acting.ts'

export type { EcwidOptions } from './ecwid-store.ts'

/**
 * The bridge of an Ecwid store embedded in any page: its own script keeps and draws the cart. It refuses with a bare "no", so with a public token
 * the catalogue is asked why. It has no way to apply a code. A `platformId` is `123`, or `123?Size=L` with the choices.
 */
export function ecwid(options: EcwidOptions = {}): CartBridge {
  const { currency, token } = options
  const store: EcwidStore = { options, known: new Map(), currency, last: undefined, acting: false }
  return {
    name: 'ecwid',
    counts: true,
    read: (context) => readEcwid(store, context),
    ...(token && {
      products: (list: readonly ProductInput[], context: CartContext) =>
        askCatalogue(list, { known: store.known, context }, (wanted, own) => findEcwid(store, wanted, own)),
    }),
    add: (line, context) => addLine(store, line, context),
    update: (lineId, quantity, context) => updateLine(store, { lineId, quantity }, context),
    checkout() {
      const { Cart: cart, openPage } = ecwidOnPage() ?? {}
      if (cart?.gotoCheckout) cart.gotoCheckout()
      else openPage?.('cart')
    },
    watch(onChange) {
      const off = new AbortController()
      const hear = (raw: EcwidCart) => off.signal.aborted || store.acting || onChange(keepEcwid(store, raw))
      whenThere(ecwidOnPage, off.signal).then(
        ({ OnCartChanged: changed }) => quietly(() => changed?.add(hear)),
        () => {},
      )
      return () => off.abort()
    },
    reveal: () => store.last && showCount(store.last.quantity, options.badge),
  }
}

function put(page: Ecwid, id: string, quantity: number): Promise<boolean> {
  const [product, choices] = idAndChoices(id)
  return new Promise((resolve) => {
    page.Cart.addProduct({
      id: Number(product),
      quantity,
      options: choices,
      callback: (isDone: unknown) => resolve(!!isDone),
    })
  })
}

/** Older scripts do not call back after a removal. */
const take = (page: Ecwid, index: number): Promise<void> =>
  new Promise((done) => {
    setTimeout(done, 3000)
    page.Cart.removeProduct(index, done)
  })

async function addLine(store: EcwidStore, line: CartLine, context: CartContext): Promise<CartResult> {
  const id = line.ref.platformId
  if (!id) return { outcome: 'rejected', reason: 'not-found' }
  learnLine(store.known, id, line)
  const page = await whenThere(ecwidOnPage, context.signal)
  const before = await readEcwid(store, context)
  return whileActing(store, context.signal, async () => {
    await put(page, id, line.quantity)
    const after = await readEcwid(store, context)
    showCount(after.quantity, store.options.badge)
    tellOrder(page, line)
    return byGain({ before, after, line }, () => whyNot(store, line, context))
  })
}

/** Hidden fields of the order to come, which the shop's owner reads beside it (api-docs.ecwid.com, "Order extra fields"). */
function tellOrder(page: Ecwid, line: CartLine): void {
  const marks = Object.entries(marksOf(line) ?? {}).map(([name, value]) => [name, { value }])
  if (!marks.length) return
  quietly(() => {
    const settings = pageGlobal<EcwidSettings>('ec') ?? {}
    const { order } = settings
    settings.order = { ...order, extraFields: { ...order?.extraFields, ...Object.fromEntries(marks) } }
    Object.assign(globalThis, { ec: settings })
    page.refreshConfig?.()
  })
}

async function whyNot(store: EcwidStore, line: CartLine, context: CartContext): Promise<CartRefusal> {
  if (!store.options.token) return 'refused'
  const found = await findEcwid(store, { id: '', title: '', ref: line.ref }, context)
  if (!found) return 'not-found'
  const { platformId } = line.ref
  const variant = found.variants.find(({ id }) => id === platformId) ?? found.variants[0]
  if (found.variants.length > 1 && !platformId?.includes('?')) return 'needs-variant'
  if (!variant?.available) return 'sold-out'
  return variant.stock !== undefined && variant.stock < line.quantity ? 'limit-reached' : 'refused'
}

/** There is no way to set a quantity: more is added, less is taken out and put in anew. */
async function updateLine(
  store: EcwidStore,
  { lineId, quantity }: { lineId: string; quantity: number },
  context: CartContext,
): Promise<CartResult> {
  const page = await whenThere(ecwidOnPage, context.signal)
  const before = await readEcwid(store, context)
  const index = before.items.findIndex(({ id }) => id === lineId)
  const held = before.items[index]?.quantity
  if (held === undefined) return { outcome: 'rejected', reason: 'not-found', cart: before }
  return whileActing(store, context.signal, async () => {
    if (quantity > held) await put(page, lineId, quantity - held)
    else if (quantity < held) {
      await take(page, index)
      if (quantity) await put(page, lineId, quantity)
    }
    const after = await readEcwid(store, context)
    showCount(after.quantity, store.options.badge)
    return bySet(lineId, quantity, { before, after })
  })
}
