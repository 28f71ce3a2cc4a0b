import { randomInt } from 'node:crypto'
import { isInTime } from './in-time.mjs'

/** Milliseconds for which a claimed code counts after its offer has ended. */
const VALID = 3_600_000
/** Letters and digits that are not taken for one another. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/**
 * The codes of one show: one per viewer and offer, made when it is claimed, told to that viewer alone and to the shop.
 * @param {{ ledger: object, publish: (type: string, data: object) => Promise<object>, now: () => number,
 *   addCode: (code: string, terms: object, until: number) => void }} options `addCode`: the shop honours a code from now on
 */
export function createVoucherBox({ ledger, publish, now, addCode }) {
  const claims = new Map()
  const recall = ({ kind, id, author, code }, offer) => {
    if (kind !== 'voucher.claim' || !offer) return
    if (!claims.has(id)) claims.set(id, new Map())
    claims.get(id).set(author, code)
    addCode(code, offer.terms, offer.terms.closesAt + VALID)
  }
  return {
    /** Learns from the private ledger. */
    recall,
    /** How many were claimed. */
    count: (id) => claims.get(id)?.size ?? 0,
    /** @param {{ terms: object, closed?: string, closedAt?: number } | undefined} offer as the show has it */
    async claim(action, author, offer) {
      const { id } = action.data
      if (offer?.terms?.how !== 'voucher' || !offer.isOpen) return { ok: false, reason: 'unknown' }
      const { quantity, closesAt } = offer.terms
      const own = claims.get(id)?.get(author)
      if (own) return { ok: false, reason: 'already', code: own, until: closesAt + VALID }
      const taken = claims.get(id)?.size ?? 0
      if (offer.closed === 'sold-out' || (quantity !== undefined && taken >= quantity)) {
        return { ok: false, reason: 'sold-out' }
      }
      if (!isInTime(action, Math.min(closesAt, offer.closedAt ?? closesAt), now()))
        return { ok: false, reason: 'closed' }
      const code = `${offer.terms.kind.toUpperCase()}-${Array.from({ length: 6 }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`
      const entry = { kind: 'voucher.claim', id, author, code }
      recall(entry, offer)
      await ledger.note(entry)
      if (quantity !== undefined) {
        await publish('offer.update', { id, remaining: quantity - taken - 1 })
        // In its grace it is closed already, and is not closed again.
        if (quantity - taken - 1 === 0 && !offer.closed) await publish('offer.close', { id, reason: 'sold-out' })
      }
      return { ok: true, code, until: closesAt + VALID }
    },
  }
}
