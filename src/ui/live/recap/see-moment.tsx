import { clockTime } from '../../clock-time.ts'
import { useWidget } from '../../context.ts'
import { Icon } from '../../parts/icon.tsx'
import { positionOf, secondsIn } from '../../parts/position-of.ts'
import { useStore } from '../../use-store.ts'

const BACK = 'M8 6v12l10-6z'

/** Goes to a moment of the picture (server time, ms since 1970); the time alone, or nothing, where the picture cannot go there. */
export function SeeMoment({ at, label }: { at: number; label?: string | undefined }) {
  const { state, commands, t } = useWidget()
  const show = useStore(state.$show)
  const now = useStore(state.$now)
  const playback = useStore(state.$playback)
  const seconds = secondsIn(at, show)
  const time = seconds === null ? '' : clockTime(seconds)
  if (positionOf(at, { playback, show, now }) === null) return time ? <small class="num">{time}</small> : null
  const words = time ? t('recap.see.at', { time }) : t('recap.see')
  return (
    <button
      type="button"
      class="see num"
      aria-label={label ? `${words}: ${label}` : undefined}
      onClick={() => {
        commands.seekToDate(at)
        commands.showSheet(null)
      }}
    >
      <Icon d={BACK} />
      {words}
    </button>
  )
}
