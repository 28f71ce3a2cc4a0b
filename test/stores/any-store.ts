import type { Browser, Page } from 'playwright-core'
import { read } from '../support/viewer.ts'
import { findProducts, productNamed } from './find-products.ts'
import { NAMES, NEEDS, PLACES } from './platforms.ts'
import { describe, fewOf, isAddOf, rolesOf, untested } from './roles.ts'
import { formOn, goTo, openingOf, recognised } from './strange-page.ts'
import type { StoreUnderTest } from './test-store.ts'
import { guestOf, visit } from './visit.ts'

/** What the reader said of their store on the command line. */
export interface Given {
  /** A page of it. */
  readonly url: string
  readonly platform?: string
  /** `name=value` each; a value in braces or brackets is JSON. */
  readonly setting?: readonly string[]
  /** A module whose default export is the whole option `cart`, for what a line cannot hold. */
  readonly cart?: string
  readonly product?: readonly string[]
  readonly 'sold-out'?: string
  /** `product=pieces`. */
  readonly few?: string
  readonly badge?: string
  /** `user:password`. */
  readonly login?: string
  readonly storage?: string
}

/** A store that was looked at: what is tested in it, and in words what was found and what cannot be tested. */
export interface Known {
  readonly store: StoreUnderTest
  readonly said: readonly string[]
}

interface Settings {
  readonly [name: string]: unknown
}

/**
 * Looks at a store that nobody here has seen: recognises the platform, finds products, asks the store through the widget what it sells
 * and what it can do, and says what follows.
 * @throws in words for the reader, where nothing can be tested
 */
export async function lookAtStore(browser: Browser, given: Given): Promise<Known> {
  if (given.platform === 'form' && given.storage) throw new Error(leaves('form'))
  const settings = settingsOf(given)
  const context = await guestOf(browser, openingOf(given, { cart: '', products: [] }))
  try {
    const page = await context.newPage()
    await goTo(page, given)
    const seen = async () => {
      const other = await context.newPage()
      await goTo(other, given)
      return recognised(other)
    }
    const platform = await platformOf(given, settings, seen)
    const { request } = context
    const found = await findProducts({ request, page, platform, settings, named: given.product ?? [] })
    const named = [given['sold-out'], given.few?.split(/=\d+$/)[0]].filter((name) => name !== undefined)
    const products = [...found.products, ...named.map((name) => productNamed(name, given.url))]
    if (!products.length)
      throw new Error('no product was found from this page: name some, --product https://… (a product’s own page)')
    const injected = { cart: { bridge: platform, ...settings }, module: given.cart, products }
    const said = [`platform: ${platform}${given.platform || given.cart ? '' : ', recognised from the page'}`]
    said.push(
      `products: ${found.products.length} ${found.from}${named.length ? `, and ${named.length} for what is short` : ''}`,
    )
    return await probe(browser, { given, settings, platform, opening: openingOf(given, injected), said, named, seen })
  } finally {
    await context.close()
  }
}

/** A guest's cart is nobody's; a customer's is put back as it was found. */
const leaves = (platform: string) =>
  `${platform} cannot take out what it puts in a customer’s cart: test it as a guest, without --storage`

/** Whether a Shopify theme has taken the adding over, so that no request of it is known (src/cart/shopify-actions.ts). */
const addsByTheme = (page: Page) =>
  page.evaluate(() => {
    const { Shopify } = window as { Shopify?: { actions?: { updateCart?: { isDefault?: () => boolean } } } }
    return Shopify?.actions?.updateCart?.isDefault?.() === false
  })

const HEADLESS = ['shopify-headless', 'medusa', 'vendure', 'sfcc-api']
const THEMED = NAMES.filter((name) => name !== 'form' && !HEADLESS.includes(name))

/** A value that is JSON is read as such: the bridge `form` wants a selector for each part of the cart. */
function settingsOf({ setting = [] }: Given): Settings {
  const pairs = setting.map((pair) => {
    const [, name, value = ''] = /^([\w-]+)=([\s\S]*)$/.exec(pair) ?? []
    if (!name) throw new Error(`--setting ${pair}: found no "=", expected name=value`)
    if (!/^[[{]/.test(value)) return [name, value] as const
    try {
      return [name, JSON.parse(value) as unknown] as const
    } catch (cause) {
      throw new Error(`--setting ${name}: not JSON (${(cause as Error).message}): ${value}`)
    }
  })
  return Object.fromEntries(pairs)
}

async function platformOf(
  { url, platform, cart }: Given,
  settings: Settings,
  seen: () => Promise<string | undefined>,
): Promise<string> {
  if (cart) return platform ?? 'a bridge of your own'
  const name = platform ?? (await seen())
  if (!name)
    throw new Error(
      [
        `no platform is recognised at ${url}`,
        `a storefront of your own (headless) shows nothing of what is behind it: --platform ${HEADLESS.join(' | ')}`,
        `a theme that hides it: --platform ${THEMED.join(' | ')}`,
        'any other shop: --platform form with the selectors of its form and cart page, or functions of its own, --cart <file> (docs/carts.md)',
      ].join('\n'),
    )
  if (name === 'links')
    throw new Error('links puts nothing in a cart, it leads to the products’ pages: nothing is tested')
  if (name === 'callbacks') throw new Error('callbacks are functions of your own: --cart <file> (docs/carts.md)')
  if (name === 'sfcc-api') throw new Error('sfcc-api needs a function, getToken: --cart <file> (docs/carts.md)')
  if (!NAMES.includes(name)) throw new Error(`--platform: found "${name}", expected ${NAMES.join(', ')}`)
  const lacking = (NEEDS[name] ?? []).filter((one) => !settings[one])
  if (lacking.length) throw new Error(`${name} needs ${lacking.map((one) => `--setting ${one}=…`).join(' ')}`)
  return name
}

interface Probe {
  readonly given: Given
  readonly settings: Settings
  readonly platform: string
  readonly opening: ReturnType<typeof openingOf>
  readonly said: string[]
  readonly named: readonly string[]
  readonly seen: () => Promise<string | undefined>
}

/** Opens the widget once, and takes from what the store told it which product serves which test. */
async function probe(
  browser: Browser,
  { given, settings, platform, opening, said, named, seen }: Probe,
): Promise<Known> {
  const isOther = async () => {
    if (!given.platform) return ''
    const other = await seen()
    if (other === platform) return ''
    return `\n--platform ${platform} was given; by its page this shop is ${other ?? 'of no platform that is recognised by its page'}`
  }
  const shopper = await visit(browser, opening).catch(async (cause: Error) => {
    const place = PLACES[platform]
    const advice = place ? `\nwhere the shop is elsewhere than its page tells: --setting ${place}` : ''
    throw new Error(
      `the store does not answer the widget as ${platform}:\n  ${cause.message}${advice}${await isOther()}`,
    )
  })
  try {
    const { page } = shopper
    const views = (await read(page, '$products')) ?? []
    const can = await read(page, '$can')
    const idOf = (name: string | undefined) => name && productNamed(name, given.url).id
    const own = new Set(named.map((name) => idOf(name)))
    const roles = rolesOf(views.filter(({ id }) => !own.has(id)))
    said.push(`the store told of ${views.length}: ${views.map(describe).join('; ') || 'none'}`)
    if (!roles.plain) {
      const why = views.length
        ? 'none of these can be bought: name one that can'
        : 'none of these is sold here as the widget asks for it: name one'
      throw new Error(`${said.join('\n')}\n${why}, --product https://… (its page)${await isOther()}`)
    }
    const soldOutName = idOf(given['sold-out'])
    const isTold = views.some(({ id, available }) => id === soldOutName && !available)
    const soldOut = isTold ? soldOutName : roles.soldOut
    const few = fewOf(given, idOf) ?? roles.few
    const cannot: NonNullable<StoreUnderTest['cannot']>[number][] = []
    if (!can?.readCart) cannot.push('read', 'tabs')
    if (!can?.changeCart && given.storage) throw new Error(leaves(platform))
    if (!can?.changeCart) cannot.push('change')
    if (!can?.checkout) cannot.push('checkout')
    if (views.find(({ id }) => id === roles.plain)?.pricing !== 'known') cannot.push('price')
    const byTheme = platform === 'shopify' && (await addsByTheme(page))
    const address = views.find(({ id }) => id === roles.plain)?.product.url ?? given.url
    const form = platform === 'form' ? await formOn(page, `${settings.form}`, address) : undefined
    if (platform === 'form' && !form)
      throw new Error(`${address} has no form ${settings.form}: another selector, --setting form=…`)
    const quantity = (settings.fields as { quantity?: string } | undefined)?.quantity ?? 'quantity'
    if (form && !form.fields.includes(quantity)) cannot.push('many')
    const isAdd = byTheme ? undefined : (form?.isAdd ?? isAddOf(platform))
    said.push(...untested({ choice: roles.choice, soldOut, few, cannot, isAdd, platform, byTheme }))
    const { plain, choice } = roles
    const store = { ...opening, plain, choice, soldOut, few, isAdd, cannot, badge: given.badge, isStrange: true }
    return { store, said }
  } finally {
    await shopper.close()
  }
}
