import { useWidget } from '../../context.ts'
import { Icon, QUESTION } from '../../parts/icon.tsx'
import { usePart } from '../../use-store.ts'

/** From the chat to the questions. */
export function QuestionsButton() {
  const { state, commands, t } = useWidget()
  const count = usePart(state.$room, ({ questions }) => Object.values(questions).filter(({ hide }) => !hide).length)
  const label = count ? t('ask.open.count', { count }) : t('ask.open')
  return (
    <button
      type="button"
      class="questions-open"
      aria-label={label}
      title={label}
      onClick={() => commands.showSheet({ name: 'questions' })}
    >
      <Icon d={QUESTION} />
    </button>
  )
}
