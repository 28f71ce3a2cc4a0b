import type { CartBridge, CartContext, CartLine, CartRefusal, CartResult } from '../model/cart.ts'
import type { ProductInput } from '../model/product.ts'
import { byGain, bySet } from './by-gain.ts'
import { findVariant } from './find-variant.ts'
import { joinProduct } from './join-product.ts'
import { keyOf, partsOf } from './magento-shapes.ts'
import {
  errorIn,
  findProducts,
  type MagentoOptions,
  type MagentoStore,
  openStore,
  post,
  readCart,
  readSections,
  renewKey,
} from './magento-store.ts'
import { tellTheme, watchTheme } from './magento-theme.ts'
import { rejected } from './store-json.ts'
import { leaveFor } from './tell-theme.ts'

export type { MagentoOptions } from './magento-store.ts'

/**
 * The bridge of Magento 2, Adobe Commerce and Mage-OS with Luma or Hyvä: the controllers of the theme's own forms, private content for
 * the session's cart, GraphQL for the catalogue. An answer says next to nothing and its `backUrl` is not followed: the cart, read again,
 * decides. A `platformId` is `12`, or `12?93=5` with the chosen attributes; a `handle` is the URL key.
 */
export function magento(options: MagentoOptions = {}): CartBridge {
  const store = openStore(options)
  const { navigate = leaveFor } = options
  return {
    name: 'magento',
    counts: true,
    hidesDiscounts: true,
    read: (context) => readCart(store, context),
    products: (list, context) => catalogue(store, list, context),
    add: (line, context) => addLine(store, line, context),
    update: (lineId, quantity, context) => updateLine(store, { lineId, quantity }, context),
    applyVoucher: (code, context) => addCode(store, code, context),
    checkout: (cart) => navigate(cart.checkoutUrl ?? `${store.root}checkout/`),
    watch(onChange) {
      const off = new AbortController()
      watchTheme(store, () => onChange(null), off.signal)
      return () => off.abort()
    },
    reveal: () => tellTheme(store),
  }
}

async function catalogue(
  store: MagentoStore,
  list: readonly ProductInput[],
  context: CartContext,
): Promise<ProductInput[]> {
  const find = await findProducts(store, list, context)
  return list.flatMap((wanted) => {
    const found = find(wanted)
    if (found) return [joinProduct(wanted, found, store.known)]
    return (wanted.action ?? 'cart') === 'cart' ? [] : [wanted]
  })
}

async function addLine(store: MagentoStore, line: CartLine, context: CartContext): Promise<CartResult> {
  const found = await findVariant(line, store.known, async (wish) => (await findProducts(store, [wish], context))(wish))
  const { id, chosen } = partsOf('id' in found ? found.id : line.ref.platformId)
  // Without SKU or address a bare id of the page's author goes to the shop as it is.
  if ('reason' in found && (found.reason === 'needs-variant' || !id))
    return { outcome: 'rejected', reason: found.reason }
  const key = keyOf(id, chosen)
  if (!store.known.has(key)) store.known.set(key, { productId: line.productId, variantId: line.variantId })
  const before = await readCart(store, context)
  const attributes = chosen.map(([attribute, value]) => [`super_attribute[${attribute}]`, value])
  const fields = { product: id, qty: `${line.quantity}`, ...Object.fromEntries(attributes) }
  const answer = await post<unknown>(store, 'checkout/cart/add/', fields, context)
  // A page instead of an answer is what a form of an ended session gets.
  if (answer.reason && answer.reason !== 'signed-out' && answer.reason !== 'refused') return rejected(answer)
  const { cart, messages } = await readSections(store, context)
  const result = await byGain({ before, after: cart, line }, () => whyNot(store, line, context), errorIn(messages))
  if (result.outcome !== 'rejected') tellTheme(store)
  return outcome(store, result, context)
}

/** Where nothing else need explain a refusal the form key may be another session's: then the same is tried once with that of a fresh page. */
async function outcome(store: MagentoStore, result: CartResult, context: CartContext): Promise<CartResult> {
  const isOdd = result.outcome === 'rejected' && /^(refused|limit-reached|signed-out)$/.test(result.reason)
  return isOdd && (await renewKey(store, context)) ? { ...result, reason: 'signed-out', retryAfter: 0 } : result
}

async function whyNot(store: MagentoStore, line: CartLine, context: CartContext): Promise<CartRefusal> {
  const product = (await findProducts(store, [line], context))(line)
  if (!product) return line.ref.sku || line.ref.handle || line.url ? 'not-found' : 'refused'
  const { variants } = product
  const variant = variants.length === 1 ? variants[0] : variants.find(({ id }) => id === line.ref.platformId)
  if (!variant) return 'needs-variant'
  if (!variant.available) return 'sold-out'
  return (variant.stock ?? line.quantity) < line.quantity ? 'limit-reached' : 'refused'
}

interface Changed {
  readonly success?: boolean
  readonly error_message?: string
}

async function updateLine(
  store: MagentoStore,
  { lineId, quantity }: { lineId: string; quantity: number },
  context: CartContext,
): Promise<CartResult> {
  const before = store.last?.[1]
  const answer = quantity
    ? await post<Changed>(
        store,
        'checkout/sidebar/updateItemQty/',
        { item_id: lineId, item_qty: `${quantity}` },
        context,
      )
    : await post<Changed>(store, 'checkout/sidebar/removeItem/', { item_id: lineId }, context)
  if (answer.reason && answer.reason !== 'signed-out' && answer.reason !== 'refused') return rejected(answer)
  const { cart, messages } = await readSections(store, context)
  const message = (answer.reason ? undefined : answer.body?.error_message) || errorIn(messages)
  const result = bySet(lineId, quantity, { before, after: cart })
  if (result.outcome !== 'rejected') {
    tellTheme(store)
    return result
  }
  if (answer.reason === 'signed-out') return outcome(store, { ...result, reason: 'signed-out' }, context)
  return { ...result, message }
}

/** The controller answers with a page, so what it did is read from its messages; what a code takes off shows in the checkout. */
async function addCode(store: MagentoStore, code: string, context: CartContext): Promise<CartResult> {
  const answer = await post<unknown>(store, 'checkout/cart/couponPost/', { coupon_code: code, remove: '0' }, context)
  if (answer.reason && answer.reason !== 'signed-out') return rejected(answer)
  const { cart, messages } = await readSections(store, context)
  const isTaken = messages.some(({ type }) => type === 'success')
  if (isTaken) return { outcome: 'added', cart, quantity: 0 }
  return { outcome: 'rejected', reason: 'refused', message: errorIn(messages), cart }
}
