import { useEffect, useRef } from 'preact/hooks'
import type { ErrorCode } from '../../model/error.ts'
import { useWidget } from '../context.ts'
import { Button } from '../parts/button.tsx'
import { useStore } from '../use-store.ts'

/** Which words stand for a code. */
const WORDS: Partial<Record<ErrorCode, string>> = {
  'bad-options': 'error.bad',
  'bad-show': 'error.bad',
  'bad-log': 'error.bad',
  'no-show': 'error.missing',
  expired: 'error.expired',
  unsupported: 'error.unsupported',
}

/** What stopped the widget, in the viewer's words, with a way to try again where that can help. */
export function ErrorPanel() {
  const { speak, state, commands, t } = useWidget()
  const code = useStore(state.$error)?.code
  const words = t((code && WORDS[code]) || 'error.network')
  const canHelp = code !== 'bad-options' && code !== 'unsupported' && code !== 'expired'
  const panel = useRef<HTMLElement>(null)
  const retry = () => {
    // The button goes: the keys stay with the player.
    panel.current?.closest('dialog')?.focus({ preventScroll: true })
    commands.retry()
  }
  useEffect(() => speak(`${t('error.title')}. ${words}`, true), [code])
  return (
    <section class="cover" ref={panel}>
      <h2>{t('error.title')}</h2>
      <p>{words}</p>
      {canHelp ? (
        <Button onClick={retry}>{t('error.retry')}</Button>
      ) : (
        <Button onClick={commands.close}>{t('player.close')}</Button>
      )}
      <small>{code}</small>
    </section>
  )
}
