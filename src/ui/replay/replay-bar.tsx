import { clockTime } from '../clock-time.ts'
import { useWidget } from '../context.ts'
import { Icon } from '../parts/icon.tsx'
import { useStore } from '../use-store.ts'
import { Scrubber } from './scrubber.tsx'

const SPEEDS = [1, 1.25, 1.5, 2]
const PLAY = 'M8 5v14l11-7z'
const CHAT = 'M5 5h14v10H11l-4 4v-4H5z'
const PAUSE = 'M8 5v14M16 5v14'

/** The way through a recording, or back in a live show: the line with what was shown on it, play, time, speed. Live it is the line alone. */
export function ReplayBar() {
  const { state, commands, t } = useWidget()
  const playback = useStore(state.$playback)
  const { phase, live, position, rate, seekable } = playback
  const [start, end] = seekable
  const hasMoments = useStore(state.$moments).length > 1
  const hasChat = useStore(state.$chat).length > 0
  const { hidesChat = false } = useStore(state.$mine)
  if (end <= start) return null
  if (live)
    return (
      <div class="seek over" part="seek">
        <Scrubber />
      </div>
    )
  const isOn = phase === 'playing' || phase === 'waiting'
  const speed = `${rate}×`
  return (
    <div class="seek" part="seek">
      <Scrubber />
      <div class="seek-row">
        <button
          type="button"
          class="icon-button seek-play"
          aria-label={t(isOn ? 'stage.pause' : 'stage.play')}
          onClick={isOn ? commands.pause : commands.play}
        >
          <Icon d={isOn ? PAUSE : PLAY} />
        </button>
        <span class="grow num">{`${clockTime(position)} / ${clockTime(end)}`}</span>
        {hasMoments && (
          <button type="button" class="seek-words" onClick={() => commands.showSheet({ name: 'moments' })}>
            {t('moments.title')}
          </button>
        )}
        {hasChat && (
          <button
            type="button"
            class="icon-button seek-chat"
            aria-label={t('chat.title')}
            aria-pressed={!hidesChat}
            onClick={() => commands.keep({ hidesChat: !hidesChat })}
          >
            <Icon d={CHAT} />
          </button>
        )}
        <button
          type="button"
          class="seek-speed num"
          aria-label={t('replay.speed', { rate: speed })}
          onClick={() => commands.setRate(SPEEDS.find((one) => one > rate) ?? 1)}
        >
          {speed}
        </button>
      </div>
    </div>
  )
}
