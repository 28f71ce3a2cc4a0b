import { createHmac, timingSafeEqual } from 'node:crypto'

const HEADER = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT' })).toString('base64url')
const LIVES = 600

/**
 * Signed words of the shop about its customer, as JSON Web Tokens (RFC 7519, HS256) for ten minutes: the page's `getToken` brings them, and who carries one
 * writes under the name in it, whatever the page says.
 * @param {{ secret: string, now?: () => number }} options
 */
export function createCustomerTokens({ secret, now = Date.now }) {
  const sign = (text) => createHmac('sha256', secret).update(text).digest('base64url')
  return {
    /** @param {{ id: string, name: string }} customer */
    issue({ id, name }) {
      const claims = { sub: id, name, exp: Math.floor(now() / 1000) + LIVES }
      const text = `${HEADER}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
      return `${text}.${sign(text)}`
    },
    /**
     * Who a token speaks of.
     * @param {unknown} token
     * @returns {{ id: string, name: string } | undefined} `undefined`: it is not ours, was changed or is over
     */
    read(token) {
      const [header, body = '', signature = ''] = typeof token === 'string' ? token.split('.') : []
      const [given, right] = [Buffer.from(signature), Buffer.from(sign(`${header}.${body}`))]
      if (header !== HEADER || given.length !== right.length || !timingSafeEqual(given, right)) return undefined
      const { sub, name, exp } = JSON.parse(Buffer.from(body, 'base64url').toString())
      return exp * 1000 > now() ? { id: String(sub), name: String(name) } : undefined
    },
  }
}
