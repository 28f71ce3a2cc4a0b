import * as z from 'zod/mini'
import { type Card, cardSchema } from './card.ts'
import { type ChatMessage, chatMessageSchema, type PinnedMessage, pinnedMessageSchema } from './chat.ts'
import { count, id, time } from './field.ts'
import { type LocalText, localTextSchema } from './local-text.ts'
import { type OfferCloseReason, type OfferTerms, offerSchema } from './offer.ts'
import { check, type Schema } from './parse.ts'
import { type Poll, pollSchema } from './poll.ts'
import { type ProductInput, productSchema } from './product.ts'
import { type Answer, answerSchema, type Question, questionSchema } from './question.ts'
import { quickMessage } from './quick-message.ts'
import { type Raffle, type RaffleDraw, raffleDrawSchema, raffleSchema } from './raffle.ts'
import { SHOW_STATUSES, type ShowStatus } from './show.ts'

export type { Card } from './card.ts'
export type { ChatMessage, PinnedMessage, Role } from './chat.ts'
export type { OfferCloseReason, OfferKind, OfferTerms } from './offer.ts'
export type { Poll } from './poll.ts'
export type { Answer, Question } from './question.ts'
export type { Raffle, RaffleDraw, RaffleEntry } from './raffle.ts'

/** Payload of each event type (DESIGN: the live event). Values are absolute, never increments. */
export interface EventData {
  'show.state': { readonly status: ShowStatus; readonly reason?: LocalText | undefined }
  'product.pin': { readonly ids: readonly string[] }
  'product.upsert': ProductInput
  /** `variants` maps variant id to units left; `stock` is for a product without variants. */
  'product.stock': {
    readonly id: string
    readonly stock?: number | undefined
    readonly variants?: Record<string, number> | undefined
  }
  'offer.announce': OfferTerms
  'offer.open': OfferTerms
  'offer.update': { readonly id: string; readonly remaining: number }
  'offer.close': { readonly id: string; readonly reason: OfferCloseReason }
  'poll.open': Poll
  'poll.update': { readonly id: string; readonly votes: Record<string, number> }
  /** `correct`: the right answer of a quiz. */
  'poll.close': {
    readonly id: string
    readonly votes?: Record<string, number> | undefined
    readonly correct?: string | undefined
  }
  'raffle.open': Raffle
  'raffle.update': { readonly id: string; readonly entries: number }
  'raffle.close': { readonly id: string }
  'raffle.draw': RaffleDraw
  /** Published by the desk, with its votes so far: the newest counts. */
  'question.post': Question
  'question.answer': Answer
  'question.hide': { readonly id: string }
  'card.show': Card
  'card.hide': { readonly id: string }
  notice: { readonly text: LocalText }
  'chat.message': ChatMessage
  'chat.delete': { readonly ids: readonly string[] }
  /** The message that stays on top; without one, none does. */
  'chat.pin': { readonly message?: PinnedMessage | undefined }
  'chat.mode': { readonly mode: 'open' | 'closed'; readonly slowMode?: number | undefined }
  'audience.count': { readonly count: number; readonly likes?: number | undefined }
  /** All reactions of the show so far; `kinds`: the same by kind. */
  'reaction.batch': { readonly total: number; readonly kinds?: Record<string, number> | undefined }
  /** A confirmed order. `name`, `place`: what the buyer agreed to show. */
  'order.proof': { readonly productId: string; readonly place?: string | undefined; readonly name?: string | undefined }
  clock: Record<string, unknown>
}

export type EventType = keyof EventData

interface Envelope<T extends EventType> {
  readonly v: 1
  /** The log this event belongs to; absent on a viewer's event. */
  readonly epoch?: string | undefined
  /** Place in the log, gapless from 1; absent on a viewer's event, which may be lost. */
  readonly seq?: number | undefined
  readonly id: string
  /** Server time at which it happened, ms since 1970. */
  readonly at: number
  readonly type: T
  readonly data: EventData[T]
}

/** One event of a show, narrowed by `type`. */
export type LiveEvent<T extends EventType = EventType> = { [K in T]: Envelope<K> }[T]

const votes = z.record(z.string(), count)

/** The check of each event type's payload. */
export const SCHEMAS = new Map<string, Schema<unknown>>(
  Object.entries({
    'show.state': z.object({ status: z.enum(SHOW_STATUSES), reason: z.optional(localTextSchema) }),
    'product.pin': z.object({ ids: z.array(id) }),
    'product.upsert': productSchema,
    'product.stock': z.object({ id, stock: z.optional(count), variants: z.optional(votes) }),
    'offer.announce': offerSchema,
    'offer.open': offerSchema,
    'offer.update': z.object({ id, remaining: count }),
    'offer.close': z.object({ id, reason: z.enum(['time', 'sold-out', 'host']) }),
    'poll.open': pollSchema,
    'poll.update': z.object({ id, votes }),
    'poll.close': z.object({ id, votes: z.optional(votes), correct: z.optional(id) }),
    'raffle.open': raffleSchema,
    'raffle.update': z.object({ id, entries: count }),
    'raffle.close': z.object({ id }),
    'raffle.draw': raffleDrawSchema,
    'question.post': questionSchema,
    'question.answer': answerSchema,
    'question.hide': z.object({ id }),
    'card.show': cardSchema,
    'card.hide': z.object({ id }),
    notice: z.object({ text: localTextSchema }),
    'chat.message': chatMessageSchema,
    'chat.pin': z.object({ message: z.optional(pinnedMessageSchema) }),
    'chat.delete': z.object({ ids: z.array(id) }),
    'chat.mode': z.object({ mode: z.enum(['open', 'closed']), slowMode: z.optional(count) }),
    'audience.count': z.object({ count, likes: z.optional(count) }),
    'reaction.batch': z.object({ total: count, kinds: z.optional(votes) }),
    'order.proof': z.object({ productId: id, place: z.optional(z.string()), name: z.optional(z.string()) }),
    clock: z.record(z.string(), z.unknown()),
  } satisfies { [K in EventType]: Schema<EventData[K]> }),
)

const envelopeSchema: Schema<{
  v: 1
  epoch?: string | undefined
  seq?: number | undefined
  id: string
  at: number
  type: string
  data: unknown
}> = z.object({
  v: z.literal(1),
  epoch: z.optional(id),
  seq: z.optional(count.check(z.refine((seq) => seq > 0, 'a whole number from 1'))),
  id,
  at: time,
  type: z.string(),
  data: z.unknown(),
})

/** What a viewer's event, one without `seq`, may be. */
const VIEWERS = ['chat.message', 'reaction.batch', 'audience.count']

/** The outcome of {@link parseEvent}. `place` is set where a bad event still takes its place in the log. */
export type ParsedEvent =
  | { readonly ok: true; readonly event: LiveEvent }
  | { readonly ok: false; readonly problem: string; readonly place?: { readonly epoch: string; readonly seq: number } }

/**
 * Checks one event at the door. Never throws. An unknown type, a host event without `seq` and anything of a wrong
 * shape are refused in words; a viewer's message that claims a role loses it.
 */
export function parseEvent(raw: unknown): ParsedEvent {
  const message = quickMessage(raw)
  return message ? { ok: true, event: message } : parseBySchema(raw)
}

/** {@link parseEvent} by its schemas alone: they are the rule. */
export function parseBySchema(raw: unknown): ParsedEvent {
  const envelope = check(envelopeSchema, raw)
  if (!envelope.ok) return { ok: false, problem: `event${envelope.problem}` }
  const { epoch, seq, type, data } = envelope.value
  const place = epoch !== undefined && seq !== undefined ? { place: { epoch, seq } } : {}
  const schema = SCHEMAS.get(type)
  if (!schema) return { ok: false, problem: `event of unknown type "${type}"`, ...place }
  if (!('place' in place) && !VIEWERS.includes(type)) {
    return { ok: false, problem: `event ${type} without epoch and seq: only the log's writer may send it` }
  }
  const body = check(schema, data)
  if (!body.ok) return { ok: false, problem: `event ${type} "${envelope.value.id}" data${body.problem}`, ...place }
  const event = { ...envelope.value, data: body.value } as LiveEvent
  return { ok: true, event: 'place' in place ? event : asViewer(event) }
}

function asViewer(event: LiveEvent): LiveEvent {
  const { epoch: _epoch, seq: _seq, ...rest } = event
  if (event.type !== 'chat.message') return rest as LiveEvent
  return { ...rest, type: event.type, data: { ...event.data, author: { ...event.data.author, role: 'viewer' } } }
}

/**
 * Whether an event waits for the viewer's picture.
 * @param replay in a replay everything but what was taken down, stock and the catalogue goes by the playhead
 */
export function waitsForPicture(event: LiveEvent, replay: boolean): boolean {
  const { type } = event
  if (/^(chat\.delete|question\.hide|product\.(upsert|stock)|clock)$/.test(type)) return false
  if (replay) return true
  if (type === 'show.state') return event.data.status === 'paused' || event.data.status === 'ended'
  if (type === 'offer.close') return event.data.reason === 'time'
  if (type === 'chat.message') return event.seq !== undefined && event.data.author.role !== 'viewer'
  return /^(product\.pin|offer\.(announce|open)|poll\.(open|close)|raffle\.(open|close|draw)|question\.answer|card|chat\.pin|notice)/.test(
    type,
  )
}
