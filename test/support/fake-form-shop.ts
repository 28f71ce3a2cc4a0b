import { type FakeReply, type FakeRequest, type FakeStore, serveFakeStore } from './serve-fake-store.ts'

interface FakeProduct {
  readonly slug: string
  price: string
  stock: number
  /** The shop lets no more into a basket, and says nothing of it. */
  most?: number
}

/** Plenty, 2 pieces, none. */
const PRODUCTS: readonly FakeProduct[] = [
  { slug: 'mug', price: '24.00', stock: 99 },
  { slug: 'vase', price: '80.00', stock: 2 },
  { slug: 'bowl', price: '30.00', stock: 0 },
]

/** A fake shop that no bridge knows: pages, forms with a token, redirects, and a cart page. Well-formed, so that happy-dom reads it too. */
export type FakeFormShop = FakeStore & {
  readonly products: readonly FakeProduct[]
  pieces(): Promise<number>
  empty(): Promise<void>
  /** Everybody must sign in first. */
  lock(): void
}

const page = (title: string, body: string, head = ''): FakeReply => ({
  body: `<!doctype html><html lang="en"><head><meta charset="utf-8"/><title>${title}</title>${head}</head><body>${body}</body></html>`,
})

/** Starts the fake on a free port of this machine; what it is short of it cuts down, and says so. */
export async function fakeFormShop(): Promise<FakeFormShop> {
  const products = PRODUCTS.map((one) => ({ ...one }))
  /** By the cookie that the front page gives; '' is who never saw it. */
  const baskets = new Map<string, Map<FakeProduct, number>>()
  const linesOf = ({ cookies }: Pick<FakeRequest, 'cookies'>) => {
    const lines = baskets.get(cookies.basket ?? '') ?? new Map<FakeProduct, number>()
    baskets.set(cookies.basket ?? '', lines)
    return lines
  }
  let token = 0
  let guests = 0
  let locked = false
  let said = ''

  const productPage = ({ slug, price, stock }: FakeProduct): FakeReply => {
    const availability = `https://schema.org/${stock ? 'InStock' : 'OutOfStock'}`
    const data = {
      '@type': 'Product',
      name: slug,
      offers: { '@type': 'Offer', price, priceCurrency: 'EUR', availability },
    }
    const form = `<form class="buy" method="post" action="/basket/add"><input type="hidden" name="csrf" value="${++token}"/>
<input type="hidden" name="product" value="${slug}"/><input name="qty" value="1"/></form>`
    return page(
      slug,
      `<h1>${slug}</h1>${stock ? form : '<p>Sold out</p>'}`,
      `<script type="application/ld+json">${JSON.stringify(data)}</script>`,
    )
  }
  const cartPage = (request: FakeRequest): FakeReply => {
    const rows = [...linesOf(request)].map(
      ([{ slug, price }, quantity]) =>
        `<tr class="line"><td><a href="/p/${slug}">The ${slug}</a></td><td><input class="qty" value="${quantity}"/></td><td class="price">€ ${price}</td></tr>`,
    )
    const notice = said && `<p class="alert">${said}</p>`
    said = ''
    return page('Basket', `${notice}<table>${rows.join('')}</table>`)
  }
  const add = (request: FakeRequest): FakeReply => {
    const { form } = request
    const lines = linesOf(request)
    const product = products.find(({ slug }) => slug === form.get('product'))
    if (form.get('csrf') !== `${token}`) return { status: 403, body: '<h1>Forbidden</h1>' }
    if (product) {
      const held = lines.get(product) ?? 0
      const wanted = held + Number(form.get('qty'))
      if (wanted > product.stock) said = `Only ${product.stock} of &quot;${product.slug}&quot; <b>left</b>`
      lines.set(product, Math.min(wanted, product.stock, product.most ?? wanted))
    }
    return { status: 302, headers: { location: '/basket' }, body: '' }
  }
  const store = await serveFakeStore({
    isWrite: ({ method }) => method === 'POST',
    errorInside: page('Oops', '<p class="alert">No &amp; <b>no</b></p>'),
    handle(request) {
      const { path } = request
      if (path === '/login') return page('Sign in', '<form><input type="password" name="password"/></form>')
      if (locked) return { status: 302, headers: { location: '/login' }, body: '' }
      if (path === '/basket/add') return add(request)
      if (path === '/basket') return cartPage(request)
      if (path === '/') {
        const front = page('Clay, a fake shop', '<header><b data-castcart-count>0</b></header><h1>Clay</h1>')
        return { ...front, headers: { 'set-cookie': `basket=${request.cookies.basket ?? `b${++guests}`}; Path=/` } }
      }
      const product = products.find(({ slug }) => path === `/p/${slug}`)
      return product && productPage(product)
    },
  })
  return {
    ...store,
    products,
    pieces: async () => [...linesOf({ cookies: {} }).values()].reduce((sum, quantity) => sum + quantity, 0),
    async empty() {
      baskets.clear()
    },
    lock() {
      locked = true
    },
  }
}
