import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dateOfTimeCode, readTimeCode, TIME_CODE, timeCodeBits } from '../support/time-code.mjs'

/** A grey picture with the strip along its bottom edge, as the demo's pictures have it. */
function picture(width: number, height: number, bits: readonly number[]) {
  const data = new Uint8ClampedArray(width * height * 4).fill(120)
  for (let y = Math.floor(height * (1 - TIME_CODE.height)); y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = bits[Math.floor((x * bits.length) / width)] ? 236 : 16
      data.fill(light, (y * width + x) * 4, (y * width + x) * 4 + 3)
    }
  }
  return { data, width, height }
}

describe('readTimeCode', () => {
  test.each([
    [360, 640],
    [540, 960],
    [270, 480],
  ])('reads every frame of the loop at %i by %i', (width, height) => {
    for (let frame = 0; frame < 1600; frame++) {
      expect(readTimeCode(picture(width, height, timeCodeBits(frame)))).toBe(frame * 40)
    }
  })

  test('rejects a strip with any one or two neighbouring blocks misread', () => {
    fc.assert(
      fc.property(fc.nat(1599), fc.integer({ min: 2, max: 15 }), fc.boolean(), (frame, block, two) => {
        const bits = timeCodeBits(frame).map((bit, index) =>
          index === block || (two && index === block + 1) ? 1 - bit : bit,
        )
        expect(readTimeCode(picture(180, 320, bits))).toBeNull()
      }),
    )
  })

  test('finds nothing in a picture without a strip', () => {
    expect(readTimeCode(picture(360, 640, new Array(18).fill(0)))).toBeNull()
    expect(readTimeCode(picture(360, 640, new Array(18).fill(1)))).toBeNull()
  })

  test('works when only its text reaches a page', () => {
    const alone = new Function(`return (${readTimeCode.toString()})`)() as typeof readTimeCode
    expect(alone(picture(360, 640, timeCodeBits(1234)))).toBe(1234 * 40)
  })

  test('keeps the strip within 24 px of either rendition', () => {
    expect(TIME_CODE.height * 960).toBeLessThanOrEqual(24)
  })
})

describe('dateOfTimeCode', () => {
  test('finds the pass through the loop from an estimate that is off by less than half of it', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.integer({ min: -31_000, max: 31_000 }), (elapsed, error) => {
        const date = 1_795_197_600_000 + Math.floor(elapsed / 40) * 40
        expect(dateOfTimeCode((date - 1_795_197_600_000) % 64_000, 1_795_197_600_000, date + error)).toBe(date)
      }),
    )
  })
})
