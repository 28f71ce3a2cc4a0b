import { describe, expect, it } from 'vitest'
import { joinProduct, type KnownIds, type StoreProduct, type StoreVariant } from '../../src/cart/join-product.ts'
import { check } from '../../src/model/parse.ts'
import { catalogueSchema, type ProductInput } from '../../src/model/product.ts'

const EUR = (amount: number) => ({ amount, currency: 'EUR' })
const variant = (id: string, options: Record<string, string>, more: Partial<StoreVariant> = {}): StoreVariant => ({
  ...{ id, options, available: true, price: EUR(1000) },
  ...more,
})
const store = (...variants: StoreVariant[]): StoreProduct => ({
  url: 'https://shop.example/coat',
  images: ['https://shop.example/coat.webp'],
  axes: [{ name: 'Size', values: ['S', 'M'] }],
  variants,
})
const show: ProductInput = { id: 'coat', title: 'Coat', ref: { handle: 'coat' } }

describe('joinProduct', () => {
  it('takes the store’s axes and variants where the show lists none', () => {
    const joined = joinProduct(show, store(variant('1', { Size: 'S' }), variant('2', { Size: 'M' }, { stock: 3 })))
    expect(joined.options).toEqual([
      {
        id: 'Size',
        name: 'Size',
        values: [
          { id: 'S', label: 'S' },
          { id: 'M', label: 'M' },
        ],
      },
    ])
    expect(joined.variants?.[1]).toMatchObject({ id: '2', options: { Size: 'M' }, stock: 3, ref: { platformId: '2' } })
    expect(joined).toMatchObject({ id: 'coat', url: 'https://shop.example/coat', price: EUR(1000), available: true })
  })

  it('keeps the show’s words and colours for the store’s axes and values of the same name', () => {
    const mine: ProductInput = {
      ...show,
      options: [
        {
          id: 'groesse',
          name: { de: 'Größe', en: 'Size' },
          values: [
            { id: 's', label: { de: 'Klein', en: 'Small' }, color: '#fff' },
            { id: 'x', label: { de: 'Mittel', en: 'M' } },
          ],
        },
      ],
    }
    const told = store(variant('1', { Size: 'S' }), variant('2', { Size: 'M' }), variant('3', { Size: 'L' }))
    const joined = joinProduct(mine, { ...told, axes: [{ name: 'Size', values: ['S', 'M', 'L'] }] })
    expect(joined.options).toEqual([
      {
        id: 'Size',
        name: { de: 'Größe', en: 'Size' },
        values: [
          { id: 'S', label: { de: 'Klein', en: 'Small' }, color: '#fff' },
          { id: 'M', label: { de: 'Mittel', en: 'M' } },
          { id: 'L', label: 'L' },
        ],
      },
    ])
  })

  it('leaves nothing to choose where the store has one variant and none of the show’s', () => {
    const mine = {
      ...show,
      variants: [
        { id: 'a', sku: 'A' },
        { id: 'b', sku: 'B' },
      ],
    }
    expect(joinProduct(mine, store(variant('1', {})))).toMatchObject({ variants: [], ref: { platformId: '1' } })
  })

  it('tells of each variant what the law wants beside its price', () => {
    const legal = { lowest30Days: EUR(900), unitPrice: { price: EUR(10), per: '100 g' } }
    const joined = joinProduct(show, store(variant('1', { Size: 'S' }, legal), variant('2', { Size: 'M' })))
    expect(joined.variants?.[0]).toMatchObject(legal)
    expect(check(catalogueSchema, [joined])).toMatchObject({ ok: true, value: [{ variants: [legal, {}] }] })
  })

  it('keeps the show’s own variants and leaves out what the store does not have of them', () => {
    const mine: ProductInput = {
      ...show,
      options: [{ id: 'g', name: 'Größe', values: [{ id: 's', label: { de: 'Klein', en: 'S' } }] }],
      variants: [
        { id: 'by-label', options: { g: 's' }, stock: 99 },
        { id: 'by-sku', sku: 'M-1' },
        { id: 'by-id', ref: { platformId: '1' } },
        { id: 'gone', options: { g: 'xl' } },
      ],
    }
    const joined = joinProduct(mine, store(variant('1', { Size: 'S' }), variant('2', { Size: 'M' }, { sku: 'M-1' })))
    expect(joined.variants?.map(({ id, ref, stock }) => [id, ref?.platformId, stock])).toEqual([
      ['by-label', '1', undefined],
      ['by-sku', '2', undefined],
      ['by-id', '1', undefined],
    ])
    expect(joined.options).toBe(mine.options)
  })

  it('closes what has no price, and takes the price of the first that can be bought', () => {
    const joined = joinProduct(
      show,
      store(variant('1', { Size: 'S' }, { price: undefined }), variant('2', { Size: 'M' }, { price: EUR(1500) })),
    )
    expect(joined.variants?.map(({ available }) => available)).toEqual([false, true])
    expect(joined.price).toEqual(EUR(1500))
    expect(joinProduct(show, store(variant('1', {}, { price: undefined }))).available).toBe(false)
  })

  it('shows what it cost before only where that is more, and passes on what the law asks for', () => {
    const legal = { lowest30Days: EUR(900), unitPrice: { price: EUR(10), per: '100 g' } }
    const joined = joinProduct(show, store(variant('1', {}, { compareAt: EUR(1000), ...legal })))
    expect(joined.compareAt).toBeUndefined()
    expect(joined).toMatchObject(legal)
    expect(joinProduct(show, store(variant('1', {}, { compareAt: EUR(1001) }))).compareAt).toEqual(EUR(1001))
  })

  it('learns which of the store’s variants are which of the show’s', () => {
    const known: KnownIds = new Map()
    joinProduct(show, store(variant('1', { Size: 'S' }), variant('2', { Size: 'M' })), known)
    joinProduct({ ...show, id: 'mug' }, store(variant('9', {})), known)
    expect([...known]).toEqual([
      ['1', { productId: 'coat', variantId: '1' }],
      ['2', { productId: 'coat', variantId: '2' }],
      ['9', { productId: 'mug' }],
    ])
  })

  it('makes of what stores tell oddly what the door lets in: one product must not cost the others their prices', () => {
    const long = `7?${'%D0%BF'.repeat(40)}`
    const odd = store(
      variant(long, { Size: 'S' }, { stock: -3, image: '' }),
      variant('2', { Size: '' }, { stock: 2.5 }),
      variant('3', { Size: 'M' }, { stock: Number.NaN }),
    )
    const axes = [
      { name: 'Size', values: ['S', '', 'M'] },
      { name: '', values: [] },
    ]
    const joined = joinProduct(show, { ...odd, axes, images: ['', `data:image/png;base64,${'A'.repeat(5000)}`] })
    expect(check(catalogueSchema, [joined])).toMatchObject({ ok: true })
    expect(joined.variants?.map(({ stock }) => stock)).toEqual([0, 2, undefined])
    expect(joined.variants?.[0]?.ref?.platformId).toBe(long)
    expect(joined.options?.[0]?.values.map(({ id }) => id)).toEqual(['S', 'M'])
    expect(joined.images).toEqual([])
  })
})
