/**
 * A decimal amount in minor units, counted in digits and not in floats: `toMinor('19.90', 2)` is 1990, and so is `toMinor(19.9, 2)`.
 * What lies beyond `digits` is rounded half up. `undefined` for anything else than a plain decimal number below 2^53 minor units
 * (`1e21`, `NaN`, text, nothing).
 * @param digits decimal digits of the currency: 2 for EUR, 0 for JPY
 */
export function toMinor(value: unknown, digits: number): number | undefined {
  const found = /^\s*(-?)(\d+)(?:\.(\d*))?\s*$/.exec(typeof value === 'number' ? `${value}` : asText(value))
  if (!found) return undefined
  const [, sign, whole = '', part = ''] = found
  const amount = Number(whole + part.slice(0, digits).padEnd(digits, '0')) + (Number(part[digits] ?? 0) >= 5 ? 1 : 0)
  return Number.isSafeInteger(amount) ? (sign && amount ? -amount : amount) : undefined
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '')
