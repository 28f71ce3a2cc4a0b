import { afterEach, describe, expect, it, vi } from 'vitest'
import { retryAfter } from '../../src/adapters/request.ts'

const LATER = 'Fri, 20 Nov 2026 18:00:30 GMT'
const NOW = 'Fri, 20 Nov 2026 18:00:00 GMT'

describe('retryAfter', () => {
  afterEach(() => void vi.restoreAllMocks())

  it('reads seconds', () => {
    expect(retryAfter(new Headers({ 'Retry-After': '7' }))).toBe(7)
    expect(retryAfter(new Headers({ 'Retry-After': 'soon' }))).toBeUndefined()
    expect(retryAfter(new Headers())).toBeUndefined()
  })

  it.each([-24, 0, 24])(
    'counts a date from that of the answer, whatever the viewer’s clock says (%i h off)',
    (hours) => {
      vi.spyOn(Date, 'now').mockReturnValue(Date.parse(NOW) + hours * 3_600_000)
      expect(retryAfter(new Headers({ 'Retry-After': LATER, Date: NOW }))).toBe(30)
    },
  )

  it('counts it from the viewer’s clock where the answer hides its own date', () => {
    vi.spyOn(Date, 'now').mockReturnValue(Date.parse(NOW))
    expect(retryAfter(new Headers({ 'Retry-After': LATER }))).toBe(30)
  })

  it('knows no date that has passed', () => {
    expect(retryAfter(new Headers({ 'Retry-After': NOW, Date: LATER }))).toBeUndefined()
  })
})
