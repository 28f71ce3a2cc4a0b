import { describe, expect, it } from 'vitest'
import { MAX_TEXT, readJson } from '../../src/lib/read-json.ts'

describe('readJson', () => {
  it('reads a text, and nothing from what is no text or no JSON', () => {
    expect(readJson('{"a":[1]}')).toEqual({ a: [1] })
    expect(readJson('null')).toBe(null)
    for (const bad of ['', '{', 'undefined', '\uFEFF', '\0', undefined, null, 5, {}, new Uint8Array(2)]) {
      expect(readJson(bad)).toBe(undefined)
    }
  })

  it('does not parse what is too long', () => {
    expect(readJson(JSON.stringify('x'.repeat(MAX_TEXT - 2)))).toHaveLength(MAX_TEXT - 2)
    expect(readJson(JSON.stringify('x'.repeat(MAX_TEXT - 1)))).toBe(undefined)
  })
})
