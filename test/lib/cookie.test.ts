// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { getCookie, setCookie } from '../../src/lib/cookie.ts'

describe('setCookie', () => {
  it('sets, reads and takes away', () => {
    setCookie('form_key', 'abc123')
    setCookie('other_form_key', 'x')
    expect(getCookie('form_key')).toBe('abc123')
    setCookie('form_key', null)
    expect(getCookie('form_key') || undefined).toBeUndefined()
    expect(getCookie('other_form_key')).toBe('x')
  })
})

describe('getCookie', () => {
  it('finds none that is not there', () => {
    expect(getCookie('key')).toBeUndefined()
  })
})
