import { useWidget } from '../context.ts'
import { Lazy } from '../lazy.tsx'
import { Icon, PLAY } from '../parts/icon.tsx'
import { useStore } from '../use-store.ts'
import { Spinner } from './spinner.tsx'

/** States of a show in which the picture is not the show. */
const COVERED = ['scheduled', 'paused', 'interrupted', 'ended']
const loadStates = () => import('../states/index.tsx')

/** What stands in the middle when the picture is not simply playing. */
export function PictureState() {
  const { state, commands, t } = useWidget()
  const status = useStore(state.$status)
  const { phase, started } = useStore(state.$playback)
  const isWaiting = phase === 'waiting' || (!started && (phase === 'loading' || phase === 'idle'))
  if (COVERED.includes(status)) return <Lazy load={loadStates}>{({ Cover }) => <Cover />}</Lazy>
  if (phase === 'away' || phase === 'failed')
    return <Lazy load={loadStates}>{({ PictureTrouble }) => <PictureTrouble />}</Lazy>
  if (phase === 'blocked' || phase === 'paused' || phase === 'ended')
    return (
      <button
        type="button"
        class="play"
        part="play"
        aria-label={t('stage.play')}
        onClick={() => {
          if (phase === 'ended') commands.seek(0)
          commands.play()
        }}
      >
        <Icon d={PLAY} />
      </button>
    )
  return isWaiting ? <Spinner /> : null
}
