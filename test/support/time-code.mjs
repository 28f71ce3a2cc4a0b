/**
 * The machine-readable time in the demo's picture: one row of blocks along the bottom edge, drawn by
 * `examples/live-shop/media/make.mjs` and read back by tests from a canvas.
 *
 * What was measured with it (hls.js 1.7.4 in Chromium, 72 s of the live demo over the loop's seam, every frame read; date minus picture):
 *
 * | date taken from | without B-frames, median (5 % to 95 %) | with B-frames |
 * |---|---|---|
 * | `hls.playingDate` in a `requestVideoFrameCallback` | −12 ms (−27 to 12) | 60 ms (41 to 79) |
 * | the same plus `metadata.mediaTime − video.currentTime` | −0.5 ms (−0.9 to −0.1) | 71 ms (61 to 80) |
 * | `mediaTime` plus initPTS (`INIT_PTS_FOUND`), the media's own clock | 0.0 ms | 0.0 ms |
 *
 * The remaining error with B-frames is not in the picture: the sound of a muxed fragment begins 60 to 80 ms before its first picture
 * there, hls.js takes the earlier of the two for the fragment's start, and the fragment's date belongs to the picture. Who needs
 * less than a frame adds, to the fragment's date, how much later than `fragment.start` its pictures begin: tfdt of the picture's track
 * (with the first composition offset, less the edit list's media time) over its timescale, minus initPTS over its own.
 *
 * Left to right, 18 blocks of equal width: white, black, eleven bits of the frame's number (highest first), four bits of
 * CRC-4 (x⁴ + x + 1), white. The strip is 1/80 of the picture's height: 8 px of 640, 12 px of 960.
 */
export const TIME_CODE = Object.freeze({
  /** Blocks in the strip. */
  blocks: 18,
  /** Height of the strip as a part of the picture's height. */
  height: 1 / 80,
  /** Frames per second. */
  fps: 25,
  /** Milliseconds until the material repeats. */
  loop: 64_000,
  /** Milliseconds between two frames. */
  frame: 40,
})

/** The strip's blocks for a frame of the loop (0 to 1599), left to right; 1 is light. */
export function timeCodeBits(frame) {
  const bits = Array.from({ length: 11 }, (_, index) => (frame >> (10 - index)) & 1)
  let crc = 0
  for (const bit of [...bits, 0, 0, 0, 0]) {
    crc = (crc << 1) | bit
    if (crc & 16) crc ^= 19
  }
  return [1, 0, ...bits, (crc >> 3) & 1, (crc >> 2) & 1, (crc >> 1) & 1, crc & 1, 1]
}

/**
 * The time in a picture, in ms from the start of the loop (a multiple of 40), or null where no valid strip is found. Takes what
 * `getImageData` gives for the whole picture at any size from 180 px wide, or for the strip alone (the lowest 1/80 of the picture;
 * cheaper to read in every frame). It uses nothing outside itself, so that a test can hand it to a page by `readTimeCode.toString()`.
 */
export function readTimeCode(image) {
  const { data, width, height } = image
  const row = height * 5 < width ? height >> 1 : Math.round(height - height / 160)
  const bits = []
  const light = (block) => {
    let sum = 0
    for (let sample = 0; sample < 5; sample++) {
      const x = Math.floor(((block + 0.3 + sample * 0.1) * width) / 18)
      const at = (row * width + x) * 4
      sum += data[at] * 0.3 + data[at + 1] * 0.59 + data[at + 2] * 0.11
    }
    return sum / 5
  }
  const white = (light(0) + light(17)) / 2
  const black = light(1)
  if (!(white - black > 60)) return null
  for (let block = 2; block < 17; block++) bits.push(light(block) > (white + black) / 2 ? 1 : 0)
  let crc = 0
  for (const bit of bits) {
    crc = (crc << 1) | bit
    if (crc & 16) crc ^= 19
  }
  const frame = bits.slice(0, 11).reduce((sum, bit) => sum * 2 + bit, 0)
  return crc === 0 && frame < 1600 ? frame * 40 : null
}

/**
 * The wall date (ms) at which a frame happened, from its code and a rough idea of it: the pass through the loop that lies nearest.
 * `startedAt` is what `createLiveStream` was given.
 */
export function dateOfTimeCode(code, startedAt, estimate) {
  const loops = Math.round((estimate - startedAt - code) / 64_000)
  return startedAt + loops * 64_000 + code
}
