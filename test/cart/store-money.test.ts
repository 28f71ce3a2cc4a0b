import { describe, expect, it } from 'vitest'
import { decimalMoney, minorMoney, needed, writtenMoney } from '../../src/cart/store-money.ts'

describe('decimalMoney', () => {
  it('counts minor units by the currency', () => {
    expect(decimalMoney('19.90', 'EUR')).toEqual({ amount: 1990, currency: 'EUR' })
    expect(decimalMoney(1000, 'JPY')).toEqual({ amount: 1000, currency: 'JPY' })
    expect(decimalMoney('1.234', 'KWD')).toEqual({ amount: 1234, currency: 'KWD' })
    expect(decimalMoney(1e21, 'EUR')).toBeUndefined()
  })
})

describe('minorMoney', () => {
  it('takes minor units as they are, or by the store’s own count of digits', () => {
    expect(minorMoney('990', 'EUR')).toEqual({ amount: 990, currency: 'EUR' })
    expect(minorMoney('10', 'EUR', 0)).toEqual({ amount: 1000, currency: 'EUR' })
    expect(minorMoney(100000, 'JPY', 2)).toEqual({ amount: 1000, currency: 'JPY' })
    expect(minorMoney('1e21', 'EUR')).toBeUndefined()
    expect(minorMoney('9007199254740991', 'EUR', 0)).toBeUndefined()
  })
})

describe('writtenMoney', () => {
  it.for([
    ['$244.40', 'USD', 24440],
    ['$1,244.40', 'USD', 124440],
    ['1.234,50 €', 'EUR', 123450],
    ['1 234,50 €', 'EUR', 123450],
    ['1 234,50 ₽', 'RUB', 123450],
    ["CHF 1'234.50", 'CHF', 123450],
    ['¥1,000', 'JPY', 1000],
    ['Rs. 1,234.00', 'INR', 123400],
    ['1,000 €', 'EUR', 100000],
    ['€ 12', 'EUR', 1200],
    ['2 item(s) - $5.00', 'USD', 200],
  ] as const)('reads %s', ([text, currency, amount]) => {
    expect(writtenMoney(text, currency)?.amount).toBe(amount)
  })

  it('finds none where there is none', () => {
    expect(writtenMoney('on request', 'EUR')).toBeUndefined()
    expect(writtenMoney('9'.repeat(30), 'EUR')).toBeUndefined()
    expect(writtenMoney('1e21 €', 'EUR')).toBeUndefined()
    expect(writtenMoney('€ 1e+21', 'EUR')).toBeUndefined()
  })
})

describe('needed', () => {
  it('throws where a cart cannot do without', () => {
    expect(() => needed(undefined)).toThrow(TypeError)
  })
})
