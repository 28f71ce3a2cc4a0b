/**
 * What is not seen and can only harm: controls, what turns the reading direction, tags, annotations, byte order marks, lone surrogates,
 * and letters that are blank. Joiners stay: emoji, Arabic and Indic need them.
 */
const UNSEEN =
  /[\p{Cc}\p{Cs}\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u2800\u3164\ufeff\uffa0\ufff9-\uffff\u{e0000}-\u{e007f}]/gu
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u

/**
 * A viewer's words made harmless to read: composed (NFC), one line, without what is not seen, at most three marks on a letter.
 * Empty where nothing to be seen is left.
 */
export function cleanWords(text: string): string {
  const words = text
    .replace(/\s+/gu, ' ')
    .replace(UNSEEN, '')
    .replace(/ +/g, ' ')
    .normalize('NFC')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .trim()
  return SEEN.test(words) ? words : ''
}
