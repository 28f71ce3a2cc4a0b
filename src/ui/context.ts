import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { ActionResult, ActionType } from '../model/action.ts'
import type { CartResult } from '../model/cart.ts'
import type { ChatMessage } from '../model/chat.ts'
import type { LocalText } from '../model/local-text.ts'
import type { Sheet, State } from '../state/create-state.ts'
import type { Mine } from '../state/mine.ts'

/** A question as its viewer asks it. */
export interface OwnQuestion {
  readonly text: string
  readonly productId?: string | undefined
  /** Where an answer may go that comes after the show. */
  readonly email?: string | undefined
}

/** What the interface asks of the widget. Nothing here throws or rejects. */
export interface Commands {
  open(): void
  minimise(): void
  close(): void
  showSheet(sheet: Sheet): void
  /** Puts it in the store's cart; what became of it is in `$notice` and `$cart` too. */
  add(productId: string, variantId?: string, quantity?: number): Promise<CartResult>
  setQuantity(lineId: string, quantity: number): Promise<CartResult>
  /** Has the store take a code off the cart (`$can.voucher`); `refused`: it does not count for what is in it. */
  applyVoucher(code: string): Promise<CartResult>
  checkout(): void
  /** Goes to the product's page with the show carrying on in the mini-player. */
  visit(productId: string): void
  /** Sends the short form of a product that is not put in a cart. */
  request(productId: string, fields: Record<string, string>): Promise<ActionResult>
  /** Does what a viewer can do in a show (`$can.actions`); what became of it is in `$mine`. */
  send(type: ActionType, data: Readonly<Record<string, unknown>>): Promise<ActionResult>
  /** Keeps what the viewer decided for itself, such as a name for the chat. */
  keep(mine: Partial<Mine>): void
  /** Keeps what is typed in a field until it is sent, see `useDraft`. */
  draft(name: string, value: unknown): void
  /** Sends a chat message, as an answer to the message `replyTo` where it is given. */
  say(text: string, replyTo?: ChatMessage['replyTo']): Promise<ActionResult>
  /** Sends an own message again that got lost. */
  resay(key: string): Promise<ActionResult>
  /** Takes an own message that was not sent off the chat. */
  unsay(key: string): void
  /** Asks the host; in a replay, whoever the shop named (`show.questionsTo`) where the page or the event source does not take it. */
  ask(question: OwnQuestion): Promise<ActionResult>
  dismissNotice(): void
  play(): void
  pause(): void
  /** Seconds of media. */
  seek(position: number): void
  /** Picture time, ms since 1970. */
  seekToDate(date: number): void
  goLive(): void
  /** Plays from a picture time and pauses at `until` (ms since 1970); without it, goes on. */
  playClip(from: number, until?: number): void
  /** Puts the show's start in the viewer's calendar, unless the page does it itself (`castcart:remind`). */
  remind(): void
  setMuted(muted: boolean): void
  setCaptions(on: boolean): void
  setRate(rate: number): void
  /** Tries again what failed: the show, the picture. */
  retry(): void
}

/** Words by key, with `{name}` filled from `params` and plurals by `count`. */
export type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string

/** What the player's shell is drawn from. */
export interface ShellModel {
  readonly state: State
  readonly commands: Commands
  readonly t: Translate
  /** Loads the words of what is drawn later than the room. Rejects where they cannot be had. */
  readonly learn: () => Promise<void>
  /** BCP 47. */
  readonly locale: string
  /** Text of a show in the viewer's language. */
  readonly say: (text: LocalText | undefined) => string
  /** An address of the show document made absolute and safe; `null`: it has none or a bad one. */
  readonly url: (address: string | undefined) => string | null
  /** Tells the developer, once, that a part of the interface could not be loaded. */
  readonly onLost: (cause: unknown) => void
  /** The one video element, made by the widget and never made anew: a stage adopts it. */
  readonly video: HTMLVideoElement
}

/** Everything a component may use: the one door from the interface to the widget. */
export interface UiModel extends ShellModel {
  /** Says something to screen readers, politely or at once, by the one voice of the widget; its live regions are there, empty, before anything is said. */
  readonly speak: (text: string, isUrgent?: boolean) => void
  /** Adds a later part's style sheet to the widget's root. */
  readonly dress: (css: string) => void
}

export const UiContext = createContext<UiModel | null>(null)

/** @throws Error outside the widget's own tree */
export function useWidget(): UiModel {
  const model = useContext(UiContext)
  if (!model) throw new Error('[castcart] a component is used outside the widget')
  return model
}
