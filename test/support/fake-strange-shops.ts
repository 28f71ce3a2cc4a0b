import { startFakeFront } from './fake-front.ts'
import { fakeMagentoStore } from './fake-magento-store.ts'
import { startFakeOpencart } from './fake-opencart-store.ts'
import { startFakePrestashop } from './fake-prestashop-store.ts'
import { catalogue, fakeShopifyStore } from './fake-shopify-store.ts'
import { fakeWoocommerceStore } from './fake-woocommerce-store.ts'

/** A fake shop that is set up otherwise than most are, as its owner finds it in a browser. */
export interface FakeStrangeShop {
  /** A page of it. */
  readonly url: string
  stop(): Promise<void>
}

const page = (head: string, body: string, attributes = '') =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Clay, a fake shop</title>${head}</head><body ${attributes}><h1>Clay</h1>${body}</body></html>`

const both = (front: { origin: string; stop(): Promise<void> }, path: string, end: () => Promise<unknown>) => ({
  url: front.origin + path,
  async stop() {
    await front.stop()
    await end()
  },
})

/** Without the prefix; `undefined` for what is not below it. */
const below = (prefix: string) => (path: string) =>
  path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined

/** A blocks theme of WordPress in a folder, with plain permalinks and the nonce of a cached page. */
export async function startFakePlainWoo(): Promise<FakeStrangeShop> {
  const shop = await fakeWoocommerceStore({ plainPermalinks: true })
  const head = `<link rel="https://api.w.org/" href="/blog/index.php?rest_route=/">
<script>var wcBlocksMiddlewareConfig = { storeApiNonce: 'stale' }; var wcSettings = { storePages: { checkout: { permalink: '/blog/?page_id=8' } } }</script>`
  const checkout = page('', 'Checkout')
  const front = await startFakeFront({
    pages: { '/blog/?page_id=5': page(head, '', 'class="page woocommerce-page"'), '/blog/?page_id=8': checkout },
    behind: shop.root,
    to: below('/blog'),
  })
  return both(front, '/blog/?page_id=5', shop.close)
}

/** A classic theme in a folder that adds by whole pages, where a plugin took the address of the API out of the page. */
export async function startFakeHiddenWoo(): Promise<FakeStrangeShop> {
  const shop = await fakeWoocommerceStore()
  const head = `<script>var woocommerce_params = { ajax_url: '/shop/wp-admin/admin-ajax.php', wc_ajax_url: '/shop/?wc-ajax=%%endpoint%%' }</script>`
  const products = `<a href="/shop/product/mug/">Mug</a> <a href="?add-to-cart=10" class="add_to_cart_button">Add</a>`
  const front = await startFakeFront({
    pages: { '/shop/': page(head, products, 'class="archive woocommerce"'), '/shop/checkout/': page('', 'Checkout') },
    behind: shop.root,
    to: below('/shop'),
  })
  return both(front, '/shop/', shop.close)
}

/** A market of Shopify below a path: at the host's root are other prices. */
export async function startFakeShopifyMarket(): Promise<FakeStrangeShop> {
  const shop = await fakeShopifyStore({ currency: 'GBP' })
  const head = `<script>var Shopify = { shop: 'clay.myshopify.com', locale: 'en', routes: { root: '/en-gb/' }, currency: { active: 'GBP' } }</script>`
  const list = JSON.stringify({ products: catalogue().map(({ handle, title }) => ({ handle, title })) })
  const front = await startFakeFront({
    pages: {
      '/en-gb': page(head, ''),
      '/en-gb/checkout': page('', 'Checkout'),
      '/en-gb/products.json?limit=50': { status: 200, headers: { 'content-type': 'application/json' }, body: list },
    },
    behind: shop.root,
    to: below('/en-gb'),
  })
  return both(front, '/en-gb', shop.close)
}

/** A shop that has not opened yet: every page leads to its password, with status 200, at any address. */
export async function startFakeShopifyPassword(): Promise<FakeStrangeShop> {
  const form = '<form method="post" action="/password"><input type="password" name="password"></form>'
  const away = { status: 302, headers: { location: '/password' } }
  const front = await startFakeFront({
    pages: {
      '/': away,
      '/collections/all': away,
      '/password': page("<script>var Shopify = { shop: 'x.myshopify.com' }</script>", form),
    },
    behind: 'http://127.0.0.1:9/',
    to: () => undefined,
  })
  return both(front, '/', async () => {})
}

/** A storefront of a shop's own making at Shopify's back: its page has pictures of Shopify's, and nothing else of it. */
export async function startFakeHydrogen(): Promise<FakeStrangeShop> {
  const head = '<link rel="preconnect" href="https://cdn.shopify.com"><script>window.__remixContext = {}</script>'
  const front = await startFakeFront({
    pages: { '/': page(head, '<a href="/products/mug">Mug</a>'), '/products/mug': page(head, 'Mug') },
    behind: 'http://127.0.0.1:9/',
    to: () => undefined,
  })
  return both(front, '/', async () => {})
}

/** Magento with the code of the store view in every address. */
export async function startFakeMagentoView(): Promise<FakeStrangeShop> {
  const slugs = ['mug', 'coat', 'vase']
  const head = `<script>var BASE_URL = '/de/'</script><script type="text/x-magento-init">{"*":{}}</script>`
  const links = slugs.map((slug) => `<a href="/de/${slug}.html">${slug}</a>`).join(' ')
  const shop = await fakeMagentoStore({ page: page(head, links) })
  const product = (slug: string) => page('<meta property="og:type" content="product">', slug)
  const front = await startFakeFront({
    pages: Object.fromEntries(slugs.map((slug) => [`/de/${slug}.html`, product(slug)])),
    behind: shop.root,
    to: below('/de'),
  })
  return both(front, '/de/', shop.close)
}

/** PrestaShop with a language in its addresses, whose own pages have names of that language. */
export async function startFakePrestaLanguage(): Promise<FakeStrangeShop> {
  const shop = await startFakePrestashop()
  const links = shop.goods.map(({ id, handle }) => `<a href="/fr/accueil/${id}-${handle}.html">${handle}</a>`).join(' ')
  const pages = { cart: '/fr/panier', order: '/fr/commande' }
  const theme = { currency: { iso_code: 'EUR' }, static_token: 'token1', urls: { base_url: '/', pages } }
  const head = `<script>var prestashop = ${JSON.stringify(theme)}; prestashop.on = prestashop.emit = () => {}</script>`
  const front = await startFakeFront({
    pages: { '/fr/': page(head, links), '/fr/commande': page('', 'Commande') },
    behind: shop.url,
    to: (path) =>
      path.startsWith('/fr/panier')
        ? '/index.php?controller=cart'
        : path.startsWith('/index.php')
          ? path
          : path.replace('/fr/accueil/', '/'),
  })
  return both(front, '/fr/', shop.stop)
}

/** OpenCart in a folder, without addresses that can be read. */
export async function startFakeOpencartFolder(): Promise<FakeStrangeShop> {
  const shop = await startFakeOpencart({ version: 3 })
  const links = shop.goods.map(
    ({ id, title }) => `<a href="/laden/index.php?route=product/product&amp;path=20&amp;product_id=${id}">${title}</a>`,
  )
  const head = `<base href="/laden/"><script src="catalog/view/javascript/common.js"></script>`
  const body = `<div id="cart"><button><span id="cart-total">0</span></button><ul></ul></div>${links.join(' ')}`
  const front = await startFakeFront({
    pages: {
      '/laden/index.php?route=common/home': page(head, body),
      '/laden/index.php?route=checkout%2Fcheckout': page('', 'Checkout'),
    },
    behind: shop.url,
    to: below('/laden'),
  })
  return both(front, '/laden/index.php?route=common/home', shop.stop)
}
