import { newId } from '../lib/new-id.ts'
import type { ActionResult } from '../model/action.ts'
import type { Options } from '../model/options.ts'
import type { Stores } from '../state/create-state.ts'
import type { Commands } from '../ui/context.ts'
import type { Announcer } from './public-events.ts'
import { writeBookmark } from './resume.ts'
import { sendRequest } from './send-request.ts'
import type { Session } from './session.ts'

/** What the commands act on. */
export interface CommandOptions {
  readonly stores: Stores
  readonly session: Session
  readonly announcer: Announcer
  readonly options: Options
}

/** Everything that the viewer can ask of the widget. */
export function createCommands(given: CommandOptions): Commands {
  const { stores, session, announcer } = given
  const player = () => session.run()?.player()
  return {
    open: () => show(given, 'full'),
    minimise: () => show(given, 'mini'),
    close: () => close(given),
    showSheet(sheet) {
      stores.$sheet.set(sheet)
      const view = sheet?.name === 'product' && stores.$products.get().find(({ id }) => id === sheet.id)
      if (view)
        announcer.tell('product-viewed', {
          ...session.moment(),
          productId: view.id,
          title: titleOf(view.product.title),
          price: view.price,
        })
    },
    add: async (productId, variantId, quantity) =>
      session.shop()?.add(productId, variantId, quantity) ?? { outcome: 'rejected', reason: 'unreachable' },
    setQuantity: async (lineId, quantity) =>
      session.shop()?.setQuantity(lineId, quantity) ?? { outcome: 'rejected', reason: 'unreachable' },
    checkout: () => checkout(given),
    visit: (productId) => visit(given, productId),
    request: (productId, fields) => sendRequest(given, productId, fields),
    say: (text) => say(given, text),
    dismissNotice: () => stores.$notice.set(null),
    play: () => session.run()?.play(),
    pause: () => player()?.pause(),
    seek: (position) => player()?.seek(position),
    seekToDate: (date) => player()?.seekToDate(date),
    goLive: () => player()?.goLive(),
    setMuted: (muted) => player()?.setMuted(muted),
    setCaptions: (on) => player()?.setCaptions(on),
    setRate: (rate) => player()?.setRate(rate),
    retry: () => retry(given),
  }
}

function show({ stores, session, announcer }: CommandOptions, view: 'full' | 'mini'): void {
  if (stores.$view.get() === view) return
  const wasClosed = stores.$view.get() === 'closed'
  stores.$view.set(view)
  if (view === 'mini') stores.$sheet.set(null)
  if (wasClosed && !stores.$error.get()) session.start()
  announcer.tell(view === 'mini' ? 'player-minimised' : 'player-opened', session.moment())
  if (wasClosed) stores.$notice.set(null)
}

function close({ stores, session, announcer }: CommandOptions): void {
  if (stores.$view.get() === 'closed') return
  announcer.tell('player-closed', session.moment())
  stores.$view.set('closed')
  stores.$sheet.set(null)
  session.stop()
  writeBookmark(null)
}

function checkout({ stores, session, announcer }: CommandOptions): void {
  const cart = stores.$cart.get()
  if (cart) announcer.tell('checkout-started', { ...session.moment(), quantity: cart.quantity, total: cart.total })
  if (announcer.ask('checkout', cart)) return
  session
    .shop()
    ?.checkout()
    .then((gone) => !gone && stores.$notice.set({ kind: 'failed' }))
}

function visit({ stores, session, announcer }: CommandOptions, productId: string): void {
  const url = stores.$products.get().find(({ id }) => id === productId)?.product.url
  const address = url && new URL(url, session.base())
  if (!address || !/^https?:$/.test(address.protocol) || announcer.ask('visit', { productId, url: address.href }))
    return
  stores.$view.set('mini')
  location.assign(address)
}

async function say({ stores, session, announcer, options }: CommandOptions, text: string): Promise<ActionResult> {
  const key = newId()
  const { own } = session
  const line = {
    key,
    id: key,
    at: stores.$now.get(),
    author: { id: 'me', name: options.viewerName ?? '', role: 'viewer' as const },
    text,
  }
  const put = (id: string, state: 'sending' | 'sent' | 'failed') => {
    const place = own.findIndex((one) => one.key === key)
    own.splice(place < 0 ? own.length : place, place < 0 ? 0 : 1, { ...line, id, own: state })
    own.splice(0, Math.max(0, own.length - 20))
    session.run()?.refresh()
  }
  put(key, 'sending')
  const moment = session.run()?.pictureTime() ?? undefined
  const result = await session.send({ type: 'chat.send', key, moment, data: { text, name: options.viewerName } })
  put(result.ok ? (result.id ?? key) : key, result.ok ? 'sent' : 'failed')
  if (result.ok) announcer.tell('message-sent', session.moment())
  else stores.$notice.set({ kind: 'not-sent', reason: result.reason, message: result.message })
  return result
}

function retry({ stores, session }: CommandOptions): void {
  const player = session.run()?.player()
  if (stores.$error.get() || stores.$status.get() === 'ended' || !player) session.restart()
  else player.retry()
}

const titleOf = (title: string | Record<string, string>): string =>
  typeof title === 'string' ? title : (Object.values(title)[0] ?? '')
