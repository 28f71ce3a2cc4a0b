import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { createBucket } from './rate-limit.mjs'

const LIFETIME = 12 * 3600

/** `CASTCART_HOST_SECRET`, else a fresh random one. */
export const chooseSecret = (env = process.env) => env.CASTCART_HOST_SECRET || randomBytes(12).toString('base64url')

/**
 * Who may speak as the host: one secret, compared in constant time, opens a session kept in a cookie that no script can
 * read and no other site can send. Ten wrong guesses, then one every six seconds.
 * @param {{ secret: string, now?: () => number }} options
 */
export function createHostSessions({ secret, now = Date.now }) {
  const sessions = new Map()
  const guesses = createBucket({ perSecond: 1 / 6, burst: 10, now })
  const digest = (text) => createHash('sha256').update(text).digest()
  const wanted = digest(secret)
  return {
    /** The cookie of a new session; `null` for a wrong secret, `undefined` when there were too many guesses. */
    signIn(offered, name) {
      const right = typeof offered === 'string' && timingSafeEqual(digest(offered), wanted)
      if (!right) return guesses.take() ? null : undefined
      const token = randomBytes(24).toString('base64url')
      sessions.set(token, now() + LIFETIME * 1000)
      return cookie(name, token, LIFETIME)
    },
    isHost: (request, name) => (sessions.get(readCookie(request, name)) ?? 0) > now(),
    /** The cookie that takes the session away. */
    signOut(request, name) {
      sessions.delete(readCookie(request, name))
      return cookie(name, '', 0)
    },
  }
}

const cookie = (name, token, seconds) => `${name}=${token}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict`

const readCookie = (request, name) =>
  (request.headers.cookie ?? '')
    .split(/;\s*/)
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1)
