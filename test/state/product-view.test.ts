import { describe, expect, it } from 'vitest'
import type { ProductInput, Variant } from '../../src/model/product.ts'
import { type Catalogue, createProductViews, productsOf, productViews } from '../../src/state/product-view.ts'
import { emptyRoom, fold, type Room } from '../../src/state/room.ts'
import { choose, matrixOf, variantOf } from '../../src/ui/sheets/variant-matrix.ts'
import { hostEvent } from '../support/host-event.ts'

const euro = (amount: number) => ({ amount, currency: 'EUR' })
const mug: ProductInput = {
  id: 'mug',
  title: 'Mug',
  price: euro(2400),
  variants: [{ id: 's' }, { id: 'l', price: euro(2800) }],
}
const car: ProductInput = { id: 'car', title: 'Car', price: euro(3_000_000), action: 'request' }
const axis = (id: string, ...values: string[]) => ({
  ...{ id, name: id },
  values: values.map((value) => ({ id: value, label: value })),
})
const host = (seq: number, type: string, data: unknown) => hostEvent(seq, type, seq * 1000, data)
const room = (...events: unknown[]) => events.reduce<Room>(fold, emptyRoom())
const view = (catalogue: Catalogue, given = room(), replay = false) =>
  productViews([mug, car], given, { catalogue, replay })

describe('productViews', () => {
  it('shows a skeleton for the price until the store answers', () => {
    expect(view('pending')[0]).toMatchObject({ id: 'mug', pricing: 'pending' })
  })

  it('takes price, stock and variants from the store', () => {
    const truth = { ...mug, price: euro(2000), compareAt: euro(2400), variants: [{ id: 's', stock: 3 }] }
    expect(view({ mug: truth })[0]).toMatchObject({ price: euro(2000), compareAt: euro(2400), stock: 3, from: false })
  })

  it('shows a skeleton for the one product that the store has not answered for', () => {
    expect(view({ mug: 'pending' })).toMatchObject([{ id: 'mug', pricing: 'pending' }, { id: 'car' }])
  })

  it('hides what the store does not sell, but not what is asked for', () => {
    expect(view({}).map(({ id }) => id)).toEqual(['car'])
  })

  it('takes the show as the catalogue where the store has none', () => {
    expect(view(null)[0]).toMatchObject({ pricing: 'known', price: euro(2400), from: true })
  })

  it('has no price where nobody gives one', () => {
    expect(productViews([{ id: 'x', title: 'X' }], room(), { catalogue: null, replay: false })[0]?.pricing).toBe('none')
  })

  it('follows pins and stock, and remembers when a product was shown', () => {
    const given = room(
      host(1, 'product.pin', { ids: ['mug'] }),
      host(2, 'product.pin', { ids: ['car'] }),
      host(3, 'product.stock', { id: 'mug', variants: { s: 0, l: 2 } }),
    )
    const [first, second] = view(null, given)
    expect(first).toMatchObject({ now: false, shownAt: 1000, stock: 2 })
    expect(second).toMatchObject({ now: true, shownAt: 2000 })
  })

  it('leaves the stock of the day of the show out of a replay', () => {
    const given = room(host(1, 'product.stock', { id: 'mug', variants: { s: 0, l: 0 } }))
    expect(view(null, given)[0]?.available).toBe(false)
    expect(view(null, given, true)[0]?.available).toBe(true)
  })

  it('adds products that the host brings', () => {
    expect(view(null, room(host(1, 'product.upsert', { id: 'bowl', title: 'Bowl' }))).map(({ id }) => id)).toEqual([
      'mug',
      'car',
      'bowl',
    ])
  })

  it('believes no price that an event brings', () => {
    const bowl = { id: 'bowl', title: 'Bowl', price: euro(1), variants: [{ id: 'v', price: euro(1) }] }
    expect(view(null, room(host(1, 'product.upsert', bowl))).at(-1)).toMatchObject({ id: 'bowl', pricing: 'none' })
    const cheap = { id: 'car', title: 'Car, new', price: euro(1) }
    expect(view(null, room(host(1, 'product.upsert', cheap)))[1]).toMatchObject({
      price: euro(3_000_000),
      product: { title: 'Car, new' },
    })
  })

  it('offers the axes that the variants are told by, so that M chosen is M bought', () => {
    const shown = { ...mug, options: [axis('size', 's', 'm')], variants: undefined }
    const options = [axis('Size', 'S', 'M')]
    const variants = ['S', 'M'].map((Size) => ({ id: Size, options: { Size }, ref: { platformId: `store-${Size}` } }))
    const given = { catalogue: { mug: { ...shown, options, variants } }, replay: false }
    const matrix = matrixOf(productViews([shown], room(), given)[0]?.product ?? mug)
    expect(variantOf(matrix, choose(matrix, {}, 'size', 'm'))).toBeUndefined()
    expect(variantOf(matrix, choose(matrix, {}, 'Size', 'M'))?.ref?.platformId).toBe('store-M')
    const silent = { mug: { ...shown, options: undefined, variants: [{ id: 's' }] } }
    expect(productViews([shown], room(), { catalogue: silent, replay: false })[0]?.product.options).toBe(shown.options)
  })

  it('strikes only what the variant whose price is shown cost before', () => {
    const s = { id: 's', price: euro(8000), compareAt: euro(10_000) }
    const m = { id: 'm', price: euro(7000) }
    const of = (...variants: Variant[]) =>
      view({ mug: { ...mug, price: euro(8000), compareAt: euro(10_000), variants } })[0]
    expect(of(s, m)).toMatchObject({ price: euro(7000), compareAt: undefined, from: true })
    expect(of(s, { ...m, compareAt: euro(7500) })).toMatchObject({ price: euro(7000), compareAt: euro(7500) })
    expect(of(s)).toMatchObject({ price: euro(8000), compareAt: euro(10_000), from: false })
  })

  it('never strikes a price that is not higher', () => {
    expect(
      productViews([{ ...car, compareAt: euro(1) }], room(), { catalogue: null, replay: false })[0]?.compareAt,
    ).toBeUndefined()
  })
})

describe('productsOf', () => {
  it('is each product once, as the host corrected it: what is not said again stays', () => {
    const shown = { ...mug, ref: { handle: 'mug' } }
    const given = room(host(1, 'product.upsert', { id: 'mug', title: 'Mug, new', price: euro(1) }))
    expect(productsOf([shown, car], given)).toEqual([{ ...shown, title: 'Mug, new' }, car])
  })
})

describe('createProductViews', () => {
  it('gives a view again while nothing that it is made of has changed', () => {
    const views = createProductViews()
    const truth = { catalogue: { mug }, replay: false }
    const pinned = room(host(1, 'product.pin', { ids: ['mug'] }))
    const first = views([mug, car], pinned, truth)
    expect(first).toEqual(productViews([mug, car], pinned, truth))
    expect(views([mug, car], pinned, truth).map((view, place) => view === first[place])).toEqual([true, true])
  })

  it('makes those anew that a pin, stock or the store tells of', () => {
    const views = createProductViews()
    const before = room(host(1, 'product.pin', { ids: ['mug'] }))
    const steps: [Room, Catalogue][] = [
      [before, 'pending'],
      [before, { mug, car: 'pending' }],
      [before, { mug: { ...mug, price: euro(1) }, car: 'pending' }],
      [fold(before, host(2, 'product.stock', { id: 'mug', stock: 1 })), { mug }],
      [fold(before, host(3, 'product.pin', { ids: ['car'] })), { mug }],
      [before, {}],
      [before, null],
    ]
    for (const [given, catalogue] of steps)
      expect(views([mug, car], given, { catalogue, replay: false })).toEqual(
        productViews([mug, car], given, { catalogue, replay: false }),
      )
  })
})
