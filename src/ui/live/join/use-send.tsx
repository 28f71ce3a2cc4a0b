import type { ComponentChild } from 'preact'
import { useState } from 'preact/hooks'
import type { ActionResult, ActionType } from '../../../model/action.ts'
import { type UiModel, useWidget } from '../../context.ts'

/** What {@link useSend} gives. */
export interface Sending {
  readonly busy: boolean
  /** Why the last try was refused, to be drawn; nothing where it was not. */
  readonly refused: ComponentChild
  /** Keeps why something was refused, in the words of `of` (absent: of this feature). */
  hear(result: ActionResult, of?: string): void
  send(type: ActionType, data: Readonly<Record<string, unknown>>): Promise<ActionResult>
}

/** Sends what the viewer does and keeps why it was refused ({@link wordsFor}). A second call while one is under way is left to the caller (`busy`). */
export function useSend(feature: string): Sending {
  const { commands, t } = useWidget()
  const [busy, setBusy] = useState(false)
  const [words, setWords] = useState('')
  const hear = (result: ActionResult, of = feature) => setWords(result.ok ? '' : wordsFor(of, result, t))
  return {
    busy,
    refused: words && (
      <p class="refused" role="alert">
        {words}
      </p>
    ),
    hear,
    async send(type, data) {
      setBusy(true)
      setWords('')
      const result = await commands.send(type, data)
      setBusy(false)
      hear(result)
      return result
    },
  }
}

/** Why something was refused: in the desk's words, else in the feature’s own, else in those for everything. */
export function wordsFor(feature: string, refusal: ActionResult & { ok: false }, t: UiModel['t']): string {
  const { reason, message, retryAfter: count = 3 } = refusal
  const key = `${feature}.reason.${reason}`
  const own = t(key)
  return message || (own === key ? t(`reason.${reason}`, { count }) : own)
}
