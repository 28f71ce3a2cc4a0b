import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createFakeShopifyCart,
  type FakeCart,
  type FakeProduct,
} from '../../examples/live-shop/server/fake-shopify-cart.mjs'
import type { CartFault } from '../contracts/cart-bridge.ts'
import { SIGN_IN } from './serve-fake-store.ts'

/** Products of the fake: plenty, 2 pieces, none; a coat of two axes; coffee with a unit price. Amounts in hundredths. */
export const catalogue = (): FakeProduct[] => [
  product(1, 'mug', [{ id: 11, sku: 'MUG', price: 2400, compare_at_price: 2900 }]),
  product(2, 'vase', [{ id: 21, sku: 'VASE', price: 8000, inventory_quantity: 2 }]),
  product(3, 'bowl', [{ id: 31, sku: 'BOWL', price: 3000, inventory_quantity: 0 }]),
  {
    ...product(4, 'coat', [
      { id: 41, sku: 'COAT-S-INK', option1: 'S', option2: 'Ink', price: 19900 },
      { id: 42, sku: 'COAT-M-INK', option1: 'M', option2: 'Ink', price: 21900, inventory_quantity: 0 },
      { id: 43, sku: 'COAT-S-SAND', option1: 'S', option2: 'Sand', price: 19900 },
    ]),
    options: ['Size', 'Colour'],
  },
  product(5, 'coffee', [
    {
      id: 51,
      sku: 'COFFEE',
      price: 1200,
      unit_price: 480,
      unit_price_measurement: { reference_value: 100, reference_unit: 'g' },
    },
  ]),
]

const product = (id: number, handle: string, variants: FakeProduct['variants']): FakeProduct => ({
  id,
  handle,
  title: `The ${handle}`,
  options: [],
  images: [`//cdn.example/${handle}.webp`],
  variants,
})

interface StoreOptions {
  products?: FakeProduct[]
  currency?: string
  sections?: Record<string, (cart: FakeCart) => string>
  /** What else it serves, by path. */
  pages?: ReadonlyMap<string, { body: string; headers: Record<string, string> }>
}

/** A fake Shopify store on loopback that can be told to fail; `fetch` keeps its cookie, as a browser would. */
export async function fakeShopifyStore({
  products = catalogue(),
  currency = 'EUR',
  sections,
  pages,
}: StoreOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'castcart-'))
  const store = await createFakeShopifyCart({
    file: join(folder, 'carts.json'),
    catalogue: products,
    currency,
    discounts: { TEN: 10 },
    ...(sections && { sections }),
  })
  const faults: CartFault[] = []
  const asked: string[] = []
  let isQuiet = false
  const server = createServer(async (req, res) => {
    const url = new URL(req.url ?? '/', 'http://fake.example')
    asked.push(`${req.method} ${url.pathname}`)
    const fault = req.method === 'POST' && url.pathname !== '/cart/clear.js' ? faults.shift() : undefined
    if (fault && (await fail(fault, req, res, () => store.handle(req, res, url)))) return
    if (url.pathname === '/sign-in') return res.writeHead(200, { 'content-type': 'text/html' }).end(SIGN_IN)
    if (isQuiet && url.pathname === '/cart/add.js') sayYes(res)
    if (await store.handle(req, res, url)) return
    const page = pages?.get(url.pathname)
    res.writeHead(page ? 200 : 404, page?.headers).end(page?.body)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const root = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`
  const jar = cookieFetch()
  return {
    root,
    asked,
    products,
    fetch: jar,
    /** From here on it lets no more of a variant into a cart, and says nothing of it. */
    letIn(most: number) {
      isQuiet = true
      for (const { variants } of products) for (const one of variants) one.quantity_rule = { max: most }
    },
    fault: (kind: CartFault, times = 1) => faults.push(...Array<CartFault>(times).fill(kind)),
    cart: async () => (await (await jar(`${root}cart.js`)).json()) as FakeCart,
    async empty() {
      await jar(`${root}cart/clear.js`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
    },
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Whatever the answer was to be, it is a yes. */
function sayYes(res: ServerResponse): void {
  const [head, end] = [res.writeHead.bind(res), res.end.bind(res)]
  Object.assign(res, {
    writeHead: () => head(200, { 'content-type': 'application/json' }),
    end: () => end('{"items":[]}'),
  })
}

/** True: answered, one way or another. */
async function fail(
  fault: CartFault,
  req: IncomingMessage,
  res: ServerResponse,
  commit: () => Promise<boolean>,
): Promise<boolean> {
  const answer = (status: number, body: string, headers = {}) => {
    res.writeHead(status, headers).end(body)
    return true
  }
  if (fault === 'lost-before') req.socket.destroy()
  if (fault === 'html') return answer(200, '<!doctype html><title>Oops</title>', { 'content-type': 'text/html' })
  if (fault === 'server-error') return answer(500, '<h1>500</h1>')
  if (fault === 'error-in-200')
    return answer(200, '{"status":422,"message":"Cart Error","description":"<b>No</b> &amp; no"}')
  if (fault === 'login') return answer(302, '', { location: '/sign-in' })
  if (fault === 'conflict') return answer(409, '<html>busy</html>', { 'retry-after': '0' })
  if (fault === 'too-many') return answer(429, 'slow down', { 'retry-after': '0' })
  if (fault === 'lost-after' || fault === 'cut-short') {
    const end = res.end.bind(res)
    Object.assign(res, {
      end: (body: string) => {
        if (fault === 'lost-after') req.socket.destroy()
        else end(body.slice(0, body.length / 2))
        return res
      },
    })
    await commit()
  }
  return true
}

function cookieFetch(): typeof fetch {
  let cookie = ''
  return async (input, init) => {
    const headers = new Headers(init?.headers)
    if (cookie) headers.set('cookie', cookie)
    const response = await fetch(input, { ...init, headers })
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie
    return response
  }
}
