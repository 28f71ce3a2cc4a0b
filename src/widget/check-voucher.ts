import type { Cart } from '../model/cart.ts'
import { CastcartError } from '../model/error.ts'
import { formatMoney } from '../model/money.ts'
import type { ConductOptions } from './conduct-options.ts'

/** A code that the store took and that did not count before, and its cart before and after. */
export interface VoucherTaken {
  readonly code: string
  readonly before: Cart
  readonly after: Cart
}

/** Tells the developer of an offer's code that the store takes and gives nothing for, though what the offer is on is in the cart. */
export function checkVoucher(
  { stores, report }: Pick<ConductOptions, 'stores' | 'report'>,
  { code, before, after }: VoucherTaken,
): void {
  const { codes } = stores.$mine.get()
  const offer = stores.$offers.get().find(({ id }) => Object.hasOwn(codes, id) && codes[id]?.code === code)
  if (!offer || !/percent|amount|voucher/.test(offer.terms.kind)) return
  const { productIds } = offer.terms
  const isMeant = after.items.some(({ productId = '' }) => !productIds.length || productIds.includes(productId))
  if (!isMeant || before.quantity !== after.quantity || before.total.amount !== after.total.amount) return
  const price = formatMoney(after.total, 'en')
  const words = `the store takes the code of the offer ${offer.id}, and the cart still costs ${price}`
  report(new CastcartError('not-honoured', words))
}
