import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toMinor } from '../../src/lib/to-minor.ts'

describe('toMinor', () => {
  it.for([
    ['19.90', 2, 1990],
    [19.9, 2, 1990],
    ['19', 2, 1900],
    [' 7.5 ', 2, 750],
    ['1000', 0, 1000],
    ['1000.00', 0, 1000],
    ['1.2345', 3, 1235],
    [0.1 + 0.2, 2, 30],
    ['0.005', 2, 1],
    ['-3.20', 2, -320],
    ['-0.00', 2, 0],
    ['12.', 2, 1200],
  ] as const)('reads %s with %i digits', ([value, digits, amount]) => {
    expect(toMinor(value, digits)).toBe(amount)
  })

  it.for([
    1e21,
    '1e21',
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '',
    ' ',
    '1,99',
    '12 EUR',
    null,
    undefined,
    {},
    [1],
    true,
    '9'.repeat(20),
  ])('refuses %s', (value) => {
    expect(toMinor(value, 2)).toBeUndefined()
  })

  it('reads back every whole amount that was written with its digits', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 4 }), (amount, digits) => {
        const written = `${Math.abs(amount)}`.padStart(digits + 1, '0')
        const at = written.length - digits
        const text = `${amount < 0 ? '-' : ''}${written.slice(0, at)}${digits ? `.${written.slice(at)}` : ''}`
        expect(toMinor(text, digits)).toBe(amount + 0)
      }),
    )
  })
})
