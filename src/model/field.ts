import * as z from 'zod/mini'

/** Field schemas that several nouns share. Internal to `model/`. */

/** A non-empty id that no object has by birth (`__proto__`, `constructor` and the like are refused). */
export const id = z.string().check(
  z.minLength(1),
  z.maxLength(200),
  z.refine((value) => !(value in {}), 'an id that is not a built-in property name'),
)
/** Milliseconds since 1970, whole, within what a Date can hold (ECMA-262 §21.4.1.1). */
export const time = z
  .number()
  .check(z.refine((value) => Number.isInteger(value) && Math.abs(value) <= 8.64e15, 'milliseconds since 1970'))
/** A whole number from 0. */
export const count = z
  .number()
  .check(z.refine((value) => Number.isSafeInteger(value) && value >= 0, 'a whole number from 0'))
/** An ISO 8601 date that Date can read. */
export const date = z
  .string()
  .check(z.refine((value) => !Number.isNaN(Date.parse(value)), 'an ISO 8601 date such as 2026-11-20T18:00:00Z'))
/** A web address, absolute or relative; `javascript:` and other schemes are refused again at every sink by `safeUrl`. */
export const address = z.string().check(z.minLength(1), z.maxLength(4096))
