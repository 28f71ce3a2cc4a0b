import { newId } from '../lib/new-id.ts'
import { safeUrl } from '../lib/safe-url.ts'
import { toJson } from '../lib/to-json.ts'
import type { ActionResult, ActionType } from '../model/action.ts'
import { mineAfter } from '../state/mine.ts'
import type { CommandOptions } from './create-commands.ts'

/** Carries out what the viewer wants of the show, and keeps what became of it. */
export async function send(
  { stores, session, options }: CommandOptions,
  type: ActionType,
  data: Readonly<Record<string, unknown>>,
  key = newId(),
): Promise<ActionResult> {
  session.act()
  const run = session.now()?.run
  const { guest, name = '' } = stores.$mine.get()
  const who = { guest, ...(options.viewerName || name ? { name: options.viewerName || name } : {}) }
  const action = { type, key, moment: run?.pictureTime() ?? undefined, data: { ...data, ...who } }
  const result = (await run?.send(action)) ?? { ok: false, reason: 'offline' }
  stores.$mine.set(mineAfter(stores.$mine.get(), action, result))
  return result
}

/** Sends a chat message; it stands in the chat at once, as `sending`. */
export async function say(given: CommandOptions, text: string): Promise<ActionResult> {
  const { stores, session, announcer, options } = given
  const key = newId()
  const { own } = session
  const run = session.now()?.run
  const author = { id: 'me', name: options.viewerName ?? stores.$mine.get().name ?? '', role: 'viewer' as const }
  const put = (id: string, state: 'sending' | 'sent' | 'failed') => {
    const place = own.findIndex((one) => one.key === key)
    own.splice(place < 0 ? own.length : place, place < 0 ? 0 : 1, {
      key,
      id,
      at: stores.$now.get(),
      author,
      text,
      own: state,
    })
    own.splice(0, Math.max(0, own.length - 20))
    run?.refresh()
  }
  put(key, 'sending')
  const result = await send(given, 'chat.send', { text }, key)
  put(result.ok ? (result.id ?? key) : key, result.ok ? 'sent' : 'failed')
  if (result.ok) announcer.tell('message-sent', session.moment())
  else stores.$notice.set({ kind: 'not-sent', reason: result.reason, message: result.message })
  return result
}

/** Leaves for the store's checkout, unless the page goes there itself (`castcart:checkout`). */
export async function checkout({ stores, session, announcer }: CommandOptions): Promise<void> {
  const cart = stores.$cart.get()
  if (cart) announcer.tell('checkout-started', { ...session.moment(), quantity: cart.quantity, total: cart.total })
  if (announcer.ask('checkout', cart)) return
  const shop = await session.now()?.shop
  if (!(await shop?.checkout())) stores.$notice.set({ kind: 'failed' })
}

/** Goes to a product's page, unless the page goes there itself (`castcart:visit`); the show follows. */
export function visit({ stores, session, announcer }: CommandOptions, productId: string): void {
  const product = stores.$products.get().find(({ id }) => id === productId)?.product
  const url = safeUrl(product?.url, session.base())
  if (!url || announcer.ask('visit', { productId, url })) return
  stores.$view.set('mini')
  location.assign(url)
}

/** Hands a product's short form to the page (`castcart:request`, `preventDefault()` takes it over), else to its address. */
export async function request(
  { stores, session, announcer }: CommandOptions,
  productId: string,
  fields: Record<string, string>,
): Promise<ActionResult> {
  if (announcer.ask('request', { productId, fields })) return { ok: true }
  const asked = stores.$products.get().find(({ id }) => id === productId)?.product.request
  const address = safeUrl(asked?.url, session.base())
  if (!address) return { ok: false, reason: 'not-allowed' }
  try {
    const body = toJson({ ...session.moment(), productId, fields })
    const response = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    return response.ok ? { ok: true } : { ok: false, reason: 'unknown' }
  } catch {
    return { ok: false, reason: 'offline' }
  }
}
