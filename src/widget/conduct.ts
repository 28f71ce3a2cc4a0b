import { adapterFor } from '../adapters/adapter-for.ts'
import { bridgeFor } from '../cart/bridge-for.ts'
import { newId } from '../lib/new-id.ts'
import { safeUrl } from '../lib/safe-url.ts'
import type { ActionType } from '../model/action.ts'
import type { EventAdapter } from '../model/adapter.ts'
import type { CartBridge } from '../model/cart.ts'
import { CastcartError } from '../model/error.ts'
import type { Options } from '../model/options.ts'
import type { ProductInput } from '../model/product.ts'
import type { EventSource } from '../model/show.ts'
import type { EventMoment } from '../model/track.ts'
import type { ChatLine } from '../state/chat-line.ts'
import type { Catalogue } from '../state/product-view.ts'
import { checkOffers } from './check-offers.ts'
import { keepBookmark } from './keep-bookmark.ts'
import { keepMine } from './keep-mine.ts'
import type { LoadedShow } from './load-show.ts'
import { reportGoods } from './report-goods.ts'
import { reportRoom } from './report-room.ts'
import { reportSeen } from './report-seen.ts'
import type { Start } from './resume.ts'
import { type Run, runShow } from './run-show.ts'
import type { SessionOptions } from './session.ts'
import { openShop, type Shop } from './shop.ts'
import { statusOf } from './status-of.ts'

/** What one begin of a show is given; `signal` ends this begin alone. */
export interface ConductOptions extends SessionOptions, LoadedShow {
  readonly video: HTMLVideoElement
  readonly own: readonly ChatLine[]
  readonly start: Start
  /** What goes wrong without ending the show, for the developer, once. */
  readonly report: (error: CastcartError) => void
  readonly moment: () => EventMoment
  /** Whether the viewer did anything yet: before that nothing is stored. */
  readonly hasActed: () => boolean
}

/** A show that runs, and the store behind it. */
export interface Conduct {
  readonly run: Run
  readonly shop: Promise<Shop | null>
}

/**
 * Begins a show: events flow, the picture plays, the store answers.
 * `null`: it was ended before it began.
 * @throws CastcartError `bad-options` for an adapter or a bridge that does not exist
 */
export async function conduct(given: ConductOptions): Promise<Conduct | null> {
  const { stores, options, host, signal, show, report } = given
  const { cart = 'auto' } = options
  const noCart = (cause: unknown) => {
    report(new CastcartError('no-cart', "the store's cart does not answer", cause))
    return null
  }
  const bridging = isBridge(cart) ? Promise.resolve(cart) : bridgeFor(cart, host)
  const adapting = adapterOf(given, options, host).catch((cause: unknown) => {
    if (isMistake(cause)) throw cause
    report(new CastcartError('no-events', 'the event source could not be loaded', cause))
    return null
  })
  const [adapter, bridge] = await Promise.all([
    adapting,
    bridging.catch((cause: unknown) => {
      if (isMistake(cause)) throw cause
      return noCart(cause)
    }),
  ])
  if (signal.aborted) return null
  const goods = reportGoods(given)
  let catalogue: Catalogue = 'pending'
  const run = runShow({
    ...given,
    adapter,
    catalogue: () => catalogue,
    ownLines: () => given.own,
    onRoom: reportRoom({ ...given, onShelf: (later) => askStore(given, () => shop, later) }),
  })
  keepMine(given)
  const mine = stores.$mine.get()
  stores.$mine.set({
    ...mine,
    guest: mine.guest || newId(),
    joinedAt: mine.joinedAt ?? stores.$now.get(),
    name: options.viewerName ?? mine.name,
  })
  const actions = actionsOf(given, adapter)
  stores.$can.set({ ...stores.$can.get(), actions, chat: actions.includes('chat.send') })
  if (!given.start.paused) run.play()
  else run.load()
  keepBookmark({ ...given, run })
  reportSeen({ root: host.shadowRoot ?? host, signal, onSeen: goods.seen })
  const shop: Promise<Shop | null> = (
    bridge
      ? openShop({
          ...{ stores, bridge, signal, locale: given.locale, partner: options.partner, hostId: show.host?.id },
          url: (address) => safeUrl(address, given.base),
          onCatalogue(next) {
            catalogue = next
            run.refresh()
            const missing = next === null || next === 'pending' ? [] : unsold(show.products, next)
            if (missing.length)
              report(new CastcartError('unknown-product', `the store does not know ${missing.join(', ')}`))
          },
          onCart: (cart) => given.announcer.tell('cart-changed', { ...given.moment(), cart }),
          onResult: goods.answered,
          onRemoved: goods.removed,
          onError: noCart,
        })
      : Promise.resolve(null)
  ).catch(noCart)
  checkOffers({ ...given, ask: () => askStore(given, () => shop) })
  askStore(given, () => shop)
  return { run, shop }
}

/** What the page itself set up wrong is told on screen; what merely did not load leaves the rest of the show alone. */
const isMistake = (cause: unknown): boolean => cause instanceof CastcartError && cause.code.startsWith('bad-')

const isBridge = (cart: Options['cart']): cart is CartBridge => typeof cart === 'object' && 'add' in cart

/** Asks the store for all that the show has, now and, where a sale is honoured a little longer, once more after that. */
async function askStore(given: ConductOptions, shop: () => Promise<Shop | null>, later = 0): Promise<void> {
  const { stores, show, signal } = given
  // The room may change while the shop is still being opened.
  await Promise.resolve()
  const opened = await shop()
  const brought = Object.values(stores.$room.get().products).flatMap(({ upsert }) => (upsert ? [upsert.data] : []))
  if (!signal.aborted) opened?.ask([...show.products, ...brought])
  const timer = later && setTimeout(() => askStore(given, shop), later + 1000)
  if (timer) signal.addEventListener('abort', () => clearTimeout(timer))
}

/** Loads what {@link conduct} and the first minute ask for, when the viewer is about to open. Swallows every failure. */
export function prepare(loaded: LoadedShow, options: Options, host: HTMLElement): void {
  const { cart = 'auto' } = options
  const { video } = loaded.show
  const src = safeUrl(video?.src, loaded.base)
  const engine = import('../player/create-player.ts').then(
    ({ preloadEngine }) => src && preloadEngine({ src, captions: video?.captions === 'stream' ? 'stream' : undefined }),
  )
  const bridge = !isBridge(cart) && bridgeFor(cart, host)
  const ui = [import('../ui/room/index.tsx'), import('../ui/live/talk/index.tsx'), import('../ui/sheets/index.tsx')]
  Promise.allSettled([engine, adapterOf(loaded, options, host), bridge, import('../cart/basket.ts'), ...ui])
}

/**
 * Where a show begins that opens by itself: at the moment that the page's address names (`?castcart=<show id>&at=<ms since 1970>`), or wherever it is where
 * the page wants that, `live` by the document alone, as far as this machine's clock can tell. `null`: it does not open.
 */
export function meantStart({ show }: LoadedShow, { open }: Options): Start | null {
  const asked = new URLSearchParams(location.search)
  const at = Number(asked.get('at'))
  const until = Number(asked.get('until'))
  if (asked.get('castcart') === show.id) return at > 0 ? { date: at, ...(until > at ? { until } : {}) } : {}
  return open === 'load' || (open === 'live' && statusOf(show, Date.now()) === 'live') ? {} : null
}

async function adapterOf(
  { show, base }: LoadedShow,
  options: Options,
  host: HTMLElement,
): Promise<EventAdapter | null> {
  const { adapter, events, client } = options
  if (adapter && typeof adapter !== 'string') return adapter
  const alone = adapter === 'callbacks' || adapter === 'in-band' ? `${adapter}:` : undefined
  const source = show.events ?? (events || alone ? { url: events ?? alone ?? '' } : undefined)
  if (!source) return null
  const log = withAddresses(source, base)
  const url = events ? new URL(events, document.baseURI).href : log.url
  return adapterFor({ ...log, url, adapter: adapter ?? log.adapter, map: options.map ?? log.map }, client, host)
}

/** Its addresses made absolute; those with a scheme of their own (`nats:`) stay what they are. */
function withAddresses(source: EventSource, base: string): EventSource {
  const absolute = (address: string | undefined) => (address === undefined ? undefined : new URL(address, base).href)
  return {
    ...source,
    url: new URL(source.url, base).href,
    snapshot: absolute(source.snapshot),
    history: absolute(source.history),
    send: absolute(source.send),
    more: source.more?.map((other) => withAddresses(other, base)),
  }
}

/** What the show would put in the cart and the store does not sell. */
function unsold(products: readonly ProductInput[], catalogue: Readonly<Record<string, ProductInput>>): string[] {
  return products
    .filter(({ id, action = 'cart' }) => action === 'cart' && !Object.hasOwn(catalogue, id))
    .map(({ id }) => id)
}

/** What viewers may send here: what the adapter can and the show allows; in a replay nothing but questions. */
function actionsOf({ show }: LoadedShow, adapter: EventAdapter | null): readonly ActionType[] {
  const { actions: allowed } = show.events ?? {}
  return (adapter?.actions ?? []).filter(
    (type) =>
      (allowed?.includes(type) ?? true) &&
      (statusOf(show, Date.now()) !== 'replay' || type === 'question.ask') &&
      (show.chat?.mode !== 'closed' || type !== 'chat.send'),
  )
}
