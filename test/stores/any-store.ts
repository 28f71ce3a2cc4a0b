import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { ProductInput } from '../../src/model/product.ts'
import type { ProductView } from '../../src/state/product-view.ts'
import { read } from '../support/viewer.ts'
import { findProducts, productNamed } from './find-products.ts'
import { builtFile } from './store-front.ts'
import type { Meant, StoreUnderTest } from './test-store.ts'
import { type Opening, visit } from './visit.ts'

/** What the reader said of their store on the command line. */
export interface Given {
  /** A page of it. */
  readonly url: string
  readonly platform?: string
  /** `name=value` each. */
  readonly setting?: readonly string[]
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

const FILES = '/__castcart__/'
/** Platforms where adding is a call in the page. */
const CALLS = ['ecwid', 'snipcart', 'tilda']

/** How each platform's own page or bridge is asked to add. Where adding is a call of a script in the page, there is no request. */
const ADDS: Readonly<Record<string, RegExp>> = {
  bigcommerce: /^POST \S*\/api\/storefront\/carts(\/[^/]+\/items)?(\?|\s|$)/,
  bitrix: /ADD2BASKET/i,
  form: /^POST /,
  insales: /^POST \S*\/cart_items/,
  magento: /^POST \S*\/checkout\/cart\/add\//,
  medusa: /^POST \S*\/line-items(\?|\s|$)/,
  opencart: /checkout(\/|%2F)cart(\.|\/|\||%7C)add/i,
  prestashop: /^POST [\s\S]*\badd=1/,
  sfcc: /Cart-AddProduct/,
  shopify: /^POST \S*\/cart\/add\.js/,
  'shopify-headless': /cartLinesAdd|cartCreate/,
  shopware: /^POST \S*\/checkout\/line-item\/add/,
  vendure: /addItemToOrder/,
  woocommerce: /^POST \S*cart\/add-item/,
}

const NAMES = [...Object.keys(ADDS), ...CALLS].sort()

/** Headless bridges are not told by the page where the shop is. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  medusa: ['url', 'publishableKey'],
  'sfcc-api': ['url', 'organizationId', 'siteId'],
  'shopify-headless': ['shop'],
  vendure: ['url'],
}

/**
 * Looks at a store that nobody here has seen: recognises the platform, finds products, asks the store through the widget what it sells
 * and what it can do, and says what follows.
 * @throws in words for the reader, where nothing can be tested
 */
export async function lookAtStore(browser: Browser, given: Given): Promise<Known> {
  const settings = Object.fromEntries((given.setting ?? []).map((pair) => pair.split(/=(.*)/s).slice(0, 2)))
  const first = await bare(browser, given)
  try {
    const platform = given.platform ?? (await recognised(first.page, given.url))
    const lacking = (NEEDS[platform] ?? []).filter((name) => !settings[name])
    if (lacking.length) throw new Error(`${platform} needs ${lacking.map((name) => `--setting ${name}=…`).join(' ')}`)
    const { request } = first.context
    const found = await findProducts({ request, page: first.page, platform, settings, named: given.product ?? [] })
    const named = [given['sold-out'], given.few?.split(/=\d+$/)[0]].filter((name) => name !== undefined)
    const products = [...found.products, ...named.map((name) => productNamed(name, given.url))]
    if (!products.length)
      throw new Error('no product was found from this page: name some, --product https://… (a product’s own page)')
    const cart = { bridge: platform, ...settings }
    const opening = openingOf(given, { cart, products })
    const said = [`platform: ${platform}${given.platform ? '' : ', recognised from the page'}`]
    said.push(`products: ${products.length} ${found.from}`)
    return await probe(browser, { given, platform, opening, said, named })
  } finally {
    await first.context.close()
  }
}

async function bare(
  browser: Browser,
  { url, login, storage }: Given,
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    ...(storage && { storageState: storage }),
    ...(login && { httpCredentials: credentials(login) }),
  })
  const page = await context.newPage()
  const answer = await page.goto(url, { waitUntil: 'domcontentloaded', timeout: 45_000 }).catch((cause: Error) => {
    throw new Error(`${url} does not open: ${cause.message.split('\n')[0]}`)
  })
  if (answer && answer.status() >= 400) throw new Error(`${url} answers with ${answer.status()}`)
  return { context, page }
}

/** The widget's own `auto` decides, and says which bridge it took by the name of the file that it loads. */
async function recognised(page: Page, url: string): Promise<string> {
  await serveBuild(page.context())
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await inject(page, { cart: 'auto', products: [{ id: 'x', title: 'x' }] })
  await page.evaluate(() => (window as unknown as { castcart: { open(): void } }).castcart.open())
  const deadline = Date.now() + 20_000
  while (Date.now() < deadline) {
    const files = asked.filter((address) => address.includes(FILES)).map((address) => address.split('/').pop() ?? '')
    const name = NAMES.find((one) => files.some((file) => file.replace(/-[\w-]{8}\.js$/, '') === one))
    if (name) return name
    if (files.some((file) => file.startsWith('links-'))) break
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`no platform is recognised at ${url}: name it, --platform ${NAMES.join(' | ')}`)
}

interface Injected {
  readonly cart: unknown
  readonly products: readonly ProductInput[]
}

function openingOf(given: Given, injected: Injected): Opening {
  return {
    storage: given.storage,
    login: given.login ? credentials(given.login) : undefined,
    prepare: serveBuild,
    async open(page) {
      await page.goto(given.url, { waitUntil: 'domcontentloaded', timeout: 45_000 })
      await inject(page, injected)
    },
  }
}

function credentials(login: string) {
  const [username = '', password = ''] = login.split(/:(.*)/s)
  return { username, password }
}

/** Our files at an address of the store's own; a tag that the store has already stays out of the way. */
async function serveBuild(context: BrowserContext): Promise<void> {
  await context.route(/castcart[^/]*\.js(\?|$)/, (route) =>
    route.request().url().includes(FILES) ? route.fallback() : route.abort(),
  )
  await context.route(`**${FILES}**`, async (route) => {
    const file = await builtFile(new URL(route.request().url()).pathname.split(FILES)[1] ?? '')
    return file ? route.fulfill({ body: file.body, contentType: file.type }) : route.fulfill({ status: 404 })
  })
}

async function inject(page: Page, { cart, products }: Injected): Promise<void> {
  const show = { version: 1, id: 'castcart-check', title: 'Castcart looks at this store', status: 'live', products }
  await page.evaluate(
    ([options, src]) => {
      const page = window as unknown as { castcart?: unknown[] }
      page.castcart = [options]
      const script = document.createElement('script')
      script.dataset.show = '#castcart-check'
      script.src = src
      document.head.append(script)
    },
    [{ show, cart }, `${FILES}castcart.js`] as const,
  )
  await page.waitForFunction('window.castcart?.open')
}

interface Probe {
  readonly given: Given
  readonly platform: string
  readonly opening: Opening
  readonly said: string[]
  readonly named: readonly string[]
}

/** Opens the widget once, and takes from what the store told it which product serves which test. */
async function probe(browser: Browser, { given, platform, opening, said, named }: Probe): Promise<Known> {
  const shopper = await visit(browser, opening).catch(async (cause: Error) => {
    throw new Error(`the store does not answer the widget for its products (${cause.message})`)
  })
  try {
    const { page } = shopper
    const views = (await read(page, '$products')) ?? []
    const can = await read(page, '$can')
    const idOf = (name: string | undefined) => name && productNamed(name, given.url).id
    const own = new Set(named.map((name) => idOf(name)))
    const roles = rolesOf(views.filter(({ id }) => !own.has(id)))
    said.push(`the store told of ${views.length}: ${views.map(describe).join('; ') || 'none'}`)
    if (!roles.plain)
      throw new Error(`${said.join('\n')}\nnone of these can be bought: name one that can, --product https://…`)
    const soldOutName = idOf(given['sold-out'])
    const isTold = views.some(({ id, available }) => id === soldOutName && !available)
    const soldOut = isTold ? soldOutName : roles.soldOut
    const few = fewOf(given, idOf) ?? roles.few
    const cannot: NonNullable<StoreUnderTest['cannot']>[number][] = []
    if (!can?.readCart) cannot.push('read', 'tabs')
    if (!can?.changeCart) cannot.push('change')
    if (!can?.checkout) cannot.push('checkout')
    if (views.find(({ id }) => id === roles.plain)?.pricing !== 'known') cannot.push('price')
    const isAdd = isAddOf(platform)
    said.push(...untested({ choice: roles.choice, soldOut, few, cannot, isAdd, platform }))
    const { plain, choice } = roles
    const store = { ...opening, plain, choice, soldOut, few, isAdd, cannot, badge: given.badge, isStrange: true }
    return { store, said }
  } finally {
    await shopper.close()
  }
}

const describe = ({ product, price, available, stock }: ProductView) =>
  `${typeof product.title === 'string' ? product.title : product.id} (${[
    price ? `${price.amount} ${price.currency} in minor units` : 'no price',
    available ? (stock === undefined ? '' : `${stock} left`) : 'sold out',
    (product.variants?.length ?? 0) > 1 ? `${product.variants?.length} versions` : '',
  ]
    .filter(Boolean)
    .join(', ')})`

function rolesOf(views: readonly ProductView[]) {
  const buyable = views.filter(({ available, product }) => available && (product.action ?? 'cart') === 'cart')
  const isChoice = ({ product }: ProductView) => (product.variants?.length ?? 0) > 1
  const isFew = ({ stock }: ProductView) => stock !== undefined && stock >= 1 && stock <= 6
  const isPlenty = (view: ProductView) => view.stock === undefined || view.stock > 6
  const simple = buyable.filter((view) => !isChoice(view))
  const few = simple.find(isFew)
  return {
    plain: (simple.find(isPlenty) ?? buyable.find(isPlenty) ?? simple[0] ?? buyable[0])?.id,
    choice: buyable.find(isChoice)?.id,
    soldOut: views.find(({ available }) => !available)?.id,
    few: few && { id: few.id, pieces: few.stock ?? 1 },
  }
}

function fewOf({ few }: Given, idOf: (name: string | undefined) => string | undefined) {
  const [, name, pieces] = /^(.*)=(\d+)$/.exec(few ?? '') ?? []
  const id = idOf(name)
  return id && pieces ? { id, pieces: Number(pieces) } : undefined
}

function isAddOf(platform: string): Meant | undefined {
  const pattern = ADDS[platform]
  return pattern && ((method, url, body) => pattern.test(`${method} ${url} ${body}`))
}

function untested(known: {
  choice: string | undefined
  soldOut: string | undefined
  few: object | undefined
  cannot: readonly string[]
  isAdd: Meant | undefined
  platform: string
}): string[] {
  const { choice, soldOut, few, cannot, isAdd, platform } = known
  const lines = [
    !choice && 'choosing a version: no product with versions among these (--product <its page>)',
    !soldOut && 'sold out: the store tells it of none of these (--sold-out <its page>, where it tells at all)',
    !few && 'more than there is: of none of these the store tells few pieces (--few <its page>=<pieces>)',
    cannot.includes('price') && `the price: ${platform} tells it nobody without a setting (docs/carts.md)`,
    cannot.includes('read') && `the cart on screen: ${platform} has no cart that a page may read`,
    cannot.includes('change') &&
      `changing and removing: ${platform} has no way to do it from a page; remove what was added by hand`,
    cannot.includes('checkout') && `the way to the checkout: ${platform} gives no address of it`,
    !isAdd && `a lost answer: in ${platform} adding is a call in the page and no request of its own`,
  ]
  return lines.filter((line) => line !== false).map((line) => `not tested: ${line}`)
}
