import type { EventType, LiveEvent } from '../model/event.ts'

/** Newest chat messages that a room holds. */
export const CHAT_LIMIT = 200

type Slot<T extends EventType> = LiveEvent<T> | undefined

/** What is known of one offer. It is closed for good once `close` is there. */
export interface OfferFacts {
  readonly announce?: Slot<'offer.announce'>
  readonly open?: Slot<'offer.open'>
  /** How it was opened first: an end that was moved later shows by it. */
  readonly first?: Slot<'offer.open'>
  readonly update?: Slot<'offer.update'>
  readonly close?: Slot<'offer.close'>
}

/** What is known of one poll. */
export interface PollFacts {
  readonly open?: Slot<'poll.open'>
  readonly update?: Slot<'poll.update'>
  readonly close?: Slot<'poll.close'>
}

/** What is known of one raffle. */
export interface RaffleFacts {
  readonly open?: Slot<'raffle.open'>
  /** How it was opened first: what was promised then, the seed's hash and how many win, is what the draw is held to. */
  readonly first?: Slot<'raffle.open'>
  readonly update?: Slot<'raffle.update'>
  readonly close?: Slot<'raffle.close'>
  /** The first draw: a later one counts for nothing. */
  readonly draw?: Slot<'raffle.draw'>
}

/** What is known of one question. */
export interface QuestionFacts {
  readonly post?: Slot<'question.post'>
  readonly answer?: Slot<'question.answer'>
  readonly hide?: Slot<'question.hide'>
}

/** What is known of one call to action. It is gone for good once `hide` is there. */
export interface CardFacts {
  readonly show?: Slot<'card.show'>
  readonly hide?: Slot<'card.hide'>
}

/** What is known of one product beside the show document. */
export interface ProductFacts {
  readonly upsert?: Slot<'product.upsert'>
  readonly stock?: Slot<'product.stock'>
  /** When it was last pinned. */
  readonly pin?: Slot<'product.pin'>
}

/**
 * All that a show has said so far: plain JSON, built of the events that still count, so that it can be compared,
 * stored, sent and compacted. Every slot holds the winning event itself.
 */
export interface Room {
  /** The log this room tells of; `null` before its first event. Events of another epoch are ignored. */
  readonly epoch: string | null
  readonly now: {
    readonly state?: Slot<'show.state'>
    readonly pin?: Slot<'product.pin'>
    readonly notice?: Slot<'notice'>
    readonly chatMode?: Slot<'chat.mode'>
    readonly chatPin?: Slot<'chat.pin'>
    readonly audience?: Slot<'audience.count'>
    readonly reactions?: Slot<'reaction.batch'>
    readonly order?: Slot<'order.proof'>
  }
  readonly products: Readonly<Record<string, ProductFacts>>
  readonly offers: Readonly<Record<string, OfferFacts>>
  readonly polls: Readonly<Record<string, PollFacts>>
  readonly raffles: Readonly<Record<string, RaffleFacts>>
  readonly questions: Readonly<Record<string, QuestionFacts>>
  readonly cards: Readonly<Record<string, CardFacts>>
  /** Oldest first, at most {@link CHAT_LIMIT}; deleted ones keep their place and are left out on screen. */
  readonly chat: readonly LiveEvent<'chat.message'>[]
  /** Tombstones by message id. */
  readonly deleted: Readonly<Record<string, LiveEvent<'chat.delete'>>>
}

/** The room before the first event; of a known log when a snapshot is to be folded into it. */
export function emptyRoom(epoch: string | null = null): Room {
  return {
    epoch,
    now: {},
    products: {},
    offers: {},
    polls: {},
    raffles: {},
    questions: {},
    cards: {},
    chat: [],
    deleted: {},
  }
}
