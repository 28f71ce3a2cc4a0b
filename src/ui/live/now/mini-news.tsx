import { useEffect } from 'preact/hooks'
import { useWidget } from '../../context.ts'
import { Icon } from '../../parts/icon.tsx'
import { useHappenings } from './now-slot.tsx'

/** Ranks below this are the viewer's own. */
const OWN = 10

/** What is news for this viewer alone, such as an answer to their question, told in the small player; a press goes there. */
export function MiniNews() {
  const { speak, commands } = useWidget()
  const news = useHappenings().find(({ rank }) => rank < OWN)
  const { key, kind = '', title = '', icon, act } = news ?? {}
  useEffect(() => {
    if (key) speak(`${kind}: ${title}`)
  }, [key])
  if (!news) return null
  return (
    <button
      type="button"
      class="mini-news"
      onClick={() => {
        commands.open()
        act?.()
      }}
    >
      {icon && <Icon d={icon} />}
      <span>
        {kind}
        <span class="sr">: {title}</span>
      </span>
    </button>
  )
}
