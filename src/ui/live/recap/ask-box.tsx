import { useRef, useState } from 'preact/hooks'
import { cleanWords } from '../../../lib/clean-words.ts'
import { graphemeLength } from '../../../lib/grapheme-length.ts'
import type { ProductView } from '../../../state/product-view.ts'
import { type UiModel, useWidget } from '../../context.ts'
import { Button } from '../../parts/button.tsx'
import { CLOSE, Icon } from '../../parts/icon.tsx'
import { ProductThumb } from '../../parts/product-thumb.tsx'
import { useDraft } from '../../use-draft.ts'
import { useStore } from '../../use-store.ts'
import { wordsFor } from '../join/use-send.tsx'
import { useWay, type Way } from '../use-can.ts'

/** Longest question, in graphemes. */
const LONGEST = 300
/** Graphemes left from which on they are counted. */
const NEAR = 40

/** Where one's own question is written, tied to the product on screen unless that is taken off, and what became of it. */
export function AskBox({ productId }: { productId?: string | undefined }) {
  const { state, t } = useWidget()
  const views = useStore(state.$products)
  const box = `ask/${productId ?? ''}`
  // Once something is typed, what it is about stays, whatever comes on screen. Empty: about none.
  const [id = productId, setAbout] = useDraft<string | undefined>(`${box}/about`, undefined)
  const about = id === '' ? undefined : (views.find((one) => one.id === id) ?? views.find(({ now }) => now))
  const { way, field, text, write, email, setEmail, left, busy, told, ask } = useAsking(box, about?.id, setAbout)
  return (
    <form class="ask" part="ask" onSubmit={ask}>
      {told && <p class={told.isGood ? 'ask-sent' : 'refused'}>{told.words}</p>}
      {about && <About view={about} onOff={() => setAbout('')} />}
      <textarea
        ref={field}
        name="question"
        rows={2}
        dir="auto"
        aria-label={t('ask.say')}
        aria-invalid={left < 0 || undefined}
        placeholder={t('ask.say')}
        value={text}
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229) ask(event)
        }}
      />
      {left <= NEAR && <small class="num">{t('chat.left', { count: left })}</small>}
      {way === 'shop' && (
        <input
          type="email"
          name="email"
          autocomplete="email"
          aria-label={t('ask.email')}
          placeholder={t('ask.email')}
          value={email}
          onInput={(event) => setEmail(event.currentTarget.value)}
        />
      )}
      <Button type="submit" wide busy={busy} off={left < 0}>
        {t(way === 'mail' ? 'ask.mail' : 'ask.send')}
      </Button>
    </form>
  )
}

function About({ view, onOff }: { view: ProductView; onOff(): void }) {
  const { say, t } = useWidget()
  return (
    <p class="about">
      <ProductThumb product={view.product} size={28} />
      <span class="grow cut">{t('ask.about', { title: say(view.product.title) })}</span>
      <button type="button" aria-label={t('ask.about.off')} onClick={onOff}>
        <Icon d={CLOSE} />
      </button>
    </p>
  )
}

/** What is written, and what becomes of it when it is sent. */
function useAsking(box: string, productId: string | undefined, setAbout: (id: string | undefined) => void) {
  const model = useWidget()
  const { speak, commands, t } = model
  const field = useRef<HTMLTextAreaElement>(null)
  const way = useWay()
  const [text, setText] = useDraft(box, '')
  const [email, setEmail] = useDraft('email', '')
  const [busy, setBusy] = useState(false)
  const [told, tell] = useState<{ words: string; isGood: boolean } | null>(null)
  const left = LONGEST - graphemeLength(text)
  const hear = (words: string, isGood: boolean) => {
    tell({ words, isGood })
    speak(words, !isGood)
  }
  const ask = async (event: Event) => {
    event.preventDefault()
    const words = cleanWords(text)
    if (busy || left < 0) return
    if (!words) return text.trim() ? hear(t('reason.empty'), false) : field.current?.focus()
    setBusy(true)
    const answer = await commands.ask({ text: words, productId, ...(email ? { email } : {}) })
    setBusy(false)
    if (answer.ok) {
      setAbout(undefined)
      // What was typed meanwhile is the next question.
      setText((latest) => (latest === text ? '' : latest))
    }
    hear(answer.ok ? sentWords(way, model) : wordsFor('ask', answer, t), answer.ok)
  }
  const write = (words: string) => {
    setText(words)
    setAbout(words ? (productId ?? '') : undefined)
    tell(null)
  }
  return { way, field, text, write, email, setEmail, left, busy, told, ask }
}

/** Who has the question now. */
function sentWords(way: Way, { state, say, t }: UiModel): string {
  const host = say(state.$show.get()?.host?.name) || t('chat.host')
  return t(`ask.sent.${way ?? 'shop'}`, { host })
}
