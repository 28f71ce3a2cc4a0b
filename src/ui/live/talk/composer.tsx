import { useRef, useState } from 'preact/hooks'
import { useWidget } from '../../context.ts'
import { Icon } from '../../parts/icon.tsx'
import { useSpeak } from '../../speak.tsx'
import { useStore } from '../../use-store.ts'

const SEND = 'M4 12l16-8-6 16-3-7z'
/** Graphemes left from which on they are counted. */
const NEAR = 20

/** Where a viewer writes: as a guest, without being asked a name. What could not be sent stays in the field. */
export function Composer() {
  const { state, commands, url, t } = useWidget()
  const speak = useSpeak()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [until, setUntil] = useState(0)
  const chat = useStore(state.$show)?.chat
  const mode = useStore(state.$room).now.chatMode?.data
  const connection = useStore(state.$connection)
  const now = useStore(state.$now)
  const left = (chat?.maxLength ?? 200) - lengthOf(text)
  const wait = Math.max(0, Math.ceil((until - now) / 1000))
  const terms = url(chat?.terms)
  const isShut = (mode?.mode ?? chat?.mode) === 'closed' || ['off', 'ended', 'denied'].includes(connection)
  if (isShut) return <p class="composer shut">{t('chat.closed')}</p>
  const isAway = connection !== 'open'
  const note = wait ? t('chat.slow', { count: wait }) : left <= NEAR ? t('chat.left', { count: left }) : ''
  const send = async (event: Event) => {
    event.preventDefault()
    const words = text.trim()
    if (!words || left < 0 || wait || isAway) return
    setText('')
    field.current?.focus()
    const answer = await commands.say(words)
    if (answer.ok) return
    setText((newer) => newer || words)
    if (answer.reason !== 'too-fast') return
    // Said here, beside the words it is about.
    commands.dismissNotice()
    const seconds = answer.retryAfter ?? mode?.slowMode ?? chat?.slowMode ?? 3
    setUntil(state.$now.get() + seconds * 1000)
    speak(t('chat.slow', { count: seconds }))
  }
  return (
    <form class="composer" part="composer" onSubmit={send}>
      {note && (
        <small class="note num" data-over={left < 0 || undefined}>
          {note}
        </small>
      )}
      <div class="field">
        <input
          ref={field}
          type="text"
          name="message"
          autocomplete="off"
          enterkeyhint="send"
          dir="auto"
          aria-label={t('chat.say')}
          aria-invalid={left < 0 || undefined}
          placeholder={t(isAway ? 'chat.offline' : 'chat.say')}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            // The Enter that ends a composition picks a word (Safari tells it by code 229 alone).
            if (event.key === 'Enter' && (event.isComposing || event.keyCode === 229)) event.preventDefault()
          }}
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
      {terms && (
        <a class="terms" href={terms} target="_blank" rel="noopener">
          {t('chat.terms')}
        </a>
      )}
    </form>
  )
}

/** What a reader counts as characters; an emoji of many code points is one. */
function lengthOf(text: string): number {
  const segmenter = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter() : null
  return segmenter ? [...segmenter.segment(text)].length : [...text].length
}
