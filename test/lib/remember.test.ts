import { describe, expect, it } from 'vitest'
import { remember } from '../../src/lib/remember.ts'

describe('remember', () => {
  it('knows what it saw and forgets the oldest beyond its limit', () => {
    const memory = new Set<number>()
    expect([1, 2, 2, 3, 1].map((key) => remember(memory, key, 3))).toEqual([true, true, false, true, false])
    expect(remember(memory, 4, 3)).toBe(true)
    expect([...memory]).toEqual([2, 3, 4])
    expect(remember(memory, 1, 3)).toBe(true)
  })
})
