import { describe, expect, it } from 'vitest'
import { slices } from '../../src/lib/slices.ts'

describe('slices', () => {
  it('cuts a list into parts, the last one shorter, and nothing into none', () => {
    expect(slices([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]])
    expect(slices([], 2)).toEqual([])
  })
})
