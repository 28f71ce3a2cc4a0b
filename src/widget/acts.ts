import { calendarEvent } from '../lib/calendar-event.ts'
import { newId } from '../lib/new-id.ts'
import { safeUrl } from '../lib/safe-url.ts'
import { toJson } from '../lib/to-json.ts'
import type { ActionResult, ActionType } from '../model/action.ts'
import type { ChatMessage } from '../model/chat.ts'
import { inLocale } from '../model/local-text.ts'
import type { Options } from '../model/options.ts'
import type { ChatLine } from '../state/chat-line.ts'
import type { Stores } from '../state/create-state.ts'
import { mineAfter } from '../state/mine.ts'
import type { OwnQuestion } from '../ui/context.ts'
import type { Announcer } from './public-events.ts'
import type { Session } from './session.ts'

/** What the commands act on. */
export interface CommandOptions {
  readonly stores: Stores
  readonly session: Session
  readonly announcer: Announcer
  readonly options: Options
  readonly locale: string
}

/** What the page is told of, once the show has taken it. */
const TOLD: Partial<Record<ActionType, 'poll-voted' | 'voucher-claimed' | 'raffle-entered' | 'host-followed'>> = {
  'poll.vote': 'poll-voted',
  'voucher.claim': 'voucher-claimed',
  'raffle.enter': 'raffle-entered',
  'host.follow': 'host-followed',
}

/** Carries out what the viewer wants of the show, at the picture's `moment` (absent: now), and keeps what became of it. */
export async function send(
  { stores, session, options, announcer }: CommandOptions,
  type: ActionType,
  data: Readonly<Record<string, unknown>>,
  { key, moment }: { key?: string; moment?: number | null | undefined } = {},
): Promise<ActionResult> {
  session.act()
  const run = session.now()?.run
  const { guest, name = '' } = stores.$mine.get()
  const who = { guest, ...(options.viewerName || name ? { name: options.viewerName || name } : {}) }
  // How long a first tap took is of the tap, not of what is wished for.
  const wish = toJson({ ...data, took: undefined })
  const lost = session.lost.get(type)
  // The answer alone may have been lost: the same again counts once, as it was.
  const action =
    !key && lost?.wish === wish
      ? lost.action
      : {
          ...{ type, key: key ?? newId(), data: { ...data, ...who } },
          moment: moment ?? run?.pictureTime() ?? undefined,
        }
  const result = (await run?.send(action)) ?? { ok: false, reason: 'offline' }
  session.lost.delete(type)
  if (!result.ok && result.reason === 'offline') session.lost.set(type, { wish, action })
  stores.$mine.set(mineAfter(stores.$mine.get(), action, result))
  const told = TOLD[type]
  if (result.ok && told) announcer.tell(told, { ...session.moment(), id: String(data.id ?? '') })
  return result
}

/**
 * Sends a chat message; it stands in the chat at once, as `sending`. What got lost stays there as `failed`, to be sent again; what the show refused does
 * not: its words are for the viewer to change.
 */
export async function say(
  given: CommandOptions,
  text: string,
  replyTo?: ChatMessage['replyTo'],
): Promise<ActionResult> {
  const { stores, options } = given
  const key = newId()
  const author = { id: 'me', name: options.viewerName ?? stores.$mine.get().name ?? '', role: 'viewer' } as const
  const result = await deliver(given, { key, id: key, at: stores.$now.get(), author, text, replyTo })
  if (!result.ok && !['offline', 'unknown'].includes(result.reason)) unsay(given, key)
  return result
}

/** Sends a message again that got lost; under the same key, since only its answer may be what was lost. */
export async function resay(given: CommandOptions, key: string): Promise<ActionResult> {
  const line = given.session.own.find((one) => one.key === key && one.own === 'failed')
  return line ? deliver(given, line) : { ok: false, reason: 'unknown' }
}

/** Takes an own message that was not sent off the chat. */
export function unsay({ session }: CommandOptions, key: string): void {
  const place = session.own.findIndex((line) => line.key === key && line.own === 'failed')
  if (place >= 0) session.own.splice(place, 1)
  session.now()?.run.refresh()
}

async function deliver(given: CommandOptions, line: ChatLine): Promise<ActionResult> {
  const { session, announcer } = given
  const { own } = session
  const { key, text, replyTo } = line
  const put = (state: 'sending' | 'sent' | 'failed', id = line.id) => {
    const place = own.findIndex((one) => one.key === key)
    own.splice(place < 0 ? own.length : place, place < 0 ? 0 : 1, { ...line, id, own: state })
    own.splice(0, Math.max(0, own.length - 20))
    session.now()?.run.refresh()
  }
  put('sending')
  const result = await send(given, 'chat.send', { text, ...(replyTo ? { replyTo: replyTo.id } : {}) }, { key })
  if (result.ok) {
    put('sent', result.id)
    announcer.tell('message-sent', session.moment())
  } else put('failed')
  return result
}

/**
 * Asks the host while the show is live. In a replay the page may take it (`castcart:ask`), else the event source, else the address that the
 * show names gets it: by POST, or as a letter that the viewer sends.
 */
export async function ask(given: CommandOptions, question: OwnQuestion): Promise<ActionResult> {
  const { session, announcer } = given
  const asked = { ...session.moment(), ...question }
  const isTaken = asked.mode === 'replay' && announcer.ask('ask', asked)
  const result: ActionResult = isTaken ? { ok: true } : await bring(given, question)
  if (result.ok) announcer.tell('question-asked', { ...session.moment(), productId: question.productId })
  return result
}

async function bring(given: CommandOptions, question: OwnQuestion): Promise<ActionResult> {
  const { stores, session } = given
  if (stores.$can.get().actions.includes('question.ask')) return send(given, 'question.ask', { ...question })
  const to = stores.$show.get()?.questionsTo ?? ''
  if (/^mailto:[^?]+$/.test(to)) return write(to, given, question.text)
  const address = safeUrl(to, session.base())
  return address ? post(address, { ...session.moment(), ...question }) : { ok: false, reason: 'not-allowed' }
}

/** Opens a letter in the viewer's own mail program. */
function write(to: string, { stores, locale }: CommandOptions, text: string): ActionResult {
  const subject = inLocale(stores.$show.get()?.title, locale)
  location.assign(`${to}?${new URLSearchParams({ subject, body: text }).toString().replaceAll('+', '%20')}`)
  return { ok: true }
}

async function post(address: string, content: unknown): Promise<ActionResult> {
  try {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(address, { method: 'POST', headers, body: toJson(content) })
    return response.ok ? { ok: true } : { ok: false, reason: 'unknown' }
  } catch {
    return { ok: false, reason: 'offline' }
  }
}

/** Leaves for the store's checkout, in this tab or a new one, unless the page goes there itself (`castcart:checkout`). */
export async function checkout({ stores, session, announcer, options }: CommandOptions): Promise<void> {
  const cart = stores.$cart.get()
  if (cart) session.now()?.goods.leaving(cart)
  if (announcer.ask('checkout', cart)) return
  const elsewhere = options.checkout === 'new' && safeUrl(cart?.checkoutUrl, document.baseURI)
  if (elsewhere) {
    // With `noopener` a browser does not say whether it opened.
    window.open(elsewhere, '_blank', 'noopener')
    return
  }
  const shop = session.now()?.shop
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
  return post(address, { ...session.moment(), productId, fields })
}

/** Puts the show's start in the viewer's calendar by a file, unless the page reminds them itself (`castcart:remind`). */
export function remind({ stores, session, announcer, locale }: CommandOptions): void {
  const show = stores.$show.get()
  const starts = Date.parse(show?.startsAt ?? '')
  if (!show || Number.isNaN(starts)) return
  announcer.tell('reminder-set', session.moment())
  if (announcer.ask('remind', { showId: show.id, startsAt: show.startsAt })) return
  const page = new URL(location.href)
  page.searchParams.set('castcart', show.id)
  const title = inLocale(show.title, locale)
  const ends = Date.parse(show.endsAt ?? '') || undefined
  const file = calendarEvent({
    id: show.id,
    title,
    text: inLocale(show.description, locale),
    url: page.href,
    starts,
    ends,
  })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([file], { type: 'text/calendar' }))
  link.download = `${show.id}.ics`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
