import { describe, expect, it } from 'vitest'
import { byGain, bySet, learnLine, piecesOf } from '../../src/cart/by-gain.ts'
import type { Cart, CartItem } from '../../src/model/cart.ts'

const money = { amount: 100, currency: 'EUR' }
const item = (quantity: number, variantId?: string): CartItem => ({
  ...{ id: `line-${variantId}`, productId: 'mug', variantId, title: 'Mug', quantity, price: money, total: money },
})
const cart = (...items: CartItem[]): Cart => ({ items, quantity: 0, total: money })
const line = (quantity: number) => ({ productId: 'mug', variantId: 'red', ref: {}, quantity })
const never = () => Promise.reject(new Error('asked'))

describe('byGain', () => {
  it.for([
    ['all of it', undefined, 2, { outcome: 'added', quantity: 2 }],
    ['all of it, beside what was there', 1, 3, { outcome: 'added', quantity: 2 }],
    ['more than was asked, which another tab put in', 1, 9, { outcome: 'added', quantity: 2 }],
    ['some of it', 1, 2, { outcome: 'partial', quantity: 1, reason: 'limit-reached', message: 'few' }],
    ['none, but it holds some', 2, 2, { outcome: 'rejected', reason: 'limit-reached', message: 'few' }],
  ] as const)('says what came of it: %s', async ([, before, after, expected]) => {
    const carts = {
      before: before === undefined ? undefined : cart(item(before, 'red')),
      after: cart(item(after, 'red')),
    }
    expect(await byGain({ ...carts, line: line(2) }, never, 'few')).toMatchObject(expected)
  })

  it('claims neither where the cart holds fewer than before, or has gained a line that it does not name', async () => {
    const fewer = { before: cart(item(5, 'red')), after: cart(item(1, 'red')) }
    expect(await byGain({ ...fewer, line: line(1) }, never)).toMatchObject({
      outcome: 'rejected',
      reason: 'unreachable',
    })
    const { productId: _, ...part } = item(1, 'part')
    const nameless = { before: cart(item(5, 'blue')), after: cart(item(5, 'blue'), part) }
    const refused = async () => 'refused' as const
    expect(await byGain({ ...nameless, line: line(1) }, refused)).toMatchObject({ reason: 'unreachable' })
    expect(await byGain({ ...nameless, line: line(1) }, async () => 'sold-out')).toMatchObject({ reason: 'sold-out' })
  })

  it('asks why where nothing is there', async () => {
    const carts = { before: cart(), after: cart(item(5, 'blue')) }
    expect(await byGain({ ...carts, line: line(1) }, async () => 'sold-out')).toMatchObject({ reason: 'sold-out' })
  })
})

describe('bySet', () => {
  const carts = (before: number, after: number) => ({
    before: cart(item(before, 'red')),
    after: after ? cart(item(after, 'red')) : cart(),
  })

  it.for([
    [3, 1, 3, { outcome: 'added', quantity: 3 }],
    [0, 2, 0, { outcome: 'added', quantity: 0 }],
    [5, 1, 2, { outcome: 'partial', quantity: 2, reason: 'limit-reached' }],
    [5, 2, 2, { outcome: 'rejected', reason: 'limit-reached' }],
    [5, 2, 0, { outcome: 'rejected', reason: 'not-found' }],
  ] as const)('wanted %s of %s, found %s', ([wanted, before, after, expected]) => {
    expect(bySet('line-red', wanted, carts(before, after))).toMatchObject(expected)
  })
})

describe('piecesOf', () => {
  it('counts the variant where both name one, else the product', () => {
    const both = cart(item(1, 'red'), item(2, 'blue'))
    expect([piecesOf(both, line(1)), piecesOf(both, { ...line(1), variantId: undefined })]).toEqual([1, 3])
    expect(piecesOf(undefined, line(1))).toBe(0)
  })
})

describe('learnLine', () => {
  it('follows the line, and keeps the variant that the catalogue knew', () => {
    const known = new Map([['7', { productId: 'mug', variantId: 'red' }]])
    learnLine(known, '7', { productId: 'mug', ref: {}, quantity: 1 })
    expect(known.get('7')).toEqual({ productId: 'mug', variantId: 'red' })
    learnLine(known, '7', { productId: 'cup', ref: {}, quantity: 1 })
    expect(known.get('7')).toEqual({ productId: 'cup', variantId: undefined })
  })
})
