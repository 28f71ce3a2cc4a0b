import * as z from 'zod/mini'
import type { Schema } from './parse.ts'

/** An amount in minor units of its currency (2400 is 24.00 EUR; ISO 4217 gives the exponent, yen has none). */
export interface Money {
  /** Whole, at most 2^53 − 1; negative only in differences. */
  readonly amount: number
  /** ISO 4217, three capitals. */
  readonly currency: string
}

export const moneySchema: Schema<Money> = z.object({
  amount: z.number().check(z.refine(Number.isSafeInteger, 'a whole number of minor units (2400 for 24.00)')),
  currency: z.string().check(z.refine((code) => /^[A-Z]{3}$/.test(code), 'a three-letter ISO 4217 code such as EUR')),
})

/** Decimal digits of a currency (EUR 2, JPY 0, KWD 3), from the browser's own ISO 4217 table; 2 when it knows none. */
export function exponentOf(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    return 2
  }
}

/** Money as a reader of `locale` writes it. */
export function formatMoney({ amount, currency }: Money, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

/** `null` when the currencies differ: there is no sum. */
export function addMoney(a: Money, b: Money): Money | null {
  return a.currency === b.currency ? { amount: a.amount + b.amount, currency: a.currency } : null
}
