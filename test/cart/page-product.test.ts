import { describe, expect, it } from 'vitest'
import { metaOf, pageProduct, readPage } from '../../src/cart/page-product.ts'

const at = (html: string) => ({ html, url: 'https://shop.example/p/mug' })
const linked = (data: unknown) => at(`<script type="application/ld+json">${JSON.stringify(data)}</script>`)
const offer = (price: unknown, more = {}) => ({ '@type': 'Offer', price, priceCurrency: 'EUR', ...more })

describe('pageProduct', () => {
  it('reads JSON-LD, also in a graph and in a list', () => {
    const product = { '@type': 'Product', name: 'A &amp; B', sku: 'MUG', image: ['/a.jpg'], offers: [offer('19.90')] }
    for (const data of [product, [{ '@type': 'WebSite' }, product], { '@graph': [product] }]) {
      expect(pageProduct(linked(data), '7')).toMatchObject({
        images: ['https://shop.example/a.jpg'],
        variants: [{ id: '7', sku: 'MUG', title: 'A & B', available: true, price: { amount: 1990, currency: 'EUR' } }],
      })
    }
  })

  it('reads the variants of a group', () => {
    const variant = (size: string, stock: string) => ({
      ...{
        '@type': 'Product',
        sku: `T-${size}`,
        size,
        offers: offer(5, { availability: `https://schema.org/${stock}` }),
      },
    })
    const found = pageProduct(
      linked({ '@type': 'ProductGroup', hasVariant: [variant('S', 'InStock'), variant('M', 'OutOfStock')] }),
      '',
    )
    expect(found?.axes).toEqual([{ name: 'size', values: ['S', 'M'] }])
    expect(found?.variants.map(({ id, available }) => [id, available])).toEqual([
      ['T-S', true],
      ['T-M', false],
    ])
  })

  it('takes the least price of several offers', () => {
    const offers = { '@type': 'AggregateOffer', lowPrice: 7, priceCurrency: 'JPY' }
    expect(pageProduct(linked({ '@type': 'Product', offers }), '')?.variants[0]?.price).toEqual({
      amount: 7,
      currency: 'JPY',
    })
  })

  it('reads microdata, else Open Graph', () => {
    const micro =
      '<meta itemprop="price" content="3.5"><meta content="EUR" itemprop="priceCurrency"><link itemprop="availability" href="http://schema.org/OutOfStock">'
    expect(pageProduct(at(micro), '1')?.variants).toMatchObject([{ id: '1', available: false, price: { amount: 350 } }])
    const graph =
      '<meta property="product:price:amount" content="4"><meta property="product:price:currency" content="EUR"><meta property="og:image" content="/b.jpg">'
    expect(pageProduct(at(graph), '1')).toMatchObject({
      images: ['https://shop.example/b.jpg'],
      variants: [{ price: { amount: 400 } }],
    })
  })

  it('has no price where there is no currency, or no amount', () => {
    expect(pageProduct(at('<meta itemprop="price" content="3.5">'), '1')?.variants[0]?.price).toBeUndefined()
    expect(pageProduct(at('<meta itemprop="price" content="3.5">'), '1', 'CHF')?.variants[0]?.price).toEqual({
      amount: 350,
      currency: 'CHF',
    })
    expect(pageProduct(linked({ '@type': 'Product', offers: offer(1e21) }), '')?.variants[0]?.price).toBeUndefined()
  })

  it.for(['', '<p>19.90 €</p>', '<script type="application/ld+json">{"@type":"Product"</script>'])(
    'finds nothing in %s',
    (html) => {
      expect(pageProduct(at(html), '1', 'EUR')).toBeUndefined()
    },
  )
})

describe('metaOf', () => {
  it('decodes what it finds, in either quotes and order', () => {
    expect(metaOf(`<meta content='a &quot;b&quot;' property="og:title">`, 'og:title')).toBe('a "b"')
    expect(metaOf('<meta name="x">', 'x')).toBeUndefined()
  })
})

describe('readPage', () => {
  const answer = (status: number) => ({
    fetch: async () => new Response('page', { status }),
    ...{ locale: 'en', signal: new AbortController().signal },
  })

  it('tells a page that is not there from a shop that is broken', async () => {
    expect(await readPage('https://shop.example/', answer(404))).toBeUndefined()
    expect(await readPage('https://shop.example/', answer(200))).toMatchObject({ html: 'page' })
    await expect(readPage('https://shop.example/', answer(503))).rejects.toThrow('503')
  })
})
