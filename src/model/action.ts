import * as z from 'zod/mini'
import { time } from './field.ts'
import type { Schema } from './parse.ts'

/** What a viewer can do in a show. */
export type ActionType =
  | 'chat.send'
  | 'question.ask'
  | 'question.vote'
  | 'reaction.send'
  | 'poll.vote'
  | 'raffle.enter'
  | 'raffle.claim'
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
  'raffle.claim',
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
  | 'already'
  | 'sold-out'
  | 'unknown'
  | 'offline'

/**
 * The answer to an action. `id`: of what it made, such as a message or a question · `code`: the voucher that was claimed, for this viewer alone (of
 * a refusal with `already`: the one claimed before) · `entry`: the pseudonym under which this viewer is in a raffle · `until`: how long that counts, server ms since 1970.
 */
export type ActionResult =
  | {
      readonly ok: true
      readonly id?: string | undefined
      readonly code?: string | undefined
      readonly entry?: string | undefined
      readonly until?: number | undefined
    }
  | {
      readonly ok: false
      readonly reason: ActionRefusal
      readonly message?: string | undefined
      readonly retryAfter?: number | undefined
      readonly code?: string | undefined
      readonly until?: number | undefined
    }

const REFUSALS = [
  'closed',
  'too-fast',
  'too-long',
  'empty',
  'not-allowed',
  'signed-out',
  'already',
  'sold-out',
  'unknown',
  'offline',
] as const satisfies readonly ActionRefusal[]

export const actionResultSchema: Schema<ActionResult> = z.union([
  z.object({
    ok: z.literal(true),
    id: z.optional(z.string()),
    code: z.optional(z.string()),
    entry: z.optional(z.string()),
    until: z.optional(time),
  }),
  z.object({
    ok: z.literal(false),
    reason: z.enum(REFUSALS),
    message: z.optional(z.string()),
    retryAfter: z.optional(z.number()),
    code: z.optional(z.string()),
    until: z.optional(time),
  }),
])
