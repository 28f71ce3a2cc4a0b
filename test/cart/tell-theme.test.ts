// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { leaveFor } from '../../src/cart/tell-theme.ts'

describe('leaveFor', () => {
  afterEach(() => vi.restoreAllMocks())

  it('goes to web addresses, and to nothing else that a store may name', () => {
    const went = vi.spyOn(location, 'assign').mockImplementation(() => {})
    leaveFor('https://shop.example/checkout')
    leaveFor('/checkout')
    expect(went.mock.calls).toEqual([['https://shop.example/checkout'], [new URL('/checkout', location.href).href]])
    for (const address of [
      'javascript:alert(1)',
      ' java\nscript:alert(1)',
      'data:text/html,hi',
      'https://a:b@evil.example/',
    ])
      expect(() => leaveFor(address)).toThrow(/address/)
    expect(went).toHaveBeenCalledTimes(2)
  })
})
