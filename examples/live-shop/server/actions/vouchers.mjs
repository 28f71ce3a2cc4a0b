/** Codes. */
export const voucherActions = {
  'voucher.claim': ({ show, action, author }) =>
    show.facts.status === 'ended'
      ? { ok: false, reason: 'closed' }
      : show.vouchers.claim(action, author, show.facts.offers.get(action.data.id)),
}
