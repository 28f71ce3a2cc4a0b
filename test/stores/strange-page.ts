import type { BrowserContext, Page } from 'playwright-core'
import type { ProductInput } from '../../src/model/product.ts'
import type { Given } from './any-store.ts'
import { NAMES } from './platforms.ts'
import { builtFile } from './store-front.ts'
import type { Meant } from './test-store.ts'
import type { Opening } from './visit.ts'

const FILES = '/__castcart__/'
/** The reader's own module. */
const OWN = 'own-cart.js'
const PATIENCE = 45_000

/** What is put into a page of the store. */
export interface Injected {
  /** The option `cart`. */
  readonly cart: unknown
  /** A module whose default export is the option, in its stead: it may hold functions. */
  readonly module?: string | undefined
  readonly products: readonly ProductInput[]
}

/** How the store's page is opened with the widget in it. */
export function openingOf({ url, login, storage }: Given, injected: Injected): Opening {
  const [username = '', password = ''] = login?.split(/:(.*)/s) ?? []
  return {
    storage,
    login: login ? { username, password } : undefined,
    prepare: (context) => serveBuild(context, injected.module),
    async open(page) {
      await page.goto(url, { waitUntil: 'domcontentloaded', timeout: PATIENCE })
      await inject(page, injected)
    },
  }
}

/**
 * Goes to the page as it is.
 * @throws in words for the reader, where there is no page of a store
 */
export async function goTo(page: Page, { url, login, storage }: Given): Promise<void> {
  const options = { waitUntil: 'domcontentloaded', timeout: PATIENCE } as const
  const status = await page.goto(url, options).then(
    (answer) => answer?.status() ?? 200,
    async (cause: Error) => {
      // A refusal without a page is a failure to a browser.
      if (/AUTH_CREDENTIALS|RESPONSE_CODE/.test(cause.message)) return (await page.request.get(url)).status()
      const why = cause.message.split('\n')[0]?.replace(/^page\.goto: /, '')
      throw new Error(`${url} does not open (${why}): is the shop running, and is this its address?`)
    },
  )
  if (status === 401)
    throw new Error(`${url} asks for a name and a password${login ? ', and not for these' : ''}: --login user:password`)
  if (status >= 400) throw new Error(`${url} answers with ${status}: no page of a store is there`)
  const here = new URL(page.url())
  const isAsked = (await page.locator('input[type=password]').count()) > 0
  if (isAsked && (here.pathname !== new URL(url).pathname || /password|login|signin/i.test(here.pathname)))
    throw new Error(
      `${url} leads to ${here.pathname}, which asks who one is: sign in by hand and save the browser's state (docs/carts.md), then --storage <file>${storage ? '; the state that you gave does not open it (any more)' : ''}`,
    )
}

/** The bridge that the widget's own `auto` takes here, by the name of the file that it loads; `undefined`: it knows none. */
export async function recognised(page: Page): Promise<string | undefined> {
  await serveBuild(page.context())
  const told = page
    .waitForRequest((request) => bridgeOf(request.url()) !== undefined, { timeout: 20_000 })
    .catch(() => undefined)
  await inject(page, { cart: 'auto', products: [{ id: 'x', title: 'x' }] })
  await page.evaluate(() => (window as unknown as { castcart: { open(): void } }).castcart.open())
  const name = bridgeOf((await told)?.url() ?? '')
  return name === 'links' ? undefined : name
}

/** The bridge that this file of ours is; `undefined`: none. */
function bridgeOf(address: string): string | undefined {
  if (!address.includes(FILES)) return undefined
  const file = address.split('/').pop() ?? ''
  return [...NAMES, 'links'].find((one) => file.replace(/-[\w-]{8}\.js$/, '') === one)
}

/** Which requests the form of a product's page is sent by, and the names of its fields; `undefined` where there is none. */
export async function formOn(
  page: Page,
  selector: string,
  url: string,
): Promise<{ readonly isAdd: Meant; readonly fields: readonly string[] } | undefined> {
  const found = await page.evaluate(
    async ([selector, url]) => {
      const text = await (await fetch(url)).text()
      const form = new DOMParser().parseFromString(text, 'text/html').querySelector(selector)
      if (!(form instanceof HTMLFormElement)) return null
      const told = [
        form.getAttribute('action') ?? '',
        ...[...form.elements].map((one) => one.getAttribute('formaction')),
      ]
      const paths = told.flatMap((at) => (at === null ? [] : new URL(at, new URL(url, location.href)).pathname))
      const fields = [...new FormData(form).keys()]
      return { paths, fields, isPost: form.getAttribute('method')?.toLowerCase() === 'post' }
    },
    [selector, url] as const,
  )
  if (!found) return undefined
  const { paths, fields, isPost } = found
  const isAdd: Meant = (method, address) => {
    const { pathname, search } = new URL(address)
    return paths.includes(pathname) && (isPost ? method === 'POST' : method === 'GET' && search.length > 1)
  }
  return { isAdd, fields }
}

/** Our files at an address of the store's own; a tag that the store has already stays out of the way. */
async function serveBuild(context: BrowserContext, module?: string): Promise<void> {
  await context.route(/castcart[^/]*\.js(\?|$)/, (route) =>
    route.request().url().includes(FILES) ? route.fallback() : route.abort(),
  )
  await context.route(`**${FILES}**`, async (route) => {
    const path = new URL(route.request().url()).pathname.split(FILES)[1] ?? ''
    if (path === OWN) return route.fulfill({ body: module ?? '', contentType: 'text/javascript' })
    const file = await builtFile(path)
    return file ? route.fulfill({ body: file.body, contentType: file.type }) : route.fulfill({ status: 404 })
  })
}

async function inject(page: Page, { cart, module, products }: Injected): Promise<void> {
  const show = { version: 1, id: 'castcart-check', title: 'Castcart looks at this store', status: 'live', products }
  // A global of that name may be there already, from a tag of the store's that was kept out.
  const put = `(cart) => { window.castcart = [{ ...${JSON.stringify({ show, cart })}, ...(cart && { cart }) }] }`
  // In words, since Vite would make its own of an `import()`.
  const own = `import('${FILES}${OWN}').then(({ default: cart }) => (${put})(cart))`
  await page.evaluate(module ? own : `(${put})()`)
  await page.evaluate((src) => {
    const script = document.createElement('script')
    script.dataset.show = '#castcart-check'
    script.src = src
    document.head.append(script)
  }, `${FILES}castcart.js`)
  await page.waitForFunction('window.castcart?.open', undefined, { timeout: PATIENCE }).catch(() => {
    throw new Error(
      `the widget does not start in ${page.url()}: a script of the page may keep the name castcart to itself`,
    )
  })
}
