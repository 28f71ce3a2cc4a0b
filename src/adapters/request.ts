import type { AdapterContext, CloseCode } from '../model/adapter.ts'

/** Fetches with the page's token in a header, never in the address. Rejects as `fetch` and `getToken` do. `onSent` is told when the token is there. */
export async function request(
  address: string,
  { fetch, getToken, signal }: AdapterContext,
  init?: RequestInit & { readonly headers?: Record<string, string>; onSent?(): void },
): Promise<Response> {
  const token = await getToken?.()
  const headers = { ...init?.headers, ...(token ? { Authorization: `Bearer ${token}` } : {}) }
  init?.onSent?.()
  return fetch(address, { ...init, headers, signal })
}

/** What an HTTP status says about a connection; a WebSocket says the same as 4000 + status. */
export function closeCode(status: number): CloseCode {
  if (status === 204) return 'ended'
  if (status === 401) return 'unauthorized'
  if (status === 403 || status === 404) return 'denied'
  if (status === 410) return 'gone'
  return status === 429 || status === 503 ? 'overloaded' : 'network'
}

/**
 * Seconds of a `Retry-After` header: a number, or a date (RFC 9110 §10.2.3), counted from the answer's own, since viewers' clocks are off;
 * `undefined` where there is none.
 */
export function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('Retry-After')
  if (!value) return undefined
  const now = Date.parse(headers.get('Date') ?? '') || Date.now()
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - now) / 1000
  return seconds >= 0 ? seconds : undefined
}
