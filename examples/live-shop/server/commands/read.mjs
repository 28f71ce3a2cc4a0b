import { cleanText, lengthOf } from '../clean-text.mjs'
import { refuse } from './refuse.mjs'

/** Ids of products that the shop has, at most `limit` of them. */
export function known(products, ids, limit) {
  if (!Array.isArray(ids) || ids.length > limit || !ids.every((id) => products.some((product) => product.id === id))) {
    refuse('The shop has no such product')
  }
  return ids
}

/** A whole number within bounds; `what` begins the sentence that refuses another. */
export function whole(value, least, most, what) {
  if (Number.isInteger(value) && value >= least && value <= most) return value
  return refuse(`${what} is a whole number from ${least} to ${most}`)
}

/** A text, or one per language; `undefined` where nothing is left of it. */
export function localText(text, limit) {
  if (typeof text === 'object' && text) {
    const pairs = Object.entries(text).map(([language, words]) => [language, cleanText(words)])
    return pairs.length &&
      pairs.every(([language, words]) => /^[a-z]{2}$/.test(language) && words && lengthOf(words) <= limit)
      ? Object.fromEntries(pairs)
      : undefined
  }
  const clean = cleanText(text)
  return clean && lengthOf(clean) <= limit ? clean : undefined
}

/** An address on the web or in this store; `what` begins the sentence that refuses another. */
export function addressOf(url, what) {
  const isOne = typeof url === 'string' && url.length < 2000 && /^(https:\/\/|\/(?!\/))/.test(url)
  return isOne ? url : refuse(`${what} begins with https:// or with / for a page of this store`)
}
