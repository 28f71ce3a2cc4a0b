import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countWhile } from '../../src/lib/count-while.ts'

describe('countWhile', () => {
  it('counts as a look at one after the other does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 })), fc.integer({ min: -60, max: 60 }), (list, limit) => {
        const sorted = [...list].sort((a, b) => a - b)
        expect(countWhile(sorted, (one) => one <= limit)).toBe(sorted.filter((one) => one <= limit).length)
      }),
    )
  })

  it('looks at few of many', () => {
    let looks = 0
    const many = Array.from({ length: 100_000 }, (_, index) => index)
    expect(countWhile(many, (one) => ++looks > 0 && one < 77_777)).toBe(77_777)
    expect(looks).toBeLessThan(20)
  })
})
