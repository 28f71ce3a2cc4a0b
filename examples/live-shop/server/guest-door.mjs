import { createBucket, createMemory } from './rate-limit.mjs'

const HOUR = 3_600_000

/**
 * Who is speaking where nobody signed in: the id that a viewer's page made for itself. A line keeps the first one it named for as long as it
 * lasts, and an address brings so many new ones at once and no more: what is "one each" shall not be had by naming another id.
 *
 * @param {{ now?: () => number, burst?: number, perSecond?: number }} options `burst`: new guests of one address at once, then `perSecond`
 */
export function createGuestDoor({ now = Date.now, burst = 60, perSecond = 0.5 } = {}) {
  const lines = createMemory({ forMs: 12 * HOUR, limit: 50_000, now })
  const known = createMemory({ forMs: 12 * HOUR, limit: 50_000, now })
  const addresses = createMemory({ forMs: HOUR, limit: 10_000, now })
  return {
    /** Seconds after which one more may come in. */
    retryAfter: Math.ceil(1 / perSecond),
    /**
     * @param {{ name: string, address?: string, isLine?: boolean }} from `isLine`: a socket, which is one viewer's alone
     * @param {string | undefined} wanted the id that was sent
     * @returns {string | undefined} the id that counts; `undefined`: too many new ones came from this address
     */
    admit({ name, address = name, isLine }, wanted) {
      const guest = (isLine && lines.get(name)) || wanted || name
      if (!known.get(guest)) {
        const bucket = addresses.get(address) ?? createBucket({ perSecond, burst, now })
        addresses.set(address, bucket)
        if (!bucket.take()) return undefined
      }
      known.set(guest, true)
      if (isLine) lines.set(name, guest)
      return guest
    },
  }
}
