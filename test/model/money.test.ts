import { describe, expect, it } from 'vitest'
import { addMoney, exponentOf, formatMoney, moneySchema } from '../../src/model/money.ts'
import { check } from '../../src/model/parse.ts'

describe('formatMoney', () => {
  it('writes minor units by the currency', () => {
    expect(formatMoney({ amount: 2400, currency: 'EUR' }, 'en')).toBe('€24.00')
    expect(formatMoney({ amount: 2400, currency: 'JPY' }, 'en')).toBe('¥2,400')
    expect(formatMoney({ amount: 2400, currency: 'KWD' }, 'en')).toMatch(/2\.400$/)
  })
})

describe('exponentOf', () => {
  it('falls back to two digits for a code that is none', () => expect(exponentOf('?')).toBe(2))
})

describe('addMoney', () => {
  it('has no sum across currencies', () => {
    expect(addMoney({ amount: 1, currency: 'EUR' }, { amount: 2, currency: 'EUR' })).toEqual({
      amount: 3,
      currency: 'EUR',
    })
    expect(addMoney({ amount: 1, currency: 'EUR' }, { amount: 2, currency: 'USD' })).toBeNull()
  })
})

describe('moneySchema', () => {
  it('refuses fractions, 1e21 and codes that are none', () => {
    for (const bad of [
      { amount: 0.5, currency: 'EUR' },
      { amount: 1e21, currency: 'EUR' },
      { amount: 1, currency: 'euro' },
    ]) {
      expect(check(moneySchema, bad).ok).toBe(false)
    }
  })
})
