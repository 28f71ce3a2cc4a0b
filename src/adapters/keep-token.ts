/** What {@link keepToken} works with. */
export interface TokenTools {
  /** Asks the page for a token. */
  ask(): Promise<string>
  /** Server time, ms. */
  now(): number
  /** Resolves after `ms`; never once the connection is over. */
  pause(ms: number): Promise<void>
  /** Ms before the next attempt, jittered. */
  delay(attempt: number): number
  /** From 0 to below 1. */
  random(): number
  onProblem(problem: string): void
}

/** Longest time that a timer can count, ms. */
const LONGEST = 2 ** 31 - 1

/**
 * Resolves with a fresh token some time before this one ends, jittered because thousands got theirs at once; never for a token that does not
 * say when it ends. What stands meanwhile is left alone: a page that has none to give is asked again. Loaded where a page gives tokens.
 */
export async function keepToken(token: string, tools: TokenTools): Promise<string> {
  const left = (endOf(token) ?? Number.NaN) - tools.now()
  if (!(left > 0 && left < LONGEST)) return new Promise(() => {})
  await tools.pause(left * (0.75 + 0.15 * tools.random()))
  for (let attempt = 0; ; attempt++) {
    try {
      const fresh = await tools.ask()
      if (fresh !== token) return fresh
    } catch (cause) {
      tools.onProblem(`a fresh token: ${cause}`)
    }
    await tools.pause(1000 + tools.delay(attempt))
  }
}

/** Ms since 1970 at which a JSON Web Token ends (RFC 7519 §4.1.4); `undefined` where it is none or does not say. */
export function endOf(token: string): number | undefined {
  try {
    const claims = JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')))
    return typeof claims.exp === 'number' ? claims.exp * 1000 : undefined
  } catch {
    return undefined
  }
}
