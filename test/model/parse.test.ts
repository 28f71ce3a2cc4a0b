import { describe, expect, it } from 'vitest'
import { CastcartError } from '../../src/model/error.ts'
import { parseOptions } from '../../src/model/options.ts'
import { check, parse } from '../../src/model/parse.ts'
import { showSchema } from '../../src/model/show.ts'

const show = {
  version: 1,
  id: 's',
  title: 'T',
  products: [{ id: 'mug', title: 'Mug', price: { amount: 2400, currency: 'EUR' } }],
}
const problem = (input: unknown) => {
  const result = check(showSchema, input)
  return result.ok ? 'fine' : result.problem
}

describe('parse', () => {
  it('names the path, what was found and what is expected', () => {
    expect(
      problem({ ...show, products: [{ id: 'mug', title: 'Mug', price: { amount: '24.00', currency: 'EUR' } }] }),
    ).toBe('.products[0].price.amount: found "24.00", expected number')
    expect(
      problem({ ...show, products: [{ id: 'mug', title: 'Mug', price: { amount: 24.5, currency: 'EUR' } }] }),
    ).toBe('.products[0].price.amount: found 24.5, expected a whole number of minor units (2400 for 24.00)')
    expect(problem({ ...show, status: 'on air' })).toMatch(
      /^\.status: found "on air", expected "scheduled" or "live" or/,
    )
    expect(problem({ ...show, id: undefined })).toBe('.id: found nothing, expected string')
    expect(problem({ ...show, startsAt: 'friday' })).toBe(
      '.startsAt: found "friday", expected an ISO 8601 date such as 2026-11-20T18:00:00Z',
    )
    expect(problem('a page of HTML')).toBe(': found "a page of HTML", expected object')
  })

  it('throws one error with its code', () => {
    expect(() => parse(showSchema, { ...show, version: 2 }, 'bad-show', 'show')).toThrow(
      new CastcartError('bad-show', 'show.version: found 2, expected 1'),
    )
  })

  it('says which branch of a union got furthest', () => {
    expect(problem({ ...show, title: { en: 3 } })).toBe('.title.en: found 3, expected string')
  })

  it('keeps hostile keys out', () => {
    const hostile = JSON.parse(
      '{"version":1,"id":"s","title":{"__proto__":"x","en":"T"},"products":[],"__proto__":{"evil":1}}',
    )
    const result = check(showSchema, hostile)
    expect(result.ok).toBe(true)
    expect(({} as { evil?: number }).evil).toBeUndefined()
    expect(problem({ ...show, products: [{ id: 'constructor', title: 'x' }] })).toBe(
      '.products[0].id: found "constructor", expected an id that is not a built-in property name',
    )
  })
})

describe('parseOptions', () => {
  it('takes an address, an inline document and the objects of a page', () => {
    const bridge = { name: 'mine', add: async () => ({ outcome: 'left' as const, url: '/' }) }
    expect(parseOptions({ show: '/show.json' }).show).toBe('/show.json')
    expect(parseOptions({ show, cart: bridge }).cart).toBe(bridge)
  })

  it('says what an option should be', () => {
    expect(() => parseOptions({})).toThrow('options.show: found nothing, expected')
    expect(() => parseOptions({ show: '/a', cart: { name: 'x' } })).toThrow('options.cart: found an object, expected')
    expect(() => parseOptions({ show: '/a', locale: 'x' })).toThrow(
      'options.locale: found "x", expected a BCP 47 language tag',
    )
  })
})
