import * as z from 'zod/mini'
import { id, time } from './field.ts'
import type { Schema } from './parse.ts'

/** What a viewer can do in a show. */
export type ActionType =
  | 'chat.send'
  | 'question.ask'
  | 'question.vote'
  | 'reaction.send'
  | 'poll.vote'
  | 'raffle.enter'
  | 'voucher.claim'
  | 'host.follow'
  | 'message.report'

export const ACTION_TYPES = [
  'chat.send',
  'question.ask',
  'question.vote',
  'reaction.send',
  'poll.vote',
  'raffle.enter',
  'voucher.claim',
  'host.follow',
  'message.report',
] as const satisfies readonly ActionType[]

/** One intent of one viewer; sent again with the same `key` after a lost answer, carried out once. */
export interface ViewerAction {
  readonly type: ActionType
  /** Idempotency key, unique per intent. */
  readonly key: string
  /** The picture time at which the viewer acted, ms since 1970; absent: no picture time. */
  readonly moment?: number | undefined
  readonly data: Record<string, unknown>
}

/** Why an action was refused. */
export type ActionRefusal =
  | 'closed'
  | 'too-fast'
  | 'too-long'
  | 'empty'
  | 'not-allowed'
  | 'signed-out'
  | 'unknown'
  | 'offline'

/** The answer to an action. */
export type ActionResult =
  | { readonly ok: true; readonly id?: string | undefined }
  | {
      readonly ok: false
      readonly reason: ActionRefusal
      readonly message?: string | undefined
      readonly retryAfter?: number | undefined
    }

export const actionSchema: Schema<ViewerAction> = z.object({
  type: z.enum(ACTION_TYPES),
  key: id,
  moment: z.optional(time),
  data: z.record(z.string(), z.unknown()),
})

export const actionResultSchema: Schema<ActionResult> = z.union([
  z.object({ ok: z.literal(true), id: z.optional(z.string()) }),
  z.object({
    ok: z.literal(false),
    reason: z.enum(['closed', 'too-fast', 'too-long', 'empty', 'not-allowed', 'signed-out', 'unknown', 'offline']),
    message: z.optional(z.string()),
    retryAfter: z.optional(z.number()),
  }),
])
