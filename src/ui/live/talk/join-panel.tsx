import { useEffect, useRef, useState } from 'preact/hooks'
import { cleanWords } from '../../../lib/clean-words.ts'
import { graphemeLength } from '../../../lib/grapheme-length.ts'
import { lookAlikes } from '../../../lib/look-alike.ts'
import { useWidget } from '../../context.ts'
import { Button } from '../../parts/button.tsx'
import { useDraft } from '../../use-draft.ts'
import { useStore } from '../../use-store.ts'

/** Longest name, in graphemes. */
const LONGEST = 30

/** What is asked before the first message, and what was answered so far. */
export interface Joining {
  readonly isOpen: boolean
  /** A name is asked for; else the rules alone. */
  readonly asksName: boolean
  readonly name: string
  setName(name: string): void
  /** Why the name does not do, in words; empty: it does. */
  readonly fault: string
  /** Whether a message may go now; if not, what is missing is asked for. */
  pass(): boolean
}

/** Asks once: a signed-in customer for no name, a show without rules for no agreement. */
export function useJoining(): Joining {
  const { state, commands, t } = useWidget()
  const show = useStore(state.$show)
  const { name: host = '' } = show?.host ?? {}
  const hosts = typeof host === 'string' ? [host] : Object.values(host)
  const { name: known, hasAgreed } = useStore(state.$mine)
  const [isOpen, open] = useState(false)
  const [typed, setName] = useDraft('name', '')
  const [fault, setFault] = useState('')
  const asksName = known === undefined
  const isNeeded = asksName || (show?.chat?.terms !== undefined && !hasAgreed)
  const pass = () => {
    if (!isNeeded) return true
    if (!isOpen) {
      open(true)
      return false
    }
    const name = cleanWords(typed)
    const wrong = graphemeLength(name) > LONGEST ? 'long' : lookAlikes(hosts)(name) ? 'taken' : ''
    setFault(wrong && t(`chat.name.${wrong}`))
    if (wrong) return false
    commands.keep({ hasAgreed: true, ...(asksName ? { name } : {}) })
    open(false)
    return true
  }
  return { isOpen: isOpen && isNeeded, asksName, name: typed, setName, fault, pass }
}

/** Name and rules, inside the form that a message is written in: its button sends the message too. */
export function JoinPanel({ asksName, name, setName, fault }: Joining) {
  const { state, url, t } = useWidget()
  const terms = url(useStore(state.$show)?.chat?.terms)
  const box = useRef<HTMLFieldSetElement>(null)
  useEffect(() => box.current?.querySelector<HTMLElement>('input, .button')?.focus(), [fault])
  return (
    <fieldset class="hello card" ref={box}>
      <legend class="sr">{t('chat.join')}</legend>
      {asksName && (
        <label>
          <span>{t('chat.name')}</span>
          <input
            type="text"
            name="nickname"
            autocomplete="nickname"
            dir="auto"
            placeholder={t('chat.guest')}
            value={name}
            aria-invalid={fault !== '' || undefined}
            aria-describedby={fault ? 'castcart-name-fault' : undefined}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
      )}
      {fault && (
        <small class="refused" id="castcart-name-fault" role="alert">
          {fault}
        </small>
      )}
      {terms && (
        <small>
          {t('chat.agree')}{' '}
          <a href={terms} target="_blank" rel="noopener">
            {t('chat.terms')}
          </a>
        </small>
      )}
      <Button type="submit">{t('chat.send')}</Button>
    </fieldset>
  )
}
