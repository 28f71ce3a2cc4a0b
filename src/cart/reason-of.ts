import type { CartRefusal } from '../model/cart.ts'

/** 409: two changes of one cart at a time. */
const REASONS: Readonly<Record<number, CartRefusal>> = {
  401: 'signed-out',
  404: 'not-found',
  409: 'rate-limited',
  410: 'not-found',
  429: 'rate-limited',
}

/** What a store means by an HTTP status from 400 to 499 where it says nothing else. */
export const reasonOf = (status: number): CartRefusal => REASONS[status] ?? 'refused'
