import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FeedWriter, FeedWriterOptions } from '../../../src/feed.ts'
import type { PricePoint } from '../../../src/state/offer-log.ts'

export interface DemoOptions {
  /** The store's port; the desk and the second store take the next ones. Absent or 0: any free ones. */
  port?: number
  dataFolder?: string
  secret?: string
  autopilot?: boolean
  now?: () => number
  /** Folder of the video's material; `null`: a show without video. */
  media?: string | null
  loadCompact?: () => Promise<
    (events: readonly unknown[], place: { epoch: string; seq: number; at: number }) => unknown
  >
  loadWriter?: () => Promise<(options: FeedWriterOptions) => FeedWriter>
  loadOfferLog?: () => Promise<(events: readonly unknown[], history: readonly PricePoint[]) => unknown[]>
}

export type CommandName =
  | 'pin'
  | 'unpin'
  | 'open-offer'
  | 'announce-offer'
  | 'extend-offer'
  | 'close-offer'
  | 'open-poll'
  | 'close-poll'
  | 'open-raffle'
  | 'close-raffle'
  | 'draw-raffle'
  | 'show-card'
  | 'hide-card'
  | 'stock'
  | 'say'
  | 'delete'
  | 'mute'
  | 'unmute'
  | 'chat-mode'
  | 'pin-message'
  | 'unpin-message'
  | 'answer-question'
  | 'hide-question'
  | 'notice'
  | 'pause'
  | 'resume'
  | 'end'
  | 'new-show'
  | 'autopilot'

export interface DeskEvent {
  v: 1
  epoch?: string
  seq?: number
  id: string
  at: number
  type: string
  data: Record<string, unknown>
}

export interface Demo {
  /** Address of the store's home page. */
  store: string
  desk: string
  replay: string
  secret: string
  readonly show: {
    readonly epoch: string
    readonly seq: number
    readonly file: string
    readonly startedAt: number | undefined
    readonly events: readonly DeskEvent[]
  }
  shop: {
    catalogue: {
      id: string
      handle: string
      variants: { id: string; number: number; price: number; stock: number }[]
    }[]
    setStock(id: string, variantId: string, count: number): void
    isOrder(number: string): boolean
    /** An order was placed and paid. */
    addOrder(number: string): void
    prices: PricePoint[]
  }
  /** A token that says who is signed in at the store, for the page's `getToken`. */
  signIn(customer: { id: string; name: string }): string
  /** What was asked in replays. */
  readonly questions: readonly { at: number; text: string; showId?: string; productId?: string; email?: string }[]
  command(
    name: CommandName,
    data?: Record<string, unknown>,
    key?: string,
  ): Promise<{ ok: true; event?: DeskEvent } | { ok: false; message: string }>
  setAutopilot(on: boolean): void
  stop(): Promise<void>
}

export function startDemo(options?: DemoOptions): Promise<Demo>

/** A store that has pages and files and nothing else: no cart, no events, no desk. */
export function createReplayStore(): (request: IncomingMessage, response: ServerResponse) => Promise<void>
