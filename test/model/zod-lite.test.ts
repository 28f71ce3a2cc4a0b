import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { anyEvent, anyGarbage } from '../support/any-event.ts'

type Nouns = typeof import('./nouns.ts')
const normative = JSON.parse(readFileSync(new URL('../support/normative/show.json', import.meta.url), 'utf8'))
const cart = {
  outcome: 'added',
  quantity: 1,
  cart: {
    items: [
      {
        id: '1',
        title: 'Mug',
        quantity: 1,
        price: { amount: 1, currency: 'EUR' },
        total: { amount: 1, currency: 'EUR' },
      },
    ],
    quantity: 1,
    total: { amount: 1, currency: 'EUR' },
  },
}
let real: Nouns
let lite: Nouns

beforeAll(async () => {
  real = await import('./nouns.ts')
  vi.resetModules()
  vi.doMock('zod/mini', () => import('../../src/model/zod-lite.ts'))
  lite = await import('./nouns.ts')
})
afterAll(() => vi.doUnmock('zod/mini'))

/** A value put somewhere into a copy of a document, or a field taken out. */
const broken = (document: unknown) =>
  fc
    .tuple(
      fc.array(fc.nat(), { minLength: 1, maxLength: 7 }),
      fc.oneof(fc.jsonValue(), fc.constant(undefined), fc.constantFrom('', 0.5, 1e21, 'constructor', '2400')),
    )
    .map(([path, value]) => {
      const copy = structuredClone(document)
      let place: Record<string, unknown> = { top: copy }
      let key = 'top'
      for (const step of path) {
        const next = place[key]
        if (typeof next !== 'object' || next === null) break
        const keys = Object.keys(next)
        if (!keys.length) break
        place = next as Record<string, unknown>
        key = keys[step % keys.length] ?? ''
      }
      place[key] = value
      return place === undefined ? copy : copy
    })

describe('zod-lite', () => {
  it('is what the second set of schemas is made of', () => {
    expect(lite.showSchema).not.toBe(real.showSchema)
    expect('_zod' in real.showSchema).toBe(true)
    expect('_zod' in lite.showSchema).toBe(false)
  })

  it('answers as zod does for shows, whole and broken', () => {
    expect(lite.check(lite.showSchema, normative)).toEqual(real.check(real.showSchema, normative))
    fc.assert(
      fc.property(broken(normative), (document) => {
        expect(lite.check(lite.showSchema, document)).toEqual(real.check(real.showSchema, document))
      }),
      { numRuns: 1500 },
    )
  })

  it('answers as zod does for events, whole and broken', () => {
    fc.assert(
      fc.property(fc.oneof(anyEvent(), anyGarbage(), anyEvent().chain(broken)), (event) => {
        expect(lite.parseEvent(event)).toEqual(real.parseEvent(event))
      }),
      { numRuns: 1500 },
    )
  })

  it('answers as zod does for carts and what came of an add', () => {
    fc.assert(
      fc.property(broken(cart), (result) => {
        expect(lite.check(lite.cartResultSchema, result)).toEqual(real.check(real.cartResultSchema, result))
      }),
      { numRuns: 600 },
    )
  })

  it('answers as zod does for options', () => {
    const options = {
      show: '/a.json',
      cart: 'auto',
      locale: 'en',
      open: 'click',
      text: { 'cart.add': 'Buy' },
      partner: 'mira',
    }
    const answer = ({ parseOptions }: Nouns, input: unknown) => {
      try {
        return parseOptions(input)
      } catch (error) {
        return String(error)
      }
    }
    fc.assert(
      fc.property(broken(options), (input) => {
        expect(answer(lite, input)).toEqual(answer(real, input))
      }),
      { numRuns: 600 },
    )
  })

  it('works on a page whose Object.prototype kills zod', () => {
    Object.defineProperty(Object.prototype, 'get', {
      value: () => 'mine',
      configurable: true,
      enumerable: true,
      writable: true,
    })
    let result: unknown
    try {
      result = lite.check(lite.showSchema, JSON.parse(JSON.stringify(normative)))
    } finally {
      Reflect.deleteProperty(Object.prototype, 'get')
    }
    expect(result).toMatchObject({ ok: true })
  })
})
