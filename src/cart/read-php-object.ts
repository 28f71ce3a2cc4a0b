/** Longest text that is read, in characters. */
const LONGEST = 2_000_000

const WORDS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null, undefined: undefined }
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', 0: '\0' }

/**
 * A JavaScript literal as PHP prints it (`{'STATUS':'OK'}`; Bitrix' `CUtil::PhpToJSObject`), which JSON is a case of: quotes of either
 * kind, bare keys, no code. `undefined` for anything else; what follows the value is left alone.
 * @param start where the value begins
 */
export function readPhpObject(text: string, start = 0): unknown {
  if (text.length > LONGEST) return undefined
  try {
    return readValue(text, { at: start }, 0)
  } catch {
    return undefined
  }
}

interface Cursor {
  at: number
}

const SPACE = /\s*/y
const WORD = /[\w$.+-]+/y

function take(text: string, cursor: Cursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.at
  const found = pattern.exec(text)?.[0] ?? ''
  cursor.at += found.length
  return found
}

/** The next character that is no space. */
function peek(text: string, cursor: Cursor): string {
  take(text, cursor, SPACE)
  return text[cursor.at] ?? ''
}

function readValue(text: string, cursor: Cursor, depth: number): unknown {
  if (depth > 60) throw new SyntaxError('too deep')
  const first = peek(text, cursor)
  if (first === '{') return readObject(text, cursor, depth)
  if (first === '[') return readList(text, cursor, depth)
  if (first === '"' || first === "'") return readString(text, cursor)
  const word = take(text, cursor, WORD)
  if (Object.hasOwn(WORDS, word)) return WORDS[word]
  const number = Number(word)
  if (!word || Number.isNaN(number)) throw new SyntaxError('no value')
  return number
}

function readObject(text: string, cursor: Cursor, depth: number): Record<string, unknown> {
  const fields: [string, unknown][] = []
  cursor.at += 1
  while (peek(text, cursor) !== '}') {
    const quote = peek(text, cursor)
    const key = quote === '"' || quote === "'" ? readString(text, cursor) : take(text, cursor, WORD)
    if (peek(text, cursor) !== ':') throw new SyntaxError('no colon')
    cursor.at += 1
    const value = readValue(text, cursor, depth + 1)
    if (key !== '__proto__') fields.push([key, value])
    if (peek(text, cursor) === ',') cursor.at += 1
  }
  cursor.at += 1
  return Object.fromEntries(fields)
}

function readList(text: string, cursor: Cursor, depth: number): unknown[] {
  const items: unknown[] = []
  cursor.at += 1
  while (peek(text, cursor) !== ']') {
    items.push(readValue(text, cursor, depth + 1))
    if (peek(text, cursor) === ',') cursor.at += 1
  }
  cursor.at += 1
  return items
}

function readString(text: string, cursor: Cursor): string {
  const quote = text[cursor.at]
  let value = ''
  for (cursor.at += 1; text[cursor.at] !== quote; cursor.at += 1) {
    const letter = text[cursor.at]
    if (letter === undefined) throw new SyntaxError('no end')
    value += letter === '\\' ? readEscape(text, cursor) : letter
  }
  cursor.at += 1
  return value
}

function readEscape(text: string, cursor: Cursor): string {
  cursor.at += 1
  const letter = text[cursor.at] ?? ''
  const digits = letter === 'u' ? 4 : letter === 'x' ? 2 : 0
  if (!digits) return ESCAPES[letter] ?? letter
  const code = text.slice(cursor.at + 1, cursor.at + 1 + digits)
  cursor.at += digits
  return String.fromCharCode(Number.parseInt(code, 16))
}
