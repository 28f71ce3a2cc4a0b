import { useWidget } from '../context.ts'
import { IconButton } from '../parts/button.tsx'
import { useStore } from '../use-store.ts'

const SPEAKER = 'M4 10v4h3l4 4V6l-4 4z'
/** Paths of the speaker, with sound and without. */
export const SOUND = `${SPEAKER}M15 9.5a3.5 3.5 0 0 1 0 5M17.5 7a7 7 0 0 1 0 10`
export const MUTED = `${SPEAKER}M15.5 9.5l5 5M20.5 9.5l-5 5`

/** Sound on and off; not there before there is a player to take it. */
export function MuteButton() {
  const { state, commands, t } = useWidget()
  const { muted, phase } = useStore(state.$playback)
  return phase === 'idle' ? null : (
    <IconButton
      label={t(muted ? 'stage.unmute' : 'stage.mute')}
      d={muted ? MUTED : SOUND}
      onClick={() => commands.setMuted(!muted)}
    />
  )
}
