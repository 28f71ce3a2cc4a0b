import { clockTime } from '../../clock-time.ts'
import { useWidget } from '../../context.ts'
import { Icon } from '../../parts/icon.tsx'
import { positionOf, secondsIn } from '../../parts/position-of.ts'
import { useStore } from '../../use-store.ts'

const BACK = 'M8 5v14l11-7z'

/** What {@link SeeMoment} takes. */
export interface SeeMomentProps {
  /** Picture time, ms since 1970. */
  readonly at: number
  /** What is to be seen there. */
  readonly label?: string | undefined
  /** The time alone on screen. */
  readonly isShort?: boolean | undefined
}

/** Goes to a moment of the picture; the time alone, or nothing, where the picture cannot go there. */
export function SeeMoment({ at, label, isShort }: SeeMomentProps) {
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
      aria-label={label ? `${words}: ${label}` : words}
      onClick={() => {
        commands.seekToDate(at)
        commands.showSheet(null)
      }}
    >
      <Icon d={BACK} />
      {isShort && time ? time : words}
    </button>
  )
}
