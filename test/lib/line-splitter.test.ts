import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLineSplitter } from '../../src/lib/line-splitter.ts'

function split(pieces: readonly string[], limit = 1000): string[] {
  const lines: string[] = []
  const push = createLineSplitter((line) => lines.push(line), limit)
  for (const piece of pieces) push(piece)
  push('', true)
  return lines
}

describe('createLineSplitter', () => {
  it('gives the same lines however the text is cut', () => {
    const text = fc.array(fc.constantFrom('a', 'b', '\r', '\n', '\r\n', ''), { maxLength: 60 })
    fc.assert(
      fc.property(text, (pieces) => {
        expect(split(pieces)).toEqual(split([pieces.join('')]))
        expect(split(pieces)).toEqual(pieces.join('').split(/\r\n|\r|\n/))
      }),
    )
  })

  it('keeps no more of a line than its limit', () => {
    expect(split(['aaaa', 'aaaa', 'aaaa\nb'], 5)).toEqual(
      ['aaaaaaaaaa', 'b'].map((line) => expect.stringMatching(line[0] ?? '')),
    )
    expect(split(Array(100).fill('aaaa'), 5)[0]?.length).toBeLessThanOrEqual(10)
  })
})
