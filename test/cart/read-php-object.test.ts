import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPhpObject } from '../../src/cart/read-php-object.ts'

describe('readPhpObject', () => {
  it('reads what PHP prints', () => {
    const printed =
      "{'STATUS':'OK','MESSAGE':'It\\'s <b>\\x22in\\u0022<\\/b>\\n','N':-1.5,'LIST':['a',2,],'T':true,'E':{}, bare: null}"
    expect(readPhpObject(printed)).toEqual({
      ...{ STATUS: 'OK', MESSAGE: 'It\'s <b>"in"</b>\n', N: -1.5 },
      ...{ LIST: ['a', 2], T: true, E: {}, bare: null },
    })
  })

  it('reads every JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value)
        fc.pre(!text.includes('__proto__'))
        expect(readPhpObject(text)).toEqual(JSON.parse(text))
      }),
      { examples: [[{ a: ['"', "'", '\\', '\u2028'] }]] },
    )
  })

  it('begins where it is told and leaves the rest alone', () => {
    expect(readPhpObject("init({a: 'b'}); alert(1)", 5)).toEqual({ a: 'b' })
  })

  it.for(['', '{', "{'a'", "{'a':", "{'a':b()}", "['a", 'alert(1)', '{a: function(){}}', '['.repeat(100)])(
    'reads nothing of %s',
    (text) => {
      expect(readPhpObject(text)).toBeUndefined()
    },
  )

  it('keeps no prototype', () => {
    expect(readPhpObject("{'__proto__':{'a':1}, 'b':2}")).toEqual({ b: 2 })
  })
})
