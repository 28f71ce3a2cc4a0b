import type { ServerClock } from '../lib/server-clock.ts'
import type { LinkEnvironment, waits } from './link-environment.ts'

/** What a link waits and complains with. */
interface Tools extends ReturnType<typeof waits> {
  onProblem(problem: string): void
  /** The same, of something that ends earlier. */
  until(signal: AbortSignal): ReturnType<typeof waits>
}

/** The page's tokens as a link uses them. */
export interface PageTokens {
  /** A token for one connection or request; absent: the page gives none. */
  readonly get?: (() => Promise<string>) | undefined
  /** Draws the line anew with a fresh token before its own ends, until `own` aborts. */
  watch(own: AbortSignal, renew: () => void): void
}

/** The page's tokens: one for each connection and request, and a fresh one for a connection whose token is about to end. */
export function pageTokens(
  { getToken, clock }: { readonly getToken?: (() => Promise<string>) | undefined; readonly clock: ServerClock },
  env: LinkEnvironment,
  tools: Tools,
): PageTokens {
  if (!getToken) return { get: undefined, watch() {} }
  let last = ''
  let fresh: string | undefined
  return {
    async get() {
      last = fresh ?? (await getToken())
      fresh = undefined
      return last
    },
    async watch(own: AbortSignal, renew: () => void) {
      try {
        const { keepToken } = await import('./keep-token.ts')
        const { now } = clock
        const next = await keepToken(last, { ask: getToken, now, random: env.random, ...tools, ...tools.until(own) })
        if (own.aborted) return
        fresh = next
        renew()
      } catch (cause) {
        tools.onProblem(`a fresh token: ${cause}`)
      }
    },
  }
}
