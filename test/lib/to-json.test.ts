import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toJson } from '../../src/lib/to-json.ts'

describe('toJson', () => {
  it('writes what JSON.stringify writes of plain data', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(toJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
  it('leaves undefined fields out and makes undefined items null', () => {
    expect(toJson({ a: undefined, b: [undefined, 1] })).toBe('{"b":[null,1]}')
  })
  it('calls no toJSON', () => {
    const items = Object.assign([1], { toJSON: () => 'bent' })
    expect(toJson({ items, toJSON: undefined })).toBe('{"items":[1]}')
  })
})
