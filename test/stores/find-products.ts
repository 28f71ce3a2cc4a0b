import type { APIRequestContext, Page } from 'playwright-core'
import { addressOf } from '../../src/cart/woocommerce-store.ts'
import { plainText } from '../../src/lib/plain-text.ts'
import type { ProductInput } from '../../src/model/product.ts'

/** Pages of a store that are looked at for products, from each place that tells of some. */
const LOOKED_AT = 20
/** Products that the show is made of. */
const ENOUGH = 10

/** How products are found in a store that nobody here has seen. */
export interface Finding {
  readonly request: APIRequestContext
  /** The store's page, open. */
  readonly page: Page
  readonly platform: string
  readonly settings: Readonly<Record<string, unknown>>
  /** Addresses, handles, SKUs or ids by which the reader named them. */
  readonly named: readonly string[]
}

/** Products of a store as a show lists them, and in words where they come from. */
export async function findProducts(finding: Finding): Promise<{ products: ProductInput[]; from: string }> {
  const { page, named, platform } = finding
  if (named.length) return { products: named.map((name) => productNamed(name, page.url())), from: 'as you named them' }
  const listed = await (CATALOGUES[platform]?.(finding) ?? Promise.resolve([])).catch(() => [])
  if (listed.length) return { products: unique(listed).slice(0, ENOUGH), from: `from the catalogue of ${platform}` }
  const found = await fromPages(finding)
  return { products: unique(found), from: 'from links and the sitemap' }
}

/**
 * `https://…` or `/…` is a page; `sku:…`, `id:…` and `handle:…` say what they are; else digits are an id, the rest a handle. Some
 * platforms want two of them: with a space between.
 */
export function productNamed(name: string, base: string): ProductInput {
  let url: string | undefined
  const ref: { sku?: string; platformId?: string; handle?: string } = {}
  for (const word of name.trim().split(/\s+/)) {
    const [, kind, value = word] = /^(sku|id|handle):(.+)$/.exec(word) ?? []
    if (kind === 'sku') ref.sku = value
    else if (kind === 'id' || (!kind && /^\d+$/.test(value))) ref.platformId = value
    else if (!kind && /^(https?:\/\/|\/)/.test(value)) url = new URL(value, base).href
    else ref.handle = value
  }
  return { id: idFrom(name.replace(/\b(sku|id|handle):/g, '')), title: name, url, ref }
}

const idFrom = (text: string) =>
  text
    .replace(/^https?:\/\/[^/]*/, '')
    .replace(/[^\w]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(-80) || 'product'

const unique = (list: readonly ProductInput[]): ProductInput[] => [
  ...new Map(list.map((product) => [product.id, product])).values(),
]

type Catalogue = (finding: Finding) => Promise<ProductInput[]>

/** Lists that platforms give to anyone. */
const CATALOGUES: Readonly<Record<string, Catalogue>> = {
  async shopify({ request, page, settings }) {
    // A market has a path of its own.
    const told = await page.evaluate(
      () => (window as { Shopify?: { routes?: { root?: string } } }).Shopify?.routes?.root,
    )
    const root = new URL(`${settings.root ?? told ?? '/'}`, page.url()).href
    const answer = await request.get(new URL('products.json?limit=50', root).href)
    const { products } = (await answer.json()) as { products: { handle: string; title: string }[] }
    return products.map(({ handle, title }) => ({ id: handle, title, ref: { handle } }))
  },
  async woocommerce({ request, page, settings }) {
    // The shop may be in a folder of its host, and without addresses that can be read.
    const link = page.locator('link[rel="https://api.w.org/"]').first()
    const linked = (await link.count()) ? await link.getAttribute('href') : undefined
    const told = await page.evaluate(
      () => (window as { woocommerce_params?: { wc_ajax_url?: string } }).woocommerce_params?.wc_ajax_url,
    )
    const hidden = told ? `${told.split('?')[0]}?rest_route=/` : '/wp-json/'
    const root = `${settings.api ?? linked ?? hidden}`
    const address = addressOf(new URL(root, page.url()).href, 'products', { per_page: '50' })
    const answer = await request.get(address)
    const found = (await answer.json()) as { slug: string; name: string; id: number; permalink: string }[]
    return found.map(({ id, slug, name, permalink }) => ({
      id: slug,
      title: plainText(name),
      url: permalink,
      ref: { platformId: `${id}` },
    }))
  },
  async vendure({ request, settings, page }) {
    const headers = settings.channelToken ? { 'vendure-token': `${settings.channelToken}` } : {}
    const query = '{products(options:{take:50}){items{slug name}}}'
    const answer = await request.post(new URL(`${settings.url}`, page.url()).href, { data: { query }, headers })
    const { data } = (await answer.json()) as { data: { products: { items: { slug: string; name: string }[] } } }
    return data.products.items.map(({ slug, name }) => ({ id: slug, title: name, ref: { handle: slug } }))
  },
  async medusa({ request, settings }) {
    const headers = { 'x-publishable-api-key': `${settings.publishableKey}` }
    const answer = await request.get(`${settings.url}/store/products?limit=50&fields=handle,title`, { headers })
    const { products } = (await answer.json()) as { products: { handle: string; title: string }[] }
    return products.map(({ handle, title }) => ({ id: handle, title, ref: { handle } }))
  },
}

/** Follows what the page links to, what those pages link to, then the sitemap, as far as pages that say that they are of a product. */
async function fromPages({ request, page }: Finding): Promise<ProductInput[]> {
  const { origin } = new URL(page.url())
  const found: ProductInput[] = []
  const seen = new Set<string>()
  const likely = new Set<string>()
  /** @returns what the pages that are of no product link to */
  const look = async (links: readonly string[]): Promise<string[]> => {
    const further: string[] = []
    let left = LOOKED_AT
    for (const link of links) {
      const url = link.split('#')[0] ?? link
      if (found.length >= ENOUGH || !left) break
      if (!url.startsWith(`${origin}/`) || seen.has(url) || NEVER.test(url)) continue
      seen.add(url)
      left--
      if (LIKELY.test(url)) likely.add(url)
      const at = await lookAt(request, url)
      if (at?.product) found.push(at.product)
      else further.push(...(at?.links ?? []))
    }
    return further.sort(byLikeness)
  }
  const named = await page.evaluate(() =>
    [...document.links].map(({ href, textContent }) => [href, textContent] as const),
  )
  const links = named.map(([href]) => href)
  const further = await look([page.url(), ...links.sort(byLikeness)])
  const mapped = found.length < ENOUGH ? await sitemaps(request, page.url()) : []
  await look(mapped.filter(({ isLikely }) => isLikely).map(({ url }) => url))
  if (!found.length) await look(further)
  if (!found.length) await look(mapped.map(({ url }) => url))
  // Pages that only look like it: the store itself tells, through the widget, which of them are products.
  for (const { url, isLikely } of mapped) if (isLikely) likely.add(url)
  if (found.length) return found
  const titles = new Map(named.map(([href, text]) => [href, text?.trim().slice(0, 120)]))
  return [...likely].slice(0, ENOUGH).map((url) => ({ id: idFrom(url), title: titles.get(url) || idFrom(url), url }))
}

/** Where looking would change something, or where no product is. */
const NEVER =
  /\/(cart|basket|checkout|login|logout|signin|account|register|wishlist|compare|search)\b|add-to-cart|[?&](action|add)=|\.(jpe?g|png|webp|svg|css|js|pdf|zip|xml)(\?|$)/i
const LIKELY = /product|\/p\/|\/item|\/shop\/|\/catalog\/|\/goods|\/detail|product_id=|\d{2,}.*\.html|\.html/i

const byLikeness = (a: string, b: string) => Number(LIKELY.test(b)) - Number(LIKELY.test(a))

/** A page is of a product where its markup says so: schema.org or Open Graph. Else what it links to. */
async function lookAt(
  request: APIRequestContext,
  url: string,
): Promise<{ product?: ProductInput; links?: string[] } | undefined> {
  const answer = await request.get(url, { timeout: 15_000 }).catch(() => undefined)
  if (!answer?.ok() || !/html/.test(answer.headers()['content-type'] ?? '')) return undefined
  const html = await answer.text()
  const isOne =
    /"@type"\s*:\s*(\[[^\]]*)?"Product(Group)?"/.test(html) ||
    /itemtype=["']https?:\/\/schema\.org\/Product["']/i.test(html) ||
    /property=["']og:type["'][^>]*content=["'](og:)?product/i.test(html)
  // A list of products has markup of several; the product's own page has one.
  if (!isOne || (html.match(/"@type"\s*:\s*"Product"/g) ?? []).length > 1) {
    const hrefs = [...html.matchAll(/<a\s[^>]*href=["']([^"'#]+)/gi)].map(([, href = '']) => plainText(href))
    return { links: hrefs.filter((href) => URL.canParse(href, url)).map((href) => new URL(href, url).href) }
  }
  const title = /<title[^>]*>([^<]{1,120})/i.exec(html)?.[1]?.trim() ?? url
  return { product: { id: idFrom(url), title: plainText(title), url: answer.url() } }
}

interface Mapped {
  readonly url: string
  /** Its address looks like a product's, or the list that it is in is one of products. */
  readonly isLikely: boolean
}

/** Addresses in the shop's sitemaps: those that `robots.txt` names, else where they usually are. */
async function sitemaps(request: APIRequestContext, page: string): Promise<Mapped[]> {
  const text = await textAt(request, new URL('/robots.txt', page).href)
  const named = [...text.matchAll(/^sitemap:\s*(\S+)/gim)].map(([, at = '']) => at)
  const usual = ['/sitemap.xml', './sitemap.xml', '/sitemap_index.xml', '/wp-sitemap.xml']
  for (const at of [...named, ...usual]) {
    const found = await sitemap(request, { at, page, depth: 0 })
    if (found.length) return found.sort((a, b) => Number(b.isLikely) - Number(a.isLikely)).slice(0, 400)
  }
  return []
}

/** Those in a sitemap, and in the first of those that it points to. A shop may write its own host otherwise than the reader did. */
async function sitemap(
  request: APIRequestContext,
  { at, page, depth }: { at: string; page: string; depth: number },
): Promise<Mapped[]> {
  const here = (address: string) => {
    const { pathname, search } = new URL(address, page)
    return new URL(pathname + search, page).href
  }
  const text = URL.canParse(at, page) ? await textAt(request, here(at)) : ''
  const all = [...text.matchAll(/<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]+)/g)].map(([, found = '']) => plainText(found))
  const isMap = (found: string) => /\.xml(\.gz)?(\?|$)/.test(found)
  const pages = all.filter((found) => !isMap(found) && URL.canParse(found, page)).map(here)
  const found = pages.map((url) => ({ url, isLikely: LIKELY.test(url) || /product|goods|item/i.test(at) }))
  if (depth < 2)
    for (const map of all.filter(isMap).sort(byLikeness).slice(0, 3))
      found.push(...(await sitemap(request, { at: map, page, depth: depth + 1 })))
  return found
}

const textAt = async (request: APIRequestContext, url: string): Promise<string> => {
  const answer = await request.get(url, { timeout: 15_000 }).catch(() => undefined)
  return answer?.ok() ? answer.text() : ''
}
