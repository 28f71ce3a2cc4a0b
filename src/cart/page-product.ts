import { plainText } from '../lib/plain-text.ts'
import { readJson } from '../lib/read-json.ts'
import type { CartContext } from '../model/cart.ts'
import type { StoreProduct, StoreVariant } from './join-product.ts'
import { decimalMoney } from './store-money.ts'

/** Longest block of linked data that is read, in characters. */
const LONGEST = 1_000_000

type Node = Readonly<Record<string, unknown>>

/** A page of the shop, as text. */
export interface ShopPage {
  readonly html: string
  /** Where it is, after redirects. */
  readonly url: string
}

/**
 * A product's own page; `undefined` where the shop says that there is none.
 * @throws for breakage: a dead network, a 5xx
 */
export async function readPage(url: string, { fetch, signal }: CartContext): Promise<ShopPage | undefined> {
  const response = await fetch(url, { signal, credentials: 'same-origin', headers: { accept: 'text/html' } })
  if (response.status === 404 || response.status === 410) return undefined
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  return { html: await response.text(), url: response.url || url }
}

/**
 * What a page tells search engines of its product: JSON-LD, else microdata, else Open Graph (schema.org/Product, ogp.me). As text: no
 * markup of the page is ever parsed into this document.
 * @param id the shop's id of what the page sells, for a variant that names no SKU of its own
 * @param currency for a page that tells only the price
 */
export function pageProduct({ html, url }: ShopPage, id: string, currency?: string): StoreProduct | undefined {
  const found = fromLinkedData(html) ?? fromMarkup(html)
  if (!found) return undefined
  const nodes = listOf(found.hasVariant)
  const variants = (nodes.length ? nodes : [found]).map((node) => toVariant(node, nodes.length ? '' : id, currency))
  const names = [...new Set(variants.flatMap(({ options }) => Object.keys(options)))]
  const image = urlOf(found.image, url) ?? urlOf(metaOf(html, 'og:image'), url)
  return {
    url,
    images: image ? [image] : [],
    axes: names.map((name) => ({ name, values: [...new Set(variants.map(({ options }) => options[name] ?? ''))] })),
    variants,
  }
}

/** The content of a `meta` or `link` by its `itemprop`, `property` or `name`. */
export function metaOf(html: string, name: string): string | undefined {
  const key = name.replace(/[.:]/g, '\\$&')
  const tag = new RegExp(`<[a-z]+\\b[^>]*\\b(?:itemprop|property|name)=["']${key}["'][^>]*>`, 'i').exec(html)?.[0]
  const text = /\b(?:content|href)=(?:"([^"]*)"|'([^']*)')/i.exec(tag ?? '')
  const value = text?.[1] ?? text?.[2]
  return value === undefined ? undefined : plainText(value)
}

function fromLinkedData(html: string): Node | undefined {
  const blocks = html.matchAll(/<script\b[^>]*type=["']application\/ld\+json["'][^>]*>([\s\S]*?)<\/script>/gi)
  const nodes = [...blocks].flatMap(([, text]) => flatten(readJson(text?.trim(), LONGEST)))
  const isA = (type: string) => (node: Node) => [node['@type']].flat().includes(type)
  return nodes.find(isA('ProductGroup')) ?? nodes.find(isA('Product'))
}

const flatten = (value: unknown): Node[] =>
  listOf(value).flatMap((node) => [node, ...('@graph' in node ? flatten(node['@graph']) : [])])

const listOf = (value: unknown): Node[] =>
  [value].flat().filter((one): one is Node => typeof one === 'object' && one !== null)

function fromMarkup(html: string): Node | undefined {
  const price = metaOf(html, 'price') ?? metaOf(html, 'product:price:amount')
  if (price === undefined) return undefined
  return {
    sku: metaOf(html, 'sku'),
    offers: {
      price,
      priceCurrency: metaOf(html, 'priceCurrency') ?? metaOf(html, 'product:price:currency'),
      availability: metaOf(html, 'availability') ?? metaOf(html, 'product:availability'),
    },
  }
}

function toVariant(node: Node, id: string, currency: string | undefined): StoreVariant {
  const [offer = {}] = listOf(node.offers)
  const [inner] = listOf(offer.offers)
  const { priceCurrency, availability } = { ...offer, ...inner }
  const [spec] = listOf(offer.priceSpecification)
  const price = inner?.price ?? offer.price ?? spec?.price ?? offer.lowPrice
  const code = `${priceCurrency ?? spec?.priceCurrency ?? currency ?? ''}`
  const sku = typeof node.sku === 'string' || typeof node.sku === 'number' ? `${node.sku}` : undefined
  return {
    id: id || `${node.productID ?? sku ?? ''}`,
    sku,
    title: typeof node.name === 'string' ? plainText(node.name) : undefined,
    options: axesOf(node),
    available: !/out.?of.?stock|sold.?out|discontinued|oos/i.test(`${availability ?? ''}`),
    price: code ? decimalMoney(price, code) : undefined,
    image: urlOf(node.image, ''),
  }
}

/** The axes that schema.org knows (`variesBy`), by their plain names. */
function axesOf(node: Node): Record<string, string> {
  const plain = ['size', 'color', 'material', 'pattern'].flatMap((name) => {
    const value = node[name]
    return typeof value === 'string' && value ? [[name, plainText(value)] as const] : []
  })
  return Object.fromEntries(plain)
}

function urlOf(image: unknown, base: string): string | undefined {
  const [first] = [image].flat()
  const text = typeof first === 'string' ? first : (listOf(first)[0]?.url ?? listOf(first)[0]?.contentUrl)
  if (typeof text !== 'string' || !URL.canParse(text, base || undefined)) return undefined
  return new URL(text, base || undefined).href
}
