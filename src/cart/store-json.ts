import { toJson } from '../lib/to-json.ts'
import type { CartContext, CartRefusal, CartResult } from '../model/cart.ts'
import { reasonOf } from './reason-of.ts'

/** A request to a store. Without a body it is a GET, with one a POST. */
export interface StoreRequest {
  readonly method?: string
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as a form: URL-encoded, or multipart. */
  readonly form?: URLSearchParams | FormData | undefined
  readonly headers?: Readonly<Record<string, string>>
  /** Absent: `same-origin`. */
  readonly credentials?: RequestCredentials
}

/** What the store refused: the reason by its status, and the body for a bridge that knows more. */
export interface StoreRefusal {
  readonly reason: CartRefusal
  /** HTTP status. */
  readonly status: number
  /** The body, parsed; absent where it is not JSON. */
  readonly body?: unknown
  readonly headers: Headers
  readonly message?: string | undefined
  /** Seconds. */
  readonly retryAfter?: number | undefined
}

/** What the store said: a body, or a refusal as a value. */
export type StoreAnswer<T> = { readonly reason?: undefined; readonly body: T; readonly headers: Headers } | StoreRefusal

/**
 * Asks a store for JSON. Every status below 500 is an answer or a refusal; a page where JSON should be is `signed-out` when the store
 * sent there (a login, a password wall).
 * @throws for breakage: a dead network, HTML, a body cut short, a 5xx
 */
export async function askStore<T>(
  url: string,
  context: CartContext,
  request: StoreRequest = {},
): Promise<StoreAnswer<T>> {
  const { json, form, credentials = 'same-origin' } = request
  const body = json === undefined ? form : toJson(json)
  const response = await context.fetch(url, {
    method: request.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      accept: 'application/json',
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...request.headers,
    },
    signal: context.signal,
    credentials,
    ...(body !== undefined && { body }),
  })
  const { status, headers, ok } = response
  if (status >= 500) throw new Error(`${url}: ${status}`)
  const isPage = /html/.test(headers.get('content-type') ?? '')
  if (response.redirected && isPage) return { reason: 'signed-out', status, headers }
  if (ok) return { body: status === 204 ? undefined : await response.json(), headers }
  const reason = reasonOf(status)
  const seconds = Number(headers.get('retry-after') || 1)
  const found = await response.json().catch(() => undefined)
  return {
    ...{ reason, status, headers, message: textOf(found) },
    ...(found !== undefined && { body: found }),
    ...(reason === 'rate-limited' && seconds >= 0 && { retryAfter: seconds }),
  }
}

/** What most platforms call it; never anything but text. */
const textOf = (body: unknown): string | undefined => {
  const { message, detail, title } = (body ?? {}) as Record<string, unknown>
  return [message, detail, title].find((text): text is string => typeof text === 'string')
}

/** A refusal as the outcome of a wish. */
export const rejected = ({
  reason,
  message,
  retryAfter,
}: Pick<StoreRefusal, 'reason' | 'message' | 'retryAfter'>): CartResult & { outcome: 'rejected' } => ({
  outcome: 'rejected',
  reason,
  ...(message !== undefined && { message }),
  ...(retryAfter !== undefined && { retryAfter }),
})

/**
 * The body, where only an answer will do.
 * @throws for a refusal
 */
export function bodyOf<T>(answer: StoreAnswer<T>): T {
  if (answer.reason) throw new Error(`the store refused: ${answer.reason}`)
  return answer.body
}
