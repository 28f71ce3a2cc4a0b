import { toMinor } from '../lib/to-minor.ts'
import { exponentOf, type Money } from '../model/money.ts'

/** ISO 4217's code for no currency: of an empty cart in a store that has told none yet. */
export const NO_CURRENCY = 'XXX'

/** Money of a store that sends decimal amounts ("19.90", 19.9). `undefined`: no amount that can be shown. */
export function decimalMoney(value: unknown, currency: string): Money | undefined {
  const amount = toMinor(value, exponentOf(currency))
  return amount === undefined ? undefined : { amount, currency }
}

/**
 * Money of a store that sends minor units ("1990"), by its own count of decimal digits where that is not ISO 4217's: a shop may be
 * set to show no cents, or count hundredths of a yen. `undefined`: no amount that can be shown.
 * @param digits decimal digits that the store counts; absent: those of ISO 4217
 */
export function minorMoney(value: unknown, currency: string, digits = exponentOf(currency)): Money | undefined {
  const whole = toMinor(value, 0)
  if (whole === undefined) return undefined
  const amount = Math.round(whole * 10 ** (exponentOf(currency) - digits))
  return Number.isSafeInteger(amount) ? { amount, currency } : undefined
}

/**
 * Money of a store that sends formatted text only ("$1,244.40", "1.234,50 €", "¥1,000"): the last separator is the decimal one where
 * exactly as many digits follow it as the currency has; all others group. The first number counts. `undefined`: none, or one in another
 * notation (`1e21`).
 */
export function writtenMoney(text: string, currency: string): Money | undefined {
  const digits = exponentOf(currency)
  const [written] = /\d(?:[\d.,'’\s\u00a0\u202f]*\d)?/.exec(text) ?? []
  if (written === undefined || /\de[+-]?\d/i.test(text)) return undefined
  const [, whole = written, part = ''] = (digits ? new RegExp(`^(.*)[.,](\\d{${digits}})$`).exec(written) : null) ?? []
  return decimalMoney(`${whole.replace(/\D/g, '') || 0}.${part}`, currency)
}

/**
 * For amounts that a cart cannot do without.
 * @throws TypeError where there is none
 */
export function needed(money: Money | undefined): Money {
  if (!money) throw new TypeError('the store sent an amount that is none')
  return money
}
