import * as z from 'zod/mini'
import { id } from './field.ts'
import type { Schema } from './parse.ts'

/** `host` and `moderator` are believed only on an event with `seq`: the log's one writer vouches for them. */
export type Role = 'host' | 'moderator' | 'viewer'

export interface ChatMessage {
  readonly author: { readonly id: string; readonly name: string; readonly role: Role }
  readonly text: string
  /** The message this one answers. */
  readonly replyTo?: { readonly id: string; readonly name: string; readonly text: string } | undefined
}

/** A message that stays on top of the chat, as it was when it was put there. */
export interface PinnedMessage extends ChatMessage {
  readonly id: string
}

const message = {
  author: z.object({ id, name: z.string(), role: z.enum(['host', 'moderator', 'viewer']) }),
  text: z.string().check(z.maxLength(4000)),
  replyTo: z.optional(z.object({ id, name: z.string(), text: z.string() })),
}

export const chatMessageSchema: Schema<ChatMessage> = z.object(message)
export const pinnedMessageSchema: Schema<PinnedMessage> = z.object({ id, ...message })
