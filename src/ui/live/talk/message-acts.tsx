import { useEffect, useRef } from 'preact/hooks'
import type { ChatRow } from '../../../state/chat-rows.ts'
import { useWidget } from '../../context.ts'
import { useStore } from '../../use-store.ts'

/** What {@link MessageActs} takes. */
export interface MessageActsProps {
  readonly row: ChatRow
  onReply(row: ChatRow): void
  /** Something was done, or nothing will be. */
  onDone(): void
}

/** What a viewer can do with another's message: answer it; see its author no more; tell the shop of it. */
export function MessageActs({ row, onReply, onDone }: MessageActsProps) {
  const { speak, state, commands, t } = useWidget()
  const box = useRef<HTMLSpanElement>(null)
  const { chat, actions } = useStore(state.$can)
  const { muted, reported = [] } = state.$mine.get()
  const { author, id, own } = row
  const name = author.name || t('chat.guest')
  useEffect(() => box.current?.querySelector('button')?.focus({ preventScroll: true }), [])
  const finish = (words: string) => {
    speak(words)
    onDone()
  }
  const mute = () => {
    commands.keep({ muted: [...muted, author.id] })
    finish(t('chat.muted', { name }))
  }
  const report = () => {
    commands.send('message.report', { id })
    commands.keep({ reported: [...reported, id] })
    finish(t('chat.reported'))
  }
  const isAnothers = author.role === 'viewer' && !own
  return (
    <span class="acts" ref={box}>
      {chat && !own && (
        <button type="button" onClick={() => onReply(row)}>
          {t('chat.reply')}
        </button>
      )}
      {isAnothers && (
        <button type="button" onClick={mute}>
          {t('chat.mute')}
        </button>
      )}
      {isAnothers && actions.includes('message.report') && (
        <button type="button" onClick={report}>
          {t('chat.report')}
        </button>
      )}
    </span>
  )
}
