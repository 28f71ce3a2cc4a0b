import { atom, type ReadableAtom, type WritableAtom } from 'nanostores'
import { guarded } from '../lib/guarded.ts'
import type { ActionType } from '../model/action.ts'
import type { Cart, CartRefusal } from '../model/cart.ts'
import type { CastcartError } from '../model/error.ts'
import type { Money } from '../model/money.ts'
import type { Playback } from '../model/player.ts'
import type { Show, ShowStatus } from '../model/show.ts'
import type { AnswerView } from './answer-view.ts'
import type { ChatLine } from './chat-line.ts'
import { emptyRoom, type Room } from './empty-room.ts'
import { type Mine, NOTHING_MINE } from './mine.ts'
import type { OfferView } from './offer-view.ts'
import type { ProductView } from './product-view.ts'

export type View = 'closed' | 'full' | 'mini'

/** The sheet over the player. */
export type Sheet =
  | { readonly name: 'product'; readonly id: string }
  | { readonly name: 'products' }
  | { readonly name: 'cart' }
  | { readonly name: 'offer'; readonly id: string }
  | { readonly name: 'poll'; readonly id: string }
  | { readonly name: 'raffle'; readonly id: string }
  | { readonly name: 'questions'; readonly productId?: string | undefined }
  | { readonly name: 'so-far' }
  | { readonly name: 'host' }
  | { readonly name: 'moments' }
  | null

/** How events arrive; `off`: this show has none. */
export type Connection = 'off' | 'connecting' | 'open' | 'reconnecting' | 'offline' | 'ended' | 'denied'

/** What became of what the viewer did last; words for it are made in `ui/`. */
export type Notice =
  | { readonly kind: 'added'; readonly productId: string; readonly quantity: number }
  | {
      readonly kind: 'partial'
      readonly productId: string
      readonly quantity: number
      readonly reason: CartRefusal
      readonly message?: string | undefined
    }
  | {
      readonly kind: 'refused'
      readonly productId?: string | undefined
      readonly reason: CartRefusal
      readonly message?: string | undefined
    }
  | {
      readonly kind: 'price-changed'
      readonly productId: string
      readonly lineId?: string | undefined
      readonly price: Money
    }
  | { readonly kind: 'failed' }
  | null

/** What the viewer may do here; the rest is hidden. */
export interface Abilities {
  readonly chat: boolean
  readonly readCart: boolean
  readonly changeCart: boolean
  readonly checkout: boolean
  /** Codes can be applied to the cart. Absent: they cannot. */
  readonly voucher?: boolean | undefined
  /** What may be sent to the show. */
  readonly actions: readonly ActionType[]
}

interface Values {
  $view: View
  $sheet: Sheet
  /** `null` until the show document is there. */
  $show: Show | null
  /** `loading` until the show document is there. */
  $status: ShowStatus | 'loading'
  /** What stopped the widget: shown in its stead, calmly. */
  $error: CastcartError | null
  $connection: Connection
  $room: Room
  $playback: Playback
  $products: readonly ProductView[]
  $offers: readonly OfferView[]
  /** When each product was pinned, as far as the log is known: a recording's whole log, a live show's past. By time. */
  $moments: readonly { readonly productId: string; readonly at: number }[]
  /** Questions that the host answered, as far as the log is known, by time. */
  $answers: readonly AnswerView[]
  $chat: readonly ChatLine[]
  /** The store's cart, mirrored; `null`: not read yet, or this bridge cannot. */
  $cart: Cart | null
  /** Lines being written, as `productId`, `productId/variantId` or line id. */
  $cartBusy: readonly string[]
  $notice: Notice
  $can: Abilities
  $mine: Mine
  /** What is typed and not sent yet, by field; in memory alone. */
  $drafts: Readonly<Record<string, unknown>>
  /** Server time, ms since 1970; moves once a second while the player is there. */
  $now: number
  /** Server time of what is on screen, ms since 1970; `null`: the picture has no date. Moves once a second. */
  $picture: number | null
}

/** A widget's stores, to read. The same object is `widget.state`. */
export type State = { readonly [K in keyof Values]: ReadableAtom<Values[K]> }

/** A widget's stores, to write: only the widget has this. */
export type Stores = { readonly [K in keyof Values]: WritableAtom<Values[K]> }

/** The picture before there is one. */
export const NO_PLAYBACK: Playback = {
  phase: 'idle',
  muted: true,
  soundChosen: false,
  live: false,
  position: 0,
  duration: 0,
  seekable: [0, 0],
  atLiveEdge: true,
  rate: 1,
  started: false,
  captions: 'none',
}

/** An atom whose listeners, the page's among them, cannot throw at who sets it. */
function store<T>(initial: T): WritableAtom<T> {
  const made = atom(initial)
  const { set } = made
  return Object.assign(made, { set: (value: T) => guarded(() => set(value)) })
}

/** Builds every store of one widget. */
export function createState(): Stores {
  return {
    $view: store<View>('closed'),
    $sheet: store<Sheet>(null),
    $show: store<Show | null>(null),
    $status: store<ShowStatus | 'loading'>('loading'),
    $error: store<CastcartError | null>(null),
    $connection: store<Connection>('off'),
    $room: store(emptyRoom()),
    $playback: store(NO_PLAYBACK),
    $products: store<readonly ProductView[]>([]),
    $offers: store<readonly OfferView[]>([]),
    $moments: store<readonly { readonly productId: string; readonly at: number }[]>([]),
    $answers: store<readonly AnswerView[]>([]),
    $chat: store<readonly ChatLine[]>([]),
    $cart: store<Cart | null>(null),
    $cartBusy: store<readonly string[]>([]),
    $notice: store<Notice>(null),
    $can: store<Abilities>({ chat: false, readCart: false, changeCart: false, checkout: false, actions: [] }),
    $mine: store(NOTHING_MINE),
    $drafts: store<Readonly<Record<string, unknown>>>({}),
    $now: store(0),
    $picture: store<number | null>(null),
  }
}
