import { clockTime } from '../clock-time.ts'
import { useWidget } from '../context.ts'
import { Icon } from '../parts/icon.tsx'
import { useStore } from '../use-store.ts'
import { MUTED } from './mute-button.tsx'

/** How long the host's notice stands, ms after it was made. */
const NOTICE_STANDS = 40_000

/** What the viewer may want to do about the picture: sound that is off, a live show that is behind, a lost connection. */
export function Hints() {
  const { state, commands, say, t } = useWidget()
  const { notice } = useStore(state.$room).now
  const server = useStore(state.$now)
  const now = useStore(state.$picture) ?? server
  // An empty notice takes the last one down.
  const words = notice && now - notice.at < NOTICE_STANDS ? say(notice.data.text) : ''
  const { phase, muted, soundChosen, live, atLiveEdge, latency } = useStore(state.$playback)
  const connection = useStore(state.$connection)
  const status = useStore(state.$status)
  const isOn = status === 'live' || status === 'replay'
  const isPlaying = isOn && (phase === 'playing' || phase === 'waiting')
  return (
    <div class="hints">
      {isPlaying && muted && !soundChosen && (
        <button type="button" class="pill hint" part="unmute" onClick={() => commands.setMuted(false)}>
          <Icon d={MUTED} />
          {t('stage.sound')}
        </button>
      )}
      {live && !atLiveEdge && isPlaying && (
        <button type="button" class="pill hint num" onClick={commands.goLive}>
          {latency === undefined ? t('stage.live.go') : t('stage.behind', { time: clockTime(latency) })}
        </button>
      )}
      {words && <p class="pill">{words}</p>}
      {connection === 'reconnecting' || connection === 'offline' ? (
        <span class="pill">{t('connection.lost')}</span>
      ) : null}
    </div>
  )
}
