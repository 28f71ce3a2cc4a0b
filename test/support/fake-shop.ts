import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CartFault } from '../contracts/cart-bridge.ts'
import { type FakeCart, type FakeGoods, fakeGoods } from './fake-goods.ts'
import { SIGN_IN } from './serve-fake-store.ts'

/** A request as a fake shop reads it. */
export interface ShopRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly form: URLSearchParams
  readonly json: unknown
  readonly headers: IncomingMessage['headers']
  /** The cart of this browser. */
  readonly cart: FakeCart
  /** Where the shop is, ending in a slash. */
  readonly root: string
}

/** What it answers: an object is JSON, a text a page. Absent: 404. */
export interface ShopAnswer {
  readonly status?: number
  readonly headers?: Record<string, string>
  readonly body?: string | object | undefined
}

/** What makes one platform of the common ground. */
export interface ShopPlan {
  readonly goods?: FakeGoods[]
  readonly answer: (request: ShopRequest) => ShopAnswer | undefined
  /** Which requests change something, and can be told to fail. Absent: every POST. */
  readonly isWrite?: (request: ShopRequest) => boolean
  /** Which of them add. */
  readonly isAdd: (request: ShopRequest) => boolean
  /** The platform's own refusal with HTTP 200. */
  readonly errorInside: ShopAnswer
}

/** A fake shop on loopback. */
export interface FakeShop {
  /** Ending in a slash. */
  readonly url: string
  readonly goods: FakeGoods[]
  /** Every request, method and path. */
  readonly asked: readonly string[]
  /** Adds that arrived, answered or not. */
  readonly adds: () => number
  /** Keeps its cookies, as a browser would. */
  readonly fetch: typeof fetch
  /** The cart that `fetch` has. */
  readonly cart: () => FakeCart
  readonly fault: (kind: CartFault, times?: number) => void
  readonly stop: () => Promise<void>
}

/** Starts a fake shop at a free port. Its carts are kept by a cookie. */
export async function startFakeShop(plan: ShopPlan): Promise<FakeShop> {
  const goods = plan.goods ?? fakeGoods()
  const faults: CartFault[] = []
  const asked: string[] = []
  const carts = new Map<string, FakeCart>()
  let adds = 0
  const server = createServer(async (req, res) => {
    const sid = /fake_session=(\w+)/.exec(req.headers.cookie ?? '')?.[1] ?? `s${carts.size + 1}`
    const cart = carts.get(sid) ?? { lines: [], codes: [] }
    carts.set(sid, cart)
    const request = await read(req, cart, `http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    asked.push(`${request.method} ${request.path}`)
    const isWrite = plan.isWrite?.(request) ?? request.method === 'POST'
    if (plan.isAdd(request)) adds += 1
    const fault = isWrite ? faults.shift() : undefined
    if (fault && fail(fault, req, res, plan)) return
    const signIn = request.path === '/sign-in' ? { body: SIGN_IN } : undefined
    const answer = signIn ??
      plan.answer(request) ??
      assetFor(request.path) ?? { status: 404, body: '<h1>Not found</h1>' }
    give(res, answer, { fault, cookie: `fake_session=${sid}; Path=/` })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const jar = cookieFetch()
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    goods,
    asked,
    adds: () => adds,
    fetch: jar.fetch,
    cart: () => carts.get(/fake_session=(\w+)/.exec(jar.cookies())?.[1] ?? '') ?? { lines: [], codes: [] },
    fault: (kind, times = 1) => void faults.push(...Array<CartFault>(times).fill(kind)),
    async stop() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

async function read(req: IncomingMessage, cart: FakeCart, root: string): Promise<ShopRequest> {
  const url = new URL(req.url ?? '/', root)
  let text = ''
  for await (const part of req) text += part
  const isJson = req.headers['content-type']?.includes('json')
  return {
    method: req.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    form: new URLSearchParams(isJson ? '' : text),
    json: isJson && text ? JSON.parse(text) : undefined,
    headers: req.headers,
    cart,
    root,
  }
}

/** True: answered without the shop knowing of it. */
function fail(fault: CartFault, req: IncomingMessage, res: ServerResponse, { errorInside }: ShopPlan): boolean {
  if (fault === 'lost-before') req.socket.destroy()
  else if (fault === 'html') give(res, { body: '<!doctype html><title>Oops</title>' })
  else if (fault === 'server-error') give(res, { status: 500, body: '<h1>500</h1>' })
  else if (fault === 'error-in-200') give(res, errorInside)
  else if (fault === 'conflict') give(res, { status: 409, body: '<h1>busy</h1>', headers: { 'retry-after': '0' } })
  else if (fault === 'login') give(res, { status: 302, headers: { location: '/sign-in' } })
  else if (fault === 'too-many') give(res, { status: 429, body: 'slow down', headers: { 'retry-after': '0' } })
  else return false
  return true
}

function give(
  res: ServerResponse,
  { status = 200, headers = {}, body = '' }: ShopAnswer,
  { fault, cookie }: { fault?: CartFault | undefined; cookie?: string } = {},
): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  if (fault === 'lost-after') {
    res.destroy()
    return
  }
  res.writeHead(status, {
    'content-type': typeof body === 'string' ? 'text/html; charset=utf-8' : 'application/json',
    'cache-control': 'no-store',
    ...(cookie && { 'set-cookie': cookie }),
    ...headers,
  })
  // A redirect has nothing to cut short: the viewer's browser follows it and loses that answer instead.
  res.end(fault === 'cut-short' ? text.slice(0, text.length / 2) : text)
}

function cookieFetch() {
  const cookies = new Map<string, string>()
  const written = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const keep: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers)
    if (cookies.size) headers.set('cookie', written())
    const response = await fetch(input, { ...init, headers })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    return response
  }
  return { fetch: keep, cookies: written }
}

/** Scripts and styles by which a platform's pages are known; nothing is in them. */
const assetFor = (path: string): ShopAnswer | undefined =>
  /\.(?:js|css)$/.test(path)
    ? { body: '', headers: { 'content-type': `text/${path.endsWith('css') ? 'css' : 'javascript'}` } }
    : undefined

/** What a product's page tells search engines. */
export const linkedData = ({ title, handle, pieces }: FakeGoods, currency: string): string => {
  const [piece] = pieces
  const offers = { '@type': 'Offer', price: (piece?.cents ?? 0) / 100, priceCurrency: currency }
  const product = { '@context': 'https://schema.org/', '@type': 'Product', name: title, sku: piece?.sku, offers }
  return `<script type="application/ld+json">${JSON.stringify({ ...product, image: `/img/${handle}.jpg` })}</script>`
}

/** A plain page of a fake shop: a header with a cart badge, and what the platform prints into its pages. */
export const shopPage = (head: string, body = ''): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A fake shop</title>${head}</head><body><header><a href="/cart" data-castcart-count>0</a></header><h1>A fake shop</h1>${body}</body></html>`
