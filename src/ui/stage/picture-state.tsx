import { useEffect, useState } from 'preact/hooks'
import { useWidget } from '../context.ts'
import { Lazy } from '../lazy.tsx'
import { Icon, PLAY } from '../parts/icon.tsx'
import { useStore } from '../use-store.ts'

/** ms that a picture may stand still before a spinner says so. */
const PATIENCE = 600
/** States of a show in which the picture is not the show. */
const COVERED = ['scheduled', 'paused', 'interrupted', 'ended']
const loadStates = () => import('../states/index.tsx')

/** What stands in the middle when the picture is not simply playing. */
export function PictureState() {
  const { state, commands, t } = useWidget()
  const status = useStore(state.$status)
  const { phase, started } = useStore(state.$playback)
  const isWaiting = phase === 'waiting' || (!started && (phase === 'loading' || phase === 'idle'))
  const isSlow = useAfter(isWaiting, PATIENCE)
  if (COVERED.includes(status)) return <Lazy load={loadStates}>{({ Cover }) => <Cover />}</Lazy>
  if (phase === 'away' || phase === 'failed')
    return <Lazy load={loadStates}>{({ PictureTrouble }) => <PictureTrouble />}</Lazy>
  if (phase === 'blocked' || phase === 'paused' || phase === 'ended')
    return (
      <button
        type="button"
        class="play over"
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
  return isSlow ? (
    <p class="spinner over">
      <span class="sr">{t('stage.waiting')}</span>
    </p>
  ) : null
}

/** True once `is` has been so for `ms`. */
function useAfter(is: boolean, ms: number): boolean {
  const [passed, pass] = useState(false)
  useEffect(() => {
    if (!is) return
    const timer = setTimeout(() => pass(true), ms)
    return () => {
      clearTimeout(timer)
      pass(false)
    }
  }, [is])
  return is && passed
}
