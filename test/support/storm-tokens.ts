/** Short-lived JSON Web Tokens of a storm: the page that hands them out, and the desk that reads them. */
export interface StormTokens {
  /** The page's `getToken`: the same token until little of its life is left, as pages do that keep what they fetched. */
  give(): Promise<string>
  /** Whether the desk lets in who shows this token; it notes those that are over. */
  isGood(token: string | undefined): boolean
  readonly counts: {
    /** Different tokens that the page gave. */
    given: number
    /** Tokens that were over when they were shown, or while a line stood on them. */
    late: number
  }
}

/** Ms that a token lives. */
const LIFE = 60_000
/** Ms before its end from which a page gives the next. */
const MARGIN = 9000

/** @param now server time, ms since 1970 */
export function createStormTokens(now: () => number): StormTokens {
  const counts = { given: 0, late: 0 }
  let token = ''
  let end = 0
  return {
    counts,
    async give() {
      if (end - now() < MARGIN) {
        counts.given++
        end = Math.ceil((now() + LIFE) / 1000) * 1000
        token = `h.${btoa(JSON.stringify({ exp: end / 1000, n: counts.given })).replace(/=+$/, '')}.s`
      }
      return token
    },
    isGood(shown = '') {
      const { exp = 0 } = JSON.parse(atob(shown.split('.')[1] ?? '') || '{}') as { exp?: number }
      const isGood = exp * 1000 > now()
      if (!isGood) counts.late++
      return isGood
    },
  }
}
