import { readJson } from '../lib/read-json.ts'
import type { ViewerAction } from '../model/action.ts'
import type { AdapterContext } from '../model/adapter.ts'
import { request, retryAfter } from './request.ts'

/** Sends an action by POST (docs/protocol.md, *Actions*). Rejects where the server is down: the link tries again with the same key. */
export async function postAction(url: string, action: ViewerAction, context: AdapterContext): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json' }
  const response = await request(url, context, { method: 'POST', headers, body: JSON.stringify(action) })
  if (response.status >= 500) throw new Error(`the server answered ${response.status}`)
  const answer = readJson(await response.text())
  if (answer && typeof answer === 'object' && 'ok' in answer) return answer
  if (response.status === 401) return { ok: false, reason: 'signed-out' }
  const wait = retryAfter(response.headers)
  return { ok: false, reason: response.status === 429 ? 'too-fast' : 'unknown', retryAfter: wait }
}
