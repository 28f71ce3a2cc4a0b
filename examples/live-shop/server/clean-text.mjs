const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * Controls, what turns the reading direction, spaces without width, tags, annotations, byte order marks, letters that are blank. Joiners stay:
 * emoji, Arabic and Indic need them.
 */
const UNSEEN =
  /[\p{Cc}\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\u2800\u3164\ufeff\uffa0\ufff9-\uffff\u{e0000}-\u{e007f}]/gu
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u

/**
 * What a viewer wrote, made harmless: composed (NFC), one line, without characters that are not seen or that turn the
 * reading direction, at most three marks on a letter; empty where nothing to be seen is left. Length is left to {@link lengthOf}.
 * @param {unknown} text anything but a string becomes empty
 */
export function cleanText(text) {
  if (typeof text !== 'string') return ''
  const words = text
    .slice(0, 8192)
    .toWellFormed()
    .replace(/\s+/gu, ' ')
    .replace(UNSEEN, '')
    .replace(/ +/g, ' ')
    .normalize('NFC')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .trim()
  return SEEN.test(words) ? words : ''
}

/** Length as a reader counts it: graphemes. */
export const lengthOf = (text) => [...graphemes.segment(text)].length

/** The first `limit` graphemes. */
export const cut = (text, limit) =>
  Array.from(graphemes.segment(text), ({ segment }) => segment)
    .slice(0, limit)
    .join('')
