import { safeUrl } from '../lib/safe-url.ts'
import { toJson } from '../lib/to-json.ts'
import type { ActionResult } from '../model/action.ts'
import type { CommandOptions } from './create-commands.ts'

/** Hands a product's short form to the page (`castcart:request`, `preventDefault()` takes it over), else to its address. */
export async function sendRequest(
  { stores, session, announcer }: CommandOptions,
  productId: string,
  fields: Record<string, string>,
): Promise<ActionResult> {
  if (announcer.ask('request', { productId, fields })) return { ok: true }
  const request = stores.$products.get().find(({ id }) => id === productId)?.product.request
  const address = safeUrl(request?.url, session.base())
  if (!address) return { ok: false, reason: 'not-allowed' }
  try {
    const body = toJson({ ...session.moment(), productId, fields })
    const response = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    return response.ok ? { ok: true } : { ok: false, reason: 'unknown' }
  } catch {
    return { ok: false, reason: 'offline' }
  }
}
