import type { ChatMessage, LiveEvent } from '../model/event.ts'
import { CHAT_LIMIT, type Room } from './empty-room.ts'

/** A chat message as the viewer sees it. */
export interface ChatLine extends ChatMessage {
  /** Unique on screen. */
  readonly key: string
  readonly id: string
  readonly at: number
  /** Sent from here; `sending` until the log has it, `failed` when it will not. */
  readonly own?: 'sending' | 'sent' | 'failed' | undefined
}

/** How much earlier by the server's clock a message may be than the moment it was sent from here, ms. */
const SKEW = 5000

/**
 * The messages to show, oldest first, without the deleted ones, which are not quoted either; own ones not yet in the log come last.
 * @param known lines made before: an event gives the same line each time, so that what did not change can be told by identity
 */
export function chatLines(
  room: Room,
  own: readonly ChatLine[],
  known: WeakMap<LiveEvent, ChatLine> = new WeakMap(),
): ChatLine[] {
  const lines: ChatLine[] = []
  const mine = new Map(own.map((line) => [line.id, line]))
  const sending = own.filter((line) => line.own === 'sending')
  for (const event of room.chat) {
    if (Object.hasOwn(room.deleted, event.id)) {
      mine.delete(event.id)
      continue
    }
    const early = mine.has(event.id) ? undefined : sending.findIndex((line) => isLike(event, line))
    const [told] = early === undefined || early < 0 ? [] : sending.splice(early, 1)
    if (told) mine.delete(told.id)
    const { replyTo } = event.data
    const quote = replyTo && Object.hasOwn(room.deleted, replyTo.id) ? undefined : replyTo
    lines.push(lineOf(event, { isOwn: mine.delete(event.id) || told !== undefined, quote }, known))
  }
  // A full room has let go of what is older than its oldest message: that is gone, not newest.
  const oldest = room.chat.length < CHAT_LIMIT ? -Infinity : (room.chat[0]?.at ?? -Infinity)
  const waiting = [...mine.values()].filter(({ id, at }) => at >= oldest && !Object.hasOwn(room.deleted, id))
  return [...lines, ...waiting]
}

/** The log may tell of a message before its answer says under which id it stands there: it must not stand there twice. */
const isLike = ({ seq, at, data }: LiveEvent<'chat.message'>, line: ChatLine): boolean =>
  seq === undefined && data.text === line.text && at > line.at - SKEW

function lineOf(
  event: LiveEvent<'chat.message'>,
  { isOwn, quote }: { isOwn: boolean; quote: ChatMessage['replyTo'] },
  known: WeakMap<LiveEvent, ChatLine>,
): ChatLine {
  const { id, at, seq, data } = event
  const before = known.get(event)
  const own = isOwn ? 'sent' : undefined
  if (before && before.own === own && before.replyTo === quote) return before
  const line: ChatLine = { ...data, replyTo: quote, id, at, key: `${seq ?? 'v'}${id}`, own }
  known.set(event, line)
  return line
}
