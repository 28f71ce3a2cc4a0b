import type { ComponentChildren, JSX } from 'preact'
import { useWidget } from '../../context.ts'
import { usePart } from '../../use-store.ts'

/** What the panel shows. */
export type TalkTab = 'chat' | 'questions'

const TABS: readonly TalkTab[] = ['chat', 'questions']

/** Chat or questions: a roving tab list (WAI-ARIA APG, Tabs), for the one {@link TalkPane}. */
export function TalkTabs({ tab, onChoose }: { tab: TalkTab; onChoose(tab: TalkTab): void }) {
  const { state, t } = useWidget()
  const count = usePart(state.$room, ({ questions }) => Object.values(questions).filter(({ hide }) => !hide).length)
  const press = (event: JSX.TargetedKeyboardEvent<HTMLElement>) => {
    const isArrow = event.key === 'ArrowLeft' || event.key === 'ArrowRight'
    const to = isArrow ? TABS.find((name) => name !== tab) : event.key === 'Home' ? TABS[0] : TABS[1]
    if (!to || !(isArrow || event.key === 'Home' || event.key === 'End')) return
    event.preventDefault()
    event.stopPropagation()
    onChoose(to)
    event.currentTarget.querySelector<HTMLElement>(`[data-tab=${to}]`)?.focus()
  }
  return (
    <div class="tabs" role="tablist" aria-label={t('talk.tabs')} onKeyDown={press}>
      {TABS.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`castcart-tab-${name}`}
          data-tab={name}
          aria-selected={tab === name}
          aria-controls="castcart-talk"
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

/** What belongs to the tab; without tabs (`tab` absent) a box that is not there. */
export function TalkPane({ tab, children }: { tab: TalkTab | undefined; children: ComponentChildren }) {
  const panel = tab && ({ id: 'castcart-talk', role: 'tabpanel', 'aria-labelledby': `castcart-tab-${tab}` } as const)
  return (
    <div class="talk-pane" {...panel}>
      {children}
    </div>
  )
}
