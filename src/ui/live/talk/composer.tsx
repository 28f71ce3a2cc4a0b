import { useEffect, useRef, useState } from 'preact/hooks'
import { cleanWords } from '../../../lib/clean-words.ts'
import { graphemeLength } from '../../../lib/grapheme-length.ts'
import type { ActionResult } from '../../../model/action.ts'
import type { ChatRow } from '../../../state/chat-rows.ts'
import { type UiModel, useWidget } from '../../context.ts'
import { CLOSE, Icon } from '../../parts/icon.tsx'
import { useDraft } from '../../use-draft.ts'
import { usePart, useStore } from '../../use-store.ts'
import { JoinPanel, useJoining } from './join-panel.tsx'
import { QuestionsButton } from './questions-button.tsx'

const SEND = 'M4 12l16-8-6 16-3-7z'
/** Graphemes left from which on they are counted. */
const NEAR = 20

/** What {@link Composer} takes. */
export interface ComposerProps {
  /** The message that is being answered. */
  readonly answered: ChatRow | null
  onReplyEnd(): void
  /** Questions are a press away, not a tab of their own. */
  readonly hasQuestions: boolean
}

/**
 * Where a viewer writes. Before the first message the name and the chat's rules are asked for, once. What the show refuses stays in the field, with the
 * reason; what got lost stands in the chat, to be sent again.
 */
export function Composer({ answered, onReplyEnd, hasQuestions }: ComposerProps) {
  const model = useWidget()
  const { state, commands, t } = model
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useDraft('chat', '')
  const chat = useStore(state.$show)?.chat
  const connection = useStore(state.$connection)
  const isAway = connection !== 'open'
  const left = (chat?.maxLength ?? 200) - graphemeLength(text)
  const { wait, note, hear } = useRefusal(left, answered?.id)
  const joining = useJoining()
  useEffect(() => {
    if (answered) field.current?.focus()
  }, [answered])
  if (useIsShut())
    return (
      <div class="composer">
        <p class="shut">{t('chat.closed')}</p>
      </div>
    )
  const send = async (event: Event) => {
    event.preventDefault()
    const words = cleanWords(text)
    if (!words && text.trim()) return hear({ ok: false, reason: 'empty' })
    if (!words || left < 0 || wait || isAway || !joining.pass()) return
    setText('')
    onReplyEnd()
    field.current?.focus()
    const answer = await commands.say(words, answered ? quoteOf(answered, model) : undefined)
    hear(answer)
    if (!answer.ok && !isLost(answer)) setText((newer) => newer || words)
  }
  return (
    <form class="composer" part="composer" onSubmit={send}>
      {joining.isOpen && <JoinPanel {...joining} />}
      {answered && <Answered row={answered} onEnd={onReplyEnd} />}
      {note && (
        <small class="note num" data-over={left < 0 || undefined}>
          {note}
        </small>
      )}
      <div class="field">
        {hasQuestions && <QuestionsButton />}
        <input
          ref={field}
          type="text"
          name="message"
          autocomplete="off"
          enterkeyhint="send"
          dir="auto"
          aria-label={t('chat.say')}
          aria-invalid={left < 0 || undefined}
          placeholder={t(isAway && connection !== 'connecting' ? 'chat.offline' : 'chat.say')}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={keepComposition}
        />
        {text.trim() && (
          <button
            type="submit"
            aria-label={t('chat.send')}
            title={t('chat.send')}
            aria-disabled={left < 0 || wait > 0 || isAway || undefined}
          >
            <Icon d={SEND} />
          </button>
        )}
      </div>
    </form>
  )
}

function Answered({ row, onEnd }: { row: ChatRow; onEnd(): void }) {
  const { t } = useWidget()
  return (
    <p class="answered">
      <q class="cut">
        {t('chat.reply.to', { name: row.author.name || t('chat.guest') })}: <bdi>{row.text}</bdi>
      </q>
      <button type="button" aria-label={t('chat.reply.off')} onClick={onEnd}>
        <Icon d={CLOSE} />
      </button>
    </p>
  )
}

/** The Enter that ends a composition picks a word (Safari tells it by code 229 alone). */
export function keepComposition(event: KeyboardEvent): void {
  if (event.key === 'Enter' && (event.isComposing || event.keyCode === 229)) event.preventDefault()
}

/** It got lost on the way; anything else was refused. */
const isLost = (answer: ActionResult): boolean => !answer.ok && ['offline', 'unknown'].includes(answer.reason)

const quoteOf = ({ id, author, text }: ChatRow, { t }: UiModel) => ({ id, name: author.name || t('chat.guest'), text })

function useIsShut(): boolean {
  const { state } = useWidget()
  const mode = usePart(state.$room, ({ now }) => now.chatMode)?.data.mode
  const connection = useStore(state.$connection)
  const shown = useStore(state.$show)?.chat?.mode
  return (mode ?? shown) === 'closed' || ['off', 'ended', 'denied'].includes(connection)
}

/** What stands in the way of the next message, in words: seconds to wait, why the last was refused, how many characters are left. */
function useRefusal(left: number, answered: string | undefined) {
  const { speak, state, t } = useWidget()
  const [until, setUntil] = useState(0)
  const [reason, setReason] = useState('')
  const mode = usePart(state.$room, ({ now }) => now.chatMode)?.data
  const chat = useStore(state.$show)?.chat
  const now = useStore(state.$now)
  const wait = Math.max(0, Math.ceil((until - now) / 1000))
  useEffect(() => setReason(''), [answered])
  const hear = (answer: ActionResult) => {
    if (answer.ok || isLost(answer)) return setReason('')
    const seconds = answer.retryAfter ?? mode?.slowMode ?? chat?.slowMode ?? 3
    const isFast = answer.reason === 'too-fast'
    const words = isFast ? t('chat.slow', { count: seconds }) : answer.message || t(`reason.${answer.reason}`)
    if (isFast) setUntil(state.$now.get() + seconds * 1000)
    setReason(isFast ? '' : words)
    speak(words, !isFast)
  }
  const note = wait ? t('chat.slow', { count: wait }) : left <= NEAR ? t('chat.left', { count: left }) : reason
  return { wait, note, hear }
}
