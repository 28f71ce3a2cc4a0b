import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanWords } from '../../src/lib/clean-words.ts'

describe('cleanWords', () => {
  it('keeps words of every script, and emoji of many parts', () => {
    for (const words of [
      'Straße, no. 5!',
      'Цвет теплее?',
      'هل اللون أفتح؟',
      'कितने का है',
      '👩‍👩‍👧‍👦👍🏽❤️',
      '👀',
      'می‌خواهم',
    ])
      expect(cleanWords(words)).toBe(words.normalize('NFC'))
  })

  it('takes out what turns the reading direction, and tags', () => {
    expect(cleanWords('abc\u202egpj.exe\u2066 x\u{e0041}')).toBe('abcgpj.exe x')
  })

  it('leaves nothing of words that cannot be seen', () => {
    for (const words of ['\u200b\u200c\u200d', '\u3164', '\u2800 \u2800', '\ufeff', '\u0301', ' \t\n', '\ud800'])
      expect(cleanWords(words)).toBe('')
  })

  it('keeps at most three marks on a letter', () => {
    expect(cleanWords(`z${'\u0334'.repeat(40)}o`)).toBe(`z${'\u0334'.repeat(3)}o`)
  })

  it('makes one line of many', () => {
    expect(cleanWords('  one\n\ttwo \u0007 \u2028three ')).toBe('one two three')
  })

  it('changes nothing the second time, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const once = cleanWords(text)
        expect(cleanWords(once)).toBe(once)
        expect(once).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u)
      }),
    )
  })
})
