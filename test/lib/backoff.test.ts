import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoff } from '../../src/lib/backoff.ts'

describe('backoff', () => {
  it('stays within a window that doubles up to its cap', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.double({ min: 0, max: 0.999999, noNaN: true }), (attempt, chance) => {
        const wait = backoff(attempt, () => chance)
        expect(wait).toBeGreaterThanOrEqual(0)
        expect(wait).toBeLessThan(Math.min(20_000, 1000 * 2 ** attempt))
      }),
    )
  })

  it('uses the whole window', () => {
    expect(backoff(0, () => 0)).toBe(0)
    expect(backoff(2, () => 0.999)).toBeCloseTo(3996)
  })
})
