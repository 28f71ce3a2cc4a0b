import { useState } from 'preact/hooks'
import type { ActionResult, ActionType } from '../../../model/action.ts'
import { useWidget } from '../../context.ts'

/** What {@link useSend} gives. */
export interface Sending {
  readonly busy: boolean
  /** Why the last try was refused, in words; empty: it was not. */
  readonly refused: string
  send(type: ActionType, data: Readonly<Record<string, unknown>>): Promise<ActionResult>
}

/**
 * Sends what the viewer does and keeps why it was refused: the desk's own words, else `<feature>.reason.<reason>`, else
 * `reason.<reason>`. A second call while one is under way is left to the caller (`busy`).
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
      if (!result.ok) setRefused(result.message || wordsFor(feature, result.reason, t))
      return result
    },
  }
}

/** Why something was refused, in the feature’s own words, else in those for everything. */
export function wordsFor(feature: string, reason: string, t: (key: string) => string): string {
  const key = `${feature}.reason.${reason}`
  const own = t(key)
  return own === key ? t(`reason.${reason}`) : own
}
