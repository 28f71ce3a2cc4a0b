import type { ActionType } from '../model/action.ts'

/** Where a stream of server-sent events is. */
export interface SseSource {
  readonly url: string
  /** Whose stream it is. Absent: one that speaks docs/protocol.md. */
  readonly dialect?: 'nchan' | 'mercure' | 'centrifugo' | undefined
  readonly snapshot?: string | undefined
  readonly history?: string | undefined
  /** Where actions go by POST. Absent: to `url`, and with a dialect nowhere. */
  readonly send?: string | undefined
  readonly actions?: readonly ActionType[] | undefined
}
