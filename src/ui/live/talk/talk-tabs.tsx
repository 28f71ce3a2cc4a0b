import type { JSX } from 'preact'
import { useWidget } from '../../context.ts'
import { usePart } from '../../use-store.ts'

/** What the panel shows. */
export type TalkTab = 'chat' | 'questions'

const TABS: readonly TalkTab[] = ['chat', 'questions']

/** Chat or questions; the arrows go from the one to the other. */
export function TalkTabs({ tab, onChoose }: { tab: TalkTab; onChoose(tab: TalkTab): void }) {
  const { state, t } = useWidget()
  const count = usePart(state.$room, ({ questions }) => Object.values(questions).filter(({ hide }) => !hide).length)
  const press = (event: JSX.TargetedKeyboardEvent<HTMLElement>) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    event.preventDefault()
    event.stopPropagation()
    const other = tab === 'chat' ? 'questions' : 'chat'
    onChoose(other)
    event.currentTarget.querySelector<HTMLElement>(`[data-tab=${other}]`)?.focus()
  }
  return (
    <div class="tabs" role="tablist" aria-label={t('chat.title')} onKeyDown={press}>
      {TABS.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          data-tab={name}
          aria-selected={tab === name}
          tabIndex={tab === name ? 0 : -1}
          onClick={() => onChoose(name)}
        >
          {name === 'chat' ? t('chat.title') : t('ask.title')}
          {name === 'questions' && count > 0 && <span class="num"> · {count}</span>}
        </button>
      ))}
    </div>
  )
}
