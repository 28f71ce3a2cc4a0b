import * as z from 'zod/mini'
import { address, count, id, time } from './field.ts'
import { type LocalText, localTextSchema } from './local-text.ts'
import { check, type Schema } from './parse.ts'
import { type ProductInput, productSchema } from './product.ts'
import { SHOW_STATUSES, type ShowStatus } from './show.ts'

/** `host` and `moderator` are believed only on an event with `seq`: the log's one writer vouches for them. */
export type Role = 'host' | 'moderator' | 'viewer'

export interface ChatMessage {
  readonly author: { readonly id: string; readonly name: string; readonly role: Role }
  readonly text: string
  /** The message this one answers. */
  readonly replyTo?: { readonly id: string; readonly name: string; readonly text: string } | undefined
}

export type OfferKind = 'percent' | 'amount' | 'voucher' | 'gift' | 'delivery' | 'bundle'

/** An offer's terms. It carries no final price: the store confirms that. Times are server ms since 1970. */
export interface OfferTerms {
  readonly id: string
  readonly kind: OfferKind
  readonly title: LocalText
  /** Terms in words. */
  readonly text?: LocalText | undefined
  readonly percentOff?: number | undefined
  readonly productIds: readonly string[]
  readonly opensAt: number
  readonly closesAt: number
  /** Seconds the shop still honours it after `closesAt`. Absent: 15. */
  readonly grace?: number | undefined
  readonly quantity?: number | undefined
  readonly remaining?: number | undefined
  readonly perBuyer?: number | undefined
  /** What makes it real: a code the bridge applies, a price the store changes, or words only. */
  readonly how: 'voucher' | 'sale' | 'note'
}

/** Why an offer closed. Only `time` waits for the playhead; the rest is truth and shows at once. */
export type OfferCloseReason = 'time' | 'sold-out' | 'host'

export interface Poll {
  readonly id: string
  readonly question: LocalText
  readonly options: readonly { readonly id: string; readonly label: LocalText }[]
  readonly closesAt?: number | undefined
}

export interface Raffle {
  readonly id: string
  readonly title: LocalText
  readonly organiser: LocalText
  readonly rulesUrl: string
  readonly freeRoute?: LocalText | undefined
  readonly prizes: number
  readonly closesAt: number
  /** SHA-256 of the seed, published before entries close. */
  readonly seedHash: string
}

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
  'offer.close': { readonly id: string; readonly reason: OfferCloseReason }
  'poll.open': Poll
  'poll.update': { readonly id: string; readonly votes: Record<string, number> }
  'poll.close': { readonly id: string; readonly votes?: Record<string, number> | undefined }
  'raffle.open': Raffle
  'raffle.update': { readonly id: string; readonly entries: number }
  'raffle.close': { readonly id: string }
  'raffle.draw': {
    readonly id: string
    readonly seed: string
    readonly entries: readonly string[]
    readonly winners: readonly string[]
  }
  'question.answer': {
    readonly id: string
    readonly question: string
    readonly answer?: LocalText | undefined
    readonly productId?: string | undefined
  }
  notice: { readonly text: LocalText }
  'chat.message': ChatMessage
  'chat.delete': { readonly ids: readonly string[] }
  'chat.mode': { readonly mode: 'open' | 'closed'; readonly slowMode?: number | undefined }
  'audience.count': { readonly count: number }
  'reaction.batch': { readonly total: number }
  'order.proof': { readonly productId: string; readonly place?: string | undefined }
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

const terms: Schema<OfferTerms> = z.object({
  id,
  kind: z.enum(['percent', 'amount', 'voucher', 'gift', 'delivery', 'bundle']),
  title: localTextSchema,
  text: z.optional(localTextSchema),
  percentOff: z.optional(z.number()),
  productIds: z.array(id),
  opensAt: time,
  closesAt: time,
  grace: z.optional(count),
  quantity: z.optional(count),
  remaining: z.optional(count),
  perBuyer: z.optional(count),
  how: z.enum(['voucher', 'sale', 'note']),
})
const votes = z.record(z.string(), count)
const strings = z.array(z.string())

/** The check of each event type's payload. */
export const SCHEMAS = new Map<string, Schema<unknown>>(
  Object.entries({
    'show.state': z.object({ status: z.enum(SHOW_STATUSES), reason: z.optional(localTextSchema) }),
    'product.pin': z.object({ ids: z.array(id) }),
    'product.upsert': productSchema,
    'product.stock': z.object({ id, stock: z.optional(count), variants: z.optional(votes) }),
    'offer.announce': terms,
    'offer.open': terms,
    'offer.close': z.object({ id, reason: z.enum(['time', 'sold-out', 'host']) }),
    'poll.open': z.object({
      id,
      question: localTextSchema,
      options: z.array(z.object({ id, label: localTextSchema })),
      closesAt: z.optional(time),
    }),
    'poll.update': z.object({ id, votes }),
    'poll.close': z.object({ id, votes: z.optional(votes) }),
    'raffle.open': z.object({
      id,
      title: localTextSchema,
      organiser: localTextSchema,
      rulesUrl: address,
      freeRoute: z.optional(localTextSchema),
      prizes: count,
      closesAt: time,
      seedHash: z.string(),
    }),
    'raffle.update': z.object({ id, entries: count }),
    'raffle.close': z.object({ id }),
    'raffle.draw': z.object({ id, seed: z.string(), entries: strings, winners: strings }),
    'question.answer': z.object({
      id,
      question: z.string(),
      answer: z.optional(localTextSchema),
      productId: z.optional(id),
    }),
    notice: z.object({ text: localTextSchema }),
    'chat.message': z.object({
      author: z.object({ id, name: z.string(), role: z.enum(['host', 'moderator', 'viewer']) }),
      text: z.string().check(z.maxLength(4000)),
      replyTo: z.optional(z.object({ id, name: z.string(), text: z.string() })),
    }),
    'chat.delete': z.object({ ids: z.array(id) }),
    'chat.mode': z.object({ mode: z.enum(['open', 'closed']), slowMode: z.optional(count) }),
    'audience.count': z.object({ count }),
    'reaction.batch': z.object({ total: count }),
    'order.proof': z.object({ productId: id, place: z.optional(z.string()) }),
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
 * @param replay in a replay everything but a deletion, stock and the catalogue goes by the playhead
 */
export function waitsForPicture(event: LiveEvent, replay: boolean): boolean {
  const { type } = event
  if (type === 'chat.delete' || type === 'product.upsert' || type === 'product.stock' || type === 'clock') return false
  if (replay) return true
  if (type === 'show.state') return event.data.status === 'paused' || event.data.status === 'ended'
  if (type === 'offer.close') return event.data.reason === 'time'
  if (type === 'chat.message') return event.seq !== undefined && event.data.author.role !== 'viewer'
  return /^(product\.pin|offer\.|poll\.(open|close)|raffle\.(open|close|draw)|question|notice)/.test(type)
}
