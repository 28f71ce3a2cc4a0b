import { readJson } from '../lib/read-json.ts'
import type { AdapterContext, EventAdapter } from '../model/adapter.ts'
import { request } from './request.ts'

/** Longest snapshot or page of history that is parsed, in characters: 16 Mi. */
const MAX_LOG = 16 * 2 ** 20

/** The two requests of a log over HTTP, for an adapter to spread into itself; a method is there where its address is. */
export function logRequests({
  snapshot,
  history,
}: {
  readonly snapshot?: string | undefined
  readonly history?: string | undefined
}): Pick<EventAdapter, 'snapshot' | 'history'> {
  return {
    ...(snapshot && { snapshot: (context: AdapterContext) => json(snapshot, context) }),
    ...(history && {
      history({ epoch, after, limit }: { epoch: string; after: number; limit: number }, context: AdapterContext) {
        const mark = history.includes('?') ? '&' : '?'
        return json(`${history}${mark}epoch=${encodeURIComponent(epoch)}&after=${after}&limit=${limit}`, context)
      },
    }),
  }
}

/** `undefined`: there is none (204, 404). */
async function json(address: string, context: AdapterContext): Promise<unknown> {
  const response = await request(address, context)
  if (response.status === 204 || response.status === 404) return undefined
  if (!response.ok && response.status !== 410) throw new Error(`${address} answered ${response.status}`)
  const value = readJson(await response.text(), MAX_LOG)
  if (value === undefined) throw new Error(`${address} answered no JSON, or too much of it`)
  return value
}
