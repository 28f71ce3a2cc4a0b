import type { ProductView } from '../../state/product-view.ts'
import { clockTime } from '../clock-time.ts'
import { useWidget } from '../context.ts'
import { Icon } from '../parts/icon.tsx'
import { positionOf, secondsIn } from '../parts/position-of.ts'
import { useStore } from '../use-store.ts'

const BACK = 'M8 5v14l11-7z'

/** Goes back to where the product was shown; nothing where the picture cannot go there, or shows it now. */
export function SeeShown({ view }: { view: ProductView }) {
  const { state, commands, t } = useWidget()
  const show = useStore(state.$show)
  const now = useStore(state.$now)
  const playback = useStore(state.$playback)
  const { shownAt } = view
  if (shownAt === undefined || (view.now && playback.atLiveEdge)) return null
  if (positionOf(shownAt, { playback, show, now }) === null) return null
  const seconds = secondsIn(shownAt, show)
  return (
    <button
      type="button"
      class="see"
      onClick={() => {
        commands.seekToDate(shownAt)
        commands.showSheet(null)
      }}
    >
      <Icon d={BACK} />
      {seconds === null ? t('sheet.see') : t('sheet.see.at', { time: clockTime(seconds) })}
    </button>
  )
}
