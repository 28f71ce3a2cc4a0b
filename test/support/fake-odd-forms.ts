import { type FakeReply, type FakeRequest, serveFakeStore } from './serve-fake-store.ts'

/** A fake shop with a form that few shops have, and what its owner would say on the command line. */
export interface FakeOddForm {
  readonly url: string
  readonly setting: readonly string[]
  stop(): Promise<void>
}

const page = (title: string, body: string, head = ''): FakeReply => ({
  body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>${head}</head><body>${body}</body></html>`,
})
const linked = (data: object) => `<script type="application/ld+json">${JSON.stringify(data)}</script>`
const offer = (price: string) => ({ '@type': 'Offer', price, priceCurrency: 'EUR', availability: 'InStock' })
const front = page('Clay, a fake shop', '<h1>Clay</h1><a href="/p/mug">Mug</a> <a href="/p/vase">Vase</a>')
const SLUGS = ['mug', 'vase']
const see = (location: string): FakeReply => ({ status: 303, headers: { location }, body: '' })

/** Baskets by the cookie that each browser brings; one is given to who has none. */
function baskets() {
  const all = new Map<string, Map<string, number>>()
  return ({ cookies }: FakeRequest) => {
    const guest = cookies.guest ?? `g${all.size + 1}`
    const lines = all.get(guest) ?? new Map<string, number>()
    all.set(guest, lines)
    return { guest, lines, headers: { 'set-cookie': `guest=${guest}; Path=/` } }
  }
}

/** Its form asks by its address, chooses by radio buttons, and knows no quantity. */
export async function startFakeAskingForm(): Promise<FakeOddForm> {
  const basketOf = baskets()
  const product = (slug: string) => {
    const hasVariant = ['red', 'blue'].map((color) => ({
      '@type': 'Product',
      sku: `${slug}-${color}`,
      color,
      offers: offer('24.00'),
    }))
    const radios = hasVariant.map(
      ({ sku, color }) => `<label><input type="radio" name="sku" value="${sku}"> ${color}</label>`,
    )
    const form = `<form class="add" action="/warenkorb/neu?alt=1">${radios.join('')}<button>Add</button></form>`
    return page(slug, form, linked({ '@type': 'ProductGroup', name: slug, hasVariant }))
  }
  const shop = await serveFakeStore({
    isWrite: ({ path }) => path === '/warenkorb/neu',
    handle(request) {
      const { path, url } = request
      const { lines, headers } = basketOf(request)
      const found = SLUGS.find((slug) => path === `/p/${slug}`)
      if (found) return product(found)
      if (path === '/') return { ...front, headers }
      const sku = url.searchParams.get('sku')
      if (path === '/warenkorb/neu' && sku) {
        lines.set(sku, (lines.get(sku) ?? 0) + 1)
        return { ...see('/warenkorb'), headers: { ...headers, location: '/warenkorb' } }
      }
      if (path !== '/warenkorb') return undefined
      const rows = [...lines].map(
        ([sku, pieces]) =>
          `<li class="row" data-pieces="${pieces}"><a href="/p/${sku.split('-')[0]}">${sku}</a> <b>24,00 €</b></li>`,
      )
      return page('Warenkorb', `<ul>${rows.join('')}</ul>`)
    },
  })
  const cart = { url: '/warenkorb', currency: 'EUR', line: '.row', quantity: '@data-pieces', price: 'b' }
  const setting = ['form=form.add', 'fields={"variant":"sku"}', `cart=${JSON.stringify(cart)}`]
  return { url: shop.root, setting, stop: shop.close }
}

/** Its form has its fields and its button elsewhere in the page, a key of the session, and comes in parts. */
export async function startFakeApartForm(): Promise<FakeOddForm> {
  const basketOf = baskets()
  const product = (slug: string, key: string) => {
    const form = `<form id="buy" method="post" action="./add" enctype="multipart/form-data"><input type="hidden" name="_key" value="${key}"><input type="hidden" name="goods" value="${slug}"></form>`
    const bar =
      '<aside><input form="buy" name="anzahl" value="1"><button form="buy" name="go" value="yes">Add</button></aside>'
    const head = `<meta name="csrf-token" content="${key}">${linked({ '@type': 'Product', name: slug, offers: offer('1244.40') })}`
    return page(slug, form + bar, head)
  }
  const shop = await serveFakeStore({
    isWrite: ({ method }) => method === 'POST',
    handle(request) {
      const { path, form, method } = request
      const { guest, lines, headers } = basketOf(request)
      const found = SLUGS.find((slug) => path === `/p/${slug}`)
      if (found) return { ...product(found, `key-${guest}`), headers }
      if (path === '/') return { ...front, headers }
      if (path === '/p/add' && method === 'POST') {
        if (form.get('_key') !== `key-${guest}` || form.get('go') !== 'yes')
          return { status: 419, body: '<h1>Page expired</h1>' }
        const goods = form.get('goods') ?? ''
        lines.set(goods, (lines.get(goods) ?? 0) + Number(form.get('anzahl')))
        return see('/kasse')
      }
      if (path !== '/kasse') return undefined
      const rows = [...lines].map(
        ([slug, pieces]) =>
          `<div class="row"><a href="/p/${slug}?from=cart">${slug}</a><select><option>1</option><option selected>${pieces}</option></select><i>1.244,40 €</i></div>`,
      )
      return page('Kasse', rows.join(''))
    },
  })
  const cart = { url: '/kasse', currency: 'EUR', line: '.row', quantity: 'select@value', price: 'i' }
  const setting = ['form=#buy', 'fields={"quantity":"anzahl"}', `cart=${JSON.stringify(cart)}`]
  return { url: shop.root, setting, stop: shop.close }
}
