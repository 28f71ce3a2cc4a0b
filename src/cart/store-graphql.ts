import type { CartContext } from '../model/cart.ts'
import { askStore, type StoreAnswer, type StoreRequest } from './store-json.ts'

interface Reply<T> {
  readonly data?: T | null
  readonly errors?: readonly { readonly message?: string; readonly extensions?: { readonly code?: string } }[]
}

/** A GraphQL call; `headers` and `credentials` as in a plain request. */
export interface GraphqlCall extends Pick<StoreRequest, 'headers' | 'credentials'> {
  readonly query: string
  readonly variables?: object
}

/**
 * Asks a store's GraphQL. Errors come with HTTP 200: without data they are a refusal whose `body` is the list of them, `THROTTLED` says
 * later. @throws like {@link askStore}
 */
export async function askGraphql<T>(url: string, context: CartContext, call: GraphqlCall): Promise<StoreAnswer<T>> {
  const { query, variables, ...rest } = call
  const answer = await askStore<Reply<T>>(url, context, { ...rest, json: { query, variables } })
  if (answer.reason) return answer
  const { headers } = answer
  const { data, errors } = answer.body
  if (data && !errors?.length) return { body: data, headers }
  const [first] = errors ?? []
  if (!first) throw new Error(`${url}: neither data nor errors`)
  const isLater = first.extensions?.code === 'THROTTLED'
  const { message } = first
  return {
    ...{ status: 200, headers, message, body: errors },
    ...(isLater ? { reason: 'rate-limited', retryAfter: 1 } : { reason: 'refused' }),
  }
}
