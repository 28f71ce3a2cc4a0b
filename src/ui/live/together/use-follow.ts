import { useState } from 'preact/hooks'
import { useWidget } from '../../context.ts'
import { useStore } from '../../use-store.ts'

/** Whether this viewer follows the host, and what changes it. */
export function useFollow(): { readonly follows: boolean; readonly busy: boolean; toggle(): void } {
  const { speak, state, commands, say, t } = useWidget()
  const [busy, setBusy] = useState(false)
  const { follows = false } = useStore(state.$mine)
  const toggle = async () => {
    if (busy) return
    setBusy(true)
    const answer = await commands.send('host.follow', { follows: !follows })
    setBusy(false)
    const name = say(state.$show.get()?.host?.name)
    if (answer.ok) speak(t(follows ? 'follow.undone' : 'follow.done', { name }))
    else speak(answer.message || t(`reason.${answer.reason}`), true)
  }
  return { follows, busy, toggle }
}
