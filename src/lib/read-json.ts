/** Longest message that is parsed, in characters: 64 Ki. */
export const MAX_TEXT = 65_536

/** The value of a JSON text; `undefined` where it is not JSON, not a string, or longer than `limit` (then it is not even parsed). */
export function readJson(text: unknown, limit = MAX_TEXT): unknown {
  if (typeof text !== 'string' || text.length > limit) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
