import type { ChatMessage } from '../model/event.ts'
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

/** The messages to show, oldest first, without the deleted ones; own ones not yet in the log come last. */
export function chatLines(room: Room, own: readonly ChatLine[]): ChatLine[] {
  const lines: ChatLine[] = []
  const mine = new Map(own.map((line) => [line.id, line]))
  for (const { id, at, seq, data } of room.chat) {
    if (Object.hasOwn(room.deleted, id)) mine.delete(id)
    else lines.push({ ...data, id, at, key: `${seq ?? 'v'}${id}`, own: mine.delete(id) ? 'sent' : undefined })
  }
  // A full room has let go of what is older than its oldest message: that is gone, not newest.
  const oldest = room.chat.length < CHAT_LIMIT ? -Infinity : (room.chat[0]?.at ?? -Infinity)
  const waiting = [...mine.values()].filter(({ id, at }) => at >= oldest && !Object.hasOwn(room.deleted, id))
  return [...lines, ...waiting]
}
