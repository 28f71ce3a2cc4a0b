const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Controls, bidi overrides and isolates, tags, the object replacement, byte order marks. Joiners stay: emoji, Arabic and Indic need them. */
const UNSEEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}\ufff9-\ufffc\ufeff\u2028\u2029]/gu

/**
 * What a viewer wrote, made harmless: composed (NFC), one line, without characters that are not seen or that turn the
 * reading direction, at most three marks on a letter. Length is left to {@link lengthOf}.
 * @param {unknown} text anything but a string becomes empty
 */
export function cleanText(text) {
  if (typeof text !== 'string') return ''
  return text
    .slice(0, 8192)
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\t\n\r\u2028\u2029]+/g, ' ')
    .replace(UNSEEN, '')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .replace(/\s+/gu, ' ')
    .trim()
}

/** Length as a reader counts it: graphemes. */
export const lengthOf = (text) => [...graphemes.segment(text)].length

/** The first `limit` graphemes. */
export const cut = (text, limit) =>
  Array.from(graphemes.segment(text), ({ segment }) => segment)
    .slice(0, limit)
    .join('')
