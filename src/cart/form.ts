import { plainText } from '../lib/plain-text.ts'
import type { Cart, CartBridge, CartContext, CartLine, CartRefusal, CartResult } from '../model/cart.ts'
import { CastcartError } from '../model/error.ts'
import { askCatalogue } from './ask-catalogue.ts'
import { type CartPage, cartOf, type ReadPage, readPage, sendForm, textOf } from './form-pages.ts'
import type { KnownIds } from './join-product.ts'
import { wishToAdd } from './judge.ts'
import { marksOf } from './marks-of.ts'
import { needSetting } from './need-setting.ts'
import { pageProduct, readPage as readText } from './page-product.ts'
import { NO_CURRENCY } from './store-money.ts'
import { leaveFor, quietly, showCount } from './tell-theme.ts'

/** The shop's own form, and how its cart is read. */
export interface FormOptions {
  /** Selector of the add-to-cart form, on the product's page; on this page for products without an address. */
  readonly form: string
  /** Names of fields that are set; the others go as they stand, tokens among them. `product` and `variant` get `ref.platformId`. */
  readonly fields?:
    | {
        readonly product?: string
        readonly variant?: string
        readonly quantity?: string
        /** Such as `properties[_partner]`; absent: not told. */
        readonly partner?: string
        readonly host?: string
      }
    | undefined
  /** The cart page and its parts. */
  readonly cart?: CartPage | undefined
  /** Reads the cart, instead of `cart`. */
  readonly read?: ((context: CartContext) => Cart | Promise<Cart>) | undefined
  /** Selector of what the shop says of a refusal, on the page that answers. */
  readonly message?: string | undefined
  /** ISO 4217, for product pages that do not tell. Absent: that of `cart`. */
  readonly currency?: string | undefined
  /** Events that the theme refreshes its mini-cart by: dispatched on the body after an add. */
  readonly events?: readonly string[] | undefined
  /** Selector of what shows the number of pieces. Absent: `[data-castcart-count]`. */
  readonly badge?: string | undefined
  /** Absent: the cart page. */
  readonly checkoutUrl?: string | undefined
  /** Goes to the checkout. Absent: in this tab. */
  readonly navigate?: ((url: string) => void) | undefined
}

interface FormStore {
  readonly options: FormOptions
  readonly form: string
  /** By the path of the product's page. */
  readonly known: KnownIds
  last?: Cart
}

/**
 * The bridge of a shop that no other bridge knows: it fills in the add-to-cart form of the product's own page, with its tokens, sends
 * it without leaving, and reads the shop's cart page for what came of it. Prices and stock are those that the product's page tells
 * search engines.
 */
export function form(options: FormOptions): CartBridge {
  const { cart, read, navigate = leaveFor } = options
  const store: FormStore = { options, form: needSetting(options.form, 'form', 'form'), known: new Map() }
  if (!cart && !read)
    throw new CastcartError('bad-options', 'cart: form needs "cart" or "read", to know what the cart holds')
  const checkoutUrl = options.checkoutUrl ?? cart?.url
  return {
    name: 'form',
    counts: true,
    read: (context) => readCart(store, context),
    products: (list, context) =>
      askCatalogue(list, { known: new Map(), context }, async ({ id, url }, own) => {
        const page = url && (await readText(url, own))
        return page ? pageProduct(page, id, options.currency ?? cart?.currency ?? context.currency) : undefined
      }),
    add: (line, context) => addLine(store, line, context),
    ...(checkoutUrl && { checkout: () => navigate(new URL(checkoutUrl, location.href).href) }),
    reveal: () => tell(store),
  }
}

async function readCart({ options, known }: FormStore, context: CartContext): Promise<Cart> {
  if (options.read) return options.read(context)
  if (!options.cart) throw new TypeError('no way to read the cart')
  const page = await readPage(new URL(options.cart.url, location.href).href, context.signal)
  if (typeof page === 'string') throw new Error(`the cart page: ${page}`)
  return cartOf(page, options.cart, known)
}

async function addLine(store: FormStore, line: CartLine, context: CartContext): Promise<CartResult> {
  const page = await pageOf(line, context)
  if (typeof page === 'string') return { outcome: 'rejected', reason: page }
  const element = page.document.querySelector<HTMLFormElement>(store.form)
  if (!element) return { outcome: 'rejected', reason: await whyNoForm(page, context) }
  store.known.set(new URL(page.url).pathname, { productId: line.productId, variantId: line.variantId })
  if (line.url)
    store.known.set(new URL(line.url, location.href).pathname, { productId: line.productId, variantId: line.variantId })
  const before = await readCart(store, context)
  const filled = new FormData(element)
  const asksHowMany = filled.has(quantityField(store))
  fill(store, { element, filled, line })
  const answer = await submit(element, page.url, filled, context)
  const after = await readCart(store, context)
  store.last = after
  const got = wishToAdd(line).got(before, after)
  if (got > 0) tell(store)
  if (got === line.quantity) return { outcome: 'added', cart: after, quantity: got }
  const said = saidOn(typeof answer === 'string' ? undefined : answer.document, store.options.message)
  const message = said && plainText(said)
  // A form without a field for it was never told how many.
  const fewer = asksHowMany ? 'limit-reached' : 'refused'
  if (got > 0) return { outcome: 'partial', cart: after, quantity: got, reason: fewer, message }
  const reason = typeof answer === 'string' ? answer : wishToAdd(line).got(null, after) ? whyNoMore(store) : 'refused'
  const later = reason === 'rate-limited' ? { retryAfter: 1 } : {}
  return { outcome: 'rejected', reason, message, cart: after, ...later }
}

/** A cart page that tells no quantities shows the same with a piece more. */
const whyNoMore = ({ options: { cart, read } }: FormStore): CartRefusal =>
  read || cart?.quantity ? 'limit-reached' : 'unreachable'

async function pageOf({ url }: CartLine, { signal }: CartContext) {
  const here = { document, url: location.href }
  const page = url ? await readPage(new URL(url, here.url).href, signal) : here
  return typeof page === 'string' || new URL(page.url).origin === location.origin ? page : 'refused'
}

/** A page that asks who one is has no such form, nor has one of what is sold out; else the selector is a wrong one. */
async function whyNoForm({ document: page, url }: ReadPage, context: CartContext): Promise<CartRefusal> {
  if (page.querySelector('input[type=password]')) return 'signed-out'
  const text = await readText(url, context)
  const found = text && pageProduct(text, 'id', NO_CURRENCY)
  return found && !found.variants[0]?.available ? 'sold-out' : 'refused'
}

const saidOn = (page: Document | undefined, selector: string | undefined) =>
  page && selector ? textOf(page, selector) : undefined

/** The button that a browser would send the form by, which may stand outside it; many shops know by its name what is wanted (WooCommerce: `add-to-cart`). */
const buttonOf = (element: HTMLFormElement) =>
  [...element.elements].find((one) => one.matches('button:not([type]):not([disabled]),[type=submit]:not([disabled])'))

const quantityField = ({ options: { fields } }: FormStore) => fields?.quantity ?? 'quantity'

/** Puts what the viewer chose over the fields as they stand, tokens among them. */
function fill(
  store: FormStore,
  { element, filled, line }: { element: HTMLFormElement; filled: FormData; line: CartLine },
): void {
  const { product, variant, partner: partnerField, host: hostField } = store.options.fields ?? {}
  const button = buttonOf(element)
  const pressed = button?.getAttribute('name')
  if (pressed) filled.append(pressed, button?.getAttribute('value') ?? '')
  const { platformId } = line.ref
  const name = line.variantId ? variant : product
  if (name && platformId) filled.set(name, platformId)
  filled.set(quantityField(store), `${line.quantity}`)
  for (const [name, value] of Object.entries(marksOf(line, { partnerField, hostField }) ?? {})) filled.set(name, value)
}

async function submit(
  element: HTMLFormElement,
  base: string,
  filled: FormData,
  { signal }: CartContext,
): Promise<Partial<ReadPage> | CartRefusal> {
  const button = buttonOf(element)
  const told = (name: string) => button?.getAttribute(`form${name}`) ?? element.getAttribute(name) ?? ''
  const url = new URL(told('action'), base)
  if (url.origin !== location.origin) return 'refused'
  if (told('method').toLowerCase() === 'post') {
    const isMultipart = told('enctype').toLowerCase() === 'multipart/form-data'
    return sendForm(url.href, signal, isMultipart ? filled : plainOf(filled))
  }
  url.search = `${plainOf(filled)}`
  return readPage(url.href, signal)
}

/** As a form is sent that says nothing of its encoding: some servers read no other. */
function plainOf(filled: FormData): URLSearchParams {
  const plain = new URLSearchParams()
  for (const [name, value] of filled) if (typeof value === 'string') plain.append(name, value)
  return plain
}

function tell({ options, last }: FormStore): void {
  if (last) showCount(last.quantity, options.badge)
  for (const name of options.events ?? []) {
    quietly(() => document.body.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: last ?? null })))
  }
}
