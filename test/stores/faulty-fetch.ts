import type { CartFault } from '../contracts/cart-bridge.ts'

/** What {@link faultyFetch} must know of a platform. */
export interface FaultyOptions {
  /** Requests that change something, by method, address and body. */
  readonly isWrite: (method: string, url: string, body: string) => boolean
  readonly isAdd: (method: string, url: string, body: string) => boolean
  /** How the platform puts an error into HTTP 200; absent: it never does. */
  readonly errorInside?: string
}

/** A fetch that reaches a real store, and the ways to break it between store and viewer. */
export interface FaultyFetch {
  readonly fetch: typeof fetch
  fault(kind: CartFault, times?: number): void
  /** Adds that were sent, whatever became of them. */
  adds(): number
}

/** Breaks what goes to a real store as told, since a real store does not break when asked to. */
export function faultyFetch({ isWrite, isAdd, errorInside = '' }: FaultyOptions): FaultyFetch {
  const faults: CartFault[] = []
  let adds = 0
  return {
    fault: (kind, times = 1) => void faults.push(...Array<CartFault>(times).fill(kind)),
    adds: () => adds,
    async fetch(input, init) {
      const about = [init?.method ?? 'GET', `${input}`, `${init?.body ?? ''}`] as const
      if (isAdd(...about)) adds++
      const fault = isWrite(...about) ? faults.shift() : undefined
      if (!fault) return fetch(input, init)
      const said = SAID[fault] ?? (fault === 'error-in-200' ? [200, errorInside] : undefined)
      if (said) return new Response(said[1], { status: said[0], headers: { 'retry-after': '0' } })
      if (fault === 'lost-before') throw new TypeError('the connection was lost')
      const answer = await fetch(input, init)
      const text = await answer.text()
      if (fault === 'lost-after') throw new TypeError('the connection was lost')
      return new Response(text.slice(0, text.length / 2), answer)
    },
  }
}

const SAID: Readonly<Partial<Record<CartFault, readonly [status: number, body: string]>>> = {
  html: [200, '<!doctype html><title>Oops</title>'],
  'server-error': [500, '<h1>500</h1>'],
  conflict: [409, '<html>busy</html>'],
  'too-many': [429, 'slow down'],
}
