import type { Snapshot } from '../model/adapter.ts'
import { type EventType, type LiveEvent, type ParsedEvent, parseEvent, waitsForPicture } from '../model/event.ts'
import { CHAT_LIMIT, emptyRoom, type Room } from './empty-room.ts'

type Shelf = 'products' | 'offers' | 'polls' | 'raffles' | 'questions' | 'cards'

/** Types of which the newest counts, and where it is kept. */
const SINGLES: Partial<Record<EventType, keyof Room['now']>> = {
  'show.state': 'state',
  'product.pin': 'pin',
  notice: 'notice',
  'chat.mode': 'chatMode',
  'chat.pin': 'chatPin',
  'audience.count': 'audience',
  'reaction.batch': 'reactions',
  'order.proof': 'order',
}

const SHELVES: Record<string, Shelf> = {
  product: 'products',
  offer: 'offers',
  poll: 'polls',
  raffle: 'raffles',
  question: 'questions',
  card: 'cards',
}

/**
 * The room after one more event. Pure and total: anything that is no event of this log leaves the room as it was;
 * the order of arrival and repetition make no difference to where it ends.
 * @param event checked here when it has not come through `parseEvent`
 */
export function fold(room: Room, event: unknown): Room {
  const parsed: ParsedEvent = parseEvent(event)
  return parsed.ok ? foldEvent(room, parsed.event) : room
}

/** {@link fold} for an event that has already been checked. */
export const foldEvent = (room: Room, event: LiveEvent): Room => foldInto(room, event)

/**
 * {@link foldEvent} as one of many, so that not every event copies all that there is of its kind.
 * @param fresh shelves that were made for these many and that nobody else has: they are changed where they are, and a new one is added
 */
export function foldInto(room: Room, event: LiveEvent, fresh?: Set<unknown>): Room {
  const { epoch } = event
  if (epoch !== undefined && room.epoch !== null && epoch !== room.epoch) return room
  const next = apply(room, event, fresh)
  return epoch === undefined || room.epoch === epoch ? next : { ...next, epoch }
}

function apply(room: Room, event: LiveEvent, fresh: Set<unknown> | undefined): Room {
  if (event.type === 'chat.message') return addMessage(room, event)
  if (event.type === 'chat.delete') return bury(room, event)
  const single = SINGLES[event.type]
  if (single) {
    const kept = room.now[single]
    const next = isNewer(event, kept) ? { ...room, now: { ...room.now, [single]: event } } : room
    return event.type === 'product.pin' ? notePins(next, event, fresh) : next
  }
  const [noun = '', verb = ''] = event.type.split('.')
  const shelf = SHELVES[noun]
  const id = 'id' in event.data ? event.data.id : undefined
  if (!shelf || typeof id !== 'string') return room
  const fact = { shelf, id, slot: verb, event }
  // Who draws again does not change who has won.
  if (event.type === 'raffle.draw') return keep(room, fact, fresh)
  const next = put(room, fact, fresh)
  const isOpening = event.type === 'offer.open' || event.type === 'raffle.open'
  return isOpening ? keep(next, { ...fact, slot: 'first' }, fresh) : next
}

/** Unlike {@link put}, the oldest stays: of what is opened more than once, the first opening is kept beside the newest. */
function keep(room: Room, fact: Fact, fresh: Set<unknown> | undefined): Room {
  const kept = factsOf(room, fact)?.[fact.slot]
  return kept && !isNewer(kept, fact.event) ? room : set(room, fact, fresh)
}

function notePins(room: Room, event: LiveEvent<'product.pin'>, fresh: Set<unknown> | undefined): Room {
  return event.data.ids.reduce((next, id) => put(next, { shelf: 'products', id, slot: 'pin', event }, fresh), room)
}

interface Fact {
  readonly shelf: Shelf
  readonly id: string
  readonly slot: string
  readonly event: LiveEvent
}

type Facts = Record<string, LiveEvent | undefined>

function put(room: Room, fact: Fact, fresh: Set<unknown> | undefined): Room {
  return isNewer(fact.event, factsOf(room, fact)?.[fact.slot]) ? set(room, fact, fresh) : room
}

function factsOf(room: Room, { shelf, id }: Fact): Facts | undefined {
  const all = shelfOf(room, shelf)
  return Object.hasOwn(all, id) ? all[id] : undefined
}

function set(room: Room, { shelf, id, slot, event }: Fact, fresh: Set<unknown> | undefined): Room {
  const all = shelfOf(room, shelf)
  const isFresh = fresh?.has(all)
  const next = isFresh ? all : { ...all }
  next[id] = { ...(Object.hasOwn(all, id) && all[id]), [slot]: event }
  if (isFresh) return room
  fresh?.add(next)
  return { ...room, [shelf]: next }
}

const shelfOf = (room: Room, shelf: Shelf): Record<string, Facts> => room[shelf] as never

function addMessage(room: Room, event: LiveEvent<'chat.message'>): Room {
  const chat = [...room.chat]
  const twin = chat.findIndex((message) => message.id === event.id && isHosts(message) === isHosts(event))
  if (twin >= 0) {
    const kept = chat[twin]
    if (kept && compareEvents(event, kept) <= 0) return room
    chat.splice(twin, 1)
  }
  let place = chat.length
  for (let before = chat[place - 1]; before && compareEvents(event, before) < 0; before = chat[place - 1]) place--
  if (place === 0 && chat.length >= CHAT_LIMIT) return room
  chat.splice(place, 0, event)
  return { ...room, chat: chat.slice(-CHAT_LIMIT) }
}

function bury(room: Room, event: LiveEvent<'chat.delete'>): Room {
  const news = event.data.ids.filter((id) =>
    isNewer(event, Object.hasOwn(room.deleted, id) ? room.deleted[id] : undefined),
  )
  if (!news.length) return room
  return { ...room, deleted: { ...room.deleted, ...Object.fromEntries(news.map((id) => [id, event])) } }
}

const isHosts = (event: LiveEvent): boolean => event.seq !== undefined

/** Types that a viewer's event may be are ordered by time alone, so that one order holds for all of them. */
const byTimeAlone = (type: EventType): boolean => type === 'audience.count' || type === 'reaction.batch'

function isNewer(event: LiveEvent, kept: LiveEvent | undefined): boolean {
  if (!kept) return true
  const bySeq = byTimeAlone(event.type) ? 0 : (event.seq ?? 0) - (kept.seq ?? 0)
  return (bySeq || compareEvents(event, kept)) > 0
}

/** A total order by time, then id; the text decides between two that claim the same. */
export function compareEvents(a: LiveEvent, b: LiveEvent): number {
  if (a.at !== b.at) return a.at - b.at
  if (a.id !== b.id) return a.id < b.id ? -1 : 1
  const [x, y] = [JSON.stringify(a), JSON.stringify(b)]
  return x === y ? 0 : x < y ? -1 : 1
}

/** The events of which a room is made, each once, in the order of the log (viewers' by time, last). */
export function eventsOf(room: Room): LiveEvent[] {
  const shelves = Object.values(SHELVES).flatMap((shelf) =>
    Object.values(shelfOf(room, shelf)).flatMap((facts) => Object.values(facts)),
  )
  const all = [...Object.values(room.now), ...shelves, ...room.chat, ...Object.values(room.deleted)]
  const unique = new Set(all.filter((event): event is LiveEvent => event !== undefined))
  return [...unique].sort((a, b) => (a.seq ?? Infinity) - (b.seq ?? Infinity) || compareEvents(a, b))
}

/** What {@link compact} may be told beside the events. */
export interface CompactOptions {
  /** Keep the host's events as they were from this time on (ms since 1970), and what was shown then, for viewers who seek back. Absent: none. */
  readonly since?: number
  /** Where the log stands, when the events do not reach its end or it is empty. */
  readonly epoch?: string
  readonly seq?: number
  /** Server time of the snapshot, ms. Absent: the newest event's. */
  readonly at?: number
}

/**
 * A snapshot of a log: the fewest events that fold to the same room, plus every host event since `since` and what the host showed by then.
 * Events that are no events are left out; `epoch` and `seq` are the log's newest.
 */
export function compact(events: readonly unknown[], options: CompactOptions = {}): Snapshot {
  const { since } = options
  let { epoch, seq = 0, at = -Infinity } = options
  let room = emptyRoom()
  let before = emptyRoom()
  const recent: LiveEvent[] = []
  for (const raw of events) {
    const parsed = parseEvent(raw)
    const place = parsed.ok ? parsed.event : parsed.place
    epoch ??= place?.epoch
    if (place?.epoch !== undefined && place.epoch === epoch) seq = Math.max(seq, place.seq ?? 0)
    if (!parsed.ok || (parsed.event.epoch ?? epoch) !== epoch) continue
    room = foldEvent(room, parsed.event)
    if (options.at === undefined) at = Math.max(at, parsed.event.at)
    if (since === undefined || parsed.event.seq === undefined) continue
    if (parsed.event.at >= since) recent.push(parsed.event)
    else if (isShown(parsed.event)) before = foldEvent(before, parsed.event)
  }
  const kept = eventsOf(room)
  const ids = new Set(kept.map(placeOf))
  const extra = [...eventsOf(before), ...recent].filter((event) => !ids.has(placeOf(event)))
  const all = [...kept, ...extra].sort((a, b) => (a.seq ?? Infinity) - (b.seq ?? Infinity) || compareEvents(a, b))
  return { v: 1, epoch: epoch ?? '', seq, at: Number.isFinite(at) ? at : 0, events: all }
}

/** What waits for the picture, but for the chat, of which the newest are kept anyway. */
const isShown = (event: LiveEvent): boolean => waitsForPicture(event, false) && event.type !== 'chat.message'

const placeOf = (event: LiveEvent): string => `${event.seq ?? 'v'}:${event.id}`

export type { CardFacts, OfferFacts, PollFacts, ProductFacts, QuestionFacts, RaffleFacts, Room } from './empty-room.ts'
export { CHAT_LIMIT, emptyRoom } from './empty-room.ts'
