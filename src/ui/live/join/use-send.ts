import { useState } from 'preact/hooks'
import type { ActionResult, ActionType } from '../../../model/action.ts'
import { type UiModel, useWidget } from '../../context.ts'

/** What {@link useSend} gives. */
export interface Sending {
  readonly busy: boolean
  /** Why the last try was refused, in words; empty: it was not. */
  readonly refused: string
  send(type: ActionType, data: Readonly<Record<string, unknown>>): Promise<ActionResult>
}

/**
 * Sends what the viewer does and keeps why it was refused ({@link wordsFor}). A second call while one is under way is left to the caller (`busy`).
 */
export function useSend(feature: string): Sending {
  const { commands, t } = useWidget()
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState('')
  return {
    busy,
    refused,
    async send(type, data) {
      setBusy(true)
      setRefused('')
      const result = await commands.send(type, data)
      setBusy(false)
      if (!result.ok) setRefused(wordsFor(feature, result, t))
      return result
    },
  }
}

/** Why something was refused: in the desk's words, else in the feature’s own, else in those for everything. */
export function wordsFor(feature: string, refusal: ActionResult & { ok: false }, t: UiModel['t']): string {
  const { reason, message, retryAfter: count = 3 } = refusal
  const key = `${feature}.reason.${reason}`
  const own = t(key, { count })
  return message || (own === key ? t(`reason.${reason}`, { count }) : own)
}
