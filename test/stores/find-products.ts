import type { APIRequestContext, Page } from 'playwright-core'
import { plainText } from '../../src/lib/plain-text.ts'
import type { ProductInput } from '../../src/model/product.ts'

/** Pages of a store that are looked at for products. */
const LOOKED_AT = 30
/** Products that the show is made of. */
const ENOUGH = 10

/** How products are found in a store that nobody here has seen. */
export interface Finding {
  readonly request: APIRequestContext
  /** The store's page, open. */
  readonly page: Page
  readonly platform: string
  readonly settings: Readonly<Record<string, string>>
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
  async shopify({ request, page }) {
    const answer = await request.get(new URL('/products.json?limit=50', page.url()).href)
    const { products } = (await answer.json()) as { products: { handle: string; title: string }[] }
    return products.map(({ handle, title }) => ({ id: handle, title, ref: { handle } }))
  },
  async woocommerce({ request, page }) {
    const list = async (path: string) => {
      const answer = await request.get(new URL(path, page.url()).href)
      return (await answer.json()) as { slug: string; name: string; id: number; permalink: string; type?: string }[]
    }
    const found = await list('/wp-json/wc/store/v1/products?per_page=50').catch(() =>
      list('/?rest_route=/wc/store/v1/products&per_page=50'),
    )
    return found.map(({ id, slug, name, permalink }) => ({
      id: slug,
      title: plainText(name),
      url: permalink,
      ref: { platformId: `${id}` },
    }))
  },
  async vendure({ request, settings }) {
    const headers = settings.channelToken ? { 'vendure-token': settings.channelToken } : {}
    const query = '{products(options:{take:50}){items{slug name}}}'
    const answer = await request.post(settings.url ?? '', { data: { query }, headers })
    const { data } = (await answer.json()) as { data: { products: { items: { slug: string; name: string }[] } } }
    return data.products.items.map(({ slug, name }) => ({ id: slug, title: name, ref: { handle: slug } }))
  },
  async medusa({ request, settings }) {
    const headers = { 'x-publishable-api-key': settings.publishableKey ?? '' }
    const answer = await request.get(`${settings.url}/store/products?limit=50&fields=handle,title`, { headers })
    const { products } = (await answer.json()) as { products: { handle: string; title: string }[] }
    return products.map(({ handle, title }) => ({ id: handle, title, ref: { handle } }))
  },
}

/** Follows what the page links to, then the sitemap, as far as pages that say that they are of a product. */
async function fromPages({ request, page }: Finding): Promise<ProductInput[]> {
  const origin = new URL(page.url()).origin
  const links = await page.evaluate(() => [...document.links].map(({ href }) => href))
  const mapped = async () => sitemap(request, `${origin}/sitemap.xml`)
  const found: ProductInput[] = []
  const seen = new Set<string>()
  // Pages that only look like it: the store itself tells, through the widget, which of them are products.
  const likely = () =>
    [...seen]
      .filter((url) => LIKELY.test(url))
      .slice(0, ENOUGH)
      .map(atPage)
  for (const source of [async () => [page.url(), ...links.sort(byLikeness)], mapped]) {
    for (const link of await source()) {
      const url = link.split('#')[0] ?? link
      if (found.length >= ENOUGH || seen.size >= LOOKED_AT) return found.length ? found : likely()
      if (!url.startsWith(`${origin}/`) || seen.has(url) || NEVER.test(url)) continue
      seen.add(url)
      const product = await productAt(request, url)
      if (product) found.push(product)
    }
  }
  return found.length ? found : likely()
}

const atPage = (url: string): ProductInput => ({ id: idFrom(url), title: idFrom(url), url })

/** Where looking would change something, or where no product is. */
const NEVER =
  /\/(cart|basket|checkout|login|logout|signin|account|register|wishlist|compare|search)\b|add-to-cart|[?&](action|add)=|\.(jpe?g|png|webp|svg|css|js|pdf|zip|xml)(\?|$)/i
const LIKELY = /product|\/p\/|\/item|\/shop\/|\/catalog\/|\/goods|\/detail|product_id=|\d{2,}.*\.html|\.html/i

const byLikeness = (a: string, b: string) => Number(LIKELY.test(b)) - Number(LIKELY.test(a))

/** A page is of a product where its markup says so: schema.org or Open Graph. */
async function productAt(request: APIRequestContext, url: string): Promise<ProductInput | undefined> {
  const answer = await request.get(url, { timeout: 15_000 }).catch(() => undefined)
  if (!answer?.ok() || !/html/.test(answer.headers()['content-type'] ?? '')) return undefined
  const html = await answer.text()
  const isOne =
    /"@type"\s*:\s*(\[[^\]]*)?"Product(Group)?"/.test(html) ||
    /itemtype=["']https?:\/\/schema\.org\/Product["']/i.test(html) ||
    /property=["']og:type["'][^>]*content=["'](og:)?product/i.test(html)
  // A list of products has markup of several; the product's own page has one.
  if (!isOne || (html.match(/"@type"\s*:\s*"Product"/g) ?? []).length > 1) return undefined
  const title = /<title[^>]*>([^<]{1,120})/i.exec(html)?.[1]?.trim() ?? url
  return { id: idFrom(url), title, url: answer.url() }
}

/** Addresses in a sitemap, and in the first of those that it points to; the likely ones first. */
async function sitemap(request: APIRequestContext, url: string, depth = 0): Promise<string[]> {
  const answer = await request.get(url, { timeout: 15_000 }).catch(() => undefined)
  if (!answer?.ok()) return []
  const all = [...(await answer.text()).matchAll(/<loc>\s*([^<\s]+)\s*<\/loc>/g)].map(([, at = '']) => at)
  const maps = all.filter((at) => /\.xml(\.gz)?(\?|$)/.test(at) && !/\.gz/.test(at)).sort(byLikeness)
  const pages = all.filter((at) => !/\.xml/.test(at))
  if (depth < 2) for (const map of maps.slice(0, 2)) pages.push(...(await sitemap(request, map, depth + 1)))
  return pages.sort(byLikeness).slice(0, 400)
}
