import { describe, expect, it } from 'vitest'
import { chaptersOf } from '../../src/state/chapters.ts'

const pins = (...list: [productId: string, second: number][]) =>
  list.map(([productId, second]) => ({ productId, at: second * 1000 }))

describe('chaptersOf', () => {
  it('reaches from a pin to the next, the last to the end', () => {
    expect(chaptersOf(pins(['mug', 10], ['coat', 40]))).toEqual([
      { productId: 'mug', from: 10_000, until: 40_000 },
      { productId: 'coat', from: 40_000, until: undefined },
    ])
  })

  it('gives products that are pinned together the same end', () => {
    expect(chaptersOf(pins(['mug', 10], ['coat', 10], ['lipstick', 30])).map(({ until }) => until)).toEqual([
      30_000,
      30_000,
      undefined,
    ])
  })

  it('goes on where the same product is pinned again, and leaves slips out', () => {
    expect(chaptersOf(pins(['mug', 10], ['mug', 20], ['coat', 29], ['lipstick', 30]))).toEqual([
      { productId: 'mug', from: 10_000, until: 29_000 },
      { productId: 'lipstick', from: 30_000, until: undefined },
    ])
  })
})
