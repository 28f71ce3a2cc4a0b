import { bridgeFor } from '../cart/bridge-for.ts'
import { newId } from '../lib/new-id.ts'
import { safeUrl } from '../lib/safe-url.ts'
import type { ActionType } from '../model/action.ts'
import type { EventAdapter } from '../model/adapter.ts'
import type { CartBridge } from '../model/cart.ts'
import { CastcartError } from '../model/error.ts'
import type { Options } from '../model/options.ts'
import type { PlayerSource } from '../model/player.ts'
import type { Show } from '../model/show.ts'
import { loadEngine, preloadEngine } from '../player/preload-engine.ts'
import { adapterOf } from './adapter-of.ts'
import type { ConductOptions } from './conduct-options.ts'
import { keepBookmark } from './keep-bookmark.ts'
import type { LoadedShow } from './load-show.ts'
import { oneSound } from './one-sound.ts'
import { openStore } from './open-store.ts'
import { type Goods, reportGoods } from './report-goods.ts'
import { reportRoom } from './report-room.ts'
import { reportSeen } from './report-seen.ts'
import type { Start } from './resume.ts'
import { type Run, runShow } from './run-show.ts'
import type { Shop } from './shop.ts'
import { statusOf } from './status-of.ts'

/** Who was away for longer has missed something and comes anew, ms. */
const AWAY = 60_000

/** A show that runs, and the store behind it. */
export interface Conduct {
  readonly run: Run
  readonly shop: Shop | null
  readonly goods: Goods
}

/**
 * Begins a show: events flow, the picture plays, the store answers.
 * `null`: it was ended before it began.
 * @throws CastcartError `bad-options` for an adapter or a bridge that does not exist
 */
export async function conduct(given: ConductOptions): Promise<Conduct | null> {
  const { options, host, signal, report } = given
  const noCart = (cause: unknown) => {
    report(new CastcartError('no-cart', "the store's cart does not answer", cause))
    return null
  }
  const noEvents = (cause: unknown) => {
    report(new CastcartError('no-events', 'the event source could not be loaded', cause))
    return null
  }
  const source = videoOf(given)
  // Beside the code that the show waits for.
  if (source && statusOf(given.show, Date.now()) !== 'scheduled') loadEngine(source)
  const [adapter, bridge] = await Promise.all([
    adapterOf(given, options, host).catch(unlessMistake(noEvents)),
    bridgeOf(given).catch(unlessMistake(noCart)),
    given.keeping,
  ])
  if (signal.aborted) return null
  const goods = reportGoods(given)
  const store = openStore(given, { bridge, goods, refresh: () => run.refresh(), onError: noCart })
  const run = runShow({
    ...given,
    adapter,
    catalogue: store.catalogue,
    ownLines: () => given.own,
    onRoom: reportRoom({ ...given, onShelf: store.ask }),
  })
  noteLeaving(given)
  welcome(given, adapter)
  if (!given.start.paused) run.play()
  else run.load()
  keepBookmark({ ...given, run })
  oneSound({ ...given, silence: () => run.player()?.setMuted(true) })
  reportSeen({ root: host.shadowRoot ?? host, signal, onSeen: goods.seen })
  // It is for the developer alone, so nobody waits for it.
  import('./check-offers.ts').then(
    ({ checkOffers }) => signal.aborted || checkOffers({ ...given, ask: store.ask }),
    () => {},
  )
  store.ask()
  return { run, shop: store.shop, goods }
}

/** What the page itself set up wrong is told on screen; what merely did not load leaves the rest of the show alone. */
const unlessMistake = (tell: (cause: unknown) => null) => (cause: unknown) => {
  if (cause instanceof CastcartError && cause.code.startsWith('bad-')) throw cause
  return tell(cause)
}

type Seller = Pick<ConductOptions, 'options' | 'host' | 'warn'>

/** The bridge that the page gave, or the one it names. */
const bridgeOf = async ({ options: { cart = 'auto' }, host, warn }: Seller): Promise<CartBridge> =>
  isBridge(cart) ? cart : bridgeFor(cart, host, warn)

const isBridge = (cart: Options['cart']): cart is CartBridge => typeof cart === 'object' && 'add' in cart

/** Notes when this viewer goes: here before the bookmark and what consent lets be kept are written. */
function noteLeaving({ stores, signal }: ConductOptions): void {
  const leave = () => stores.$mine.set({ ...stores.$mine.get(), leftAt: stores.$now.get() })
  signal.addEventListener('abort', leave)
  addEventListener('pagehide', leave, { signal })
}

/** Notes who this viewer is, and what they may do here. */
function welcome({ stores, options, show }: ConductOptions, adapter: EventAdapter | null): void {
  const mine = stores.$mine.get()
  const now = stores.$now.get()
  const isBack = now - (mine.leftAt ?? now) < AWAY
  stores.$mine.set({
    ...mine,
    guest: mine.guest || newId(),
    joinedAt: isBack ? (mine.joinedAt ?? now) : now,
    name: options.viewerName ?? mine.name,
  })
  const actions = actionsOf(show, adapter)
  stores.$can.set({ ...stores.$can.get(), actions, chat: actions.includes('chat.send') })
}

/** What its engine is chosen by; `null`: a show without video. */
function videoOf({ show: { video }, base }: LoadedShow): Pick<PlayerSource, 'src' | 'captions'> | null {
  const src = safeUrl(video?.src, base)
  return src ? { src, captions: video?.captions } : null
}

/** Loads what {@link conduct} and the first minute ask for, when the viewer is about to open. Swallows every failure. */
export function prepare(loaded: LoadedShow, given: Seller): void {
  const source = videoOf(loaded)
  if (source) preloadEngine(source)
  const ui = [import('../ui/live/talk/index.tsx'), import('../ui/sheets/index.tsx')]
  Promise.allSettled([adapterOf(loaded, given.options, given.host), bridgeOf(given), ...ui])
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

/** What viewers may send here: what the adapter can and the show allows; in a replay nothing but questions. */
function actionsOf(show: Show, adapter: EventAdapter | null): readonly ActionType[] {
  const { actions: allowed } = show.events ?? {}
  return (adapter?.actions ?? []).filter(
    (type) =>
      (allowed?.includes(type) ?? true) &&
      (statusOf(show, Date.now()) !== 'replay' || type === 'question.ask') &&
      (show.chat?.mode !== 'closed' || type !== 'chat.send'),
  )
}
