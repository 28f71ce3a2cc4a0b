import { safeUrl } from '../lib/safe-url.ts'
import type { ActionResult, ViewerAction } from '../model/action.ts'
import type { EventAdapter } from '../model/adapter.ts'
import type { CartBridge, CartLine, CartResult } from '../model/cart.ts'
import { CastcartError } from '../model/error.ts'
import type { Options } from '../model/options.ts'
import type { ProductInput } from '../model/product.ts'
import type { EventMoment } from '../model/track.ts'
import type { ChatLine } from '../state/chat-line.ts'
import { NO_PLAYBACK, type Stores } from '../state/create-state.ts'
import type { Catalogue } from '../state/product-view.ts'
import { emptyRoom } from '../state/room.ts'
import { keepBookmark } from './keep-bookmark.ts'
import { type LoadedShow, loadShow } from './load-show.ts'
import type { Announcer } from './public-events.ts'
import { reportRoom } from './report-room.ts'
import { type Bookmark, startFrom } from './resume.ts'
import { type Run, runShow } from './run-show.ts'
import { openShop, type Shop } from './shop.ts'

/** What a session is made of. */
export interface SessionOptions {
  readonly stores: Stores
  readonly options: Options
  readonly locale: string
  readonly announcer: Announcer
  readonly host: HTMLElement
  /** The widget's end. */
  readonly signal: AbortSignal
}

/** The life of one show in a widget: loaded when it is wanted, begun again after a failure. Nothing throws or rejects. */
export interface Session {
  readonly video: HTMLVideoElement
  base(): string
  run(): Run | null
  shop(): Shop | null
  /** Messages sent from here that the log may not have yet. */
  readonly own: ChatLine[]
  send(action: ViewerAction): Promise<ActionResult>
  moment(): EventMoment
  preload(): void
  /** Loads and plays: the viewer's own act, or what follows from an earlier one. */
  start(): unknown
  /** Stops picture and events, keeps what is on screen. */
  stop(): void
  restart(): void
  resume(bookmark: Bookmark): void
  openWhenLive(open: () => void): void
  fail(error: CastcartError): void
}

interface Parts extends LoadedShow {
  readonly adapter: EventAdapter | null
  readonly bridge: CartBridge
}

/** Wires show, store, events and picture of one widget. */
export function createSession(given: SessionOptions): Session {
  const { stores, options, locale, announcer, signal } = given
  const video = createVideo()
  const own: ChatLine[] = []
  let loading: Promise<Parts | null> | null = null
  let loaded: Parts | null = null
  let run: Run | null = null
  let shop: Shop | null = null
  let life: AbortController | null = null
  let start: { date?: number; position?: number; muted?: boolean } = {}
  let catalogue: Catalogue = 'pending'

  const told = new Set<string>()
  const tell = (error: CastcartError) => {
    if (signal.aborted || told.has(error.message)) return
    told.add(error.message)
    console.error(error.message, ...(error.cause ? [error.cause] : []))
    announcer.tell('error-occurred', { ...moment(), code: error.code, message: error.message })
  }
  const fail = (error: CastcartError) => {
    if (!signal.aborted) stores.$error.set(error)
    tell(error)
  }
  const moment = (): EventMoment => ({
    showId: loaded?.show.id ?? '',
    mode: stores.$status.get() === 'replay' ? 'replay' : 'live',
    moment: run?.pictureTime() ?? undefined,
    muted: stores.$playback.get().muted,
    partner: options.partner,
  })
  const load = () => {
    loading ??= loadParts(given).catch((cause: unknown) => {
      loading = null
      fail(
        cause instanceof CastcartError
          ? cause
          : new CastcartError('no-chunk', 'a part of the widget could not be loaded', cause),
      )
      return null
    })
    return loading
  }
  const begin = async () => {
    if (life || signal.aborted) return run?.play()
    const mine = new AbortController()
    life = mine
    signal.addEventListener('abort', () => mine.abort(), { signal: mine.signal })
    const parts = await load()
    if (mine.signal.aborted) return
    if (!parts) {
      life = null
      return
    }
    loaded = parts
    const { show, base, adapter, bridge } = parts
    stores.$show.set(show)
    const made = runShow({
      ...{ show, base, stores, adapter, locale, video, start, signal: mine.signal },
      catalogue: () => catalogue,
      ownLines: () => own,
      getToken: options.getToken,
      freshSource: options.freshSource,
      onRoom: reportRoom(stores, announcer, moment),
      report: (code, message) => tell(new CastcartError(code, message)),
    })
    run = made
    stores.$can.set({ ...stores.$can.get(), chat: canChat(parts) })
    made.play()
    keepBookmark({ ...given, run: made, signal: mine.signal })
    const noCart = (cause: unknown) =>
      tell(new CastcartError('no-cart', `the store's cart (${bridge.name}) does not answer`, cause))
    const opened = await openShop({
      ...{ stores, bridge, locale, partner: options.partner, signal: mine.signal },
      url: (address) => safeUrl(address, base),
      onCatalogue(next) {
        catalogue = next
        made.refresh()
        const missing = next === null || next === 'pending' ? [] : unsold(show.products, next)
        if (missing.length) tell(new CastcartError('unknown-product', `the store does not know ${missing.join(', ')}`))
      },
      onResult: (line, result) => reportCart(given, { line, result, moment: moment() }),
      onError: noCart,
    }).catch(noCart)
    if (mine.signal.aborted || !opened) return
    shop = opened
    opened.ask(show.products)
  }
  const stop = () => {
    life?.abort()
    life = null
    run = null
    shop = null
    stores.$playback.set(NO_PLAYBACK)
    stores.$connection.set('off')
  }
  const restart = () => {
    stop()
    loading = null
    start = {}
    stores.$error.set(null)
    stores.$room.set(emptyRoom())
    stores.$status.set('loading')
    begin()
  }
  return {
    video,
    base: () => loaded?.base ?? document.baseURI,
    run: () => run,
    shop: () => shop,
    own,
    send: async (action) => (run ? run.send(action) : { ok: false, reason: 'offline' }),
    moment,
    fail,
    preload() {
      load()
      import('../player/create-player.ts').then(({ preloadEngine }) => preloadEngine()).catch(() => {})
    },
    start: begin,
    stop,
    restart,
    resume(bookmark) {
      start = { ...startFrom(bookmark), muted: bookmark.muted }
      stores.$view.set('mini')
      begin()
    },
    openWhenLive: (open) => load().then((parts) => parts && isLiveNow(parts) && !signal.aborted && open()),
  }
}

async function loadParts({ options, host, signal }: SessionOptions): Promise<Parts> {
  const { cart = 'auto' } = options
  const bridging =
    typeof cart === 'string'
      ? import('../cart/bridge-for.ts').then(({ bridgeFor }) => bridgeFor(cart, host))
      : Promise.resolve(cart)
  bridging.catch(() => {})
  const loaded = await loadShow(options.show, signal)
  const [adapter, bridge] = await Promise.all([adapterOf(loaded, options), bridging])
  return { ...loaded, adapter, bridge }
}

async function adapterOf({ show, base }: LoadedShow, { adapter, events }: Options): Promise<EventAdapter | null> {
  if (adapter && typeof adapter !== 'string') return adapter
  const source = show.events ?? (events ? { url: events } : undefined)
  if (!source) return null
  const { adapterFor } = await import('../adapters/adapter-for.ts')
  const absolute = (address: string | undefined, from: string) =>
    address === undefined ? undefined : new URL(address, from).href
  return adapterFor({
    ...source,
    adapter: adapter ?? source.adapter,
    url: (events ? absolute(events, document.baseURI) : absolute(source.url, base)) ?? source.url,
    snapshot: absolute(source.snapshot, base),
    history: absolute(source.history, base),
  })
}

/** What the show would put in the cart and the store does not sell. */
function unsold(products: readonly ProductInput[], catalogue: Readonly<Record<string, ProductInput>>): string[] {
  return products
    .filter(({ id, action = 'cart' }) => action === 'cart' && !Object.hasOwn(catalogue, id))
    .map(({ id }) => id)
}

const isLiveNow = ({ show }: Parts): boolean => show.status === 'live'

function canChat({ show, adapter }: Parts): boolean {
  const allowed = show.events?.actions?.includes('chat.send') ?? true
  return (
    show.status !== 'replay' &&
    show.chat?.mode !== 'closed' &&
    allowed &&
    (adapter?.actions?.includes('chat.send') ?? false)
  )
}

/** Attributes and properties both: Safari reads the one, some reset the other. */
function createVideo(): HTMLVideoElement {
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  video.setAttribute('muted', '')
  video.setAttribute('playsinline', '')
  video.setAttribute('part', 'video')
  video.disableRemotePlayback = true
  return video
}

function reportCart(
  { announcer, stores }: SessionOptions,
  { line, result, moment }: { line: CartLine; result: CartResult; moment: EventMoment },
): void {
  const { productId, variantId } = line
  const title = stores.$products.get().find(({ id }) => id === productId)?.product.title ?? productId
  const product = {
    productId,
    variantId,
    title: typeof title === 'string' ? title : (Object.values(title)[0] ?? productId),
    price: line.seenPrice,
  }
  if (result.outcome === 'added' || result.outcome === 'partial') {
    announcer.tell('cart-added', {
      ...moment,
      ...product,
      price: result.priceNow ?? line.seenPrice,
      quantity: result.quantity,
    })
  } else if (result.outcome === 'rejected')
    announcer.tell('cart-refused', { ...moment, productId, reason: result.reason })
}
