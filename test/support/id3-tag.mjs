/**
 * An ID3v2.4 tag with one user-defined text, UTF-8 (https://id3.org/id3v2.4.0-frames §4.2.6).
 * @param {string} text
 * @returns {Buffer}
 */
export function id3Tag(text) {
  const value = Buffer.concat([Buffer.from([3, 0]), Buffer.from(text), Buffer.from([0])])
  const frame = Buffer.concat([Buffer.from('TXXX'), size(value.length), Buffer.from([0, 0]), value])
  return Buffer.concat([Buffer.from('ID3'), Buffer.from([4, 0, 0]), size(frame.length), frame])
}

/** Seven bits a byte (https://id3.org/id3v2.4.0-structure §6.2). */
const size = (/** @type {number} */ length) => Buffer.from([21, 14, 7, 0].map((bits) => (length >> bits) & 0x7f))
