import { describe, expect, it } from 'vitest'
import { clockTime } from '../../src/ui/clock-time.ts'

describe('clockTime', () => {
  it.each([
    [0, '0:00'],
    [9.9, '0:09'],
    [74, '1:14'],
    [3600, '1:00:00'],
    [5025, '1:23:45'],
    [-3, '0:00'],
  ])('writes %s seconds as %s', (seconds, words) => {
    expect(clockTime(seconds)).toBe(words)
  })
})
