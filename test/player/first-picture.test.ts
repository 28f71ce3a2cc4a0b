import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { firstPicture } from '../../src/player/first-picture.ts'

const read = (path: string): ArrayBuffer => {
  const bytes = readFileSync(new URL(`../browser/player/media/${path}`, import.meta.url))
  return new Uint8Array(bytes).buffer
}

describe('firstPicture', () => {
  it('is the decoding time where frames are in order', () => {
    expect([0, 1, 7].map((index) => firstPicture(read('plain/init.mp4'), read(`plain/${index}.m4s`)))).toEqual([
      0, 2, 14,
    ])
  })

  it('is later by the composition offset with B-frames', () => {
    expect(firstPicture(read('b-frames/init.mp4'), read('b-frames/3.m4s'))).toBeCloseTo(6.08, 5)
  })

  it('is null for anything else', () => {
    const noise = new Uint8Array(300).map((_, index) => (index * 37) % 251).buffer
    for (const bytes of [new ArrayBuffer(0), noise, read('plain/init.mp4')])
      expect(firstPicture(bytes, bytes)).toBeNull()
    expect(firstPicture(read('plain/init.mp4'), noise)).toBeNull()
  })

  it('is null for a segment cut anywhere before its run, and never throws', () => {
    const whole = read('b-frames/3.m4s')
    for (let length = 0; length < 400; length += 7) {
      const found = firstPicture(read('b-frames/init.mp4'), whole.slice(0, length))
      if (found !== null) expect(found).toBeCloseTo(6.08, 5)
    }
  })
})
